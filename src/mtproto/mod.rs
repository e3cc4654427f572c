//! The sans-IO core: bytes, time and chance come in, bytes and events go out.

// The wire: packets, messages, the key exchange.
mod endpoint;
mod framing;
mod padding;

pub use endpoint::{Tag, Transport};
pub use framing::{
    Frame, Framing, FramingError, MAX_PACKET, Packet, ServerFraming, ServerPacket, TransportError,
};
pub use padding::{Padding, PaddingPool};

#[cfg(test)]
mod testing;
