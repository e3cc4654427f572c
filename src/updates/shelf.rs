//! What a stream was given and has not finished.
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::client::{Bell, Core};
use crate::net::Process;

/// The updates that one stream was given and has not finished, by their tickets. The saved state
/// moves past none of them.
pub(super) struct Shelf {
    stock: Mutex<Stock>,
    alarm: Arc<Alarm>,
    process: Process,
}

#[derive(Default)]
struct Stock {
    /// With whether it shall be told when it is finished.
    unfinished: BTreeMap<u64, bool>,
    told: Vec<u64>,
}

/// A bell that rings once each time that it was set: a thread that writes how far the program is
/// need not be woken before it can write again.
pub(super) struct Alarm {
    set: AtomicBool,
    bell: Bell,
}

impl Alarm {
    pub(super) fn new(core: &Core) -> Arc<Self> {
        Arc::new(Self {
            set: AtomicBool::new(false),
            bell: core.feed.bell(),
        })
    }

    /// The next thing that is finished rings. Whoever sets it looks afterwards, not before.
    pub(super) fn set(&self) {
        self.set.store(true, Ordering::SeqCst);
    }

    fn ring(&self) {
        if self.set.load(Ordering::SeqCst) && self.set.swap(false, Ordering::SeqCst) {
            self.bell.ring();
        }
    }
}

impl Shelf {
    pub(super) fn new(core: &Core, alarm: &Arc<Alarm>) -> Self {
        Self {
            stock: Mutex::default(),
            alarm: Arc::clone(alarm),
            process: core.handle.process(),
        }
    }

    /// `tells`: it has to be known of this one alone that it is finished. A ticket of 0 is none.
    pub(super) fn put(&self, ticket: u64, tells: bool) {
        if ticket > 0 {
            self.stock.lock().unfinished.insert(ticket, tells);
        }
    }

    /// In a child of `fork` nothing happens: a lock may have been held when it was made.
    pub(super) fn finish(&self, ticket: u64) {
        if self.process.check().is_err() {
            return;
        }
        let mut stock = self.stock.lock();
        let there = stock.unfinished.remove(&ticket);
        if there == Some(true) {
            stock.told.push(ticket);
        }
        drop(stock);
        if there.is_some() {
            self.alarm.ring();
        }
    }

    /// It lies on another shelf now.
    pub(super) fn hand_on(&self, ticket: u64) {
        self.stock.lock().unfinished.remove(&ticket);
    }

    /// The one that was given first.
    pub(super) fn lowest(&self) -> Option<u64> {
        let stock = self.stock.lock();
        stock
            .unfinished
            .first_key_value()
            .map(|(ticket, _)| *ticket)
    }

    /// Those of which it has to be known that they are finished, since this was asked last.
    pub(super) fn told(&self) -> Vec<u64> {
        std::mem::take(&mut self.stock.lock().told)
    }
}
