//! The message that was sent, as the answer shows it.
use std::time::Instant;

use super::answers::{NewMessage, all, new_message};
use super::kept_text::kept_text;
use super::mentions::lost;
use super::message::Message;
use super::outgoing::Outgoing;
use crate::client::Client;
use crate::peers::PeerMap;
use crate::tl;
use crate::tl::enums::{self, InputPeer, Peer, Updates};

impl Client {
    /// The message that was sent: in whole, or put together from what the server adds to it.
    ///
    /// See <https://core.telegram.org/constructor/updateShortSentMessage>.
    pub(super) fn sent_message(
        &self,
        sent: Outgoing,
        peer: &InputPeer,
        updates: Updates,
        deadline: Instant,
    ) -> Option<Message> {
        let (wanted, random_id) = (sent.mentioned.clone(), sent.random_id);
        let (new, peers) = match updates {
            Updates::UpdateShortSentMessage(short) => {
                let raw = self.put_together(sent, peer, *short, deadline)?;
                (NewMessage { raw, waits: false }, PeerMap::default())
            }
            updates => shown(updates, random_id)?,
        };
        let lost = lost(wanted, new.raw.entities.as_deref());
        Some(new.into_message(peers, self).without_mentions_of(lost))
    }

    /// The message that was changed.
    pub(super) fn edited_message(
        &self,
        wanted: Outgoing,
        id: i32,
        updates: Updates,
    ) -> Option<Message> {
        let (updates, peers) = all(updates);
        let mut messages = updates.into_iter().filter_map(new_message);
        let new = messages.find(|message| message.raw.id == id)?;
        let lost = lost(wanted.mentioned, new.raw.entities.as_deref());
        Some(new.into_message(peers, self).without_mentions_of(lost))
    }

    /// From the short answer, which leaves out what the sender knows.
    fn put_together(
        &self,
        sent: Outgoing,
        peer: &InputPeer,
        short: tl::types::UpdateShortSentMessage,
        deadline: Instant,
    ) -> Option<Box<tl::types::Message>> {
        let entities = short.entities.as_deref().unwrap_or_default();
        let text = match kept_text(&sent.message.text, entities) {
            Some(text) => text.to_owned(),
            None => match self.fetch_sent(peer, short.id, deadline) {
                Ok(Some(sent)) => return Some(Box::new((*sent.raw).clone())),
                // It was sent all the same, and an error would have it sent again.
                Ok(None) | Err(_) => sent.message.text.trim().to_owned(),
            },
        };
        Some(Box::new(tl::types::Message {
            out: short.out,
            silent: sent.message.silent,
            noforwards: sent.message.noforwards,
            invert_media: sent.message.preview_above,
            id: short.id,
            peer_id: self.peer_of(peer)?,
            from_id: self.own_peer(),
            reply_to: sent.reply_to.and_then(|reply| self.reply_header(reply)),
            date: short.date,
            message: text,
            media: short.media,
            entities: short.entities,
            ttl_period: short.ttl_period,
            effect: sent.message.effect,
            ..Default::default()
        }))
    }

    pub(super) fn peer_of(&self, input: &InputPeer) -> Option<Peer> {
        match input {
            InputPeer::PeerSelf => self.own_peer(),
            InputPeer::User(user) => {
                let user_id = user.user_id;
                Some(Peer::User(tl::types::PeerUser { user_id }))
            }
            InputPeer::Chat(chat) => {
                let chat_id = chat.chat_id;
                Some(Peer::Chat(tl::types::PeerChat { chat_id }))
            }
            InputPeer::Channel(channel) => {
                let channel_id = channel.channel_id;
                Some(Peer::Channel(tl::types::PeerChannel { channel_id }))
            }
            InputPeer::UserFromMessage(user) => {
                let user_id = user.user_id;
                Some(Peer::User(tl::types::PeerUser { user_id }))
            }
            InputPeer::ChannelFromMessage(channel) => {
                let channel_id = channel.channel_id;
                Some(Peer::Channel(tl::types::PeerChannel { channel_id }))
            }
            _ => None,
        }
    }

    fn own_peer(&self) -> Option<Peer> {
        let user_id = self.core.account()?.user_id;
        Some(Peer::User(tl::types::PeerUser { user_id }))
    }

    /// What the message that was sent says of what it answers.
    fn reply_header(&self, reply: enums::InputReplyTo) -> Option<enums::MessageReplyHeader> {
        let reply = match reply {
            enums::InputReplyTo::Message(reply) => reply,
            enums::InputReplyTo::Story(story) => {
                let (peer, story_id) = (self.peer_of(&story.peer)?, story.story_id);
                return Some(tl::types::MessageReplyStoryHeader { peer, story_id }.into());
            }
            enums::InputReplyTo::EphemeralMessage(seen_by_one) => {
                let header = tl::types::MessageReplyHeader {
                    reply_to_ephemeral: true,
                    reply_to_msg_id: Some(seen_by_one.id),
                    ..Default::default()
                };
                return Some(header.into());
            }
            _ => return None,
        };
        let elsewhere = reply.reply_to_peer_id.as_ref();
        let header = tl::types::MessageReplyHeader {
            quote: reply.quote_text.is_some(),
            reply_to_msg_id: Some(reply.reply_to_msg_id),
            reply_to_peer_id: elsewhere.and_then(|peer| self.peer_of(peer)),
            reply_to_top_id: reply.top_msg_id,
            quote_text: reply.quote_text,
            quote_entities: reply.quote_entities,
            quote_offset: reply.quote_offset,
            todo_item_id: reply.todo_item_id,
            poll_option: reply.poll_option,
            ..Default::default()
        };
        Some(header.into())
    }
}

/// The message in a long answer: that of the `random_id`, if the answer says which it is.
fn shown(updates: Updates, random_id: i64) -> Option<(NewMessage, PeerMap)> {
    let (updates, peers) = all(updates);
    let id = updates.iter().find_map(|update| match update {
        enums::Update::MessageId(named) if named.random_id == random_id => Some(named.id),
        _ => None,
    });
    let mut sent = updates.into_iter().filter_map(new_message);
    let new = sent.find(|message| id.is_none_or(|id| id == message.raw.id))?;
    Some((new, peers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(random_id: i64, id: i32) -> enums::Update {
        tl::types::UpdateMessageId { random_id, id }.into()
    }

    fn message(id: i32) -> enums::Message {
        let message = tl::types::Message {
            id,
            ..Default::default()
        };
        message.into()
    }

    fn new(id: i32) -> enums::Update {
        let new = tl::types::UpdateNewMessage {
            message: message(id),
            ..Default::default()
        };
        new.into()
    }

    fn new_in_channel(id: i32) -> enums::Update {
        let new = tl::types::UpdateNewChannelMessage {
            message: message(id),
            ..Default::default()
        };
        new.into()
    }

    #[test]
    fn of_several_messages_that_is_ours_which_is_named_so() {
        let (ours, other) = (named(2, 6), named(1, 5));
        for updates in [
            vec![other.clone(), ours.clone(), new(5), new(6), new(7)],
            vec![ours.clone(), other.clone(), new(5), new(6)],
            vec![new(5), other, new_in_channel(6), ours.clone()],
            vec![new(4), ours.clone(), new(6)],
        ] {
            let updates = tl::types::Updates {
                updates,
                ..Default::default()
            };
            let (new, _) = shown(updates.into(), 2).expect("it is there");
            assert_eq!(new.raw.id, 6);
        }
        // One that is not shown is not another one.
        let updates = tl::types::Updates {
            updates: vec![ours, new(5)],
            ..Default::default()
        };
        assert!(shown(updates.into(), 2).is_none());
    }
}
