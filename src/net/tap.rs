//! Taps: single updates for who waits for just these.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crossbeam_channel::{Receiver, unbounded};

use super::bounded::Bounded;
use super::raw_update::RawUpdate;
use crate::tl::{self, TypeRef};

/// Names a tap of one reactor. Numbers are never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TapId(pub(super) u64);

/// The end of a tap that the reactor has.
pub(super) struct Tap {
    id: TapId,
    constructors: Box<[u32]>,
    queue: Bounded<RawUpdate>,
    missed: Arc<AtomicU64>,
    cut_off: Arc<AtomicBool>,
}

/// The end of a tap that its reader has.
pub(crate) struct Tapped {
    pub(crate) id: TapId,
    /// It ends with the reactor, or when nothing can come any more.
    pub(crate) queue: Receiver<RawUpdate>,
    /// How many have come when the queue was full, and are not in it.
    pub(crate) missed: Arc<AtomicU64>,
    /// Whether it has ended because the connection is lost for good.
    pub(crate) cut_off: Arc<AtomicBool>,
}

impl Tap {
    /// A tap for updates of these constructors, of which at most `capacity` wait.
    pub(super) fn new(id: TapId, constructors: &[u32], capacity: usize) -> (Self, Tapped) {
        let (sender, queue) = unbounded();
        let missed = Arc::new(AtomicU64::new(0));
        let cut_off = Arc::new(AtomicBool::new(false));
        let tap = Self {
            id,
            constructors: constructors.into(),
            queue: Bounded::new(sender, capacity),
            missed: Arc::clone(&missed),
            cut_off: Arc::clone(&cut_off),
        };
        let tapped = Tapped {
            id,
            queue,
            missed,
            cut_off,
        };
        (tap, tapped)
    }

    fn offer(&mut self, id: u32, fields: &[u8]) {
        if !self.constructors.contains(&id) {
            return;
        }
        if self.queue.has_room() {
            self.queue.put(fields.len(), RawUpdate::new(id, fields));
        } else {
            self.missed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The taps that are open.
#[derive(Default)]
pub(super) struct Taps {
    open: Vec<Tap>,
    /// No more updates can come.
    cut_off: bool,
}

impl Taps {
    pub(super) fn open(&mut self, tap: Tap) {
        self.open.push(tap);
        if self.cut_off {
            self.cut_off();
        }
    }

    pub(super) fn close(&mut self, id: TapId) {
        self.open.retain(|tap| tap.id != id);
    }

    /// The connection over which updates came is lost, and no other is made.
    pub(super) fn cut_off(&mut self) {
        self.cut_off = true;
        for tap in self.open.drain(..) {
            tap.cut_off.store(true, Ordering::Release);
        }
    }

    /// Lets everybody have what they wait for of a serialised `Updates`. Without taps it costs
    /// nothing.
    pub(super) fn see(&mut self, updates: &[u8]) {
        if self.open.is_empty() {
            return;
        }
        let mut offer = |id, fields: &[u8]| {
            for tap in &mut self.open {
                tap.offer(id, fields);
            }
        };
        // What cannot be walked was well-formed up to there, and whoever reads it says so.
        tl::walk(updates, TypeRef::OBJECT, &mut offer).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types::{UpdateLoginToken, UpdateUserStatus, Updates};
    use crate::tl::{Identifiable, Serialize, enums};

    fn container(updates: Vec<enums::Update>) -> Vec<u8> {
        let updates: enums::Updates = Updates {
            updates,
            ..Default::default()
        }
        .into();
        updates.to_bytes()
    }

    fn status(user_id: i64) -> enums::Update {
        UpdateUserStatus {
            user_id,
            ..Default::default()
        }
        .into()
    }

    const LOGIN: u32 = UpdateLoginToken::CONSTRUCTOR_ID;
    const STATUS: u32 = UpdateUserStatus::CONSTRUCTOR_ID;

    #[test]
    fn each_gets_what_it_waits_for_in_order() {
        let mut taps = Taps::default();
        let (both, all) = Tap::new(TapId(0), &[LOGIN, STATUS], 10);
        let (one, login) = Tap::new(TapId(1), &[LOGIN], 10);
        taps.open(both);
        taps.open(one);
        let login_token = || enums::Update::from(UpdateLoginToken {});
        taps.see(&container(vec![status(7), login_token(), status(8)]));
        let ids = |tapped: &Tapped| {
            let all = tapped.queue.try_iter();
            all.map(|update| update.constructor_id())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&all), [STATUS, LOGIN, STATUS]);
        assert_eq!(ids(&login), [LOGIN]);
        taps.close(TapId(0));
        taps.see(&container(vec![status(9), login_token()]));
        assert!(all.queue.recv().is_err(), "it is closed");
        assert_eq!(ids(&login), [LOGIN]);
    }

    #[test]
    fn who_does_not_read_misses_the_newest_and_learns_how_many() {
        let mut taps = Taps::default();
        let (tap, tapped) = Tap::new(TapId(0), &[STATUS], 2);
        taps.open(tap);
        taps.see(&container((1..=5).map(status).collect()));
        let read = |update: RawUpdate| update.read::<UpdateUserStatus>().unwrap().unwrap();
        let users = tapped.queue.try_iter().map(|update| read(update).user_id);
        assert_eq!(users.collect::<Vec<_>>(), [1, 2]);
        assert_eq!(tapped.missed.load(Ordering::Relaxed), 3);
        taps.see(&container(vec![status(6)]));
        assert_eq!(tapped.queue.len(), 1);
    }

    #[test]
    fn damaged_updates_give_what_stands_before_the_damage() {
        let mut taps = Taps::default();
        let (tap, tapped) = Tap::new(TapId(0), &[STATUS], 10);
        taps.open(tap);
        let whole = container(vec![status(1), status(2)]);
        for len in 0..whole.len() {
            taps.see(&whole[..len]);
            assert!(tapped.queue.try_iter().count() <= 2);
        }
        taps.see(&[0x55; 64]);
        assert!(tapped.queue.is_empty());
    }
}
