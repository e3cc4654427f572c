//! How many bytes of a file are under way at once.
use std::time::{Duration, Instant};

/// What a transfer begins with when nothing is known of the line.
const FIRST: usize = 1 << 20;

/// At least one part is under way.
const LEAST: usize = 512 << 10;

/// At most so many bytes are, however fast the line: with a round trip of 100 ms they make
/// 160 MB/s.
pub(super) const MOST: usize = 16 << 20;

/// A part may take so much longer than the quickest one before the line counts as full.
const SLACK: Duration = Duration::from_millis(50);

/// The quickest part is forgotten after this: the line may have changed.
const EPOCH: Duration = Duration::from_secs(10);

/// The window of a transfer. It grows while parts come back about as fast as the quickest one has,
/// and shrinks when they wait in a queue on the way, or when the server wants fewer.
pub(super) struct Pace {
    window: usize,
    /// The quickest part of this epoch and of the one before.
    least: [Option<Duration>; 2],
    epoch: Option<Instant>,
    /// When the window was cut last: it is cut once for all parts that were under way then.
    cut: Option<Instant>,
}

impl Pace {
    /// Begins where a transfer has ended before.
    pub(super) fn new(remembered: Option<usize>) -> Self {
        Self {
            window: remembered.map_or(FIRST, |it| it / 2).clamp(FIRST, MOST),
            least: [None; 2],
            epoch: None,
            cut: None,
        }
    }

    pub(super) fn window(&self) -> usize {
        self.window
    }

    /// A part of so many bytes has come back. `was_full` says whether the window was used up.
    pub(super) fn landed(&mut self, len: usize, sent: Instant, now: Instant, was_full: bool) {
        let took = now.saturating_duration_since(sent);
        self.turn_epoch(now);
        let before = self.least[0].map_or(took, |least| least.min(took));
        self.least[0] = Some(before);
        let least = self.least[1].map_or(before, |other| other.min(before));
        if took <= 2 * least + SLACK {
            if was_full {
                self.window = (self.window + len).min(MOST);
            }
        } else {
            self.window = (self.window - len / 4).max(FIRST);
        }
    }

    /// The server wants fewer, or a part was lost.
    pub(super) fn cut(&mut self, sent: Instant, now: Instant) {
        if self.cut.is_none_or(|cut| cut <= sent) {
            self.window = (self.window / 2).max(LEAST);
            self.cut = Some(now);
        }
    }

    fn turn_epoch(&mut self, now: Instant) {
        let began = *self.epoch.get_or_insert(now);
        if now.saturating_duration_since(began) >= EPOCH {
            self.least = [None, self.least[0]];
            self.epoch = Some(now);
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
