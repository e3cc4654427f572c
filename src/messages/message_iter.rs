//! Reading and searching the messages of a chat.
use std::fmt;

use super::history::History;
use super::message::Message;
#[cfg(doc)]
use super::message_filter::MessageFilter;
use super::selection::Kind;
use super::walk::Start;
use crate::client::{Client, Pages};
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{InputPeer, MessagesFilter, Reaction};

/// The messages of a chat, one after the other: the newest first, unless it is told otherwise.
/// What it is told counts before the first message is taken.
///
/// While it is read, messages may come and go: what is there all the time is given, once, and
/// nothing is given twice. What comes after the beginning is not given, but for a
/// [reversed](Self::reversed) list, which ends when nothing newer is there.
///
/// A page of up to a hundred is asked for at once, and the next one when half of it is read. After
/// an error, it ends; to go on from there, begin again [from the id](Self::from_id) of the last
/// message. It does not keep the client alive.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// for text in ["one", "two", "three"] {
///     client.send_message("me", text)?;
/// }
/// let mut messages = client.iter_messages("me").reversed().limit(2);
/// assert_eq!(messages.total()?, 3);
/// let texts = messages.map(|message| Ok(message?.text().to_owned()));
/// assert_eq!(texts.collect::<ferogram_sync::Result<Vec<_>>>()?, ["one", "two"]);
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/offsets>.
#[must_use = "it asks for nothing before it is read"]
pub struct MessageIter {
    pages: Pages<History>,
}

impl MessageIter {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// The oldest first.
    pub fn reversed(mut self) -> Self {
        self.pages.list.walk.upwards = true;
        self
    }

    /// Begins behind the message of this id: with the next one that is older, or newer where the
    /// list is [reversed](Self::reversed). There need not be such a message.
    pub fn from_id(self, id: i32) -> Self {
        self.start(Start::Id(id))
    }

    /// Begins at this time, in seconds since the Unix epoch: with what was sent before, or, where
    /// the list is [reversed](Self::reversed), then and later.
    pub fn from_date(self, date: i32) -> Self {
        self.start(Start::Date(date))
    }

    /// Begins so that the message of this id is in the middle of as many as are wanted, or of a
    /// hundred. The newest comes first, also where the list was to be reversed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let ids: Vec<i32> = (0..9)
    ///     .map(|_| Ok(client.send_message("me", "Hello")?.id()))
    ///     .collect::<ferogram_sync::Result<_>>()?;
    /// let around = client.iter_messages("me").around(ids[4]).limit(4);
    /// let around = around.map(|message| Ok(message?.id()));
    /// let around = around.collect::<ferogram_sync::Result<Vec<_>>>()?;
    /// assert_eq!(around, [ids[5], ids[4], ids[3], ids[2]]);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    pub fn around(mut self, id: i32) -> Self {
        self.pages.list.walk.upwards = false;
        self.start(Start::Around(id))
    }

    fn start(mut self, start: Start) -> Self {
        self.pages.list.walk.start = start;
        self
    }

    /// Ends before the message of this id is reached.
    pub fn up_to_id(mut self, id: i32) -> Self {
        self.pages.list.walk.up_to_id = Some(id);
        self
    }

    /// Ends before this time is reached, in seconds since the Unix epoch.
    pub fn up_to_date(mut self, date: i32) -> Self {
        self.pages.list.walk.up_to_date = Some(date);
        self
    }

    /// Of this topic of a forum, or the comments to this post of a channel.
    ///
    /// See <https://core.telegram.org/api/forum> and <https://core.telegram.org/api/threads>.
    pub fn topic(mut self, id: i32) -> Self {
        self.pages.list.selection.topic = Some(id);
        self
    }

    /// What was saved from somebody, of the saved messages; or with whom, of the messages to a
    /// channel.
    ///
    /// See <https://core.telegram.org/api/saved-messages> and
    /// <https://core.telegram.org/api/monoforum>.
    pub fn saved_from(mut self, peer: impl Into<PeerRef>) -> Self {
        self.pages.list.saved_from = Some(peer.into());
        self
    }

    /// Of this sender.
    pub fn sender(mut self, peer: impl Into<PeerRef>) -> Self {
        self.pages.list.sender = Some(peer.into());
        self
    }

    /// With these words.
    pub fn query(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        self.pages.list.selection.query = (!words.is_empty()).then_some(words);
        self
    }

    /// Of this kind: a [`MessageFilter`], or one of the raw API.
    pub fn filter(mut self, filter: impl Into<MessagesFilter>) -> Self {
        self.pages.list.selection.filter = Some(filter.into());
        self
    }

    /// Saved messages that are marked with these reactions.
    ///
    /// See <https://core.telegram.org/api/saved-messages#tags>.
    pub fn tagged(mut self, reactions: Vec<Reaction>) -> Self {
        self.pages.list.selection.saved_reactions = Some(reactions);
        self
    }

    /// How many there are in all, by the server's counting: the limit, and where the list begins
    /// and ends, are not looked at. The first page tells.
    ///
    /// # Errors
    ///
    /// As [`next`](Iterator::next) of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the first page is there, at most for the client's timeout; then not at all.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for MessageIter {
    type Item = Result<Message>;

    /// The next message. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for MessageIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageIter")
            .field("chat", &self.pages.list.chat)
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// The messages of a chat: [`MessageIter`] says in which order, and which. Nothing is asked
    /// for before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let first = client.send_message("me", "one")?;
    /// client.send_message("me", "two")?;
    /// for message in client.iter_messages("me").limit(100) {
    ///     println!("{}", message?.text());
    /// }
    /// let newer = client.iter_messages("me").up_to_id(first.id());
    /// assert_eq!(newer.count(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots), as bots are shown no histories. Common
    /// answers: `CHANNEL_PRIVATE`, `PEER_ID_INVALID`; of topics, `TOPIC_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getHistory>,
    /// <https://core.telegram.org/method/messages.getReplies> and
    /// <https://core.telegram.org/method/messages.getSavedHistory>.
    pub fn iter_messages(&self, peer: impl Into<PeerRef>) -> MessageIter {
        self.messages_of(peer.into(), Kind::History)
    }

    /// The messages of a chat with some words in them, or all that are of a
    /// [kind](MessageIter::filter) or [somebody's](MessageIter::sender).
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "Bread and butter")?;
    /// client.send_message("me", "Milk")?;
    /// let found = client.search("me", "butter").next().expect("it is there")?;
    /// assert_eq!(found.text(), "Bread and butter");
    /// assert_eq!(client.search("me", "cheese").total()?, 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_messages`](Self::iter_messages). Common answers:
    /// `INPUT_FILTER_INVALID`, `SEARCH_QUERY_EMPTY`.
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.search>.
    pub fn search(&self, peer: impl Into<PeerRef>, query: impl Into<String>) -> MessageIter {
        let mut found = self.iter_messages(peer).query(query);
        // Without any words it is a search all the same.
        found.pages.list.selection.filter = Some(MessagesFilter::default());
        found
    }

    /// The same in all private chats and small groups of the account, for whatever
    /// [sender](MessageIter::sender), kind or words. In channels and supergroups too looks
    /// [`search_global`](Self::search_global).
    ///
    /// # Errors
    ///
    /// The items are results: as [`search`](Self::search).
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.search>.
    pub fn search_private(&self, query: impl Into<String>) -> MessageIter {
        self.search(InputPeer::Empty, query)
    }

    /// Messages of a chat that mention this account or answer it, and that it has not seen.
    /// [`mark_mentions_read`](Self::mark_mentions_read) tells that they were.
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_messages`](Self::iter_messages).
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getUnreadMentions>.
    pub fn iter_unread_mentions(&self, peer: impl Into<PeerRef>) -> MessageIter {
        self.messages_of(peer.into(), Kind::UnreadMentions)
    }

    /// Own messages of a chat that have reactions which this account has not seen.
    /// [`mark_reactions_read`](Self::mark_reactions_read) tells that they were.
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_messages`](Self::iter_messages).
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getUnreadReactions>.
    pub fn iter_unread_reactions(&self, peer: impl Into<PeerRef>) -> MessageIter {
        self.messages_of(peer.into(), Kind::UnreadReactions)
    }

    /// Own polls of a chat that have votes which this account has not seen.
    /// [`mark_votes_read`](Self::mark_votes_read) tells that they were.
    ///
    /// # Errors
    ///
    /// The items are results: as [`iter_messages`](Self::iter_messages).
    ///
    /// # Blocking
    ///
    /// Not; taking a message blocks while a page is on its way, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getUnreadPollVotes>.
    pub fn iter_unread_votes(&self, peer: impl Into<PeerRef>) -> MessageIter {
        self.messages_of(peer.into(), Kind::UnreadVotes)
    }

    fn messages_of(&self, chat: PeerRef, kind: Kind) -> MessageIter {
        MessageIter {
            pages: Pages::new(self, History::new(chat, kind)),
        }
    }
}
