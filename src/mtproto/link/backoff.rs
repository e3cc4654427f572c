//! How long to wait before the next attempt to connect.
use std::time::{Duration, Instant};

use crate::entropy::Entropy;

/// After the first failure: enough to keep a loop from spinning, not enough to be noticed.
const FIRST: Duration = Duration::from_millis(100);

/// However often it fails, at first: a server that restarts is back within seconds, and whoever
/// waits for it shall have no more than one of them on top.
const AT_FIRST: Duration = Duration::from_secs(1);

/// An outage that lasts longer than this will take minutes, and is looked at less often.
const BRIEF: Duration = Duration::from_secs(60);

/// From then on, while somebody waits: still not long to a person, and twenty attempts a minute are
/// no burden to anybody.
const LATER: Duration = Duration::from_secs(3);

/// A link that only listens takes its time after so long: the machine is off the network for the
/// night, and half a minute more until the next update is not noticed after ten.
const LONG: Duration = Duration::from_secs(600);

/// However long it has taken.
const LONGEST: Duration = Duration::from_secs(30);

/// After the server has said that there are too many connections.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
const FLOOD: Duration = Duration::from_secs(4);

/// A connection that lived so long was a good one: the next begins without a history.
pub(super) const STABLE: Duration = Duration::from_secs(10);

/// After connections that work but do not live long, the pauses begin with this at most.
const SHORT_LIVED: Duration = Duration::from_secs(2);

/// So long after a failure the next one belongs to another outage: nobody wanted a connection in
/// between.
const FORGOTTEN: Duration = Duration::from_secs(300);

/// Doubles with each failure; a random part keeps many clients from coming back together.
pub(super) struct Backoff {
    step: Duration,
    outage: Option<Outage>,
    /// Until then the server is left alone, whoever waits.
    not_before: Instant,
}

/// Attempts fail, and none has worked since the first of them.
struct Outage {
    since: Instant,
    /// The last failure, and what was drawn then.
    last: Instant,
    step: Duration,
    chance: u16,
}

impl Backoff {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            step: FIRST,
            outage: None,
            not_before: now,
        }
    }

    /// When the next attempt may be made. `waited_for`: somebody waits for what it brings, so it is
    /// not far away, however long the pause was when nobody did.
    pub(super) fn not_before(&self, waited_for: bool) -> Instant {
        let pause = self.outage.as_ref().map(|outage| outage.ends(waited_for));
        pause.map_or(self.not_before, |at| at.max(self.not_before))
    }

    pub(super) fn failed(&mut self, now: Instant, entropy: &mut dyn Entropy) {
        let since = match &self.outage {
            Some(outage) if now.saturating_duration_since(outage.last) < FORGOTTEN => outage.since,
            _ => now,
        };
        self.outage = Some(Outage {
            since,
            last: now,
            step: self.step,
            chance: u16::from_le_bytes(entropy.array()),
        });
        self.step = (self.step * 2).min(LONGEST);
    }

    /// The last failure was none of the network's: the server is there and refuses. To hurry does
    /// not help then, so the whole pause is made, whoever waits.
    pub(super) fn hold(&mut self) {
        if let Some(Outage {
            last, step, chance, ..
        }) = self.outage
        {
            self.not_before = last + part(step, chance);
        }
    }

    /// The server wants to be left alone for longer.
    pub(super) fn flooded(&mut self, now: Instant, entropy: &mut dyn Entropy) {
        self.step = self.step.max(FLOOD);
        self.failed(now, entropy);
        self.hold();
    }

    /// A connection on which the server has answered ends after this time.
    pub(super) fn worked(&mut self, lived: Duration) {
        self.step = if lived >= STABLE {
            FIRST
        } else {
            self.step.min(SHORT_LIVED)
        };
        self.outage = None;
    }

    /// Do not wait.
    pub(super) fn reset(&mut self, now: Instant) {
        *self = Self::new(now);
    }
}

impl Outage {
    fn ends(&self, waited_for: bool) -> Instant {
        let lasts = self.last.saturating_duration_since(self.since);
        let most = if lasts < BRIEF {
            AT_FIRST
        } else if waited_for || lasts < LONG {
            LATER
        } else {
            LONGEST
        };
        self.last + part(self.step.min(most), self.chance)
    }
}

/// Between a half and the whole of a pause.
fn part(pause: Duration, chance: u16) -> Duration {
    let half = pause / 2;
    half + half * u32::from(chance) / u32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::Seeded;

    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn start() -> (Instant, Seeded, Backoff) {
        let now = Instant::now();
        (now, Seeded::new(1), Backoff::new(now))
    }

    #[test]
    fn doubles_up_to_a_limit_with_a_random_half() {
        let (now, mut entropy, mut backoff) = start();
        assert_eq!(backoff.not_before(true), now);
        let mut step = FIRST;
        let mut waits = Vec::new();
        for _ in 0..12 {
            backoff.failed(now, &mut entropy);
            let wait = backoff.not_before(true) - now;
            assert!(wait >= step / 2 && wait <= step, "{wait:?} of {step:?}");
            assert_eq!(backoff.not_before(false), backoff.not_before(true));
            waits.push(wait.as_secs_f64() / step.as_secs_f64());
            step = (step * 2).min(AT_FIRST);
        }
        assert_eq!(step, AT_FIRST);
        assert!(
            waits.iter().any(|w| (w - waits[0]).abs() > 0.1),
            "no chance in it"
        );
        backoff.hold();
        assert!(backoff.not_before(true) - now >= LONGEST / 2, "it refuses");
        backoff.reset(now);
        assert_eq!(backoff.not_before(true), now);
        for _ in 0..6 {
            backoff.failed(now, &mut entropy);
        }
        backoff.worked(STABLE / 2);
        backoff.failed(now, &mut entropy);
        let wait = backoff.not_before(true) - now;
        assert!(wait > FIRST && wait <= AT_FIRST);
        backoff.worked(STABLE);
        backoff.failed(now, &mut entropy);
        assert!(backoff.not_before(true) - now <= FIRST);
        backoff.reset(now);
        assert_eq!(backoff.not_before(true), now);
    }

    #[test]
    fn an_outage_that_lasts_is_looked_at_less_often() {
        let (start, mut entropy, mut backoff) = start();
        let mut after = |backoff: &mut Backoff, seconds: u64| {
            let now = start + Duration::from_secs(seconds);
            backoff.failed(now, &mut entropy);
            let pause = |waited_for| (backoff.not_before(waited_for) - now).as_secs_f64();
            (pause(true), pause(false))
        };
        // The pauses would be long by now.
        for second in 0..10 {
            after(&mut backoff, second * 6);
        }
        for (second, waited_for, listening) in [
            (59, 0.5..=1.0, 0.5..=1.0),
            (60, 1.5..=3.0, 1.5..=3.0),
            (300, 1.5..=3.0, 1.5..=3.0),
            (599, 1.5..=3.0, 1.5..=3.0),
            (600, 1.5..=3.0, 15.0..=30.0),
            (800, 1.5..=3.0, 15.0..=30.0),
            // And then nobody wanted one.
            (1200, 0.5..=1.0, 0.5..=1.0),
        ] {
            let pauses = after(&mut backoff, second);
            assert!(waited_for.contains(&pauses.0), "{second}: {pauses:?}");
            assert!(listening.contains(&pauses.1), "{second}: {pauses:?}");
        }
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is() {
        let (now, mut entropy, mut backoff) = start();
        let mut flooded = |backoff: &mut Backoff| {
            backoff.flooded(now, &mut entropy);
            backoff.not_before(true) - now
        };
        let mut step = FLOOD;
        for _ in 0..6 {
            let wait = flooded(&mut backoff);
            assert!(wait >= step / 2 && wait <= step, "{wait:?} of {step:?}");
            step = (step * 2).min(LONGEST);
        }
        backoff.worked(STABLE / 2);
        assert!(flooded(&mut backoff) <= FLOOD);
        backoff.reset(now);
        assert_eq!(backoff.not_before(true), now);
    }
}
