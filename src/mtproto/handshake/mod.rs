//! The key exchange: how an authorization key is made with a server, permanent or temporary.
//!
//! See <https://core.telegram.org/mtproto/auth_key>.
mod agreement;
mod error;
mod handshake;
mod step;
mod wire;

#[cfg(test)]
mod sample;

pub use error::HandshakeError;
pub use handshake::Handshake;
pub use step::{HandshakeConfig, NewKey, Step};
