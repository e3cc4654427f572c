//! Updates that there was no room for.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::tracker::uncounted_in;

/// How many updates there was no room for that no difference brings again: whoever reads the queue
/// takes the number when it is told that something was lost.
#[derive(Clone, Default)]
pub(crate) struct Overflow(Arc<AtomicU64>);

impl Overflow {
    /// There was no room for this.
    pub(super) fn note(&self, pushed: &[u8]) {
        self.0.fetch_add(uncounted_in(pushed), Ordering::Relaxed);
    }

    /// How many there were since this was asked last.
    pub(crate) fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}
