//! The boxes of all channels, and whose turn it is.
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Instant;

use super::counter::id_of;
use super::fetch::{Fetch, Stage};
use super::limits::{CHANNELS_MAX, GAP, HASH_WAIT};
use super::sequence::Sequence;
use crate::tl::enums::Update;

/// The box of one channel.
#[derive(Debug, Default)]
pub(super) struct ChannelBox {
    pub(super) sequence: Sequence,
    /// How far it was when its dialog was listed, nothing being known of it; 0 if it was not. As
    /// soon as it is seen to have gone on, it is counted from there. Until then it may as well
    /// begin before: what was pushed earlier than the list was made may come later.
    pub(super) listed: i32,
    pub(super) fetch: Fetch,
    /// The server has said that it is here, when nothing was known of it. What it tells of may be
    /// on its way, and begins earlier: that is waited for until then.
    pub(super) word: Option<(i32, Instant)>,
    /// Something has happened before anything was known of it.
    pub(super) missed: bool,
    /// How far it is has to be asked for before its difference.
    pub(super) renewing: bool,
    /// The highest number of a message that was given.
    pub(super) top: i32,
    pub(super) watched: bool,
    /// When it is asked about again because it is watched.
    pub(super) poll_at: Option<Instant>,
    /// When it stands among the deadlines.
    due: Option<Instant>,
    queued: bool,
    parked: bool,
    /// What is saved of it is not what is known.
    pub(super) dirty: bool,
    /// The channel could not be seen when it was asked about last, and nothing has come since. What
    /// is known only keeps what comes late from being given twice.
    pub(super) gone: bool,
}

/// What a channel was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    State,
    Difference,
}

/// All boxes. Only those with which something is going on are anywhere but in the map.
#[derive(Debug, Default)]
pub(super) struct Channels {
    pub(super) boxes: HashMap<i64, ChannelBox>,
    deadlines: BTreeSet<(Instant, i64)>,
    /// Whose differences are wanted.
    queue: VecDeque<i64>,
    pub(super) asked: BTreeMap<i64, Asking>,
    /// How many cannot be asked about.
    pub(super) parked: usize,
    pub(super) watched: usize,
    pub(super) dirty: VecDeque<i64>,
}

impl ChannelBox {
    /// Whether it has to be asked for how far it is before anything can be held against it.
    pub(super) fn is_blind(&self) -> bool {
        self.renewing || !self.sequence.is_known() && self.fetch.stage() != Stage::Still
    }

    /// How far it is; `None` while that is not known.
    pub(super) fn pts(&self) -> Option<i32> {
        (self.sequence.is_known() && !self.gone).then(|| self.sequence.at())
    }

    /// How far it is at least; 0 while that is not known.
    pub(super) fn at_least(&self) -> i32 {
        match self.sequence.at() {
            0 => self.listed,
            at => at,
        }
    }

    /// From here on it is counted, and what is missing is asked for.
    pub(super) fn begin_where_listed(&mut self) {
        self.sequence.set(self.at_least());
    }

    /// What is saved of it.
    fn kept(&self) -> Option<i32> {
        Some(self.at_least()).filter(|at| *at > 0 && !self.gone)
    }

    /// Remembers how far the messages are.
    pub(super) fn see(&mut self, update: &Update) {
        if let Update::NewChannelMessage(new) = update {
            self.top = self.top.max(id_of(&new.message));
        }
    }

    fn next_due(&self) -> Option<Instant> {
        let waits = self.sequence.since();
        match self.fetch.stage() {
            Stage::Still => {
                let gap = waits.map(|since| since + GAP);
                let word = self.word.map(|(_, until)| until);
                gap.into_iter().chain(self.poll_at).chain(word).min()
            }
            Stage::Parked => waits.map(|since| since + HASH_WAIT),
            Stage::Resting { .. } => self.fetch.due(),
            Stage::Wanted | Stage::Asked => None,
        }
    }
}

impl Channels {
    pub(super) fn new(saved: &BTreeMap<i64, i32>) -> Self {
        let known = saved.iter().take(CHANNELS_MAX).map(|(id, pts)| {
            let sequence = Sequence::new(*pts);
            let one = ChannelBox {
                sequence,
                ..ChannelBox::default()
            };
            (*id, one)
        });
        Self {
            boxes: known.collect(),
            ..Self::default()
        }
    }

    /// The box of a channel, a new one if need be; `None` when there are too many.
    pub(super) fn open(&mut self, id: i64) -> Option<&mut ChannelBox> {
        if !self.boxes.contains_key(&id) {
            if self.boxes.len() >= CHANNELS_MAX {
                return None;
            }
            self.boxes.insert(id, ChannelBox::default());
        }
        self.boxes.get_mut(&id)
    }

    /// Something has happened in a channel while nobody was told of it.
    pub(super) fn miss(&mut self, id: i64) {
        if let Some(one) = self.open(id)
            && one.at_least() == 0
        {
            one.missed = true;
        }
    }

    /// After anything has happened with a box, it is put where its turn will be seen.
    pub(super) fn settle(&mut self, id: i64) {
        let Some(one) = self.boxes.get_mut(&id) else {
            return;
        };
        let due = one.next_due();
        if due != one.due {
            if let Some(due) = one.due {
                self.deadlines.remove(&(due, id));
            }
            self.deadlines.extend(due.map(|due| (due, id)));
            one.due = due;
        }
        let parked = one.fetch.stage() == Stage::Parked;
        if parked != one.parked {
            one.parked = parked;
            self.parked = if parked {
                self.parked + 1
            } else {
                self.parked - 1
            };
        }
        if one.fetch.stage() == Stage::Wanted && !one.queued {
            one.queued = true;
            self.queue.push_back(id);
        }
    }

    /// Ends the pauses that the server has not asked for. Whoever pauses is among the deadlines.
    pub(super) fn end_pauses(&mut self) {
        let ids: Vec<i64> = self.deadlines.iter().map(|(_, id)| *id).collect();
        for id in ids {
            if let Some(one) = self.boxes.get_mut(&id)
                && matches!(one.fetch.stage(), Stage::Resting { .. })
            {
                one.fetch.want_now();
                self.settle(id);
            }
        }
    }

    /// The next one that has something to do at this time.
    pub(super) fn next_due(&self, now: Instant) -> Option<i64> {
        let (due, id) = *self.deadlines.first()?;
        (due <= now).then_some(id)
    }

    /// When one of them has something to do.
    pub(super) fn due(&self) -> Option<Instant> {
        self.deadlines.first().map(|(due, _)| *due)
    }

    /// The next one whose difference is wanted.
    pub(super) fn next_wanted(&mut self) -> Option<i64> {
        loop {
            let id = self.queue.pop_front()?;
            let Some(one) = self.boxes.get_mut(&id) else {
                continue;
            };
            one.queued = false;
            if one.fetch.stage() == Stage::Wanted {
                return Some(id);
            }
        }
    }

    /// Notes that what is saved of it is not what is known.
    pub(super) fn touch(&mut self, id: i64) {
        if let Some(one) = self.boxes.get_mut(&id)
            && !one.dirty
        {
            one.dirty = true;
            self.dirty.push_back(id);
        }
    }

    /// The next one to be saved, and how far it is; `None` for one that is not followed any more.
    pub(super) fn next_dirty(&mut self) -> Option<(i64, Option<i32>)> {
        let id = self.dirty.pop_front()?;
        let one = self.boxes.get_mut(&id)?;
        one.dirty = false;
        Some((id, one.kept()))
    }
}
