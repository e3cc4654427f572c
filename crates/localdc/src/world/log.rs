//! The log of what happened in a box, an account's or a channel's.
//!
//! Every change of a box is an event that moves `pts` on by its `pts_count`
//! (<https://core.telegram.org/api/updates>); nothing changes a box without one.
use std::collections::{HashSet, VecDeque};

use super::peer::Peer;

/// Events that a box remembers. Who is further behind is told that it is too much.
const LOG_LIMIT: usize = 100_000;

/// What can happen in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// A message came: its id.
    New(i32),
    /// A message changed: its id.
    Edited(i32),
    /// Messages went away: their ids.
    Deleted(Vec<i32>),
    /// Messages of a conversation were pinned, or are pinned no more.
    Pinned {
        peer: Peer,
        ids: Vec<i32>,
        pinned: bool,
    },
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

/// What happened after some state of the box.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    /// The log does not reach back so far.
    TooLong,
    /// A part of it, in order; `complete` when nothing follows.
    Events { events: Vec<Event>, complete: bool },
}

/// What happened in a box, in order.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    pts: i32,
    events: VecDeque<Event>,
    limit: usize,
}

impl Log {
    /// Of a box in which nothing has happened. Its state is 1: a `pts` of 0 would mean "no state"
    /// to clients.
    pub(crate) fn new() -> Self {
        Self {
            pts: 1,
            events: VecDeque::new(),
            limit: LOG_LIMIT,
        }
    }

    /// The state of the box.
    pub(crate) fn pts(&self) -> i32 {
        self.pts
    }

    /// Forgets all but the last `limit` events, now and from now on.
    pub(crate) fn limit(&mut self, limit: usize) {
        self.limit = limit;
        self.trim();
    }

    /// Notes what has happened.
    pub(super) fn record(&mut self, count: i32, what: Happening) -> Event {
        self.pts += count;
        let event = Event {
            pts: self.pts,
            count,
            what,
        };
        self.events.push_back(event.clone());
        self.trim();
        event
    }

    /// What happened after the state `pts`: at most `limit` of `pts`, though at least one event.
    pub(crate) fn missed(&self, pts: i32, limit: i32) -> Missed {
        let known_from = self
            .events
            .front()
            .map_or(self.pts, |first| first.pts - first.count);
        if pts < known_from {
            return Missed::TooLong;
        }
        let start = self.events.partition_point(|event| event.pts <= pts);
        let mut events: Vec<Event> = Vec::new();
        for event in self.events.range(start..) {
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

    fn trim(&mut self) {
        while self.events.len() > self.limit {
            self.events.pop_front();
        }
    }
}

/// Splits missed events into the messages that are new (by id, in order) and everything else.
///
/// A message that is gone again is not new, and of several edits only the last is worth telling:
/// content is always told as it is now. `is_there` says which messages are shown.
pub(crate) fn digest(events: Vec<Event>, is_there: impl Fn(i32) -> bool) -> (Vec<i32>, Vec<Event>) {
    let mut new = Vec::new();
    let mut others: Vec<Event> = Vec::new();
    let mut told = HashSet::new();
    for event in events.iter() {
        if let Happening::New(id) = event.what
            && is_there(id)
        {
            told.insert(id);
            new.push(id);
        }
    }
    for event in events.into_iter().rev() {
        match event.what {
            Happening::New(_) => {}
            Happening::Edited(id) => {
                if is_there(id) && told.insert(id) {
                    others.push(event);
                }
            }
            _ => others.push(event),
        }
    }
    others.reverse();
    (new, others)
}
