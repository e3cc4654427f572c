//! The messages that answers show.
use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use super::message::Message;
use super::shown::Shown;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerMap, input_channel};
use crate::tl::enums::{self, InputPeer, Update, Updates};
use crate::tl::{functions, types};

impl Client {
    /// The messages of a list; what is no message but a hole or a notice is left out.
    pub(super) fn listed(&self, answer: enums::messages::Messages) -> Vec<Message> {
        let messages = Shown::from(answer).into_messages(self);
        messages.into_iter().flatten().collect()
    }

    /// Some messages, with whom they name.
    pub(super) fn with_peers(&self, raw: Vec<enums::Message>, peers: PeerMap) -> Vec<Message> {
        let raw = raw.into_iter();
        raw.filter_map(|raw| Message::from_raw(self, raw, peers.clone()))
            .collect()
    }

    /// The messages that updates bring, be they sent, changed or waiting for their time.
    pub(super) fn told(&self, updates: Updates) -> Vec<Message> {
        let (updates, peers) = all(updates);
        let told = updates.into_iter().filter_map(new_message);
        told.map(|told| told.into_message(peers.clone(), self))
            .collect()
    }

    /// The messages that were sent, in the order of their `random_id`s: `None` for what the server
    /// has not sent. Of those that wait for their time it does not say whose they are: they are
    /// taken in their order.
    ///
    /// See <https://core.telegram.org/constructor/updateMessageID>.
    pub(super) fn sent_as(&self, updates: Updates, random_ids: &[i64]) -> Vec<Option<Message>> {
        let (updates, peers) = all(updates);
        let mut ids = HashMap::new();
        let (mut sent, mut waiting) = (HashMap::new(), VecDeque::new());
        for update in updates {
            if let Update::MessageId(named) = update {
                ids.insert(named.random_id, named.id);
                continue;
            }
            let is_kept = matches!(update, Update::QuickReplyMessage(_));
            match new_message(update) {
                Some(new) if new.waits || is_kept => waiting.push_back(new),
                Some(new) => {
                    sent.insert(new.raw.id, new);
                }
                None => {}
            }
        }
        let new = random_ids.iter().map(|random_id| match ids.get(random_id) {
            Some(id) => sent.remove(id).or_else(|| {
                let place = waiting.iter().position(|new| new.raw.id == *id)?;
                waiting.remove(place)
            }),
            None => waiting.pop_front(),
        });
        new.map(|new| Some(new?.into_message(peers.clone(), self)))
            .collect()
    }

    /// A message that was sent, as the server has it.
    pub(super) fn fetch_sent(
        &self,
        peer: &InputPeer,
        id: i32,
        deadline: Instant,
    ) -> Result<Option<Message>> {
        let found = self.fetch_by_ids(peer, &[id], deadline)?;
        Ok(found.into_iter().find(|message| message.id() == id))
    }

    /// Messages of a chat by their ids; what is not there is left out.
    ///
    /// See <https://core.telegram.org/method/messages.getMessages> and
    /// <https://core.telegram.org/method/channels.getMessages>.
    pub(super) fn fetch_by_ids(
        &self,
        peer: &InputPeer,
        ids: &[i32],
        deadline: Instant,
    ) -> Result<Vec<Message>> {
        let id = ids.iter();
        let id = id.map(|id| types::InputMessageId { id: *id }.into());
        let id = id.collect();
        let answer = match peer {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                let channel = input_channel(peer)?;
                let request = functions::channels::GetMessages { channel, id };
                self.ask_until(&request, deadline)?
            }
            _ => {
                let request = functions::messages::GetMessages { id };
                self.ask_until(&request, deadline)?
            }
        };
        let mut found = self.listed(answer);
        // In private chats and small groups, ids count for the whole account.
        if let Some(meant) = self.peer_of(peer) {
            found.retain(|it| *it.peer() == meant);
        }
        Ok(found)
    }
}

/// One of several messages, with whom they name.
pub(super) fn message_of(
    client: &Client,
    raw: &enums::Message,
    peers: &PeerMap,
) -> Option<Message> {
    Message::from_raw(client, raw.clone(), peers.clone())
}

/// The updates of an answer, and whom they name.
pub(super) fn all(updates: Updates) -> (Vec<Update>, PeerMap) {
    match updates {
        Updates::Updates(all) => (all.updates, PeerMap::new(all.users, all.chats)),
        Updates::Combined(all) => (all.updates, PeerMap::new(all.users, all.chats)),
        Updates::UpdateShort(short) => (vec![short.update], PeerMap::default()),
        _ => Default::default(),
    }
}

/// A message that an update brings.
pub(super) struct NewMessage {
    pub(super) raw: Box<types::Message>,
    /// Whether it waits for its time.
    pub(super) waits: bool,
}

impl NewMessage {
    pub(super) fn into_message(self, peers: PeerMap, client: &Client) -> Message {
        let message = Message::new(self.raw, peers, client.weak());
        match self.waits {
            true => message.waiting(),
            false => message,
        }
    }
}

/// The message that an update brings, be it sent, changed, waiting for its time or
/// kept as a quick reply.
pub(super) fn new_message(update: Update) -> Option<NewMessage> {
    let waits = matches!(update, Update::NewScheduledMessage(_));
    let message = match update {
        Update::NewMessage(new) => new.message,
        Update::NewChannelMessage(new) => new.message,
        Update::EditMessage(edit) => edit.message,
        Update::EditChannelMessage(edit) => edit.message,
        Update::NewScheduledMessage(new) => new.message,
        Update::QuickReplyMessage(new) => new.message,
        _ => return None,
    };
    match message {
        enums::Message::Message(raw) => Some(NewMessage { raw, waits }),
        _ => None,
    }
}
