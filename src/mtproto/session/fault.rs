//! Why a session gives its connection up.

use std::fmt;

use crate::tl::DecodeError;

/// Something in the server's messages that must not be: the connection is closed and opened anew,
/// the session lives on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A message of another session.
    ForeignSession,
    /// A message id that only a client may give.
    ClientId,
    /// A message from a time that is too far away.
    Time {
        /// How far, negative in the past.
        seconds: i64,
    },
    /// A container inside a container or inside a compressed object, or one of the latter inside
    /// another.
    Nesting,
    /// A container whose members do not fit.
    Container,
    /// A container with too many members.
    ContainerCount {
        /// As many as it claims.
        count: u32,
    },
    /// A member of a container with an id that cannot be.
    InnerId,
    /// A service message that cannot be read.
    Service(DecodeError),
    /// Nothing has come for too long.
    Silent,
    /// The server says that our messages break the protocol.
    Rejected {
        /// Why, by <https://core.telegram.org/mtproto/service_messages_about_messages>.
        code: i32,
    },
    /// The server rejects one message after the other.
    AllRejected {
        /// The last reason.
        code: i32,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignSession => f.write_str("a message belongs to another session"),
            Self::ClientId => {
                f.write_str("a message of the server has the id of a client's message")
            }
            Self::Time { seconds } => write!(
                f,
                "a message was made {seconds} seconds from now by the server's clock"
            ),
            Self::Nesting => f.write_str("messages are wrapped too deep"),
            Self::Container => f.write_str("a container is damaged"),
            Self::ContainerCount { count } => {
                write!(f, "a container claims to hold {count} messages")
            }
            Self::InnerId => f.write_str("a message in a container has an impossible id"),
            Self::Service(error) => write!(f, "a service message cannot be read: {error}"),
            Self::Silent => f.write_str("the server has gone silent"),
            Self::Rejected { code } => write!(f, "the server rejects a message (code {code})"),
            Self::AllRejected { code } => {
                write!(f, "the server rejects all messages (code {code} last)")
            }
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for Fault {
    fn from(error: DecodeError) -> Self {
        Self::Service(error)
    }
}
