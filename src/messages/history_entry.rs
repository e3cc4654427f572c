//! What a history consists of.
use super::message::Message;
use super::service_message::ServiceMessage;

/// What a history consists of: messages, and what has happened between them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum HistoryEntry {
    /// Somebody has written this.
    Message(Message),
    /// This has happened.
    Service(ServiceMessage),
}

impl HistoryEntry {
    /// The id: unique among the account's private chats and small groups, or within one channel.
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Message(message) => message.id(),
            Self::Service(message) => message.id(),
        }
    }

    /// When it was, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        match self {
            Self::Message(message) => message.date(),
            Self::Service(message) => message.raw.date,
        }
    }
}
