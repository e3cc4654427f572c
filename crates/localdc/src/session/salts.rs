//! The salts of a key.
use std::time::Duration;

use ferogram_sync::crypto::sha256;

/// A new salt becomes the current one as often as this; it is good for twice as long.
///
/// See <https://core.telegram.org/mtproto/description#server-salt>.
const PERIOD: i64 = 1800;

/// One salt and when it is good, in seconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Salt {
    pub(crate) since: i64,
    pub(crate) until: i64,
    pub(crate) salt: i64,
}

/// The endless row of a key's salts. The first one comes out of the key exchange.
#[derive(Debug)]
pub(crate) struct Salts {
    first: i64,
    created: i64,
    seed: [u8; 32],
    /// Where in the row the last reading was, its salt and the one before.
    at: (i64, i64, i64),
}

impl Salts {
    /// The row of a key that was created at a time.
    pub(crate) fn new(first: i64, created: Duration, seed: [u8; 32]) -> Self {
        Self {
            first,
            created: whole(created),
            seed,
            at: (0, first, first),
        }
    }

    /// The salt of the present.
    pub(crate) fn current(&mut self, now: Duration) -> i64 {
        self.at(now).1
    }

    /// Whether messages may carry this salt now: it is the current one or the one before.
    pub(crate) fn accepts(&mut self, salt: i64, now: Duration) -> bool {
        let (_, current, previous) = self.at(now);
        salt == current || salt == previous
    }

    /// The current salt and those that follow it.
    pub(crate) fn future(&mut self, count: usize, now: Duration) -> Vec<Salt> {
        let (slot, ..) = self.at(now);
        (slot..)
            .take(count)
            .map(|slot| Salt {
                since: self.created + slot * PERIOD,
                until: self.created + (slot + 2) * PERIOD,
                salt: self.salt(slot),
            })
            .collect()
    }

    fn at(&mut self, now: Duration) -> (i64, i64, i64) {
        let slot = (whole(now) - self.created).max(0) / PERIOD;
        if slot != self.at.0 {
            self.at = (slot, self.salt(slot), self.salt((slot - 1).max(0)));
        }
        self.at
    }

    fn salt(&self, slot: i64) -> i64 {
        if slot == 0 {
            return self.first;
        }
        let hash = sha256(&[&self.seed, &slot.to_le_bytes()]);
        let (salt, _) = hash.split_first_chunk().expect("32 bytes hold 8");
        i64::from_le_bytes(*salt)
    }
}

fn whole(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_salt_and_the_one_before_are_good() {
        let at = |seconds| Duration::from_secs(1_000_000 + seconds);
        let mut salts = Salts::new(7, at(0), [3; 32]);
        assert_eq!(salts.current(at(1799)), 7);
        let future = salts.future(4, at(0));
        assert_eq!(future.len(), 4);
        assert_eq!(future[0].salt, 7);
        assert_eq!((future[1].since, future[1].until), (1_001_800, 1_005_400));
        for (slot, row) in future.iter().enumerate() {
            let now = at(1800 * slot as u64 + 5);
            assert_eq!(salts.current(now), row.salt);
            for (other, salt) in future.iter().enumerate() {
                let good = other == slot || other + 1 == slot;
                assert_eq!(salts.accepts(salt.salt, now), good, "{other} at {slot}");
            }
        }
        assert!(!salts.accepts(0, at(0)));
        // A clock set back before the key's own beginning.
        assert_eq!(salts.current(Duration::ZERO), 7);
    }
}
