//! Channels that are watched.
use std::collections::{BTreeMap, BTreeSet};

use parking_lot::Mutex;

use crate::client::{Bell, Core};
use crate::net::Process;
use crate::tracker::WATCHED_MAX;

/// The channels that are watched, each with how often.
pub(super) struct Watched {
    ids: Mutex<BTreeMap<i64, usize>>,
    bell: Bell,
    process: Process,
}

impl Watched {
    pub(super) fn new(core: &Core) -> Self {
        Self {
            ids: Mutex::default(),
            bell: core.feed.bell(),
            process: core.handle.process(),
        }
    }

    pub(super) fn ids(&self) -> BTreeSet<i64> {
        self.ids.lock().keys().copied().collect()
    }

    /// Once more; false when as many others are as can be.
    pub(super) fn begin(&self, id: i64) -> bool {
        let mut ids = self.ids.lock();
        if ids.len() >= WATCHED_MAX && !ids.contains_key(&id) {
            return false;
        }
        *ids.entry(id).or_default() += 1;
        drop(ids);
        self.bell.ring();
        true
    }

    /// Once less. In a child of `fork` nothing happens.
    pub(super) fn end(&self, id: i64) {
        if self.process.check().is_err() {
            return;
        }
        let mut ids = self.ids.lock();
        if let Some(times) = ids.get_mut(&id) {
            *times -= 1;
            if *times == 0 {
                ids.remove(&id);
            }
        }
        drop(ids);
        self.bell.ring();
    }
}
