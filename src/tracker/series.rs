//! The containers, which `seq` counts, and those that wait for the ones before them.
use std::collections::BTreeMap;
use std::time::Instant;

use super::limits::{CONTAINERS_MAX, HELD_MAX_BOX, TRIES};
use super::outbox::Source;
use crate::tl::enums::Update;

/// How far the containers are.
///
/// See <https://core.telegram.org/api/updates#seq-checking-and-applying>.
#[derive(Debug, Default)]
pub(super) struct Series {
    /// The number of the last one; 0 while it is not known.
    pub(super) seq: i32,
    pub(super) date: i32,
    waiting: BTreeMap<(i32, i32), Container>,
    /// How many updates wait in them.
    held: usize,
    since: Option<Instant>,
    /// After how many differences something still waited at the same place, and where.
    tries: (u8, i32),
}

/// The numbers of a container and its date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) date: i32,
}

/// What waits of a container: that which nothing else counts.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) numbers: Numbers,
    pub(super) updates: Vec<Update>,
    pub(super) source: Source,
}

/// How a container stands to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing counts it.
    Any,
    /// It is the next one.
    Next,
    /// It has been here.
    Old,
    /// Something before it is missing.
    Later,
}

impl Series {
    pub(super) fn turn(&self, numbers: Numbers) -> Turn {
        if numbers.start <= 0 || numbers.end < numbers.start {
            Turn::Any
        } else if self.seq == 0 || numbers.start - 1 == self.seq {
            Turn::Next
        } else if numbers.start <= self.seq {
            Turn::Old
        } else {
            Turn::Later
        }
    }

    pub(super) fn step(&mut self, now: Instant, numbers: Numbers) {
        self.seq = numbers.end;
        if numbers.date > 0 {
            self.date = numbers.date;
        }
        if self.since.is_some() {
            self.since = Some(now);
        }
    }

    /// The server says that it is here.
    pub(super) fn set(&mut self, seq: i32, date: i32) {
        self.seq = seq.max(0);
        self.date = date.max(0);
    }

    /// The server says that it is here, and what is here was not known: it begins before what
    /// waits.
    pub(super) fn begin(&mut self, seq: i32, date: i32) {
        let first = self.waiting.keys().next().map(|(start, _)| start - 1);
        self.set(first.map_or(seq, |first| first.min(seq)), date);
    }

    /// Keeps a container until those before it are here. False when there is no room for it.
    pub(super) fn hold(&mut self, now: Instant, container: Container) -> bool {
        let numbers = container.numbers;
        let key = (numbers.start, numbers.end);
        if self.waiting.contains_key(&key) {
            return true; // It came twice.
        }
        let held = self.held + container.updates.len();
        if self.waiting.len() >= CONTAINERS_MAX || held > HELD_MAX_BOX {
            return false;
        }
        self.held = held;
        self.waiting.insert(key, container);
        self.since.get_or_insert(now);
        true
    }

    /// The next one that waits, if its turn has come; the counter goes on with it.
    pub(super) fn next(&mut self, now: Instant) -> Option<Container> {
        loop {
            let numbers = self.waiting.values().next()?.numbers;
            match self.turn(numbers) {
                Turn::Next | Turn::Any => {
                    self.step(now, numbers);
                    return self.pop();
                }
                Turn::Old => drop(self.pop()),
                Turn::Later => return None,
            }
        }
    }

    /// What waited is waiting anew: the answer that might have brought the rest is here. When so
    /// many answers have not that none will, what is missing is passed over.
    pub(super) fn tried(&mut self, now: Instant) {
        let Some((start, _)) = self.waiting.keys().next().copied() else {
            self.tries = (0, 0);
            return;
        };
        self.since = Some(now);
        self.tries = match self.tries {
            (tries, at) if at == self.seq => (tries + 1, at),
            _ => (1, self.seq),
        };
        if self.tries.0 >= TRIES {
            self.tries = (0, 0);
            self.seq = start - 1;
        }
    }

    /// Since when something has waited.
    pub(super) fn since(&self) -> Option<Instant> {
        self.since
    }

    /// How many updates wait.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    fn pop(&mut self) -> Option<Container> {
        let (_, container) = self.waiting.pop_first()?;
        self.held -= container.updates.len();
        if self.waiting.is_empty() {
            self.since = None;
        }
        Some(container)
    }
}
