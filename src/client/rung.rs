//! Whether somebody has rung.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody has rung since it was heard last: so who is busy is called once.
#[derive(Clone, Default)]
pub(super) struct Rung(Arc<AtomicBool>);

impl Rung {
    /// Rings. Whether nobody had since it was heard.
    pub(super) fn ring(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }

    /// Whatever was done before a ring up to here can be seen now; what comes later rings again.
    pub(super) fn heard(&self) {
        self.0.swap(false, Ordering::AcqRel);
    }
}
