//! The session: requests and their answers, and everything that the protocol adds around them.
//!
//! See <https://core.telegram.org/mtproto/description>,
//! <https://core.telegram.org/mtproto/service_messages> and
//! <https://core.telegram.org/mtproto/service_messages_about_messages>.
mod acks;
mod batch;
mod binding;
mod clock;
mod fault;
mod greeting;
mod gzip;
mod ids;
mod liveness;
mod pending;
mod reactions;
mod received;
mod receiving;
mod rejections;
mod results;
mod salts;
mod sending;
mod sent;
mod service;
mod session;
mod upkeep;

pub use fault::Fault;

pub(crate) use binding::BindFailure;
pub(crate) use session::{Session, SessionConfig};
pub(crate) use upkeep::{NewBinding, NewSession};
