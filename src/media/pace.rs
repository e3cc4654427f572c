//! How many bytes of a file are under way at once.
use std::time::{Duration, Instant};

/// What a transfer begins with when nothing is known of the line.
const FIRST: usize = 1 << 20;

/// At least one part is under way.
const LEAST: usize = 512 << 10;

/// At most so many bytes are, however fast the line: with a round trip of 100 ms they make
/// 120 MB/s, and a program that sends a gigabyte needs no more than 32 MiB.
pub(super) const MOST: usize = 12 << 20;

/// So much more than the line is known to carry is under way: it may carry more, and on a quick one
/// parts are late by chance.
const SLACK: Duration = Duration::from_millis(50);

/// After this it is tried again how quick a part is, and twice as much later forgotten how much the
/// line has carried: it may have changed.
const EPOCH: Duration = Duration::from_secs(10);

/// The window of a transfer: twice what the line carries in the time that a part takes. So it grows
/// as long as more under way means that more arrives, and no queue grows on the way.
///
/// On a line that is full every part waits behind others, so what a part takes is tried with few
/// under way, from time to time: else the queue itself would become the measure.
pub(super) struct Pace {
    window: usize,
    /// What the quickest part took since that was last tried.
    least: Option<Duration>,
    /// When it was last tried.
    tried: Option<Instant>,
    /// Whether it is being tried now.
    is_trying: bool,
    /// The most bytes a second that have arrived, in this epoch and in the one before.
    rates: [f64; 2],
    round: Option<Round>,
    /// When the window was cut last: it is cut once for all parts that were under way then.
    cut: Option<Instant>,
}

/// What has arrived in about the time that a part takes.
struct Round {
    began: Instant,
    bytes: usize,
}

impl Pace {
    /// Begins where a transfer has ended before.
    pub(super) fn new(remembered: Option<usize>) -> Self {
        Self {
            window: remembered.map_or(FIRST, |it| it / 2).clamp(FIRST, MOST),
            least: None,
            tried: None,
            is_trying: false,
            rates: [0.0; 2],
            round: None,
            cut: None,
        }
    }

    /// How many bytes may be under way.
    pub(super) fn window(&self) -> usize {
        match self.is_trying {
            true => self.window.min(FIRST),
            false => self.window,
        }
    }

    /// A part of so many bytes has come back. `was_full` says whether the window was used up.
    pub(super) fn landed(&mut self, len: usize, sent: Instant, now: Instant, was_full: bool) {
        let took = now.saturating_duration_since(sent);
        let tried = *self.tried.get_or_insert(now);
        if self.is_trying && sent >= tried {
            self.is_trying = false;
            self.least = None;
        }
        let least = self.least.map_or(took, |least| least.min(took));
        self.least = Some(least);
        self.count(len, sent, now, least);
        self.fit(len, least, was_full);
        if now.saturating_duration_since(tried) >= EPOCH {
            self.tried = Some(now);
            self.is_trying = self.window > FIRST;
            self.rates = [0.0, self.rates[0]];
        }
    }

    fn count(&mut self, len: usize, sent: Instant, now: Instant, least: Duration) {
        let round = self.round.get_or_insert(Round {
            began: sent,
            bytes: 0,
        });
        round.bytes += len;
        let lasted = now.saturating_duration_since(round.began);
        if lasted >= least && !lasted.is_zero() {
            let rate = round.bytes as f64 / lasted.as_secs_f64();
            self.rates[0] = self.rates[0].max(rate);
            self.round = Some(Round {
                began: now,
                bytes: 0,
            });
        }
    }

    fn fit(&mut self, len: usize, least: Duration, was_full: bool) {
        let rate = self.rates[0].max(self.rates[1]);
        if rate == 0.0 {
            return; // Nothing is known yet.
        }
        let wanted = rate * (2 * least + SLACK).as_secs_f64();
        // A number of bytes, however large: as an integer it is the largest at most.
        let wanted = (wanted as usize).clamp(FIRST, MOST);
        if wanted < self.window {
            self.window = wanted.max(self.window.saturating_sub(len / 2));
        } else if was_full {
            self.window = wanted.min(self.window + len);
        }
    }

    /// The server wants fewer, or a part was lost.
    pub(super) fn cut(&mut self, sent: Instant, now: Instant) {
        if self.cut.is_none_or(|cut| cut <= sent) {
            self.window = (self.window / 2).max(LEAST);
            self.rates = [0.0; 2];
            self.cut = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net;

    const PART: usize = 512 << 10;

    /// A line that carries so many bytes a second and has a queue as long as one likes.
    fn play(pace: &mut Pace, rate: f64, round_trip: Duration, parts: usize) -> f64 {
        let start = net::now().instant;
        let mut line_free = start;
        let mut now = start;
        let mut flights: Vec<(Instant, Instant)> = Vec::new();
        for _ in 0..parts {
            while (flights.len() + 1) * PART <= pace.window() {
                let begins = line_free.max(now);
                line_free = begins + Duration::from_secs_f64(PART as f64 / rate);
                flights.push((now, line_free + round_trip));
            }
            let was_full = (flights.len() + 1) * PART > pace.window();
            let (sent, lands) = flights.remove(0);
            now = lands;
            pace.landed(PART, sent, now, was_full);
        }
        (parts * PART) as f64 / (now - start).as_secs_f64()
    }

    #[test]
    fn a_long_fast_line_is_filled() {
        let mut pace = Pace::new(None);
        let reached = play(&mut pace, 60e6, Duration::from_millis(100), 400);
        assert!(reached > 50e6, "{reached}");
    }

    #[test]
    fn a_slow_line_has_no_long_queue() {
        let mut pace = Pace::new(None);
        play(&mut pace, 1e6, Duration::from_millis(50), 200);
        assert!(pace.window() <= 3 << 20, "{}", pace.window());
    }

    #[test]
    fn it_never_outgrows_its_limit_and_is_cut_once_a_round() {
        let mut pace = Pace::new(Some(usize::MAX));
        play(&mut pace, 1e12, Duration::from_micros(10), 200);
        assert_eq!(pace.window(), MOST);
        let now = net::now().instant;
        let sent = now - Duration::from_secs(1);
        for _ in 0..5 {
            pace.cut(sent, now);
        }
        assert_eq!(pace.window(), MOST / 2);
        let later = now + Duration::from_secs(1);
        for _ in 0..50 {
            pace.cut(later, later);
        }
        assert_eq!(pace.window(), LEAST);
    }
}
