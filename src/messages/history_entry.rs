//! What a history consists of.
use super::message::Message;
use super::service_message::ServiceMessage;
use crate::client::WeakClient;
use crate::peers::PeerMap;
use crate::tl;

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
    /// `None` for the place of a message that is gone.
    pub(crate) fn new(raw: tl::enums::Message, peers: PeerMap, client: WeakClient) -> Option<Self> {
        match raw {
            tl::enums::Message::Message(raw) => {
                Some(Self::Message(Message::new(*raw, peers, client)))
            }
            tl::enums::Message::Service(raw) => {
                Some(Self::Service(ServiceMessage::new(*raw, peers, client)))
            }
            _ => None,
        }
    }

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
