//! Who holds the others up.
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// After so long, whoever holds the others up is named in a warning.
pub(super) const HELD_UP: Duration = Duration::from_secs(3);

/// A stream whose reader all others wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lag {
    /// Its name: see [`Subscription::name`](crate::Subscription::name).
    pub stream: String,
    /// For how long by now.
    pub waited: Duration,
}

/// Who holds the others up, for whoever asks.
#[derive(Default)]
pub(super) struct HoldUp(Mutex<Option<Held>>);

struct Held {
    stream: String,
    since: Instant,
    is_told: bool,
}

impl HoldUp {
    /// It is this stream, or none. `are_several`: somebody waits for it.
    pub(super) fn note(&self, stream: Option<&str>, are_several: bool, now: Instant) {
        let mut held = self.0.lock();
        let Some(stream) = stream else {
            *held = None;
            return;
        };
        let held = match &mut *held {
            Some(held) if held.stream == stream => held,
            other => other.insert(Held {
                stream: stream.to_owned(),
                since: now,
                is_told: false,
            }),
        };
        if are_several && !held.is_told && now >= held.since + HELD_UP {
            held.is_told = true;
            tracing::warn!(stream, "a stream that is not read holds all others up");
        }
    }

    /// When a warning is due, if one is.
    pub(super) fn due(&self) -> Option<Instant> {
        let held = self.0.lock();
        let held = held.as_ref().filter(|held| !held.is_told)?;
        held.since.checked_add(HELD_UP)
    }

    pub(super) fn lag(&self, now: Instant) -> Option<Lag> {
        let held = self.0.lock();
        held.as_ref().map(|held| Lag {
            stream: held.stream.clone(),
            waited: now.saturating_duration_since(held.since),
        })
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "any starting point will do")]
mod tests {
    use super::*;

    #[test]
    fn who_holds_up_is_known_until_it_does_not() {
        let (hold_up, now) = (HoldUp::default(), Instant::now());
        assert!(hold_up.due().is_none() && hold_up.lag(now).is_none());
        hold_up.note(Some("a"), true, now);
        assert_eq!(hold_up.due(), Some(now + HELD_UP));
        let later = now + HELD_UP;
        hold_up.note(Some("a"), true, later);
        assert!(hold_up.due().is_none(), "it is told once");
        let lag = hold_up.lag(later).unwrap();
        assert_eq!((&lag.stream[..], lag.waited), ("a", HELD_UP));
        hold_up.note(Some("b"), true, later);
        assert_eq!(hold_up.lag(later).unwrap().waited, Duration::ZERO);
        hold_up.note(None, true, later);
        assert!(hold_up.lag(later).is_none());
    }
}
