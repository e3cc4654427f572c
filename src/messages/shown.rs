//! What an answer shows of a list of messages.
use super::history_entry::HistoryEntry;
use super::message::Message;
use super::walk::Place;
use crate::client::Client;
use crate::peers::PeerMap;
use crate::tl::enums::{self, messages::Messages};

/// What an answer shows of a list of messages.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) messages: Vec<enums::Message>,
    pub(super) users: Vec<enums::User>,
    pub(super) chats: Vec<enums::Chat>,
    /// How many the whole list has, roughly where the server does not know.
    pub(super) count: usize,
    /// Whether this is the whole list.
    pub(super) whole: bool,
    /// Where the next page of a search over all chats begins.
    pub(super) next_rate: Option<i32>,
}

impl From<Messages> for Shown {
    fn from(answer: Messages) -> Self {
        let count = |count: i32| usize::try_from(count).unwrap_or(0);
        match answer {
            Messages::Messages(all) => Self {
                count: all.messages.len(),
                whole: true,
                messages: all.messages,
                users: all.users,
                chats: all.chats,
                next_rate: None,
            },
            Messages::Slice(some) => Self {
                count: count(some.count),
                whole: false,
                messages: some.messages,
                users: some.users,
                chats: some.chats,
                next_rate: some.next_rate,
            },
            Messages::ChannelMessages(some) => Self {
                count: count(some.count),
                whole: false,
                messages: some.messages,
                users: some.users,
                chats: some.chats,
                next_rate: None,
            },
            _ => Self::default(),
        }
    }
}

impl Shown {
    /// The places of all, also of those that are not there any more.
    pub(super) fn places(&self) -> Vec<Place> {
        self.messages.iter().map(place).collect()
    }

    /// The messages that are there, in the order of the answer.
    pub(super) fn into_messages(self, client: &Client) -> Vec<Option<Message>> {
        let peers = PeerMap::new(self.users, self.chats);
        let message = |raw| Message::from_raw(client, raw, peers.clone());
        self.messages.into_iter().map(message).collect()
    }

    /// The same, with what has happened between them.
    pub(super) fn into_entries(self, client: &Client) -> Vec<Option<HistoryEntry>> {
        let peers = PeerMap::new(self.users, self.chats);
        let entry = |raw| HistoryEntry::new(raw, peers.clone(), client.weak());
        self.messages.into_iter().map(entry).collect()
    }
}

/// The id of a message, and when it was sent.
pub(super) fn place(message: &enums::Message) -> Place {
    match message {
        enums::Message::Message(it) => (it.id, it.date),
        enums::Message::Service(it) => (it.id, it.date),
        enums::Message::Empty(it) => (it.id, 0),
        _ => (0, 0),
    }
}

/// The chat that a message is in.
pub(super) fn chat_of(message: &enums::Message) -> Option<&enums::Peer> {
    match message {
        enums::Message::Message(it) => Some(&it.peer_id),
        enums::Message::Service(it) => Some(&it.peer_id),
        enums::Message::Empty(it) => it.peer_id.as_ref(),
        _ => None,
    }
}
