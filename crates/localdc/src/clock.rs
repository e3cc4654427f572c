//! The clock that all data centres go by.
#![expect(
    clippy::disallowed_methods,
    reason = "the data centre has no reactor to take the time from"
)]
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Time since the Unix epoch. It runs as the machine's steady clock does and starts where the wall
/// clock was; a test may shift it.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    unix: Duration,
    shift: AtomicI64,
}

impl Clock {
    /// A clock that goes right.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            unix: SystemTime::now()
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap_or_default(),
            shift: AtomicI64::new(0),
        }
    }

    /// The time since the Unix epoch.
    pub(crate) fn now(&self) -> Duration {
        let right = self.unix + self.started.elapsed();
        let shift = self.shift.load(Ordering::Relaxed);
        let by = Duration::from_secs(shift.unsigned_abs());
        if shift < 0 {
            right.saturating_sub(by)
        } else {
            right.saturating_add(by)
        }
    }

    /// From now on the clock is `seconds` ahead of the right time, or behind it if negative.
    pub(crate) fn set_shift(&self, seconds: i64) {
        self.shift.store(seconds, Ordering::Relaxed);
    }

    /// A reading that no shift touches: for measuring and for deadlines.
    pub(crate) fn steady(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Seconds since the Unix epoch, as the protocol writes them.
pub(crate) fn seconds(now: Duration) -> i32 {
    i32::try_from(now.as_secs()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_moves_the_time_and_not_the_steady_reading() {
        let clock = Clock::new();
        let right = clock.now();
        clock.set_shift(-100_000);
        assert!(clock.now() < right);
        clock.set_shift(100_000);
        assert!(clock.now() > right + Duration::from_secs(99_999));
        assert!(clock.steady() < Duration::from_secs(1_000));
        assert_eq!(seconds(Duration::from_millis(1_999)), 1);
    }
}
