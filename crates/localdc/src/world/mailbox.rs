//! The message box of one account: its messages, its conversations, and the log of what happened.
//!
//! Every change of the box is an event that moves `pts` on by its `pts_count`
//! (<https://core.telegram.org/api/updates>); nothing changes the box without one.
use std::collections::{BTreeMap, HashSet, VecDeque};

use super::peer::Peer;

/// Events that a box remembers. Who is further behind gets `differenceTooLong`.
const LOG_LIMIT: usize = 100_000;

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
}

/// What can happen in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// A message came or went: its id.
    New(i32),
    /// A message changed: its id.
    Edited(i32),
    /// Messages went away: their ids.
    Deleted(Vec<i32>),
    /// The owner has read a conversation up to an id.
    ReadInbox {
        peer: Peer,
        max_id: i32,
        unread: i32,
    },
    /// The other side has read what the owner wrote, up to an id.
    ReadOutbox { peer: Peer, max_id: i32 },
}

/// An event of a box, with its place in the order of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// The state of the box after the event.
    pub(crate) pts: i32,
    /// By how much the event moved the state on.
    pub(crate) count: i32,
    /// What happened.
    pub(crate) what: Happening,
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

/// What happened after some state of the box.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    /// The log does not reach back so far, or holds more than the caller wants to hear.
    TooLong,
    /// A part of it, in order; `complete` when nothing follows.
    Events { events: Vec<Event>, complete: bool },
}

/// The message box of one account.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pts: i32,
    last_id: i32,
    entries: BTreeMap<i32, Entry>,
    threads: BTreeMap<Peer, Thread>,
    log: VecDeque<Event>,
    log_limit: usize,
}

impl Mailbox {
    /// An empty box. Its state is 1: a `pts` of 0 would mean "no state" to clients.
    pub(crate) fn new() -> Self {
        Self {
            pts: 1,
            last_id: 0,
            entries: BTreeMap::new(),
            threads: BTreeMap::new(),
            log: VecDeque::new(),
            log_limit: LOG_LIMIT,
        }
    }

    /// The state of the box.
    pub(crate) fn pts(&self) -> i32 {
        self.pts
    }

    /// Forgets all but the last `limit` events, now and from now on.
    #[cfg(test)]
    pub(crate) fn limit_log(&mut self, limit: usize) {
        self.log_limit = limit;
        self.trim();
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
        (id, self.record(1, Happening::New(id)))
    }

    /// Notes that a message's content has changed.
    pub(crate) fn edited(&mut self, id: i32) -> Option<Event> {
        self.entries
            .contains_key(&id)
            .then(|| self.record(1, Happening::Edited(id)))
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
        let event = self.record(count, Happening::Deleted(gone));
        (entries, Some(event))
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
        let event = self.record(
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
        Some(self.record(1, Happening::ReadOutbox { peer, max_id }))
    }

    /// What happened after the state `pts`: at most `limit` of `pts`, though at least one event.
    pub(crate) fn missed(&self, pts: i32, limit: i32) -> Missed {
        let known_from = self
            .log
            .front()
            .map_or(self.pts, |first| first.pts - first.count);
        if pts < known_from {
            return Missed::TooLong;
        }
        let start = self.log.partition_point(|event| event.pts <= pts);
        let mut events: Vec<Event> = Vec::new();
        for event in self.log.range(start..) {
            if !events.is_empty() && event.pts.saturating_sub(pts) > limit {
                return Missed::Events {
                    events,
                    complete: false,
                };
            }
            events.push(event.clone());
        }
        Missed::Events {
            events,
            complete: true,
        }
    }

    fn record(&mut self, count: i32, what: Happening) -> Event {
        self.pts += count;
        let event = Event {
            pts: self.pts,
            count,
            what,
        };
        self.log.push_back(event.clone());
        self.trim();
        event
    }

    fn trim(&mut self) {
        while self.log.len() > self.log_limit {
            self.log.pop_front();
        }
    }
}

/// Splits missed events into the messages that are new (by id, in order) and everything else.
///
/// A message that is gone again is not new, and of several edits only the last is worth telling:
/// content is always told as it is now.
pub(crate) fn digest(mailbox: &Mailbox, events: Vec<Event>) -> (Vec<i32>, Vec<Event>) {
    let mut new = Vec::new();
    let mut others: Vec<Event> = Vec::new();
    let mut told = HashSet::new();
    for event in events.iter() {
        if let Happening::New(id) = event.what
            && mailbox.entry(id).is_some()
        {
            told.insert(id);
            new.push(id);
        }
    }
    for event in events.into_iter().rev() {
        match event.what {
            Happening::New(_) => {}
            Happening::Edited(id) => {
                if mailbox.entry(id).is_some() && told.insert(id) {
                    others.push(event);
                }
            }
            _ => others.push(event),
        }
    }
    others.reverse();
    (new, others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(out: bool) -> Entry {
        Entry {
            post: PostId(1),
            peer: Peer::User(5),
            out,
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
        let Missed::Events { events, complete } = mailbox.missed(2, 2) else {
            panic!("the log reaches back");
        };
        assert_eq!(
            events.iter().map(|event| event.pts).collect::<Vec<_>>(),
            [3, 4]
        );
        assert!(!complete);
        let Missed::Events { events, complete } = mailbox.missed(4, 2) else {
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
        mailbox.limit_log(2);
        assert_eq!(mailbox.missed(3, 100), Missed::TooLong);
        assert!(matches!(
            mailbox.missed(4, 100),
            Missed::Events { complete: true, .. }
        ));
        mailbox.limit_log(0);
        assert_eq!(mailbox.missed(5, 100), Missed::TooLong);
        assert_eq!(
            mailbox.missed(6, 100),
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
        let Missed::Events { events, .. } = mailbox.missed(2, 100) else {
            panic!("the log reaches back");
        };
        let (new, others) = digest(&mailbox, events);
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
