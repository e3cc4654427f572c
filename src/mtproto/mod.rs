//! The sans-IO core: bytes, time and chance come in, bytes and events go out.

// The wire: packets, messages, the key exchange.
mod endpoint;
mod envelope;
mod framing;
mod handshake;
mod message;
mod padding;

pub use endpoint::{Tag, Transport};
pub use envelope::{EnvelopeError, Header, Opened, key_id, open, seal, seal_plaintext, sealed_len};
pub use framing::{
    Frame, Framing, FramingError, MAX_PACKET, Packet, ServerFraming, ServerPacket, TransportError,
};
pub use handshake::{Handshake, HandshakeConfig, HandshakeError, NewKey, Step};
pub use message::{PlainError, open_plain, plain_len, put_plain};
pub use padding::{Padding, PaddingPool};

// The session and the link: requests, answers, connections.
mod attention;
mod event;
mod id_map;
mod link;
mod restart_policy;
mod rpc;
mod session;
mod timers;

pub use attention::Attention;
pub use event::{Event, FutureSalt, KeyKind};
pub(crate) use id_map::IdMap;
pub use link::{Input, Lane, Link, LinkConfig, Output, Reason, StoredKey};
pub use restart_policy::RestartPolicy;
pub use rpc::{
    Answer, CallError, Cause, Delivery, Outcome, Request, RequestId, RpcError, Unanswered,
};
pub use session::Fault;

#[cfg(test)]
mod testing;
