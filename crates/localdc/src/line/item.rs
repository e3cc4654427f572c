//! What waits to be sent over a connection.
use std::sync::Arc;

use ferogram_sync::crypto::AuthKey;

use crate::wire::Message;

/// Something to send.
#[derive(Debug)]
pub(crate) enum Item {
    /// A quick acknowledgment, by its token.
    QuickAck(u32),
    /// A message of the key exchange: its body.
    Plain(Vec<u8>),
    /// A message under a key.
    Letter(Letter),
    /// A transport error; nothing is sent after it, and the connection ends.
    Error(i32),
}

/// A message with all that is needed to seal it.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) key: Arc<AuthKey>,
    pub(crate) session_id: i64,
    pub(crate) salt: i64,
    pub(crate) message: Arc<Message>,
    /// The sequence number that a container ending with this message has.
    pub(crate) container_seq_no: i32,
    /// It was sent before: with its old id it may only travel in a container.
    ///
    /// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
    pub(crate) again: bool,
    /// Whether a fault may happen to it has been decided.
    pub(crate) is_judged: bool,
}

impl Item {
    /// About how many bytes this will be.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::QuickAck(_) | Self::Error(_) => 4,
            Self::Plain(body) => 20 + body.len(),
            Self::Letter(letter) => 100 + letter.message.len(),
        }
    }
}
