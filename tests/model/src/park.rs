//! Sleeping as the model has it: there is no time, so only another thread ends it.
pub(super) use loom::thread::Thread;
use std::time::Instant;

pub(super) fn current() -> Thread {
    loom::thread::current()
}

pub(super) fn park_until(_: Instant) -> bool {
    loom::thread::park();
    true
}
