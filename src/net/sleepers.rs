//! The threads whose answers are here, and that sleep still.
use super::park::Thread;

/// How many sleep on at most while there is more to do. A thread that is woken wants the core that
/// the network thread works on, so each that sleeps until the others' answers are here too leaves
/// it alone; but none should wait for all of a long list.
const TOGETHER_MAX: usize = 16;

/// The threads whose answers are here, and that sleep still: they are woken together.
///
/// Dropped, it wakes them: none is forgotten when the network thread ends.
#[derive(Default)]
pub(super) struct Sleepers(Vec<Thread>);

impl Sleepers {
    pub(super) fn add(&mut self, sleeper: Option<Thread>) {
        self.0.extend(sleeper);
        if self.0.len() >= TOGETHER_MAX {
            self.wake();
        }
    }

    /// What could be done for the others is done.
    pub(super) fn wake(&mut self) {
        for sleeper in self.0.drain(..) {
            sleeper.unpark();
        }
    }
}

impl Drop for Sleepers {
    fn drop(&mut self) {
        self.wake();
    }
}
