//! What goes into a link and what comes out of it.
use std::net::SocketAddr;
use std::time::Instant;

use super::lane::Lane;
use crate::mtproto::{Attention, TransportError};
use crate::mtproto::{EnvelopeError, Event, Fault, FramingError, HandshakeError, PlainError};

/// What the outside tells a link.
#[derive(Debug)]
pub enum Input<'a> {
    /// The connection that was asked for is there.
    Connected(Lane),
    /// Bytes have come over it, any number.
    Received(Lane, &'a [u8]),
    /// It is gone, or could not be made, and why. Only for what this side has not closed.
    Closed(Lane, String),
    /// The time of the last [`Output::Timeout`] has come. (Any other input does as well: the link
    /// looks at the time whenever it is polled.)
    Timeout,
    /// The key of the last [`Event::NewKey`] is stored and may be used.
    KeySaved,
    /// It could not be stored, and why: all requests fail with that.
    KeyNotSaved(String),
    /// From now on updates mean this to the link.
    Attention(Attention),
    /// The network may have come back or changed: no back-off is waited for, and a connection has
    /// to show that it is still alive.
    NetworkRestored,
}

/// What a link tells the outside. After each input the outputs are to be polled until `Timeout`.
#[derive(Debug)]
#[must_use]
pub enum Output {
    /// Make a connection to this address. The one before on this lane is closed already.
    Connect(Lane, SocketAddr),
    /// Send these bytes, then hand the buffer back to
    /// [`Link::recycle`](crate::mtproto::Link::recycle).
    Transmit(Lane, Vec<u8>),
    /// Close the connection at once, or stop making it. Nothing of it may be reported any more.
    Disconnect(Lane, Reason),
    /// Something has happened.
    Event(Event),
    /// Nothing else for now. Come back with some input at this time at the latest.
    Timeout(Option<Instant>),
}

/// Why a link closes its connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The link was closed.
    #[error("the link was closed")]
    Closed,
    /// No connection came about in time.
    #[error("no connection within {seconds} seconds")]
    ConnectTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The key exchange took too long.
    #[error("the key exchange was not over within {seconds} seconds")]
    HandshakeTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The binding of a temporary key took too long.
    #[error("the temporary key was not bound within {seconds} seconds")]
    BindTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The server could not cut our packets, or refused them.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The bytes are no packets.
    #[error(transparent)]
    Framing(#[from] FramingError),
    /// A packet is no message under our key.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// A packet of the key exchange is no message.
    #[error(transparent)]
    Plain(#[from] PlainError),
    /// The key exchange failed.
    #[error("the key exchange failed: {0}")]
    Handshake(#[from] HandshakeError),
    /// A message breaks the rules of the session.
    #[error(transparent)]
    Session(#[from] Fault),
    /// The new key could not be stored.
    #[error("the new authorization key could not be saved: {0}")]
    KeyNotSaved(String),
    /// The temporary key could not be bound.
    #[error("the temporary key could not be bound: {0}")]
    NotBound(String),
    /// The temporary key is about to expire: the next one is made on another connection.
    #[error("the temporary key is about to expire")]
    KeyExpires,
    /// It says nothing, and another address was tried beside it.
    #[error("it said nothing, and another address is used")]
    Overtaken,
}

impl Reason {
    /// Whether the server is there, and refuses what it is asked for first: keys cost it much work,
    /// so it is not asked for them again and again without a pause.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Handshake(_) | Self::NotBound(_) | Self::KeyExpires
        )
    }

    /// Whether nothing has gone wrong, and the next connection belongs to this one's work.
    pub(super) fn is_planned(&self) -> bool {
        matches!(self, Self::KeyExpires)
    }
}
