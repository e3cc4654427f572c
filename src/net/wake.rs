//! How callers wake the reactor, and when they need not.
use std::io;
use std::sync::atomic::{AtomicBool, Ordering, fence};

use mio::{Poll, Token, Waker};

/// The token of the waker. Links count from zero and do not get here.
pub(super) const WAKE: Token = Token(usize::MAX);

/// Wakes the reactor when it sleeps, and costs a caller one load when it does not.
///
/// No command is left lying while the reactor sleeps. A caller does, in this order: (1) puts its
/// command into the queue, (2) a fence, (3) reads `asleep`. The reactor does: (a) sets `asleep`, (b)
/// a fence, (c) looks into the queue, (d) sleeps if it was empty. Sequentially consistent
/// fences have one order. If the caller's comes first, (c) sees the command and the reactor does
/// not sleep. If the reactor's comes first, (3) sees `asleep` set, and the caller calls the waker,
/// unless another caller took the flag down before: then that one calls it. The call
/// makes the next (or the present) sleep end at once, so it does no harm when it comes before
/// (d), or after the reactor got up for another reason. A flag that is taken down means a call
/// that is made or about to be; a reactor that is up takes the flag down itself and looks into the
/// queue before it puts it up again.
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

    /// For the reactor, before it looks into the queue for the last time.
    pub(super) fn lie_down(&self) {
        self.asleep.store(true, Ordering::Relaxed);
        fence(Ordering::SeqCst);
    }

    /// For the reactor, when it is up again.
    pub(super) fn get_up(&self) {
        self.asleep.store(false, Ordering::Relaxed);
    }
}
