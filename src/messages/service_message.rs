//! A message by which the server tells what has happened to a chat.
use std::fmt;
use std::sync::Arc;

use super::action::MessageAction;
use super::input_message::InputMessage;
use super::message::Message;
use super::message_fields::topic_of;
use super::talk::beside;
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::peers::{Chat, PeerMap, PeerRef, User, marked_id};
use crate::tl::enums::{self, Peer};
use crate::tl::types;

/// A message by which the server tells what has happened to a chat: somebody has joined, the title
/// was changed, and so on.
///
/// It stands in the history as others do, and does not keep the client alive.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::action::{JoinedHow, MessageAction};
/// use ferogram_sync::{PeerMap, ServiceMessage, tl::types};
///
/// let raw = types::MessageService {
///     peer_id: types::PeerChat { chat_id: 3 }.into(),
///     from_id: Some(types::PeerUser { user_id: 7 }.into()),
///     action: types::MessageActionChatJoinedByLink { inviter_id: 8 }.into(),
///     ..Default::default()
/// };
/// let message = ServiceMessage::from_raw(&client, raw.into(), PeerMap::default());
/// let message = message.expect("it is one");
/// assert_eq!(message.chat_id(), -3);
/// let MessageAction::Joined(joined) = message.action() else { panic!("they joined") };
/// assert_eq!(joined.user_ids, [7]);
/// assert_eq!(joined.how, JoinedHow::Link { inviter_id: 8 });
/// ```
///
/// See <https://core.telegram.org/constructor/messageService>.
#[derive(Clone)]
pub struct ServiceMessage {
    /// Everything that the server told, shared by the clones of this message.
    pub raw: Arc<types::MessageService>,
    peers: PeerMap,
    client: WeakClient,
}

impl ServiceMessage {
    /// The message of an answer of the raw API, with the users and chats that came in it. `None`
    /// for what tells of nothing that has happened to a chat.
    #[must_use]
    pub fn from_raw(client: &Client, raw: enums::Message, peers: PeerMap) -> Option<Self> {
        match raw {
            enums::Message::Service(raw) => Some(Self::new(*raw, peers, client.weak())),
            _ => None,
        }
    }

    pub(crate) fn new(
        raw: impl Into<Arc<types::MessageService>>,
        peers: PeerMap,
        client: WeakClient,
    ) -> Self {
        let raw = raw.into();
        Self { raw, peers, client }
    }

    /// What has happened.
    #[must_use]
    pub fn action(&self) -> MessageAction<'_> {
        MessageAction::of(&self.raw)
    }

    /// The id: unique among the account's private chats and small groups, or within one channel.
    #[must_use]
    pub fn id(&self) -> i32 {
        self.raw.id
    }

    /// The chat that it is in.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.raw.peer_id
    }

    /// The id of the chat that it is in, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        marked_id(self.peer())
    }

    /// The chat that it is in, if that came with it: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.peers.chat(self.peer())
    }

    /// Who has done it, where that is told.
    #[must_use]
    pub fn sender(&self) -> Option<&Peer> {
        match (&self.raw.from_id, &self.raw.peer_id) {
            (Some(from), _) => Some(from),
            // In private chats the server leaves the obvious out.
            (None, peer @ Peer::User(_)) if !self.raw.out => Some(peer),
            _ => None,
        }
    }

    /// The id of the user who has done it, as far as it was a user.
    #[must_use]
    pub fn sender_user_id(&self) -> Option<i64> {
        match self.sender() {
            Some(Peer::User(user)) => Some(user.user_id),
            _ => None,
        }
    }

    /// The user who has done it, if that came with it: without a call.
    #[must_use]
    pub fn sender_user(&self) -> Option<&User> {
        self.peers.user(self.sender_user_id()?)
    }

    /// The users and chats that came with it.
    #[must_use]
    pub fn peers(&self) -> &PeerMap {
        &self.peers
    }

    /// Whether this account has done it.
    #[must_use]
    pub fn outgoing(&self) -> bool {
        self.raw.out
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// The topic of a forum that it is in: of the one that begins a topic, that topic. `None`
    /// outside of forums, and in their topic "General".
    ///
    /// See <https://core.telegram.org/api/forum>.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match self.raw.action {
            enums::MessageAction::TopicCreate(_) => Some(self.raw.id),
            _ => topic_of(self.raw.reply_to.as_ref()),
        }
    }

    /// Writes an answer that quotes this message: in a forum, in its topic.
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`](crate::Client::send_message).
    ///
    /// # Blocking
    ///
    /// Until the server has the answer, at most for the client's timeout.
    pub fn reply(&self, message: impl Into<InputMessage>) -> Result<Message> {
        let client = self.client.upgrade()?;
        let message = self.beside(&client, message.into()).reply_to(self.raw.id);
        client.send_message(self, message)
    }

    /// Writes into the same chat: in a forum, into the same topic, unless the message says
    /// [another](InputMessage::topic).
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`](crate::Client::send_message).
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    pub fn respond(&self, message: impl Into<InputMessage>) -> Result<Message> {
        let client = self.client.upgrade()?;
        let message = self.beside(&client, message.into());
        client.send_message(self, message)
    }

    fn beside(&self, client: &Client, message: InputMessage) -> InputMessage {
        let (peer, saved_peer) = (&self.raw.peer_id, self.raw.saved_peer_id.as_ref());
        beside(client, message, self.topic_id(), peer, saved_peer)
    }

    /// Deletes it for everybody.
    ///
    /// # Errors
    ///
    /// As [`Client::delete_messages`](crate::Client::delete_messages).
    ///
    /// # Blocking
    ///
    /// Until the server has deleted it, at most for the client's timeout.
    pub fn delete(&self) -> Result<()> {
        let client = self.client.upgrade()?;
        client.delete_messages(self, &[self.raw.id], true).map(drop)
    }
}

impl From<&ServiceMessage> for PeerRef {
    fn from(message: &ServiceMessage) -> Self {
        Self::Peer(message.raw.peer_id.clone())
    }
}

impl fmt::Debug for ServiceMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceMessage").field(&self.raw).finish()
    }
}
