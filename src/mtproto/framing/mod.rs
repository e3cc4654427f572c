//! Packets in a stream of bytes: each framing a file, the obfuscation around them, and the two
//! sides of a connection.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports>.
mod abridged;
mod client;
mod error;
mod extent;
mod full;
mod inbox;
mod intermediate;
mod obfuscation;
mod padded;
mod server;
mod signal;
mod stream;

pub use client::{Framing, Packet};
pub use error::{FramingError, TransportError};
pub use extent::{Frame, MAX_PACKET};
pub use server::{ServerFraming, ServerPacket};
