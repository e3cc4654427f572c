//! Users, groups and channels: how a program names them, and how the server wants them named.
mod link;
mod peer_ref;
mod phone;
mod resolve;
mod user;

pub use peer_ref::PeerRef;
pub(crate) use phone::digits as phone_digits;
pub use user::User;
