//! A blocking, thread-based client for Telegram's MTProto, for user accounts and bots.
mod dc;
mod entropy;
mod now;
mod secret;

mod client;
pub mod crypto;
pub mod mtproto;
mod net;
pub mod store;
pub mod tl;

pub use dc::DcId;
pub use entropy::Entropy;
pub use now::Now;
pub use secret::Secret;
