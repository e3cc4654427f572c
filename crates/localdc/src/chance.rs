//! Chance: fast, because most of it is padding, and seeded by the operating system.
use std::fmt;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::Ctr;

/// How many bytes are made at once. Small messages take some twenty bytes each.
const STOCK: usize = 1024;

/// A stream of random bytes: AES-256 in counter mode with a key from the operating system, so that
/// nothing but the beginning costs a system call.
pub(crate) struct Chance {
    stream: Ctr,
    stock: Box<[u8; STOCK]>,
    used: usize,
}

impl Chance {
    /// A stream of its own.
    ///
    /// # Panics
    ///
    /// When the operating system gives no random bytes: nothing can be served then.
    pub(crate) fn new() -> Self {
        let mut seed = [0; 48];
        #[expect(
            clippy::disallowed_methods,
            reason = "the data centre has no reactor to take chance from"
        )]
        getrandom::fill(&mut seed).expect("the operating system gives random bytes");
        let (key, iv) = seed.split_at(32);
        Self {
            stream: Ctr::new(
                key.try_into().expect("32 of 48 bytes"),
                iv.try_into().expect("the other 16"),
            ),
            stock: Box::new([0; STOCK]),
            used: STOCK,
        }
    }

    /// A random number.
    pub(crate) fn number(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// Appends random bytes.
    pub(crate) fn append(&mut self, count: usize, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + count, 0);
        self.fill(&mut out[start..]);
    }

    fn refill(&mut self) {
        self.stock.fill(0);
        self.stream.apply(&mut self.stock[..]);
        self.used = 0;
    }
}

impl Entropy for Chance {
    fn fill(&mut self, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            if self.used == STOCK {
                self.refill();
            }
            let count = bytes.len().min(STOCK - self.used);
            let (now, later) = bytes.split_at_mut(count);
            now.copy_from_slice(&self.stock[self.used..self.used + count]);
            self.used += count;
            bytes = later;
        }
    }
}

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chance(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bytes_come_twice() {
        let mut chance = Chance::new();
        let mut first = vec![0; 3000];
        chance.fill(&mut first);
        let mut second = vec![7];
        chance.append(3000, &mut second);
        assert_eq!(second.len(), 3001);
        for part in first.chunks_exact(16) {
            let found = first.windows(16).filter(|window| *window == part).count();
            assert_eq!(found, 1);
            assert!(!second.windows(16).any(|window| window == part));
        }
        assert_ne!(Chance::new().number(), Chance::new().number());
    }
}
