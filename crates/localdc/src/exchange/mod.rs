//! The key exchange, from the server's side.
//!
//! See <https://core.telegram.org/mtproto/auth_key>.
mod inner;
mod pq;
mod steps;
mod table;

pub(crate) use steps::{Forced, Refusal, Surroundings};
pub(crate) use table::Exchanges;
