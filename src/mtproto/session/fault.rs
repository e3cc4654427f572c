//! Why a session gives its connection up.

use crate::tl::DecodeError;

/// Something in the server's messages that must not be: the connection is closed and opened anew,
/// the session lives on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A message of another session.
    #[error("a message belongs to another session")]
    ForeignSession,
    /// A message id that only a client may give.
    #[error("a message of the server has the id of a client's message")]
    ClientId,
    /// A message from a time that is too far away.
    #[error("a message was made {seconds} seconds from now by the server's clock")]
    Time {
        /// How far, negative in the past.
        seconds: i64,
    },
    /// A container inside a container or inside a compressed object, or one of the latter inside
    /// another.
    #[error("messages are wrapped too deep")]
    Nesting,
    /// A container whose members do not fit.
    #[error("a container is damaged")]
    Container,
    /// A container with too many members.
    #[error("a container claims to hold {count} messages")]
    ContainerCount {
        /// As many as it claims.
        count: u32,
    },
    /// A member of a container with an id that cannot be.
    #[error("a message in a container has an impossible id")]
    InnerId,
    /// A service message that cannot be read.
    #[error("a service message cannot be read: {0}")]
    Service(#[from] DecodeError),
    /// Nothing has come for too long.
    #[error("the server has gone silent")]
    Silent,
    /// The server says that our messages break the protocol.
    #[error("the server rejects a message (code {code})")]
    Rejected {
        /// Why, by <https://core.telegram.org/mtproto/service_messages_about_messages>.
        code: i32,
    },
    /// The server rejects one message after the other.
    #[error("the server rejects all messages (code {code} last)")]
    AllRejected {
        /// The last reason.
        code: i32,
    },
}
