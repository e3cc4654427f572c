//! The chance of the world: it grows from a seed, so that the same calls make the same world.
use sha2::{Digest, Sha256};

/// An endless row of bytes that its seed decides.
///
/// Nothing in a world of test accounts has to be secret from whoever chose the seed.
pub(crate) struct Chance {
    seed: [u8; 32],
    block: u64,
    rest: Vec<u8>,
}

impl Chance {
    /// The row that belongs to a seed.
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self {
            seed,
            block: 0,
            rest: Vec::new(),
        }
    }

    /// The next bytes of the row.
    pub(crate) fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            if self.rest.is_empty() {
                self.refill();
            }
            *byte = self.rest.pop().unwrap_or_default();
        }
        bytes
    }

    /// The next number of the row, of any size but 0.
    pub(crate) fn number(&mut self) -> i64 {
        i64::from_le_bytes(self.array()) | 1
    }

    fn refill(&mut self) {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.block.to_le_bytes());
        self.block += 1;
        self.rest.extend_from_slice(&hash.finalize());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_the_row() {
        let mut row = Chance::new([1; 32]);
        let first: [u8; 40] = row.array();
        let second: [u8; 40] = row.array();
        assert_ne!(first, second);
        assert_eq!(Chance::new([1; 32]).array(), first);
        assert_ne!(Chance::new([2; 32]).array(), first);
    }
}
