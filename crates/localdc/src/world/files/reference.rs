//! File references: who has seen a file, and how long that counts.
//!
//! See <https://core.telegram.org/api/file-references>.
use sha2::{Digest, Sha256};

/// So long a reference is good, in seconds; production promises nothing, and lives of hours are
/// seen.
const LIFETIME: i64 = 24 * 3600;

/// The first byte of each.
const FORMAT: u8 = 1;

/// Gives references out, and knows them again.
pub(crate) struct References {
    secret: [u8; 32],
    /// References of an earlier one have expired.
    epoch: u32,
}

/// Why a reference does not open a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stale {
    Empty,
    Expired,
    Invalid,
}

impl References {
    pub(crate) fn new(secret: [u8; 32]) -> Self {
        Self { secret, epoch: 0 }
    }

    /// All that were given out expire.
    pub(crate) fn expire(&mut self) {
        self.epoch += 1;
    }

    /// What `viewer` is given with a file.
    pub(crate) fn give(&self, now: i64, viewer: i64, file: i64) -> Vec<u8> {
        self.write(self.epoch, now, viewer, file)
    }

    /// Whether it is one that `viewer` was given with this file.
    pub(crate) fn check(
        &self,
        now: i64,
        viewer: i64,
        file: i64,
        reference: &[u8],
    ) -> Result<(), Stale> {
        let fields = match reference {
            [] => return Err(Stale::Empty),
            [FORMAT, fields @ ..] => fields,
            _ => return Err(Stale::Invalid),
        };
        let Some((epoch, fields)) = fields.split_first_chunk::<4>() else {
            return Err(Stale::Invalid);
        };
        let Some((given, _)) = fields.split_first_chunk::<8>() else {
            return Err(Stale::Invalid);
        };
        let (epoch, given) = (u32::from_le_bytes(*epoch), i64::from_le_bytes(*given));
        if self.write(epoch, given, viewer, file) != reference {
            return Err(Stale::Invalid);
        }
        match epoch == self.epoch && given + LIFETIME > now {
            true => Ok(()),
            false => Err(Stale::Expired),
        }
    }

    fn write(&self, epoch: u32, given: i64, viewer: i64, file: i64) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.secret);
        for number in [i64::from(epoch), given, viewer, file] {
            hash.update(number.to_le_bytes());
        }
        let mut reference = vec![FORMAT];
        reference.extend(epoch.to_le_bytes());
        reference.extend(given.to_le_bytes());
        reference.extend(&hash.finalize()[..12]);
        reference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_for_one_file_one_account_and_a_while() {
        let mut references = References::new([7; 32]);
        let mine = references.give(100, 1, 50);
        let check = |it: &References, now, viewer, file| it.check(now, viewer, file, &mine);
        assert_eq!(check(&references, 100, 1, 50), Ok(()));
        assert_eq!(check(&references, 100, 2, 50), Err(Stale::Invalid));
        assert_eq!(check(&references, 100, 1, 51), Err(Stale::Invalid));
        assert_eq!(
            check(&references, 100 + LIFETIME, 1, 50),
            Err(Stale::Expired)
        );
        assert_eq!(references.check(1, 1, 1, &[]), Err(Stale::Empty));
        for wrong in [&[FORMAT][..], &mine[..10], &[2, 0]] {
            assert_eq!(references.check(1, 1, 1, wrong), Err(Stale::Invalid));
        }
        references.expire();
        assert_eq!(check(&references, 100, 1, 50), Err(Stale::Expired));
        let again = references.give(100, 1, 50);
        assert_eq!(references.check(100, 1, 50, &again), Ok(()));
    }
}
