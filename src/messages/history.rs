//! The messages of a chat as a list that is read page by page.
use std::time::Instant;

use super::history_entry::HistoryEntry;
use super::selection::{Kind, Named, Selection};
use super::shown::Shown;
use super::walk::{AROUND, Start, Walk};
use crate::client::{Call, Client, List, PAGE, Pending};
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{InputPeer, Peer, messages::Messages};
use crate::tl::functions::messages::GetHistory;

/// The messages of a chat that are read.
pub(super) struct History {
    pub(super) chat: PeerRef,
    pub(super) sender: Option<PeerRef>,
    pub(super) saved_from: Option<PeerRef>,
    pub(super) selection: Selection,
    pub(super) walk: Walk,
    /// Whether what has happened in the chat counts too.
    pub(super) with_service: bool,
    /// How many there are.
    pub(super) total: Option<usize>,
    named: Named,
    /// Whose messages alone count, where the server gives those of others too.
    only: Option<Peer>,
}

impl History {
    pub(super) fn new(chat: PeerRef, kind: Kind) -> Self {
        Self {
            chat,
            sender: None,
            saved_from: None,
            selection: Selection {
                kind,
                ..Selection::default()
            },
            walk: Walk::default(),
            with_service: false,
            total: None,
            named: Named::default(),
            only: None,
        }
    }

    /// Names those to the server whom the list is about.
    /// What the server's list would leave out of account is refused: nobody wants more than was
    /// asked for.
    fn check(&self) -> Result<()> {
        let said = self.selection.says_which() || self.sender.is_some();
        match self.selection.kind != Kind::History && (said || self.saved_from.is_some()) {
            true => Err(Error::Argument(
                "what was not seen is read as a whole, or of a topic: no words, kinds or senders \
                 can be said of it",
            )),
            false => Ok(()),
        }
    }

    fn name(&mut self, call: &Call) -> Result<()> {
        let named = |peer: &Option<PeerRef>| {
            let resolve = |peer| call.client.resolve_until(peer, call.deadline);
            peer.as_ref().map(resolve).transpose()
        };
        self.named.sender = named(&self.sender)?;
        self.named.saved_from = named(&self.saved_from)?;
        Ok(())
    }

    /// What depends on the chat.
    fn settle(&mut self, chat: &InputPeer, client: &Client) {
        self.named.chat = chat.clone();
        let sender = self.named.sender.as_ref();
        // The server looks for senders in groups only.
        self.only = match chat {
            InputPeer::PeerSelf | InputPeer::User(_) | InputPeer::UserFromMessage(_) => {
                // Who is not known is nobody, and not everybody.
                sender.map(|sender| client.peer_of(sender).unwrap_or_default())
            }
            _ => None,
        };
        let (start, end) = match (self.walk.start, self.walk.up_to_date) {
            (Start::Date(date), end) => (Some(date), end),
            (_, end) => (None, end),
        };
        let (max, min) = match self.walk.upwards {
            true => (end, start),
            false => (start, end),
        };
        // What was sent at that time is to be found, and is left out here if it has to be.
        self.selection.max_date = max.map(|date| date.saturating_add(1));
        self.selection.min_date = min.map(|date| date.saturating_sub(1));
    }

    /// A search looks for dates only where there are words to look for: for the rest it begins at
    /// the message that was sent then.
    fn begin_by_id(&mut self, client: &Client, deadline: Instant) -> Result<()> {
        let Start::Date(offset_date) = self.walk.start else {
            return Ok(());
        };
        let is_listed = self.selection.kind != Kind::History;
        if !is_listed && !self.selection.is_search(&self.named) {
            return Ok(()); // Histories have dates.
        }
        if self.named.chat == InputPeer::Empty {
            return Ok(());
        }
        let request = GetHistory {
            peer: self.named.chat.clone(),
            offset_date,
            limit: 1,
            ..Default::default()
        };
        let before = Shown::from(client.ask_until(&request, deadline)?);
        let last = before.places().first().map_or(0, |place| place.0);
        let upwards = self.walk.upwards;
        self.walk.start = Start::Id(last.saturating_add((!upwards).into()));
        Ok(())
    }

    fn limit(&self, wanted: usize) -> i32 {
        let wanted = match (self.walk.start, self.only.is_some()) {
            (_, true) => PAGE,
            (Start::Around(_), _) if self.walk.last().is_none() => wanted.min(AROUND),
            _ => wanted,
        };
        i32::try_from(wanted.min(PAGE)).unwrap_or(i32::MAX)
    }
}

impl List for History {
    type Item = HistoryEntry;
    type Answer = Messages;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<Messages> {
        self.check()?;
        self.name(call)?;
        let chat = self.chat.clone();
        call.client.ask_about(&chat, call.deadline, |chat| {
            self.settle(chat, &call.client);
            self.begin_by_id(&call.client, call.deadline)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, wanted: usize) -> Pending<Messages> {
        let window = self.walk.window(self.limit(wanted));
        self.selection.submit(&self.named, window, call)
    }

    fn read(&mut self, call: &Call, answer: Messages) -> Result<Vec<HistoryEntry>> {
        let shown = Shown::from(answer);
        self.total.get_or_insert(shown.count);
        let admitted = self.walk.admit(&shown.places(), shown.whole);
        let mut entries = shown.into_entries(&call.client);
        let admitted = admitted.into_iter().filter_map(|at| entries[at].take());
        let me = call.client.peer_of(&InputPeer::PeerSelf);
        let is_meant = |entry: &HistoryEntry| {
            let (sender, is_mine, is_service) = match entry {
                HistoryEntry::Message(it) => (it.sender(), it.outgoing(), false),
                HistoryEntry::Service(it) => (it.sender(), it.outgoing(), true),
            };
            // What is one's own may not say whose it is.
            let sender = sender.or(me.as_ref().filter(|_| is_mine));
            let is_theirs = self.only.as_ref().is_none_or(|only| sender == Some(only));
            is_theirs && (self.with_service || !is_service)
        };
        Ok(admitted.filter(is_meant).collect())
    }

    fn is_over(&self) -> bool {
        self.walk.is_over()
    }
}
