//! The messages of a channel or supergroup: one board that all its members look at, with ids and a
//! log of its own (<https://core.telegram.org/api/updates>).
use std::collections::BTreeMap;

use super::log::{Event, Happening, Log};
use super::mailbox::PostId;
use super::peer::Peer;

/// A message on a board.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posted {
    /// What it says.
    pub(crate) post: PostId,
    /// Whether it is pinned.
    pub(crate) pinned: bool,
}

/// The messages of one channel.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    channel: i64,
    log: Log,
    last_id: i32,
    posts: BTreeMap<i32, Posted>,
    /// The same ids, oldest first.
    ids: Vec<i32>,
}

impl Board {
    /// Of a channel in which nobody has written.
    pub(crate) fn new(channel: i64) -> Self {
        Self {
            channel,
            log: Log::new(),
            last_id: 0,
            posts: BTreeMap::new(),
            ids: Vec::new(),
        }
    }

    /// What happened there.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// What happened there, to forget some of it.
    pub(crate) fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    /// The state of the channel.
    pub(crate) fn pts(&self) -> i32 {
        self.log.pts()
    }

    /// A message by its id.
    pub(crate) fn get(&self, id: i32) -> Option<Posted> {
        self.posts.get(&id).copied()
    }

    /// All ids, oldest first.
    pub(crate) fn ids(&self) -> &[i32] {
        &self.ids
    }

    /// The id that was given last, whether its message is there or not.
    pub(crate) fn last_id(&self) -> i32 {
        self.last_id
    }

    /// The newest message.
    pub(crate) fn top(&self) -> Option<i32> {
        self.ids.last().copied()
    }

    /// Messages that are newer than an id, oldest first.
    pub(crate) fn after(&self, id: i32) -> impl DoubleEndedIterator<Item = (i32, PostId)> + '_ {
        let newer = self.posts.range(id.saturating_add(1)..);
        newer.map(|(id, posted)| (*id, posted.post))
    }

    /// Puts a message up. Its id is the next one of this channel.
    pub(crate) fn add(&mut self, post: PostId) -> (i32, Event) {
        self.last_id += 1;
        let (id, pinned) = (self.last_id, false);
        self.posts.insert(id, Posted { post, pinned });
        self.ids.push(id);
        (id, self.log.record(1, Happening::New(id)))
    }

    /// Notes that a message's content has changed.
    pub(crate) fn edited(&mut self, id: i32) -> Option<Event> {
        let is_there = self.posts.contains_key(&id);
        is_there.then(|| self.log.record(1, Happening::Edited(id)))
    }

    /// Takes messages down. Ids that are not there are passed over; each message counts one in
    /// `pts`. Nothing taken down is no event.
    pub(crate) fn remove(&mut self, ids: &[i32]) -> (Vec<PostId>, Option<Event>) {
        let mut gone = Vec::new();
        let mut posts = Vec::new();
        for &id in ids {
            let Some(posted) = self.posts.remove(&id) else {
                continue;
            };
            gone.push(id);
            posts.push(posted.post);
        }
        if gone.len() == 1 {
            if let Ok(at) = self.ids.binary_search(&gone[0]) {
                self.ids.remove(at);
            }
        } else {
            self.ids.retain(|id| self.posts.contains_key(id));
        }
        let Ok(count @ 1..) = i32::try_from(gone.len()) else {
            return (posts, None);
        };
        let event = self.log.record(count, Happening::Deleted(gone));
        (posts, Some(event))
    }

    /// Pins messages, or unpins them. What is so already is passed over; each message counts one
    /// in `pts`, and nothing changed is no event.
    pub(crate) fn pin(&mut self, ids: &[i32], pinned: bool) -> Option<Event> {
        let mut changed = Vec::new();
        for &id in ids {
            let entry = self.posts.get_mut(&id);
            if let Some(entry) = entry.filter(|entry| entry.pinned != pinned) {
                entry.pinned = pinned;
                changed.push(id);
            }
        }
        let Ok(count @ 1..) = i32::try_from(changed.len()) else {
            return None;
        };
        let (peer, ids) = (Peer::Channel(self.channel), changed);
        Some(
            self.log
                .record(count, Happening::Pinned { peer, ids, pinned }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_moves_pts_by_its_count() {
        let mut board = Board::new(7);
        for id in 1..=4 {
            let (given, event) = board.add(PostId(7));
            assert_eq!((given, event.pts, event.count), (id, id + 1, 1));
        }
        assert_eq!(board.pts(), 5);
        let event = board.pin(&[1, 2, 9], true).expect("two are pinned");
        assert_eq!((event.pts, event.count), (7, 2));
        assert_eq!(board.pin(&[1], true), None);
        let (posts, event) = board.remove(&[2, 3, 3, 8]);
        assert_eq!((posts.len(), event.map(|event| event.pts)), (2, Some(9)));
        assert_eq!((board.ids(), board.top()), (&[1, 4][..], Some(4)));
        assert_eq!(board.edited(2), None);
        assert_eq!(board.edited(4).map(|event| event.pts), Some(10));
        assert_eq!(board.add(PostId(9)).0, 5, "ids are never given again");
    }
}
