//! The message box of one account: its messages, its conversations, and the log of what happened.
use std::collections::BTreeMap;

use super::log::{Event, Happening, Log};
use super::peer::Peer;

/// The number of a message's content, which the copies in several boxes share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PostId(pub(crate) u64);

/// One message in one box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// What it says.
    pub(crate) post: PostId,
    /// The conversation it stands in.
    pub(crate) peer: Peer,
    /// Whether the owner of the box wrote it.
    pub(crate) out: bool,
    /// Whether it is pinned.
    pub(crate) pinned: bool,
}

/// One conversation in a box.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    /// Its messages, oldest first.
    pub(crate) ids: Vec<i32>,
    /// How many incoming messages the owner has not read.
    pub(crate) unread: i32,
    /// The last incoming message that the owner has read.
    pub(crate) read_inbox: i32,
    /// The last outgoing message that the other side has read.
    pub(crate) read_outbox: i32,
}

/// The message box of one account.
#[derive(Debug)]
pub(crate) struct Mailbox {
    log: Log,
    last_id: i32,
    entries: BTreeMap<i32, Entry>,
    threads: BTreeMap<Peer, Thread>,
}

impl Mailbox {
    /// An empty box.
    pub(crate) fn new() -> Self {
        Self {
            log: Log::new(),
            last_id: 0,
            entries: BTreeMap::new(),
            threads: BTreeMap::new(),
        }
    }

    /// What happened in it.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// What happened in it, to forget some of it.
    pub(crate) fn log_mut(&mut self) -> &mut Log {
        &mut self.log
    }

    /// The state of the box.
    pub(crate) fn pts(&self) -> i32 {
        self.log.pts()
    }

    /// A message by its id.
    pub(crate) fn entry(&self, id: i32) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// A conversation, if it ever had a message.
    pub(crate) fn thread(&self, peer: Peer) -> Option<&Thread> {
        self.threads.get(&peer)
    }

    /// All conversations that hold a message.
    pub(crate) fn threads(&self) -> impl Iterator<Item = (Peer, &Thread)> {
        self.threads
            .iter()
            .filter(|(_, thread)| !thread.ids.is_empty())
            .map(|(peer, thread)| (*peer, thread))
    }

    /// The newest message of a conversation.
    pub(crate) fn newest(&self, peer: Peer) -> Option<(i32, PostId)> {
        let id = *self.thread(peer)?.ids.last()?;
        Some((id, self.entry(id)?.post))
    }

    /// How many incoming messages the owner has not read at all.
    pub(crate) fn unread_total(&self) -> i32 {
        self.threads.values().map(|thread| thread.unread).sum()
    }

    /// Puts a message in. Its id is the next one of this box.
    pub(crate) fn add(&mut self, entry: Entry) -> (i32, Event) {
        self.last_id += 1;
        let id = self.last_id;
        let thread = self.threads.entry(entry.peer).or_default();
        thread.ids.push(id);
        thread.unread += i32::from(!entry.out);
        self.entries.insert(id, entry);
        (id, self.log.record(1, Happening::New(id)))
    }

    /// Notes that a message's content has changed.
    pub(crate) fn edited(&mut self, id: i32) -> Option<Event> {
        self.entries
            .contains_key(&id)
            .then(|| self.log.record(1, Happening::Edited(id)))
    }

    /// Takes messages out. Ids that are not in the box are passed over; each message counts one in
    /// `pts`. Nothing taken out is no event.
    pub(crate) fn remove(&mut self, ids: &[i32]) -> (Vec<Entry>, Option<Event>) {
        let mut gone = Vec::new();
        let mut entries = Vec::new();
        for &id in ids {
            let Some(entry) = self.entries.remove(&id) else {
                continue;
            };
            if let Some(thread) = self.threads.get_mut(&entry.peer) {
                if let Ok(at) = thread.ids.binary_search(&id) {
                    thread.ids.remove(at);
                }
                thread.unread -= i32::from(!entry.out && id > thread.read_inbox);
            }
            gone.push(id);
            entries.push(entry);
        }
        let Ok(count @ 1..) = i32::try_from(gone.len()) else {
            return (entries, None);
        };
        let event = self.log.record(count, Happening::Deleted(gone));
        (entries, Some(event))
    }

    /// Pins messages of a conversation, or unpins them. What is so already is passed over; each
    /// message counts one in `pts`, and nothing changed is no event.
    pub(crate) fn pin(&mut self, peer: Peer, ids: &[i32], pinned: bool) -> Option<Event> {
        let mut changed = Vec::new();
        for &id in ids {
            let entry = self.entries.get_mut(&id);
            let entry = entry.filter(|entry| entry.peer == peer && entry.pinned != pinned);
            if let Some(entry) = entry {
                entry.pinned = pinned;
                changed.push(id);
            }
        }
        let Ok(count @ 1..) = i32::try_from(changed.len()) else {
            return None;
        };
        let ids = changed;
        Some(
            self.log
                .record(count, Happening::Pinned { peer, ids, pinned }),
        )
    }

    /// The owner reads a conversation up to `max_id` (0: all of it). The ids of the incoming
    /// messages that are newly read come with the event; reading nothing new is no event.
    pub(crate) fn read(&mut self, peer: Peer, max_id: i32) -> Option<(Vec<i32>, Event)> {
        let thread = self.threads.get_mut(&peer)?;
        let last = thread.ids.last().copied().unwrap_or(0);
        let up_to = if max_id <= 0 { last } else { max_id.min(last) };
        if up_to <= thread.read_inbox {
            return None;
        }
        let after = thread.ids.partition_point(|id| *id <= thread.read_inbox);
        let newly: Vec<i32> = thread.ids[after..]
            .iter()
            .copied()
            .take_while(|id| *id <= up_to)
            .filter(|id| self.entries.get(id).is_some_and(|entry| !entry.out))
            .collect();
        let Ok(count @ 1..) = i32::try_from(newly.len()) else {
            return None;
        };
        thread.read_inbox = up_to;
        thread.unread -= count;
        let unread = thread.unread;
        let event = self.log.record(
            1,
            Happening::ReadInbox {
                peer,
                max_id: up_to,
                unread,
            },
        );
        Some((newly, event))
    }

    /// The other side has read what the owner wrote, up to `max_id`.
    pub(crate) fn read_by_peer(&mut self, peer: Peer, max_id: i32) -> Option<Event> {
        let thread = self.threads.get_mut(&peer)?;
        if max_id <= thread.read_outbox {
            return None;
        }
        thread.read_outbox = max_id;
        Some(self.log.record(1, Happening::ReadOutbox { peer, max_id }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::{Missed, digest};
    use super::*;

    fn entry(out: bool) -> Entry {
        Entry {
            post: PostId(1),
            peer: Peer::User(5),
            out,
            pinned: false,
        }
    }

    #[test]
    fn every_change_moves_pts_by_its_count() {
        let mut mailbox = Mailbox::new();
        let (first, event) = mailbox.add(entry(false));
        assert_eq!((first, event.pts, event.count), (1, 2, 1));
        mailbox.add(entry(false));
        let (newly, event) = mailbox.read(Peer::User(5), 0).expect("something to read");
        assert_eq!((newly, event.pts), (vec![1, 2], 4));
        assert_eq!(mailbox.read(Peer::User(5), 0), None);
        let (_, event) = mailbox.remove(&[1, 2, 77]);
        assert_eq!(event.map(|event| (event.pts, event.count)), Some((6, 2)));
        assert_eq!(mailbox.remove(&[1, 2, 77]).1, None);
        assert_eq!(mailbox.pts(), 6);
    }

    #[test]
    fn what_is_read_is_not_read_again() {
        let mut mailbox = Mailbox::new();
        mailbox.add(entry(true));
        mailbox.add(entry(true));
        let peer = Peer::User(5);
        assert_eq!(
            mailbox.read_by_peer(peer, 1).map(|event| event.pts),
            Some(4)
        );
        assert_eq!(mailbox.read_by_peer(peer, 1), None);
        assert_eq!(mailbox.read_by_peer(Peer::User(6), 1), None);
        assert_eq!(mailbox.read(peer, 0), None, "there is nothing incoming");
        assert_eq!(mailbox.pts(), 4);
    }

    #[test]
    fn what_was_missed_comes_in_slices() {
        let mut mailbox = Mailbox::new();
        for _ in 0..5 {
            mailbox.add(entry(true));
        }
        let Missed::Events { events, complete } = mailbox.log().missed(2, 2) else {
            panic!("the log reaches back");
        };
        assert_eq!(
            events.iter().map(|event| event.pts).collect::<Vec<_>>(),
            [3, 4]
        );
        assert!(!complete);
        let Missed::Events { events, complete } = mailbox.log().missed(4, 2) else {
            panic!("the log reaches back");
        };
        assert_eq!((events.len(), complete), (2, true));
    }

    #[test]
    fn a_short_log_says_too_long() {
        let mut mailbox = Mailbox::new();
        for _ in 0..5 {
            mailbox.add(entry(true));
        }
        mailbox.log_mut().limit(2);
        assert_eq!(mailbox.log().missed(3, 100), Missed::TooLong);
        assert!(matches!(
            mailbox.log().missed(4, 100),
            Missed::Events { complete: true, .. }
        ));
        mailbox.log_mut().limit(0);
        assert_eq!(mailbox.log().missed(5, 100), Missed::TooLong);
        assert_eq!(
            mailbox.log().missed(6, 100),
            Missed::Events {
                events: vec![],
                complete: true
            }
        );
    }

    #[test]
    fn a_digest_tells_what_is_left() {
        let mut mailbox = Mailbox::new();
        let (a, _) = mailbox.add(entry(true));
        let (b, _) = mailbox.add(entry(true));
        mailbox.edited(b);
        let (c, _) = mailbox.add(entry(true));
        mailbox.edited(a);
        mailbox.edited(a);
        mailbox.remove(&[c]);
        let Missed::Events { events, .. } = mailbox.log().missed(2, 100) else {
            panic!("the log reaches back");
        };
        let (new, others) = digest(events, |id| mailbox.entry(id).is_some());
        assert_eq!(new, [b]);
        assert_eq!(
            others
                .into_iter()
                .map(|event| event.what)
                .collect::<Vec<_>>(),
            [Happening::Edited(a), Happening::Deleted(vec![c])]
        );
    }
}
