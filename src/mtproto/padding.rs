//! Random bytes that pad packets, without a system call for each.
use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::crypto::Ctr;
use crate::entropy::Entropy;

/// How many bytes are made at once. A draw from the operating system costs more than sealing a
/// small message, so one has to serve some ten of them.
const POOL: usize = 512;

/// The least padding of an encrypted message.
///
/// See <https://core.telegram.org/mtproto/description#message-key-msg-key>.
pub(super) const PADDING_MIN: usize = 12;

/// Encrypted messages are whole blocks of AES.
pub(super) const BLOCK: usize = 16;

/// How many blocks are added at most beyond what the rules ask: enough that the length of a packet
/// no longer tells the length of the message, little enough to cost nothing.
const SPARE_BLOCKS_MAX: u8 = 3;

/// The most that [`PaddingPool::draw`] gives.
const PADDING_DRAWN_MAX: usize = PADDING_MIN + BLOCK - 1 + SPARE_BLOCKS_MAX as usize * BLOCK;

/// A stock of random bytes for padding: each is handed out once and wiped here.
///
/// A fresh key from the source of chance makes each stock by AES-256-CTR and is forgotten at once:
/// the operating system makes random bytes several times slower than AES makes them, and padding is
/// needed for every message. Keys and nonces are drawn from the source itself.
pub struct PaddingPool {
    bytes: Box<[u8; POOL]>,
    used: usize,
}

impl PaddingPool {
    /// An empty pool: the first use fills it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            bytes: Box::new([0; POOL]),
            used: POOL,
        }
    }

    /// The padding for a message whose body has `body_len` bytes: 12 bytes at least, so many that
    /// whole blocks come out, and by chance up to three blocks more.
    ///
    /// See <https://core.telegram.org/mtproto/description#message-key-msg-key>.
    pub fn draw(&mut self, body_len: usize, entropy: &mut dyn Entropy) -> Padding {
        // The header before the body is two whole blocks and does not count.
        let least = PADDING_MIN + (BLOCK - (body_len + PADDING_MIN) % BLOCK) % BLOCK;
        let mut choice = [0];
        self.fill(&mut choice, entropy);
        let spare = usize::from(choice[0] % (SPARE_BLOCKS_MAX + 1));
        let mut padding = Padding {
            bytes: [0; PADDING_DRAWN_MAX],
            len: least + spare * BLOCK,
        };
        self.fill(&mut padding.bytes[..padding.len], entropy);
        padding
    }

    /// Overwrites `bytes` with fresh random ones. At most the pool's size is asked for.
    pub(super) fn fill(&mut self, bytes: &mut [u8], entropy: &mut dyn Entropy) {
        assert!(bytes.len() <= POOL, "padding is shorter than the pool");
        if POOL - self.used < bytes.len() {
            self.restock(entropy);
        }
        let drawn = &mut self.bytes[self.used..self.used + bytes.len()];
        bytes.copy_from_slice(drawn);
        drawn.fill(0);
        self.used += bytes.len();
    }

    fn restock(&mut self, entropy: &mut dyn Entropy) {
        let mut seed = Zeroizing::new([0; 48]);
        entropy.fill(&mut seed[..]);
        let (key, iv) = seed.split_first_chunk().expect("48 bytes hold a key");
        let iv = iv.first_chunk().expect("and a counter");
        self.bytes.fill(0);
        Ctr::new(key, iv).apply(&mut self.bytes[..]);
        self.used = 0;
    }
}

impl Default for PaddingPool {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for PaddingPool {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl fmt::Debug for PaddingPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaddingPool").finish_non_exhaustive()
    }
}

/// The random bytes that end one encrypted message. Drawn before the message is framed, because
/// the frame's header tells the length of the whole.
#[derive(Clone)]
pub struct Padding {
    bytes: [u8; PADDING_DRAWN_MAX],
    len: usize,
}

impl Padding {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl fmt::Debug for Padding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Padding")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::Seeded;

    #[test]
    fn whole_blocks_and_never_fewer_than_twelve_bytes() {
        let mut pool = PaddingPool::new();
        let mut entropy = Seeded::new(1);
        let mut spare = [0; 4];
        for body_len in 0..2000 {
            let padding = pool.draw(body_len, &mut entropy);
            let len = padding.as_bytes().len();
            assert_eq!((32 + body_len + len) % 16, 0);
            assert!((12..=PADDING_DRAWN_MAX).contains(&len));
            spare[(len - 12) / 16] += 1;
        }
        assert!(
            spare.iter().all(|n| *n > 300),
            "one choice is missing: {spare:?}"
        );
    }

    #[test]
    fn other_chance_makes_other_padding() {
        let drawn = |seed| {
            let mut bytes = [0; 64];
            PaddingPool::new().fill(&mut bytes, &mut Seeded::new(seed));
            bytes
        };
        assert_eq!(drawn(2), drawn(2));
        assert_ne!(drawn(2), drawn(3));
    }

    #[test]
    fn bytes_are_handed_out_once_and_wiped() {
        let mut pool = PaddingPool::new();
        let mut entropy = Seeded::new(2);
        let mut first = [0; 64];
        pool.fill(&mut first, &mut entropy);
        assert!(first.iter().any(|b| *b != 0));
        assert_eq!(pool.bytes[..64], [0; 64]);
        let mut second = [0; 64];
        pool.fill(&mut second, &mut entropy);
        assert_ne!(first, second);
    }

    #[test]
    fn one_draw_serves_many_messages() {
        struct Counting(usize);
        impl Entropy for Counting {
            fn fill(&mut self, bytes: &mut [u8]) {
                self.0 += 1;
                bytes.fill(7);
            }
        }
        let mut pool = PaddingPool::new();
        let mut entropy = Counting(0);
        for _ in 0..100 {
            pool.draw(64, &mut entropy);
        }
        assert!(entropy.0 <= 10, "{} draws for 100 messages", entropy.0);
    }
}
