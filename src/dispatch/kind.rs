//! What kind of update something is, and whose.
use crate::updates::Update;

/// The kinds of updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateKind {
    /// [`Update::NewMessage`].
    NewMessage,
    /// [`Update::Raw`].
    Raw,
    /// [`Update::Lost`].
    Lost,
}

/// What kind it is.
pub(super) fn kind(update: &Update) -> UpdateKind {
    match update {
        Update::NewMessage(_) => UpdateKind::NewMessage,
        Update::Lost(_) => UpdateKind::Lost,
        _ => UpdateKind::Raw,
    }
}

/// The chat that it is from, as the Bot API writes it.
pub(super) fn chat_id(update: &Update) -> Option<i64> {
    match update {
        Update::NewMessage(message) => Some(message.chat_id()),
        _ => None,
    }
}

/// Whose doing it is, as the Bot API writes it.
pub(super) fn sender_id(update: &Update) -> Option<i64> {
    match update {
        Update::NewMessage(message) => message.sender_user_id().or(message.sender_chat_id()),
        _ => None,
    }
}
