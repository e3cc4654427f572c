//! How callers wake the reactor, and when they need not.
use std::io;
use std::sync::atomic::{AtomicBool, Ordering, fence};

use mio::{Poll, Token, Waker};

/// The token of the waker. Links count from zero and do not get here.
pub(super) const WAKE: Token = Token(usize::MAX);

/// Wakes the reactor when it sleeps, and costs a caller one load when it does not.
///
/// No command is left lying while the reactor sleeps. A caller (1) puts its command into the queue,
/// (2) passes a fence, (3) reads `asleep`. The reactor (a) sets `asleep`, (b) passes a fence, (c)
/// looks into the queue, (d) sleeps if it was empty. Sequentially consistent fences have one
/// order. If the caller's comes first, (c) sees the command and the reactor does not sleep. If the
/// reactor's comes first, (3) sees the flag set, and the caller calls the waker, unless another
/// caller took the flag down before: then that one does. The call ends the present sleep or the
/// next one at once, so it makes no difference whether it comes before or after (d). A reactor
/// that got up for another reason takes the flag down itself, and looks into the queue before it
/// sleeps again; the call still to come only cuts a later sleep short.
pub(super) struct Wake {
    asleep: AtomicBool,
    waker: Waker,
}

impl Wake {
    pub(super) fn new(poll: &Poll) -> io::Result<Self> {
        Ok(Self {
            asleep: AtomicBool::new(false),
            waker: Waker::new(poll.registry(), WAKE)?,
        })
    }

    /// For callers, after they put something into the queue.
    pub(super) fn call(&self) {
        fence(Ordering::SeqCst);
        // Most find the reactor awake, or already called: a load does not take the cache line away
        // from the others as a swap would.
        if self.asleep.load(Ordering::Relaxed)
            && self.asleep.swap(false, Ordering::Relaxed)
            && let Err(error) = self.waker.wake()
        {
            // The next caller tries again, and the timers wake the reactor meanwhile.
            self.asleep.store(true, Ordering::Relaxed);
            tracing::error!(%error, "the network thread could not be woken");
        }
    }

    /// For the reactor, before it sleeps: true when it may, because `idle`, which looks into the
    /// queue, still holds after the sleep was announced.
    pub(super) fn lie_down(&self, idle: impl FnOnce() -> bool) -> bool {
        self.asleep.store(true, Ordering::Relaxed);
        fence(Ordering::SeqCst);
        idle()
    }

    /// For the reactor, when it is up again, or did not lie down after all.
    pub(super) fn get_up(&self) {
        self.asleep.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mio::Events;
    use std::time::Duration;

    /// Whether a sleep ends by the waker. One that does not ends after `seconds`.
    fn woken(poll: &mut Poll, seconds: u64) -> bool {
        let mut events = Events::with_capacity(4);
        let timeout = Some(Duration::from_secs(seconds));
        poll.poll(&mut events, timeout).unwrap();
        events.iter().any(|event| event.token() == WAKE)
    }

    #[test]
    fn what_comes_right_after_the_last_look_ends_the_sleep() {
        let mut poll = Poll::new().unwrap();
        let wake = Wake::new(&poll).unwrap();
        for _ in 0..3 {
            let may_sleep = wake.lie_down(|| {
                // The queue was empty when it was looked into, and then somebody came.
                wake.call();
                true
            });
            assert!(may_sleep && woken(&mut poll, 60));
            wake.get_up();
        }
    }

    #[test]
    fn what_comes_before_the_last_look_is_seen() {
        let poll = Poll::new().unwrap();
        let wake = Wake::new(&poll).unwrap();
        assert!(!wake.lie_down(|| false));
    }

    #[test]
    fn an_awake_reactor_is_not_called_and_a_sleeping_one_once() {
        let mut poll = Poll::new().unwrap();
        let wake = Wake::new(&poll).unwrap();
        wake.call();
        assert!(!woken(&mut poll, 0), "it was never asleep");
        wake.lie_down(|| true);
        wake.call();
        assert!(
            !wake.asleep.load(Ordering::Relaxed),
            "the second has nothing to do"
        );
        wake.call();
        assert!(woken(&mut poll, 60));
        wake.get_up();
        wake.call();
        assert!(!woken(&mut poll, 0));
    }
}
