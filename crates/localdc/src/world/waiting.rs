//! Messages that wait for their time (<https://core.telegram.org/api/scheduled-messages>).
use std::collections::BTreeMap;

use super::peer::Peer;
use super::post::{Letter, Post};

/// The date that stands for "when the receiver comes online next".
pub(crate) const WHEN_ONLINE: i32 = 0x7fff_fffe;

/// What waits in one account; ids are of a kind of their own.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    last_id: i32,
    pub(crate) entries: BTreeMap<i32, Waiting>,
}

/// A message that waits.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) peer: Peer,
    /// When it is to be sent, in Unix seconds.
    pub(crate) due: i32,
    /// After how many seconds again.
    pub(crate) repeat: Option<i32>,
    pub(crate) post: Post,
}

impl Schedule {
    /// Puts something in: its id.
    pub(crate) fn add(&mut self, waiting: Waiting) -> i32 {
        self.last_id += 1;
        self.entries.insert(self.last_id, waiting);
        self.last_id
    }

    /// What of a conversation waits.
    pub(crate) fn of(&self, peer: Peer) -> impl Iterator<Item = (i32, &Waiting)> {
        let entries = self.entries.iter();
        entries.filter_map(move |(id, it)| (it.peer == peer).then_some((*id, it)))
    }

    /// What waits no longer at a time.
    pub(crate) fn due(&self, now: i32) -> impl Iterator<Item = i32> {
        let entries = self.entries.iter();
        entries.filter_map(move |(id, it)| (it.due <= now).then_some(*id))
    }
}

impl Waiting {
    pub(crate) fn new(
        author: i64,
        peer: Peer,
        (due, repeat): (i32, Option<i32>),
        letter: Letter,
    ) -> Self {
        Self {
            peer,
            due,
            repeat,
            post: Post::new(author, i64::from(due), letter),
        }
    }

    /// The message, to be sent.
    pub(crate) fn into_letter(self) -> Letter {
        Letter::again(self.post)
    }
}
