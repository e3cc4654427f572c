//! Saved messages, by whom they are from.
use std::collections::HashSet;
use std::fmt;

use super::answers::message_of;
use super::message::Message;
use super::shown::place;
use crate::client::{Call, Client, List, Pages, Pending, page_limit};
use crate::error::Result;
use crate::peers::{PeerMap, PeerRef, marked_id};
use crate::tl::enums::messages::SavedDialogs;
use crate::tl::enums::{InputPeer, Peer, SavedDialog};
use crate::tl::functions::messages::{
    DeleteSavedHistory, GetPinnedSavedDialogs, GetSavedDialogs, ReorderPinnedSavedDialogs,
    ToggleSavedDialogPin,
};
use crate::tl::types;

/// The saved messages that are from somebody: [`MessageIter::saved_from`](crate::MessageIter)
/// reads them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SavedTopic {
    /// Whom they are from: oneself, for one's own notes.
    pub peer: Peer,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The newest of them.
    pub top_message: Option<Message>,
    /// How many of them were not read, among the direct messages to a channel.
    pub unread: i32,
    /// The users and chats that came with it.
    pub peers: PeerMap,
}

/// Saved messages by whom they are from, those with the newest messages first. Each page begins
/// behind the last message of the one before: what is saved meanwhile is not given, and nothing is
/// given twice.
///
/// It ends after an error, and does not keep the client alive.
#[must_use = "it asks for nothing before it is read"]
pub struct SavedTopics {
    pages: Pages<Topics>,
}

struct Topics {
    parent: Option<PeerRef>,
    request: GetSavedDialogs,
    seen: HashSet<i64>,
    over: bool,
}

impl List for Topics {
    type Item = SavedTopic;
    type Answer = SavedDialogs;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<SavedDialogs> {
        let parent = self.parent.as_ref();
        let parent = parent.map(|parent| call.client.resolve_until(parent, call.deadline));
        self.request.parent_peer = parent.transpose()?;
        self.submit(call, wanted).wait()
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<SavedDialogs> {
        let request = GetSavedDialogs {
            limit: page_limit(wanted),
            ..self.request.clone()
        };
        call.client.submit_until(&request, call.deadline)
    }

    fn read(&mut self, call: &Call, answer: SavedDialogs) -> Result<Vec<SavedTopic>> {
        let whole = !matches!(answer, SavedDialogs::Slice(_));
        let (mut topics, next) = topics(&call.client, answer);
        topics.retain(|topic| self.seen.insert(marked_id(&topic.peer)));
        self.over = whole || topics.is_empty();
        if let Some((peer, (id, date))) = next {
            let known = call.client.resolve_until(&peer.into(), call.deadline);
            self.request.offset_peer = known.unwrap_or(InputPeer::Empty);
            (self.request.offset_id, self.request.offset_date) = (id, date);
        }
        Ok(topics)
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

/// The last of some dialogs with a message: its peer, and the message's id and date.
type Last = Option<(Peer, (i32, i32))>;

/// What an answer shows, and where the next page begins.
fn topics(client: &Client, answer: SavedDialogs) -> (Vec<SavedTopic>, Last) {
    let (dialogs, messages, peers) = match answer {
        SavedDialogs::Dialogs(all) => {
            let peers = PeerMap::new(all.users, all.chats);
            (all.dialogs, all.messages, peers)
        }
        SavedDialogs::Slice(some) => {
            let peers = PeerMap::new(some.users, some.chats);
            (some.dialogs, some.messages, peers)
        }
        _ => Default::default(),
    };
    let mut topics = Vec::with_capacity(dialogs.len());
    let mut next = None;
    for dialog in dialogs {
        let (peer, newest, pinned, unread) = match dialog {
            SavedDialog::Dialog(it) => (it.peer, it.top_message, it.pinned, 0),
            SavedDialog::MonoForumDialog(it) => (it.peer, it.top_message, false, it.unread_count),
            _ => continue,
        };
        let top = messages.iter().find(|it| place(it).0 == newest);
        next = top.map(|top| (peer.clone(), place(top))).or(next);
        topics.push(SavedTopic {
            pinned,
            top_message: top.and_then(|top| message_of(client, top, &peers)),
            peer,
            unread,
            peers: peers.clone(),
        });
    }
    (topics, next)
}

impl SavedTopics {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// Without those that are pinned.
    pub fn exclude_pinned(mut self) -> Self {
        self.pages.list.request.exclude_pinned = true;
        self
    }
}

impl Iterator for SavedTopics {
    type Item = Result<SavedTopic>;

    /// The next one. Blocks while a page is on its way, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for SavedTopics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedTopics").finish_non_exhaustive()
    }
}

impl Client {
    /// Saved messages by whom they are from. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// let topic = client.saved_topics().next().expect("there is one")?;
    /// assert_eq!(topic.top_message.expect("it is there").text(), "A note");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/messages.getSavedDialogs>.
    pub fn saved_topics(&self) -> SavedTopics {
        self.topics_of(None)
    }

    /// The same of the direct messages to a channel, if it is not of the saved messages.
    pub(super) fn topics_of(&self, parent: Option<PeerRef>) -> SavedTopics {
        let list = Topics {
            parent,
            request: GetSavedDialogs::default(),
            seen: HashSet::new(),
            over: false,
        };
        SavedTopics {
            pages: Pages::new(self, list),
        }
    }

    /// The saved messages by whom they are from, of those who are pinned, in their order.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.send_message("me", "A note")?;
    /// client.pin_saved_topic("me", true)?;
    /// let [notes] = &client.pinned_saved_topics()?[..] else { panic!("one is pinned") };
    /// let notes: Vec<_> = client.iter_messages("me").saved_from(&notes.peer).collect();
    /// assert_eq!(notes.len(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPinnedSavedDialogs>.
    pub fn pinned_saved_topics(&self) -> Result<Vec<SavedTopic>> {
        let deadline = self.begin()?;
        let answer = self.ask_until(&GetPinnedSavedDialogs {}, deadline)?;
        Ok(topics(self, answer).0)
    }

    /// Pins the saved messages that are from somebody, or unpins them.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answer:
    /// `PINNED_TOO_MUCH`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.toggleSavedDialogPin>.
    pub fn pin_saved_topic(&self, peer: impl Into<PeerRef>, pinned: bool) -> Result<()> {
        let deadline = self.begin_for::<ToggleSavedDialogPin>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let peer = types::InputDialogPeer { peer: peer.clone() }.into();
            let request = ToggleSavedDialogPin { pinned, peer };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Puts those that are pinned in this order; with `only`, all others are unpinned.
    ///
    /// # Errors
    ///
    /// As [`pin_saved_topic`](Self::pin_saved_topic).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.reorderPinnedSavedDialogs>.
    pub fn reorder_pinned_saved_topics(&self, peers: &[PeerRef], only: bool) -> Result<()> {
        let deadline = self.begin_for::<ReorderPinnedSavedDialogs>()?;
        let mut order = Vec::with_capacity(peers.len());
        for peer in peers {
            let peer = self.resolve_until(peer, deadline)?;
            order.push(types::InputDialogPeer { peer }.into());
        }
        let request = ReorderPinnedSavedDialogs { force: only, order };
        self.ask_until(&request, deadline).map(drop)
    }

    /// Deletes the saved messages that are from somebody, up to an id (0: all).
    ///
    /// # Errors
    ///
    /// As [`pin_saved_topic`](Self::pin_saved_topic). After an error, some may be gone.
    ///
    /// # Blocking
    ///
    /// Until the server has deleted them, which may take several requests, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteSavedHistory>.
    pub fn delete_saved_topic(&self, peer: impl Into<PeerRef>, up_to: i32) -> Result<()> {
        let deadline = self.begin_for::<DeleteSavedHistory>()?;
        self.in_rounds(&peer.into(), deadline, |peer| {
            let request = DeleteSavedHistory {
                peer: peer.clone(),
                max_id: up_to,
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })
    }
}
