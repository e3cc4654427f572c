//! What the tests of this folder share: bytes from hexadecimal text, and chance that is not.
use crate::entropy::Entropy;

/// The bytes written as hexadecimal digits; white space is left out.
pub(super) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| u8::try_from(c.to_digit(16).expect("a hexadecimal digit")).expect("below 16"))
        .collect();
    assert!(digits.len().is_multiple_of(2), "half a byte is missing");
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// The same, where the length is known.
pub(super) fn hex_array<const N: usize>(text: &str) -> [u8; N] {
    hex(text)
        .try_into()
        .expect("as many bytes as the type says")
}

/// The bytes 0, 1, 2, ….
pub(super) fn counting<const N: usize>() -> [u8; N] {
    std::array::from_fn(|i| u8::try_from(i % 256).expect("below 256"))
}

/// Gives out the bytes it was made with, in order; asking for more than there are is a failure.
pub(super) struct Scripted(pub(super) Vec<u8>);

impl Entropy for Scripted {
    fn fill(&mut self, bytes: &mut [u8]) {
        let rest = self.0.split_off(bytes.len());
        bytes.copy_from_slice(&self.0);
        self.0 = rest;
    }
}

/// The same byte for ever: a broken generator.
pub(super) struct Stuck(pub(super) u8);

impl Entropy for Stuck {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

/// Numbers that look like chance and are the same in every run (splitmix64).
pub(super) struct Seeded(pub(super) u64);

impl Seeded {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

/// Whether `text` shows `secret` in one of the ways in which `Debug` prints bytes.
pub(super) fn shows(text: &str, secret: &[u8]) -> bool {
    let lower: String = secret.iter().map(|b| format!("{b:02x}")).collect();
    let decimal: Vec<String> = secret.iter().map(u8::to_string).collect();
    let text = text.to_lowercase();
    text.contains(&lower) || text.contains(&decimal.join(", "))
}

/// Asserts, at compile time, that dropping a `T` wipes it.
pub(super) fn wiped_on_drop<T: zeroize::ZeroizeOnDrop>() {}
