//! The server's clock, as far as it is known here.
use std::time::{Duration, Instant};

use super::ids::MsgId;
use crate::now::Now;

/// How far in the past a message of the server may have been made.
///
/// See <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>.
const PAST_MAX: Duration = Duration::from_secs(300);

/// How far in the future.
const FUTURE_MAX: Duration = Duration::from_secs(30);

/// Beyond the last moment that an id can tell, there is nothing to know.
const TIME_MAX: Duration = Duration::from_secs(i32::MAX as u64);

/// The server's time: a monotonic clock and what to add to it. The wall clock of this machine is
/// asked once, at the start: it may step, and message ids may not.
pub(super) struct ServerClock {
    anchor: Instant,
    at_anchor: Duration,
    trusted: bool,
}

impl ServerClock {
    /// A guess, from this machine's clock and the difference noted earlier.
    pub(super) fn new(now: Now, offset: i32) -> Self {
        let difference = Duration::from_secs(offset.unsigned_abs().into());
        let unix = now.unix.min(TIME_MAX);
        let time = if offset < 0 {
            unix.saturating_sub(difference)
        } else {
            unix + difference
        };
        Self {
            anchor: now.instant,
            at_anchor: time.min(TIME_MAX),
            trusted: false,
        }
    }

    /// The server's time since 1970.
    pub(super) fn time(&self, now: Instant) -> Duration {
        let passed = now.saturating_duration_since(self.anchor);
        self.at_anchor.saturating_add(passed).min(TIME_MAX)
    }

    /// The server's time in whole seconds.
    pub(super) fn seconds(&self, now: Instant) -> i32 {
        self.time(now).as_secs() as i32 // `TIME_MAX` fits
    }

    /// Whether the server itself has told the time lately, in an answer to us.
    pub(super) fn is_trusted(&self) -> bool {
        self.trusted
    }

    /// The server told the time.
    pub(super) fn set(&mut self, now: Instant, time: Duration) {
        self.anchor = now;
        self.at_anchor = time.min(TIME_MAX);
        self.trusted = true;
    }

    /// The server made a message with this id, so its clock stands there at least.
    pub(super) fn raise(&mut self, now: Instant, id: MsgId) {
        if id.time() > self.time(now) {
            self.anchor = now;
            self.at_anchor = id.time();
        }
    }

    /// The server has just answered us with this id: if the clock was in doubt, it is not any more.
    pub(super) fn confirm(&mut self, now: Instant, id: MsgId) {
        if !self.trusted {
            if !self.is_acceptable(now, id) {
                self.at_anchor = id.time();
                self.anchor = now;
            }
            self.trusted = true;
        }
    }

    /// The server's messages do not fit to the clock: one of the two is wrong.
    pub(super) fn doubt(&mut self) {
        self.trusted = false;
    }

    /// Whether a message with this id can have been made now or lately.
    ///
    /// See <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>.
    pub(super) fn is_acceptable(&self, now: Instant, id: MsgId) -> bool {
        let (here, there) = (self.time(now), id.time());
        there <= here + FUTURE_MAX && there + PAST_MAX >= here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(seconds: u64) -> MsgId {
        MsgId(MsgId::at(Duration::from_secs(seconds)).0 | 1)
    }

    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn clock(unix: u64, offset: i32) -> (ServerClock, Instant) {
        let now = Now {
            instant: Instant::now(),
            unix: Duration::from_secs(unix),
        };
        (ServerClock::new(now, offset), now.instant)
    }

    #[test]
    fn runs_on_from_the_first_reading() {
        let (clock, start) = clock(1000, -10);
        assert_eq!(clock.seconds(start), 990);
        assert_eq!(clock.seconds(start + Duration::from_secs(7)), 997);
        assert!(!clock.is_trusted());
    }

    #[test]
    fn no_offset_is_too_large() {
        assert_eq!(clock(5, i32::MIN).0.at_anchor, Duration::ZERO);
        assert_eq!(clock(u64::MAX, i32::MAX).0.at_anchor, TIME_MAX);
    }

    #[test]
    fn messages_of_the_server_only_raise_it() {
        let (mut clock, start) = clock(1000, 0);
        clock.raise(start, id(990));
        assert_eq!(clock.seconds(start), 1000);
        clock.raise(start, id(1005));
        assert_eq!(clock.seconds(start), 1005);
    }

    #[test]
    fn the_window_is_five_minutes_back_and_thirty_seconds_ahead() {
        let (clock, start) = clock(1000, 0);
        for (seconds, acceptable) in [(699, false), (700, true), (1030, true), (1031, false)] {
            assert_eq!(
                clock.is_acceptable(start, id(seconds)),
                acceptable,
                "{seconds}"
            );
        }
    }

    #[test]
    fn a_clock_in_doubt_believes_an_answer() {
        let (mut clock, start) = clock(1000, 0);
        clock.confirm(start, id(900));
        assert!(clock.is_trusted());
        assert_eq!(
            clock.seconds(start),
            1000,
            "an answer inside the window moves nothing"
        );
        clock.doubt();
        clock.confirm(start, id(500));
        assert_eq!(clock.seconds(start), 500);
        clock.confirm(start, id(5));
        assert_eq!(clock.seconds(start), 500, "it is trusted by now");
    }
}
