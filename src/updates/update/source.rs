//! Whose update it is, where it happened, and who came with it.
use std::fmt;

use super::places::{chat_of, sender_of};
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::messages::{Message, ServiceMessage};
use crate::peers::PeerMap;
use crate::tl::enums::{self, Peer};
use crate::tl::types;

/// Whose update it is, where it happened, and who came with it.
#[derive(Clone)]
pub(crate) struct Source {
    pub(super) peers: PeerMap,
    pub(super) client: WeakClient,
    pub(super) chat: Option<Peer>,
    pub(super) sender: Option<Peer>,
}

impl Source {
    pub(super) fn new(update: &enums::Update, peers: PeerMap, client: WeakClient) -> Self {
        Self {
            peers,
            client,
            chat: chat_of(update),
            sender: sender_of(update),
        }
    }

    pub(super) fn message(&self, raw: types::Message) -> Message {
        Message::new(raw, self.peers.clone(), self.client.clone())
    }

    pub(super) fn service_message(&self, raw: types::MessageService) -> ServiceMessage {
        ServiceMessage::new(raw, self.peers.clone(), self.client.clone())
    }

    /// `None` for what is none.
    pub(super) fn any_message(&self, raw: enums::Message) -> Option<Message> {
        match raw {
            enums::Message::Message(raw) => Some(self.message(*raw)),
            _ => None,
        }
    }

    /// The client that has brought it.
    pub(crate) fn client(&self) -> Result<Client> {
        self.client.upgrade()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.peers).finish()
    }
}

/// Where an update happened, by whom, and who came with it.
pub(super) trait Located {
    fn chat_peer(&self) -> Option<Peer>;
    fn sender_peer(&self) -> Option<Peer>;
    fn peer_map(&self) -> &PeerMap;
}

impl Located for Message {
    fn chat_peer(&self) -> Option<Peer> {
        Some(self.peer().clone())
    }

    fn sender_peer(&self) -> Option<Peer> {
        self.sender().cloned()
    }

    fn peer_map(&self) -> &PeerMap {
        self.peers()
    }
}

impl Located for ServiceMessage {
    fn chat_peer(&self) -> Option<Peer> {
        Some(self.peer().clone())
    }

    fn sender_peer(&self) -> Option<Peer> {
        self.sender().cloned()
    }

    fn peer_map(&self) -> &PeerMap {
        self.peers()
    }
}
