//! The only place that reads a clock.
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::now::Now;

/// Reads both clocks. A wall clock that stands before 1970 counts as 1970: the protocol learns the
/// true time from the server anyway.
#[expect(clippy::disallowed_methods, reason = "time enters here")]
pub(crate) fn now() -> Now {
    Now {
        instant: Instant::now(),
        unix: SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default(),
    }
}

/// A time beyond all reckoning means this one: a year.
pub(crate) const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The moment when `timeout` has passed, at most [`LONGEST`] from now.
pub(crate) fn after(timeout: Duration) -> Instant {
    now().instant + timeout.min(LONGEST)
}
