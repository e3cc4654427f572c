//! A message that was sent or received.
use std::fmt;
use std::sync::Arc;

use super::input_message::InputMessage;
use super::talk::beside;
use crate::client::{Client, WeakClient};
use crate::error::{Error, Result};
use crate::peers::{ChannelKind, Chat, PeerMap, PeerRef, User};
use crate::text::FormattedText;
use crate::tl;

/// A message that was sent or received.
///
/// It does not keep the client alive: used after the client's end, its calls say `Closed`.
///
/// See <https://core.telegram.org/constructor/message>.
#[derive(Clone)]
pub struct Message {
    /// Everything that the server told, shared by the clones of this message.
    pub raw: Arc<tl::types::Message>,
    peers: PeerMap,
    client: WeakClient,
    lost_mentions: Vec<i64>,
    /// Whether it is one of those that wait for their time, which are numbered by themselves.
    waits: bool,
}

impl Message {
    /// The message of an answer of the raw API, with the users and chats that came in it.
    /// `None` for what is no message but a hole or a notice of the server's.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::{enums, functions::messages::GetHistory, types};
    /// use ferogram_sync::{Message, PeerMap};
    ///
    /// client.send_message("me", "Hello")?;
    /// let peer = types::InputPeerSelf {}.into();
    /// let history = client.invoke(&GetHistory { peer, limit: 1, ..Default::default() })?;
    /// let enums::messages::Messages::Messages(history) = history else { panic!("it is short") };
    /// let peers = PeerMap::new(history.users, history.chats);
    /// let newest = history.messages.into_iter().next().expect("it was sent");
    /// let message = Message::from_raw(&client, newest, peers).expect("it is one");
    /// assert_eq!(message.text(), "Hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_raw(client: &Client, raw: tl::enums::Message, peers: PeerMap) -> Option<Self> {
        match raw {
            tl::enums::Message::Message(raw) => Some(Self::new(*raw, peers, client.weak())),
            _ => None,
        }
    }

    pub(crate) fn new(
        raw: impl Into<Arc<tl::types::Message>>,
        peers: PeerMap,
        client: WeakClient,
    ) -> Self {
        let raw = raw.into();
        let lost_mentions = Vec::new();
        Self {
            raw,
            peers,
            client,
            lost_mentions,
            waits: false,
        }
    }

    /// One of those that wait for their time.
    ///
    /// See <https://core.telegram.org/api/scheduled-messages>.
    pub(crate) fn waiting(self) -> Self {
        Self {
            waits: true,
            ..self
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.waits
    }

    /// The id, for what is done with messages of a chat. In the chat, the id of one that waits for
    /// its time, or is kept as a quick reply, is that of another message.
    pub(super) fn sent_id(&self) -> Result<i32> {
        if self.waits {
            return Err(Error::Argument(
                "the message waits for its time, and is not in the chat yet: \
                 `Client::send_scheduled_now` sends it",
            ));
        }
        if self.raw.quick_reply_shortcut_id.is_some() {
            return Err(Error::Argument(
                "the message is kept as a quick reply, and is in no chat: \
                 `Client::send_quick_reply` sends it",
            ));
        }
        Ok(self.raw.id)
    }

    /// As it was sent: without the mentions of some.
    pub(super) fn without_mentions_of(self, lost_mentions: Vec<i64>) -> Self {
        Self {
            lost_mentions,
            ..self
        }
    }

    /// The client that has brought it.
    pub(crate) fn client(&self) -> Result<Client> {
        self.client.upgrade()
    }

    /// The id: unique among the account's private chats and small groups, or within one channel.
    /// Messages that wait for their time, and quick replies, are numbered by themselves: methods
    /// that do something with a message of the chat give [`Error::Argument`] for them.
    #[must_use]
    pub fn id(&self) -> i32 {
        self.raw.id
    }

    /// The text, or the caption of what is attached.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.raw.message
    }

    /// The text and what is marked in it: to be written as HTML or Markdown, or sent again.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::html;
    ///
    /// let message = client.send_message("me", html!("<b>{}</b> &lt;", "Hello")?)?;
    /// assert_eq!(message.formatted().to_html().text, "<b>Hello</b> &lt;");
    /// assert_eq!(message.formatted().to_markdown().text, "**Hello** <");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn formatted(&self) -> FormattedText {
        FormattedText {
            text: self.raw.message.clone(),
            entities: self.raw.entities.clone().unwrap_or_default(),
        }
    }

    /// Of a message that [`send_message`](crate::Client::send_message) has given: the ids of the
    /// people whom it was to mention and does not, because this account could not name them to the
    /// server. To look a person up or to have read a message of theirs first helps.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let text = InputMessage::markdown("Ask [Bob](tg://user?id=5999999999)");
    /// let message = client.send_message("me", text)?;
    /// assert_eq!(message.text(), "Ask Bob");
    /// assert_eq!(message.lost_mentions(), [5_999_999_999]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn lost_mentions(&self) -> &[i64] {
        &self.lost_mentions
    }

    /// Whether this account sent it.
    #[must_use]
    pub fn outgoing(&self) -> bool {
        self.raw.out
    }

    /// The chat that it is in.
    #[must_use]
    pub fn peer(&self) -> &tl::enums::Peer {
        &self.raw.peer_id
    }

    /// Who wrote it; `None` for posts of a channel.
    #[must_use]
    pub fn sender(&self) -> Option<&tl::enums::Peer> {
        match (&self.raw.from_id, &self.raw.peer_id) {
            (Some(from), _) => Some(from),
            // In private chats the server leaves the obvious out.
            (None, peer @ tl::enums::Peer::User(_)) if !self.raw.out => Some(peer),
            _ => None,
        }
    }

    /// The users and chats that came with it.
    #[must_use]
    pub fn peers(&self) -> &PeerMap {
        &self.peers
    }

    /// The chat that it is in, if that came with it: without a call.
    /// [`fetch_chat`](Self::fetch_chat) asks the server.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.peers.chat(self.peer())
    }

    /// What kind of channel it is in, if it is in one that came with it.
    #[must_use]
    pub fn channel_kind(&self) -> Option<ChannelKind> {
        match self.chat()? {
            Chat::Channel(channel) => Some(channel.kind()),
            _ => None,
        }
    }

    /// The user who wrote it, if that came with it: without a call.
    /// [`fetch_sender`](Self::fetch_sender) asks the server.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # let her_name = ann.get_me()?.full_name();
    /// use ferogram_sync::Update;
    ///
    /// let mut updates = bot.updates();
    /// ann.send_message(format!("@{name}"), "Hello")?;
    /// for update in updates.iter() {
    ///     if let Update::NewMessage(message) = update {
    ///         let sender = message.sender_user().expect("bots are told who writes");
    ///         assert_eq!(sender.full_name(), her_name);
    ///         break;
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sender_user(&self) -> Option<&User> {
        self.peers.user(self.sender_user_id()?)
    }

    /// The group or channel that it was sent as, if that came with it.
    #[must_use]
    pub fn sender_chat(&self) -> Option<&Chat> {
        let sender = self.sender()?;
        let chat = self.peers.chat(sender)?;
        (!matches!(chat, Chat::User(_))).then_some(chat)
    }

    /// Asks the server for the chat that it is in, as it is now.
    ///
    /// # Errors
    ///
    /// As [`Client::fetch_chat`](crate::Client::fetch_chat).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn fetch_chat(&self) -> Result<Chat> {
        self.client()?.fetch_chat(self)
    }

    /// Asks the server who wrote it: a user, or the group or channel that it was sent as. Posts of
    /// a channel are the channel's.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// assert_eq!(Some(message.fetch_sender()?.marked_id()), client.my_id());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::fetch_chat`](crate::Client::fetch_chat).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn fetch_sender(&self) -> Result<Chat> {
        let sender = match self.sender() {
            Some(sender) => PeerRef::Peer(sender.clone()),
            None if self.outgoing() && self.is_private() => PeerRef::from("me"),
            None => PeerRef::from(self),
        };
        self.client()?.fetch_chat(sender)
    }

    /// When it was sent, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Writes an answer that quotes this message: in a forum, in its topic.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let question = client.send_message("me", "Are you there?")?;
    /// let answer = question.reply("Yes.")?;
    /// assert_eq!(answer.text(), "Yes.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::send_message`](crate::Client::send_message).
    ///
    /// # Blocking
    ///
    /// Until the server has the answer, at most for the client's timeout.
    pub fn reply(&self, message: impl Into<InputMessage>) -> Result<Message> {
        let client = self.client()?;
        let answered = self.sent_id()?;
        let message = self.beside(&client, message.into()).reply_to(answered);
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
        let client = self.client()?;
        let message = self.beside(&client, message.into());
        client.send_message(self, message)
    }

    fn beside(&self, client: &Client, message: InputMessage) -> InputMessage {
        let (peer, saved_peer) = (&self.raw.peer_id, self.raw.saved_peer_id.as_ref());
        beside(client, message, self.topic_id(), peer, saved_peer)
    }

    /// Changes it, and gives what it has become; this one stays as it was. A message that waits
    /// for its time goes on waiting for it, unless the change says another.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Helo")?;
    /// assert_eq!(message.edit("Hello")?.text(), "Hello");
    /// assert_eq!(message.text(), "Helo");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::edit_message`](crate::Client::edit_message).
    ///
    /// # Blocking
    ///
    /// Until the server has changed it, at most for the client's timeout.
    pub fn edit(&self, message: impl Into<InputMessage>) -> Result<Message> {
        let mut message = message.into();
        if self.waits {
            message.schedule_date.get_or_insert(self.raw.date);
        }
        if let (None, Some(kept)) = (&message.quick_reply, self.raw.quick_reply_shortcut_id) {
            message = message.quick_reply_id(kept);
        }
        self.client()?.edit_message(self, self.raw.id, message)
    }

    /// Deletes it for everybody, or from those that wait for their time or are kept as quick
    /// replies. [`Client::delete_messages`](crate::Client::delete_messages) can do it for this
    /// account alone.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "Oops")?.delete()?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::delete_messages`](crate::Client::delete_messages).
    ///
    /// # Blocking
    ///
    /// Until the server has deleted it, at most for the client's timeout.
    pub fn delete(&self) -> Result<()> {
        let client = self.client()?;
        let ids = [self.raw.id];
        match self.raw.quick_reply_shortcut_id {
            Some(kept) => client.delete_quick_reply_messages(kept, &ids),
            None if self.waits => client.delete_scheduled_messages(self, &ids),
            None => client.delete_messages(self, &ids, true).map(drop),
        }
    }
}

impl From<&Message> for PeerRef {
    fn from(message: &Message) -> Self {
        Self::Peer(message.raw.peer_id.clone())
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Message").field(&self.raw).finish()
    }
}
