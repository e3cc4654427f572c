//! Sending messages.
use std::time::Instant;

use super::input_message::InputMessage;
use super::kept_text::kept_text;
use super::message::Message;
use crate::client::Client;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::net::OsEntropy;
use crate::peers::PeerRef;
use crate::tl;
use crate::tl::enums::{self, InputPeer, Peer, Updates};

impl Client {
    /// Sends a message.
    ///
    /// The message gets a `random_id` of its own, so that the server sees when it comes twice: it
    /// may be sent again after a lost connection, and still arrives once.
    ///
    /// What comes back is the message as the server has it: it leaves out blanks at both ends of
    /// the text and moves the entities. Where its short answer does not tell what became of the
    /// text, as with unusual blanks and control characters, the message is asked for.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(message.text(), "Hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG`, `PEER_ID_INVALID`, `USER_IS_BLOCKED`,
    /// `CHAT_WRITE_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendMessage>.
    pub fn send_message(
        &self,
        peer: impl Into<PeerRef>,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.send_input_message(&peer.into(), message.into())
    }

    fn send_input_message(&self, peer: &PeerRef, message: InputMessage) -> Result<Message> {
        let deadline = self.begin_for::<tl::functions::messages::SendMessage>()?;
        let mut request = tl::functions::messages::SendMessage {
            no_webpage: message.no_webpage,
            silent: message.silent,
            reply_to: message.reply_to.map(|reply_to_msg_id| {
                tl::types::InputReplyToMessage {
                    reply_to_msg_id,
                    ..Default::default()
                }
                .into()
            }),
            message: message.text,
            random_id: random_id(),
            entities: Some(message.entities).filter(|entities| !entities.is_empty()),
            ..Default::default()
        };
        let updates = self.ask_about(peer, deadline, |peer| {
            request.peer = peer.clone();
            self.ask_until(&request, deadline)
        })?;
        self.sent_message(request, updates, deadline)
            .ok_or(Error::Unexpected(
                "the message was sent, but the answer does not show it",
            ))
    }

    /// The message that was sent: in whole, or put together from what the server adds to it.
    ///
    /// See <https://core.telegram.org/constructor/updateShortSentMessage>.
    fn sent_message(
        &self,
        request: tl::functions::messages::SendMessage,
        updates: Updates,
        deadline: Instant,
    ) -> Option<Message> {
        if let Updates::UpdateShortSentMessage(short) = updates {
            let entities = short.entities.as_deref().unwrap_or_default();
            let text = match kept_text(&request.message, entities) {
                Some(text) => text.to_owned(),
                None => match self.fetch_sent(&request.peer, short.id, deadline) {
                    Ok(Some(raw)) => return Some(Message::new(raw, self.weak())),
                    // It was sent all the same, and an error would have it sent again.
                    Ok(None) | Err(_) => request.message.trim().to_owned(),
                },
            };
            let raw = tl::types::Message {
                out: short.out,
                silent: request.silent,
                id: short.id,
                peer_id: self.peer_of(&request.peer)?,
                from_id: self.own_peer(),
                reply_to: request.reply_to.and_then(reply_header),
                date: short.date,
                message: text,
                media: short.media,
                entities: short.entities,
                ttl_period: short.ttl_period,
                ..Default::default()
            };
            return Some(Message::new(raw, self.weak()));
        }
        let updates = match updates {
            Updates::Updates(all) => all.updates,
            Updates::Combined(all) => all.updates,
            Updates::UpdateShort(short) => vec![short.update],
            _ => return None,
        };
        let id = updates.iter().find_map(|update| match update {
            enums::Update::MessageId(named) if named.random_id == request.random_id => {
                Some(named.id)
            }
            _ => None,
        });
        let mut sent = updates.into_iter().filter_map(new_message);
        let raw = sent.find(|message| id.is_none_or(|id| id == message.id))?;
        Some(Message::new(raw, self.weak()))
    }

    /// A message that was just sent, as the server has it.
    ///
    /// See <https://core.telegram.org/method/messages.getMessages> and
    /// <https://core.telegram.org/method/channels.getMessages>.
    fn fetch_sent(
        &self,
        peer: &InputPeer,
        id: i32,
        deadline: Instant,
    ) -> Result<Option<Box<tl::types::Message>>> {
        let ids = vec![tl::types::InputMessageId { id }.into()];
        let answer = match peer {
            InputPeer::Channel(channel) => {
                let request = tl::functions::channels::GetMessages {
                    channel: tl::types::InputChannel {
                        channel_id: channel.channel_id,
                        access_hash: channel.access_hash,
                    }
                    .into(),
                    id: ids,
                };
                self.ask_until(&request, deadline)?
            }
            _ => {
                let request = tl::functions::messages::GetMessages { id: ids };
                self.ask_until(&request, deadline)?
            }
        };
        let messages = match answer {
            enums::messages::Messages::Messages(all) => all.messages,
            enums::messages::Messages::Slice(some) => some.messages,
            enums::messages::Messages::ChannelMessages(all) => all.messages,
            _ => Vec::new(),
        };
        Ok(messages.into_iter().find_map(|message| match message {
            enums::Message::Message(raw) if raw.id == id => Some(raw),
            _ => None,
        }))
    }

    fn peer_of(&self, input: &InputPeer) -> Option<Peer> {
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
}

/// The message that an update brings, be it sent or waiting for its time.
fn new_message(update: enums::Update) -> Option<Box<tl::types::Message>> {
    let message = match update {
        enums::Update::NewMessage(new) => new.message,
        enums::Update::NewChannelMessage(new) => new.message,
        enums::Update::NewScheduledMessage(new) => new.message,
        _ => return None,
    };
    match message {
        enums::Message::Message(raw) => Some(raw),
        _ => None,
    }
}

fn reply_header(reply: tl::enums::InputReplyTo) -> Option<tl::enums::MessageReplyHeader> {
    match reply {
        tl::enums::InputReplyTo::Message(reply) => Some(
            tl::types::MessageReplyHeader {
                reply_to_msg_id: Some(reply.reply_to_msg_id),
                ..Default::default()
            }
            .into(),
        ),
        _ => None,
    }
}

/// Zero means "none" to the server.
fn random_id() -> i64 {
    loop {
        let mut bytes = [0; 8];
        OsEntropy::new().fill(&mut bytes);
        let id = i64::from_le_bytes(bytes);
        if id != 0 {
            return id;
        }
    }
}
