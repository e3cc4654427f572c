//! Who has reacted to a message.
use std::fmt;

use super::message::Message;
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef};
use crate::tl::enums::messages::MessageReactionsList;
use crate::tl::enums::{MessagePeerReaction, Peer, Reaction};
use crate::tl::functions::messages::GetMessageReactionsList;

/// How somebody has reacted to a message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reactor {
    /// Who it is.
    pub peer: Peer,
    /// How.
    pub reaction: Reaction,
    /// When, in seconds since the Unix epoch.
    pub date: i32,
    /// Whether it is shown large.
    pub big: bool,
    /// Whether the author of the message has not seen it yet.
    pub unread: bool,
    /// The users and chats that came with it.
    pub peers: PeerMap,
}

/// Who has reacted to a message, the newest first. Each page begins where the server says: who
/// reacts meanwhile may come twice or not at all.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct Reactors {
    pages: Pages<Reacted>,
}

struct Reacted {
    peer: PeerRef,
    request: GetMessageReactionsList,
    total: Option<usize>,
    over: bool,
}

impl List for Reacted {
    type Item = Reactor;
    type Answer = MessageReactionsList;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<MessageReactionsList> {
        let peer = self.peer.clone();
        call.client.ask_about(&peer, call.deadline, |peer| {
            self.request.peer = peer.clone();
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<MessageReactionsList> {
        let request = GetMessageReactionsList {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, _: &Call, answer: MessageReactionsList) -> Result<Vec<Reactor>> {
        let MessageReactionsList::List(list) = answer;
        self.total
            .get_or_insert(usize::try_from(list.count).unwrap_or(0));
        self.over = list.next_offset.is_none() || list.reactions.is_empty();
        self.request.offset = list.next_offset;
        let peers = PeerMap::new(list.users, list.chats);
        let reactions = list.reactions.into_iter();
        let reactions = reactions.map(|MessagePeerReaction::Reaction(it)| Reactor {
            peer: it.peer_id,
            reaction: it.reaction,
            date: it.date,
            big: it.big,
            unread: it.unread,
            peers: peers.clone(),
        });
        Ok(reactions.collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Reactors {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Of those who have reacted so.
    pub fn reaction(mut self, reaction: impl Into<Reaction>) -> Self {
        self.pages.list.request.reaction = Some(reaction.into());
        self
    }

    /// How many there are in all, by the server's counting.
    ///
    /// # Errors
    ///
    /// As [`Client::message_reactors`].
    ///
    /// # Blocking
    ///
    /// Until the first page is here, at most for the client's timeout.
    pub fn total(&mut self) -> Result<usize> {
        self.pages.begin()?;
        Ok(self.pages.list.total.unwrap_or(0))
    }
}

impl Iterator for Reactors {
    type Item = Result<Reactor>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for Reactors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reactors")
            .field("total", &self.pages.list.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Who has reacted to a message. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// message.react("\u{1f44d}")?;
    /// let mut reactors = client.message_reactors("me", message.id());
    /// assert_eq!(reactors.total()?, 1);
    /// assert!(reactors.next().expect("it is one")?.date > 0);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common
    /// answers: `MSG_ID_INVALID`, `BROADCAST_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/messages.getMessageReactionsList>.
    pub fn message_reactors(&self, peer: impl Into<PeerRef>, message_id: i32) -> Reactors {
        let list = Reacted {
            peer: peer.into(),
            request: GetMessageReactionsList {
                id: message_id,
                ..Default::default()
            },
            total: None,
            over: false,
        };
        Reactors {
            pages: Pages::new(self, list),
        }
    }
}

impl Message {
    /// Who has reacted to it. As [`Client::message_reactors`].
    ///
    /// # Errors
    ///
    /// When the client is not there any more; in the items, as [`Client::message_reactors`].
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    pub fn reactors(&self) -> Result<Reactors> {
        Ok(self.client()?.message_reactors(self, self.sent_id()?))
    }
}
