//! Keys and the sessions under them: all that the server remembers of its clients.
//!
//! See <https://core.telegram.org/mtproto/description#session>.
mod accept;
mod code;
mod history;
mod key;
mod keys;
mod salts;
mod session;
mod unacked;

pub(crate) use accept::{Accepted, Outer};
pub(crate) use key::{Key, KeyState};
pub(crate) use keys::Keys;
pub(crate) use salts::Salt;
pub(crate) use session::{Answer, Session, Stamp};
