//! How long to wait before the next attempt to connect.
use std::time::{Duration, Instant};

use crate::entropy::Entropy;
use crate::mtproto::RestartPolicy;

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

/// No program wants a longer one: a moment must be there to be reckoned with.
const PAUSE_MAX: Duration = Duration::from_secs(24 * 3600);

/// Doubles with each failure; a random part keeps many clients from coming back together.
pub(super) struct Backoff {
    policy: RestartPolicy,
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
    pub(super) fn new(now: Instant, policy: RestartPolicy) -> Self {
        Self {
            policy,
            step: first(policy),
            outage: None,
            not_before: now,
        }
    }

    /// When the next attempt may be made. `waited_for`: somebody waits for what it brings, so it is
    /// not far away, however long the pause was when nobody did.
    pub(super) fn not_before(&self, waited_for: bool) -> Instant {
        let pause = self.outage.as_ref();
        let pause = pause.map(|outage| outage.ends(self.policy, waited_for));
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
        self.step = (self.step * 2).min(longest(self.policy));
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
        let first = first(self.policy);
        self.step = if lived >= STABLE {
            first
        } else {
            self.step.min(SHORT_LIVED.max(first))
        };
        self.outage = None;
    }

    /// Do not wait.
    pub(super) fn reset(&mut self, now: Instant) {
        *self = Self::new(now, self.policy);
    }
}

impl Outage {
    fn ends(&self, policy: RestartPolicy, waited_for: bool) -> Instant {
        let pause = match policy {
            RestartPolicy::Adaptive | RestartPolicy::Never => {
                part(self.step.min(self.most(waited_for)), self.chance)
            }
            RestartPolicy::Fixed(pause) => pause.clamp(FIRST, PAUSE_MAX),
            RestartPolicy::Exponential { .. } => part(self.step, self.chance),
        };
        self.last + pause
    }

    /// The longest pause at this point of an outage.
    fn most(&self, waited_for: bool) -> Duration {
        let lasts = self.last.saturating_duration_since(self.since);
        if lasts < BRIEF {
            AT_FIRST
        } else if waited_for || lasts < LONG {
            LATER
        } else {
            LONGEST
        }
    }
}

/// The pause after the first failure.
fn first(policy: RestartPolicy) -> Duration {
    match policy {
        RestartPolicy::Exponential { first, .. } => first.clamp(FIRST, PAUSE_MAX),
        _ => FIRST,
    }
}

/// However often it fails.
fn longest(policy: RestartPolicy) -> Duration {
    match policy {
        RestartPolicy::Exponential { first, longest } => longest.max(first).clamp(FIRST, PAUSE_MAX),
        _ => LONGEST,
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
        (
            now,
            Seeded::new(1),
            Backoff::new(now, RestartPolicy::default()),
        )
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

    #[test]
    fn pauses_of_ones_own_are_as_they_were_said_whoever_waits() {
        let (now, mut entropy, _) = start();
        let mut pauses = |policy, count: usize| {
            let mut backoff = Backoff::new(now, policy);
            let mut pause = || {
                backoff.failed(now, &mut entropy);
                assert_eq!(backoff.not_before(false), backoff.not_before(true));
                backoff.not_before(true) - now
            };
            (0..count).map(|_| pause()).collect::<Vec<_>>()
        };
        let second = Duration::from_secs(1);
        let fixed = pauses(RestartPolicy::Fixed(7 * second), 3);
        assert_eq!(fixed, [7 * second; 3]);
        let at_once = pauses(RestartPolicy::Fixed(Duration::ZERO), 2);
        assert_eq!(at_once, [FIRST; 2], "a loop without a pause");
        let for_ever = pauses(RestartPolicy::Fixed(Duration::MAX), 1);
        assert_eq!(for_ever, [PAUSE_MAX]);
        let growing = RestartPolicy::Exponential {
            first: 5 * second,
            longest: 20 * second,
        };
        let most = [5, 10, 20, 20].map(|most| most * second);
        for (pause, most) in pauses(growing, 4).into_iter().zip(most) {
            assert!(pause >= most / 2 && pause <= most, "{pause:?} of {most:?}");
        }
        let turned_round = RestartPolicy::Exponential {
            first: Duration::MAX,
            longest: Duration::ZERO,
        };
        assert!(
            pauses(turned_round, 3)
                .into_iter()
                .all(|it| it <= PAUSE_MAX)
        );
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is_whatever_was_said() {
        let (now, mut entropy, _) = start();
        let mut backoff = Backoff::new(now, RestartPolicy::Fixed(FIRST));
        backoff.flooded(now, &mut entropy);
        assert!(backoff.not_before(true) - now >= FLOOD / 2);
    }
}
