//! The only place that asks the operating system for chance.
use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::entropy::Entropy;

/// How much is drawn at once. A stock of padding for some ten messages takes 48 bytes of it, so
/// one system call serves about fifty; each link has one of these.
const DRAW: usize = 256;

/// The operating system's randomness, drawn ahead.
///
/// Each byte is handed out once, and overwritten here when it is. A process that forks must not
/// go on with the same value in parent and child: both would hand out the same bytes.
///
/// # Panics
///
/// [`fill`](Entropy::fill) panics when the operating system has no randomness: no key can be made
/// and nothing be sent safely without it.
pub(crate) struct OsEntropy {
    drawn: Zeroizing<Box<[u8]>>,
    used: usize,
}

impl OsEntropy {
    /// Draws nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            drawn: Zeroizing::new(vec![0; DRAW].into_boxed_slice()),
            used: DRAW,
        }
    }
}

impl Entropy for OsEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        if bytes.len() >= DRAW {
            draw(bytes);
            return;
        }
        if DRAW - self.used < bytes.len() {
            // The few that are left are thrown away, which is simpler than taking from both.
            draw(&mut self.drawn);
            self.used = 0;
        }
        let taken = &mut self.drawn[self.used..self.used + bytes.len()];
        bytes.copy_from_slice(taken);
        taken.zeroize();
        self.used += bytes.len();
    }
}

impl fmt::Debug for OsEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OsEntropy(..)")
    }
}

#[expect(clippy::disallowed_methods, reason = "chance enters here")]
fn draw(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has randomness");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_is_handed_out_twice() {
        let mut entropy = OsEntropy::new();
        let mut seen = std::collections::BTreeSet::new();
        for len in [16, 17, DRAW - 6, 100, DRAW - 1, DRAW, 5000, 16] {
            let mut bytes = vec![0; len];
            entropy.fill(&mut bytes);
            for block in bytes.as_chunks::<16>().0 {
                assert!(seen.insert(*block), "sixteen bytes came twice");
            }
        }
        assert!(!seen.contains(&[0; 16]), "all of a request is filled");
    }

    #[test]
    fn what_was_handed_out_is_wiped() {
        let mut entropy = OsEntropy::new();
        let bytes: [u8; 64] = (&mut entropy as &mut dyn Entropy).array();
        assert_ne!(bytes, [0; 64]);
        assert_eq!(entropy.drawn[..64], [0; 64]);
        assert_ne!(entropy.drawn[64..128], [0; 64], "the rest is drawn ahead");
        assert_eq!(format!("{entropy:?}"), "OsEntropy(..)");
    }
}
