//! What a stream was given and has not finished.
use std::collections::BTreeSet;

use parking_lot::Mutex;

use crate::client::{Bell, Core};
use crate::net::Process;

/// The updates that one stream was given and has not finished, by their tickets. The saved state
/// moves past none of them.
pub(super) struct Shelf {
    unfinished: Mutex<BTreeSet<u64>>,
    bell: Bell,
    process: Process,
}

impl Shelf {
    pub(super) fn new(core: &Core) -> Self {
        Self {
            unfinished: Mutex::default(),
            bell: core.feed.bell(),
            process: core.handle.process(),
        }
    }

    pub(super) fn put(&self, ticket: u64) {
        self.unfinished.lock().insert(ticket);
    }

    /// In a child of `fork` nothing happens: a lock may have been held when it was made.
    pub(super) fn finish(&self, ticket: u64) {
        if self.process.check().is_ok() && self.unfinished.lock().remove(&ticket) {
            self.bell.ring();
        }
    }

    /// The one that was given first.
    pub(super) fn lowest(&self) -> Option<u64> {
        self.unfinished.lock().first().copied()
    }
}
