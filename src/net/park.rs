//! How a thread sleeps until another wakes it.
use std::thread;
pub(super) use std::thread::Thread;
use std::time::Instant;

use super::clock;

pub(super) fn current() -> Thread {
    thread::current()
}

/// Lets threads that are ready and wait for this core have it first. It does not sleep: where there
/// are none it goes on at once.
pub(super) fn step_aside() {
    thread::yield_now();
}

/// Sleeps until the thread is unparked, or for no reason. False when it was too late to.
pub(super) fn park_until(until: Instant) -> bool {
    let rest = until.saturating_duration_since(clock::now().instant);
    if rest.is_zero() {
        return false;
    }
    thread::park_timeout(rest);
    true
}
