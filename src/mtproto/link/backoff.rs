//! How long to wait before the next attempt to connect.
use std::time::{Duration, Instant};

use crate::entropy::Entropy;

/// After the first failure: enough to keep a loop from spinning, not enough to be noticed.
const FIRST: Duration = Duration::from_millis(100);

/// However often it fails.
const LONGEST: Duration = Duration::from_secs(30);

/// After the server has said that there are too many connections.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
const FLOOD: Duration = Duration::from_secs(4);

/// A connection that lived so long was a good one: the next begins without a history.
pub(super) const STABLE: Duration = Duration::from_secs(10);

/// Connections that work but do not live long are made again after this time at most.
const SHORT_LIVED: Duration = Duration::from_secs(2);

/// Doubles with each failure; a random part keeps many clients from coming back together.
pub(super) struct Backoff {
    step: Duration,
    not_before: Instant,
}

impl Backoff {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            step: FIRST,
            not_before: now,
        }
    }

    /// When the next attempt may be made.
    pub(super) fn not_before(&self) -> Instant {
        self.not_before
    }

    pub(super) fn failed(&mut self, now: Instant, entropy: &mut dyn Entropy) {
        let half = self.step / 2;
        let chance = u32::from(u16::from_le_bytes(entropy.array()));
        self.not_before = now + half + half * chance / u32::from(u16::MAX);
        self.step = (self.step * 2).min(LONGEST);
    }

    /// The server wants to be left alone for longer.
    pub(super) fn flooded(&mut self) {
        self.step = self.step.max(FLOOD);
    }

    /// A connection on which the server has answered ends after this time.
    pub(super) fn worked(&mut self, lived: Duration) {
        self.step = if lived >= STABLE {
            FIRST
        } else {
            self.step.min(SHORT_LIVED)
        };
    }

    /// Do not wait.
    pub(super) fn reset(&mut self, now: Instant) {
        *self = Self::new(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::Seeded;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn doubles_up_to_a_limit_with_a_random_half() {
        let now = Instant::now();
        let mut entropy = Seeded::new(1);
        let mut backoff = Backoff::new(now);
        let mut step = FIRST;
        let mut waits = Vec::new();
        for _ in 0..12 {
            backoff.failed(now, &mut entropy);
            let wait = backoff.not_before() - now;
            assert!(wait >= step / 2 && wait <= step, "{wait:?} of {step:?}");
            waits.push(wait.as_secs_f64() / step.as_secs_f64());
            step = (step * 2).min(LONGEST);
        }
        assert_eq!(step, LONGEST);
        assert!(
            waits.iter().any(|w| (w - waits[0]).abs() > 0.1),
            "no chance in it"
        );
        backoff.worked(STABLE / 2);
        backoff.failed(now, &mut entropy);
        let wait = backoff.not_before() - now;
        assert!(wait > FIRST && wait <= SHORT_LIVED);
        backoff.worked(STABLE);
        backoff.failed(now, &mut entropy);
        assert!(backoff.not_before() - now <= FIRST);
        backoff.flooded();
        backoff.failed(now, &mut entropy);
        assert!(backoff.not_before() - now >= FLOOD / 2);
        backoff.reset(now);
        assert_eq!(backoff.not_before(), now);
    }
}
