//! Whether the server is still there: when to ping, and when to give the connection up.
use std::time::{Duration, Instant};

use crate::mtproto::timers::earlier;

/// How often the server is pinged at least, so that it keeps the connection.
///
/// See <https://core.telegram.org/mtproto/service_messages#deferred-connection-closure-ping>.
const PING_EVERY: Duration = Duration::from_secs(60);

/// After how many seconds without a ping the server shall close the connection: time until the next
/// ping, and for all that a slow line carries before it.
pub(super) const DISCONNECT_DELAY: i32 = 150;

/// While requests wait for answers, so long a silence is reason enough for a ping.
const SILENCE: Duration = Duration::from_secs(10);

/// A server that sends nothing for so long after a ping is gone.
const PONG_WITHIN: Duration = Duration::from_secs(15);

/// A server that answers nothing for so long, pings least of all, does not hear us, however much it
/// has to say itself.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// What is under way to the server lies before a ping: so many bytes a second a slow line carries.
const SLOWEST: usize = 8 << 10;

/// However much is under way, it is not waited for longer than this.
const SLOW_MAX: Duration = Duration::from_secs(60);

/// When something was heard and asked last on this connection.
pub(super) struct Liveness {
    pinged: Instant,
    heard: Instant,
    /// When a request went out while none was out before.
    asked: Instant,
    /// Since when a ping waits for any sign of life.
    waiting_since: Option<Instant>,
    /// Since when a ping waits for any answer.
    unanswered_since: Option<Instant>,
}

impl Liveness {
    /// A connection is there; its first message will carry a ping.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            pinged: now,
            heard: now,
            asked: now,
            waiting_since: None,
            unanswered_since: None,
        }
    }

    pub(super) fn note_ping(&mut self, now: Instant) {
        self.pinged = now;
        self.waiting_since.get_or_insert(now);
        self.unanswered_since.get_or_insert(now);
    }

    pub(super) fn note_heard(&mut self, now: Instant) {
        self.heard = now;
        self.waiting_since = None;
    }

    /// The server has answered something: it hears us.
    pub(super) fn note_answer(&mut self) {
        self.unanswered_since = None;
    }

    /// The first request goes out; there was none before that waits for an answer.
    pub(super) fn note_asked(&mut self, now: Instant) {
        self.asked = now;
    }

    /// When the next ping is due. `impatient`: requests wait for answers.
    pub(super) fn ping_at(&self, impatient: bool) -> Instant {
        let regular = self.pinged + PING_EVERY;
        if impatient && self.waiting_since.is_none() {
            let last = self.pinged.max(self.heard).max(self.asked);
            return regular.min(last + SILENCE);
        }
        regular
    }

    /// When the connection is given up if nothing comes until then, or no answer. `out`: how many
    /// bytes of requests may still be under way.
    pub(super) fn dead_at(&self, out: usize) -> Option<Instant> {
        let slow = Duration::from_secs((out / SLOWEST) as u64).min(SLOW_MAX);
        let silent = self.waiting_since.map(|since| since + PONG_WITHIN + slow);
        let deaf = self
            .unanswered_since
            .map(|since| since + ANSWER_WITHIN + slow);
        earlier(silent, deaf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn pings_when_idle_and_sooner_when_someone_waits() {
        let start = Instant::now();
        let at = |s| start + Duration::from_secs(s);
        let mut liveness = Liveness::new(start);
        assert_eq!(liveness.dead_at(0), None);
        liveness.note_ping(start);
        assert_eq!(liveness.ping_at(true), at(60), "one is under way");
        assert_eq!(liveness.dead_at(8191), Some(at(15)));
        assert_eq!(liveness.dead_at(80 << 10), Some(at(25)));
        assert_eq!(liveness.dead_at(usize::MAX), Some(at(75)));
        liveness.note_heard(at(2));
        assert_eq!(liveness.dead_at(0), Some(at(60)), "it may be deaf");
        liveness.note_answer();
        assert_eq!(liveness.dead_at(0), None);
        assert_eq!(liveness.ping_at(false), at(60));
        assert_eq!(liveness.ping_at(true), at(12));
        liveness.note_asked(at(30));
        assert_eq!(liveness.ping_at(true), at(40));
        liveness.note_heard(at(55));
        assert_eq!(liveness.ping_at(true), at(60));
    }
}
