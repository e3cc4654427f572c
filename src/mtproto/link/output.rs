//! What goes into a link and what comes out of it.
use std::fmt;
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The link was closed.
    Closed,
    /// No connection came about in time.
    ConnectTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The key exchange took too long.
    HandshakeTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The binding of a temporary key took too long.
    BindTimeout {
        /// How long it was tried.
        seconds: u64,
    },
    /// The server could not cut our packets, or refused them.
    Transport(TransportError),
    /// The bytes are no packets.
    Framing(FramingError),
    /// A packet is no message under our key.
    Envelope(EnvelopeError),
    /// A packet of the key exchange is no message.
    Plain(PlainError),
    /// The key exchange failed.
    Handshake(HandshakeError),
    /// A message breaks the rules of the session.
    Session(Fault),
    /// The new key could not be stored.
    KeyNotSaved(String),
    /// The temporary key could not be bound.
    NotBound(String),
    /// The temporary key is about to expire: the next one is made on another connection.
    KeyExpires,
    /// It says nothing, and another address was tried beside it.
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
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the link was closed"),
            Self::ConnectTimeout { seconds } => write!(f, "no connection within {seconds} seconds"),
            Self::HandshakeTimeout { seconds } => {
                write!(f, "the key exchange was not over within {seconds} seconds")
            }
            Self::BindTimeout { seconds } => write!(
                f,
                "the temporary key was not bound within {seconds} seconds"
            ),
            Self::Transport(error) => error.fmt(f),
            Self::Framing(error) => error.fmt(f),
            Self::Envelope(error) => error.fmt(f),
            Self::Plain(error) => error.fmt(f),
            Self::Handshake(error) => write!(f, "the key exchange failed: {error}"),
            Self::Session(error) => error.fmt(f),
            Self::KeyNotSaved(it) => {
                write!(f, "the new authorization key could not be saved: {it}")
            }
            Self::NotBound(it) => write!(f, "the temporary key could not be bound: {it}"),
            Self::Overtaken => f.write_str("it said nothing, and another address is used"),
            Self::KeyExpires => f.write_str("the temporary key is about to expire"),
        }
    }
}

impl std::error::Error for Reason {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Framing(error) => error.source(),
            Self::Envelope(error) => error.source(),
            Self::Plain(error) => error.source(),
            Self::Handshake(error) => Some(error),
            Self::Session(error) => error.source(),
            _ => None,
        }
    }
}

impl From<TransportError> for Reason {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<FramingError> for Reason {
    fn from(error: FramingError) -> Self {
        Self::Framing(error)
    }
}

impl From<EnvelopeError> for Reason {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<PlainError> for Reason {
    fn from(error: PlainError) -> Self {
        Self::Plain(error)
    }
}

impl From<HandshakeError> for Reason {
    fn from(error: HandshakeError) -> Self {
        Self::Handshake(error)
    }
}

impl From<Fault> for Reason {
    fn from(error: Fault) -> Self {
        Self::Session(error)
    }
}
