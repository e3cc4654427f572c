//! One counter, and what waits for the updates before it.
use std::collections::BTreeMap;
use std::time::Instant;

use super::counter::Step;
use super::limits::{HELD_MAX, HELD_MAX_BOX, RESET, TRIES};
use super::outbox::Source;
use crate::tl::enums::Update;

/// A counter that updates take on step by step.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    /// How far it is; 0 while that is not known.
    at: i32,
    /// In the order in which they count; of those that count alike, in the order in which they
    /// came.
    waiting: BTreeMap<(Step, u32), Held>,
    serial: u32,
    /// Since when the first one has waited for what is before it.
    since: Option<Instant>,
    /// After how many differences something still waited at the same place, and where.
    tries: (u8, i32),
}

/// An update that waits. Own doings count without an update.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) update: Option<Update>,
    pub(super) source: Source,
}

/// How an update stands to a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the next one.
    Next,
    /// It has been here.
    Old,
    /// Something before it is missing.
    Later,
    /// It is so far back that the counter must have begun anew.
    Reset,
}

/// How many updates wait in all sequences.
#[derive(Debug, Default)]
pub(super) struct Room(usize);

impl Room {
    pub(super) fn taken(&self) -> usize {
        self.0
    }
}

impl Sequence {
    pub(super) fn new(at: i32) -> Self {
        Self {
            at: at.max(0),
            ..Self::default()
        }
    }

    /// How far it is; 0 while that is not known.
    pub(super) fn at(&self) -> i32 {
        self.at
    }

    pub(super) fn is_known(&self) -> bool {
        self.at > 0
    }

    /// See <https://core.telegram.org/api/updates#pts-checking-and-applying>. An update that begins
    /// before what is known and ends after it tells that something between is missing.
    pub(super) fn verdict(&self, step: Step) -> Verdict {
        if step.start == self.at || self.at == 0 {
            Verdict::Next
        } else if step.end > self.at {
            Verdict::Later
        } else if self.at - step.end > RESET {
            Verdict::Reset
        } else {
            Verdict::Old
        }
    }

    /// Takes the counter on by an update that is the next one.
    pub(super) fn step(&mut self, now: Instant, step: Step) {
        self.at = step.end;
        if self.since.is_some() {
            self.since = Some(now);
        }
    }

    /// The server says that it is here.
    pub(super) fn set(&mut self, at: i32) {
        self.at = at.max(0);
    }

    /// The server says that it is here, and what is here was not known: it begins before what
    /// waits, so that nothing of it is left out.
    pub(super) fn begin(&mut self, at: i32) {
        let first = self.waiting.keys().next().map(|(step, _)| step.start);
        self.at = first.map_or(at, |first| first.min(at)).max(0);
    }

    /// Whether something waits that was counted after the counter has begun anew.
    pub(super) fn begins_anew(&self) -> bool {
        let first = self.waiting.keys().next();
        first.is_some_and(|(step, _)| self.verdict(*step) == Verdict::Reset)
    }

    /// The counter has begun anew. What waits and is not so far back that it was counted after that
    /// is taken away; what of it has not been here is handed over.
    pub(super) fn renew(&mut self, room: &mut Room) -> Vec<(Step, Held)> {
        let mut before = Vec::new();
        for (key, held) in std::mem::take(&mut self.waiting) {
            match self.verdict(key.0) {
                Verdict::Reset => drop(self.waiting.insert(key, held)),
                verdict => {
                    room.0 -= 1;
                    if verdict != Verdict::Old {
                        before.push((key.0, held));
                    }
                }
            }
        }
        if self.waiting.is_empty() {
            self.since = None;
        }
        before
    }

    /// The counter has begun anew, and the server says that it is here. What is far beyond was
    /// counted before that, and came late.
    pub(super) fn begin_anew(&mut self, at: i32, room: &mut Room) {
        while let Some(last) = self.waiting.last_entry()
            && last.key().0.end.saturating_sub(RESET) > at
        {
            last.remove();
            room.0 -= 1;
        }
        if self.waiting.is_empty() {
            self.since = None;
        }
        self.begin(at);
    }

    /// Keeps an update until those before it are here. False when there is no room for it.
    pub(super) fn hold(&mut self, now: Instant, step: Step, held: Held, room: &mut Room) -> bool {
        let alike = (step, 0)..=(step, u32::MAX);
        if step.start < step.end && self.waiting.range(alike).next().is_some() {
            return true; // It came twice.
        }
        if self.waiting.len() >= HELD_MAX_BOX || room.0 >= HELD_MAX {
            return false;
        }
        room.0 += 1;
        self.serial = self.serial.wrapping_add(1);
        self.waiting.insert((step, self.serial), held);
        self.since.get_or_insert(now);
        true
    }

    /// The next one that waits, if its time has come; the counter goes on with it.
    pub(super) fn next(&mut self, now: Instant, room: &mut Room) -> Option<(Step, Held)> {
        loop {
            let (step, _) = *self.waiting.keys().next()?;
            match self.verdict(step) {
                Verdict::Next => {
                    let held = self.pop(room)?;
                    self.step(now, step);
                    return Some((step, held));
                }
                Verdict::Old | Verdict::Reset => drop(self.pop(room)),
                Verdict::Later => return None,
            }
        }
    }

    /// The next one that waits and has not been here, whatever is missing before it.
    pub(super) fn release(&mut self, room: &mut Room) -> Option<(Step, Held)> {
        loop {
            let (step, _) = *self.waiting.keys().next()?;
            let held = self.pop(room)?;
            if matches!(self.verdict(step), Verdict::Next | Verdict::Later) {
                return Some((step, held));
            }
        }
    }

    /// Passes over what is missing; says where it goes on.
    pub(super) fn jump(&mut self) -> Option<i32> {
        let (step, _) = *self.waiting.keys().next()?;
        self.at = step.start.max(0);
        self.tries = (0, 0);
        Some(self.at)
    }

    /// What waited is waiting anew: the answer that might have brought the rest is here. True when
    /// so many answers have not that none will.
    pub(super) fn tried(&mut self, now: Instant) -> bool {
        if self.waiting.is_empty() {
            self.tries = (0, 0);
            return false;
        }
        self.since = Some(now);
        self.tries = match self.tries {
            (tries, at) if at == self.at => (tries + 1, at),
            _ => (1, self.at),
        };
        self.tries.0 >= TRIES
    }

    /// Since when something has waited.
    pub(super) fn since(&self) -> Option<Instant> {
        self.since
    }

    pub(super) fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn pop(&mut self, room: &mut Room) -> Option<Held> {
        let (_, held) = self.waiting.pop_first()?;
        room.0 -= 1;
        if self.waiting.is_empty() {
            self.since = None;
        }
        Some(held)
    }
}
