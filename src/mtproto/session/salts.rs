//! The salts of a key: the one to use now, and those to come.
use std::time::{Duration, Instant};

use crate::mtproto::FutureSalt;

/// How many salts are asked for at once: a quarter of what the server gives at most. A salt serves
/// for half an hour, so this is four questions a day. They are kept in three places (here, in what
/// the client knows, in its session), so a client that is idle pays for each three times.
///
/// See <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>.
pub(super) const ASKED: i32 = 16;

/// How many are kept: twice what one answer can hold.
const KEPT_MAX: usize = 128;

/// New ones are asked for when those known end within this time: two salts' lives.
const RESERVE: i32 = 3600;

/// How long a salt is thought to serve of which the server has told nothing but itself.
const LIFE_GUESSED: i32 = 1800;

/// How often the server is asked at most.
const ASKING_PERIOD: Duration = Duration::from_secs(60);

/// The salt that messages are sealed with, and its successors in order.
///
/// See <https://core.telegram.org/mtproto/description#server-salt>.
pub(super) struct Salts {
    current: Option<FutureSalt>,
    /// Sorted by their beginning.
    future: Vec<FutureSalt>,
    asked: Option<Instant>,
}

impl Salts {
    pub(super) fn new(known: &[FutureSalt], time: i32) -> Self {
        let mut salts = Self {
            current: None,
            future: Vec::new(),
            asked: None,
        };
        salts.learn(known, time);
        salts
    }

    /// The salt for a message that is sealed now. Without any, zero: the server will tell.
    pub(super) fn at(&mut self, time: i32) -> i64 {
        let begun = self.future.partition_point(|s| s.valid_since <= time);
        if let Some(latest) = self.future.drain(..begun).next_back() {
            self.current = Some(latest);
        }
        self.current.map_or(0, |s| s.salt)
    }

    /// The server says that this one is right, whatever we thought. Tells whether that is news.
    pub(super) fn correct(&mut self, salt: i64, time: i32) -> bool {
        if self.current.is_some_and(|s| s.salt == salt) {
            return false;
        }
        if let Some(place) = self.future.iter().position(|s| s.salt == salt) {
            self.current = self.future.drain(..=place).next_back();
        } else {
            self.future.retain(|s| s.valid_since > time);
            self.current = Some(FutureSalt {
                valid_since: time,
                valid_until: time.saturating_add(LIFE_GUESSED),
                salt,
            });
        }
        true
    }

    /// Takes a list over: the server's answer, or what was stored.
    pub(super) fn learn(&mut self, list: &[FutureSalt], time: i32) {
        let mut list: Vec<FutureSalt> = list
            .iter()
            .filter(|s| s.valid_until > time.max(s.valid_since))
            .take(KEPT_MAX)
            .copied()
            .collect();
        if list.is_empty() {
            return;
        }
        list.sort_by_key(|s| s.valid_since);
        let current = self.current.map(|s| s.salt);
        let place = list
            .iter()
            .position(|s| Some(s.salt) == current)
            .or_else(|| list.iter().rposition(|s| s.valid_since <= time));
        if let Some(place) = place {
            self.current = list.drain(..=place).next_back();
        }
        self.future = list;
    }

    /// All that are known, the current one first.
    pub(super) fn known(&self) -> Vec<FutureSalt> {
        self.current
            .into_iter()
            .chain(self.future.iter().copied())
            .collect()
    }

    /// When to ask the server for more.
    pub(super) fn ask_at(&self, now: Instant, time: i32) -> Instant {
        let end = self.known_until().saturating_sub(RESERVE);
        let wait = u64::try_from(end.saturating_sub(time)).unwrap_or(0);
        let low = now + Duration::from_secs(wait);
        self.asked
            .map_or(low, |asked| low.max(asked + ASKING_PERIOD))
    }

    /// They have been asked for.
    pub(super) fn note_asked(&mut self, now: Instant) {
        self.asked = Some(now);
    }

    fn known_until(&self) -> i32 {
        let last = self.future.last().or(self.current.as_ref());
        last.map_or(0, |s| s.valid_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn salt(valid_since: i32, salt: i64) -> FutureSalt {
        FutureSalt {
            valid_since,
            valid_until: valid_since + 1800,
            salt,
        }
    }

    #[test]
    fn the_next_one_is_taken_when_its_time_comes() {
        let mut salts = Salts::new(&[salt(3000, 3), salt(1000, 1), salt(2000, 2)], 1500);
        assert_eq!(salts.at(1500), 1);
        assert_eq!(salts.at(1999), 1);
        assert_eq!(salts.at(2000), 2);
        assert_eq!(
            salts.at(9000),
            3,
            "the last one stays, for want of a better one"
        );
        assert_eq!(Salts::new(&[], 0).at(5), 0);
    }

    #[test]
    fn the_server_knows_better() {
        let mut salts = Salts::new(&[salt(1000, 1), salt(2000, 2), salt(3000, 3)], 1500);
        salts.correct(77, 1500);
        assert_eq!(salts.at(1600), 77);
        assert_eq!(salts.at(2000), 2, "those to come are still good");
        salts.correct(3, 2100);
        assert_eq!(salts.at(2100), 3, "our clock is behind");
        salts.correct(3, 2100);
        assert_eq!(salts.known(), [salt(3000, 3)]);
    }

    #[test]
    fn a_correction_is_not_undone_by_older_ones() {
        let mut salts = Salts::new(&[salt(1000, 1), salt(2000, 2)], 1500);
        salts.correct(77, 2500);
        assert_eq!(salts.at(2500), 77);
        salts.learn(&[salt(2400, 77), salt(2000, 2), salt(4200, 4)], 2500);
        assert_eq!((salts.at(2500), salts.at(4200)), (77, 4));
    }

    #[test]
    fn senseless_salts_are_left_out_and_the_list_is_bounded() {
        let backwards = FutureSalt {
            valid_since: 9000,
            valid_until: 8000,
            salt: 1,
        };
        assert!(
            Salts::new(&[backwards, salt(0, 2)], 5000)
                .known()
                .is_empty()
        );
        let many: Vec<FutureSalt> = (0..1000).map(|i| salt(6000 + i, i.into())).collect();
        assert_eq!(Salts::new(&many, 5000).known().len(), KEPT_MAX);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn more_are_asked_for_in_time_but_once_a_minute() {
        let now = Instant::now();
        let mut salts = Salts::new(&[], 1000);
        assert_eq!(salts.ask_at(now, 1000), now);
        salts.note_asked(now);
        assert_eq!(salts.ask_at(now, 1000), now + ASKING_PERIOD);
        salts.learn(&[salt(1000, 1), salt(9000, 2)], 1000);
        let low = Duration::from_secs(10_800 - 3600 - 1000);
        assert_eq!(salts.ask_at(now, 1000), now + low);
    }
}
