//! One reading of both clocks.
use std::time::{Duration, Instant};

/// The present, as the caller tells it: the protocol never asks a clock itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// For deadlines: never steps back.
    pub instant: Instant,
    /// For message ids: time since the Unix epoch, as this machine's wall clock has it.
    pub unix: Duration,
}

impl Now {
    /// Whole seconds since the Unix epoch, as records keep them.
    pub(crate) fn unix_seconds(&self) -> i64 {
        i64::try_from(self.unix.as_secs()).unwrap_or(i64::MAX)
    }
}
