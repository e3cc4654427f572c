//! A policy that asks nothing of a server that keeps failing.
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::retry_policy::{AutoSleep, RetryContext, RetryPolicy};
use crate::net;

/// Waits as [`AutoSleep`] does, until so many refusals have come in a row, whichever calls they
/// were of: then every refusal goes to its caller at once, until a while has passed or a call was
/// answered. After the while one more refusal is enough to begin another.
///
/// Clones count together, so several clients can share one.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let builder = telegram.client_builder();
/// use std::time::Duration;
/// use ferogram_sync::CircuitBreaker;
///
/// let breaker = CircuitBreaker::new(5, Duration::from_secs(30));
/// let client = builder.retry_policy(breaker.clone()).connect()?;
/// assert!(!client.is_authorized()?);
/// assert!(!breaker.is_open());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CircuitBreaker {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    threshold: u32,
    cooldown: Duration,
    sleeper: AutoSleep,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Refusals since a call was answered.
    failures: u32,
    /// Until then nothing is waited for.
    open_until: Option<Instant>,
}

impl CircuitBreaker {
    /// Opens after `threshold` refusals in a row, at least one, for `cooldown`.
    #[must_use]
    pub fn new(threshold: u32, cooldown: Duration) -> Self {
        let shared = Shared {
            threshold: threshold.max(1),
            cooldown,
            sleeper: AutoSleep::default(),
            state: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Whether refusals go to their callers at once.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let open_until = self.shared.state.lock().open_until;
        open_until.is_some_and(|until| net::now().instant < until)
    }

    fn refused_at(&self, now: Instant, it: &RetryContext<'_>) -> ControlFlow<(), Duration> {
        let shared = &*self.shared;
        let mut state = shared.state.lock();
        if state.open_until.is_some_and(|until| now < until) {
            return ControlFlow::Break(());
        }
        state.failures = state.failures.saturating_add(1);
        if state.failures >= shared.threshold {
            state.open_until = Some(now + shared.cooldown.min(COOLDOWN_MAX));
            return ControlFlow::Break(());
        }
        drop(state);
        shared.sleeper.should_retry(it)
    }
}

/// A moment must be there to be reckoned with.
const COOLDOWN_MAX: Duration = Duration::from_secs(365 * 24 * 3600);

impl RetryPolicy for CircuitBreaker {
    fn should_retry(&self, context: &RetryContext<'_>) -> ControlFlow<(), Duration> {
        self.refused_at(net::now().instant, context)
    }

    fn succeeded(&self, _: &'static str) {
        *self.shared.state.lock() = State::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::RpcError;
    use std::num::NonZeroU32;

    #[test]
    fn it_opens_after_refusals_in_a_row_and_closes_with_an_answer() {
        let error = RpcError::new(420, "FLOOD_WAIT_1");
        let pause = Duration::from_secs(1);
        let flood = RetryContext {
            method: "help.getConfig",
            error: &error,
            fail_count: NonZeroU32::MIN,
            slept_so_far: Duration::ZERO,
            pause,
            remaining: Duration::from_secs(60),
        };
        let breaker = CircuitBreaker::new(3, Duration::from_secs(10));
        let now = net::now().instant;
        let (waits, fails) = (ControlFlow::Continue(pause), ControlFlow::Break(()));
        let refused = |seconds| breaker.refused_at(now + Duration::from_secs(seconds), &flood);
        assert_eq!([refused(0), refused(0)], [waits, waits]);
        breaker.succeeded("help.getConfig");
        assert_eq!([refused(0), refused(0)], [waits, waits], "not in a row");
        assert!(!breaker.is_open());
        assert_eq!([refused(0), refused(9)], [fails, fails]);
        assert!(breaker.is_open());
        assert_eq!([refused(10), refused(19)], [fails, fails], "open again");
        let clone = breaker.clone();
        clone.succeeded("help.getConfig");
        assert_eq!(refused(19), waits, "a call was answered");
        assert!(!breaker.is_open());
    }
}
