//! Arithmetic modulo an odd number of 2048 bits, in constant time.
//!
//! The heap form of the big integers is used on purpose: its exponentiation is compiled inside its
//! own crate, so it is fast in debug builds too, and it is the faster one in release builds.
use std::fmt;

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The size of every number here.
const BITS: u32 = 2048;

/// A public odd number with exactly 2048 bits, prepared for multiplication.
#[derive(Clone)]
pub(super) struct Modulus(BoxedMontyParams);

impl Modulus {
    /// Prepares `bytes`, a big-endian number; none if it is even or its top bit is not set.
    pub(super) fn new(bytes: &[u8; 256]) -> Option<Self> {
        if bytes[0] < 0x80 {
            return None;
        }
        let odd = Odd::new(number(bytes, BITS)).into_option()?;
        Some(Self(BoxedMontyParams::new_vartime(odd)))
    }

    /// The number `bytes` modulo this one.
    pub(super) fn residue(&self, bytes: &[u8; 256]) -> Residue {
        Residue(BoxedMontyForm::new(number(bytes, BITS), &self.0))
    }
}

/// A number modulo a [`Modulus`]; wiped when dropped, as many of them are secrets.
pub(super) struct Residue(BoxedMontyForm);

impl Residue {
    /// This number to the power of `exponent`, a big-endian number: the time depends on its length
    /// only.
    pub(super) fn power(&self, exponent: &[u8]) -> Self {
        let bits = u32::try_from(exponent.len() * 8).expect("exponents have at most 2048 bits");
        let exponent = Zeroizing::new(number(exponent, bits));
        Self(self.0.pow(&exponent))
    }

    /// The product of two numbers modulo the same modulus.
    pub(super) fn times(&self, other: &Self) -> Self {
        Self(self.0.mul(&other.0))
    }

    /// The difference of two numbers modulo the same modulus, never negative.
    pub(super) fn minus(&self, other: &Self) -> Self {
        Self(self.0.sub(&other.0))
    }

    /// The number in big-endian order, padded with zeros on the left.
    pub(super) fn to_bytes(&self) -> Zeroizing<[u8; 256]> {
        let number = Zeroizing::new(self.0.retrieve());
        let mut bytes = Zeroizing::new([0; 256]);
        let words = number.as_words().iter().rev();
        for (chunk, word) in bytes.chunks_exact_mut(size_of::<usize>()).zip(words) {
            chunk.copy_from_slice(&word.to_be_bytes());
        }
        bytes
    }
}

impl Drop for Residue {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Residue {}

impl fmt::Debug for Residue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Residue(..)")
    }
}

/// Reads a big-endian number of at most `bits` bits.
fn number(bytes: &[u8], bits: u32) -> BoxedUint {
    BoxedUint::from_be_slice(bytes, bits).expect("callers give as many bytes as bits")
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;
    use crate::crypto::prime::KNOWN_PRIME;
    use crate::crypto::testing::{Seeded, wiped_on_drop};
    use crate::entropy::Entropy;

    fn big(bytes: &[u8]) -> BigUint {
        BigUint::from_bytes_be(bytes)
    }

    #[test]
    fn agrees_with_another_implementation() {
        let p = big(&KNOWN_PRIME);
        let modulus = Modulus::new(&KNOWN_PRIME).unwrap();
        let mut chance = Seeded(7);
        for round in 0..20 {
            let (mut a, b): ([u8; 256], [u8; 256]) = (chance.array(), chance.array());
            if round == 0 {
                a = [0xff; 256];
            }
            let (x, y) = (modulus.residue(&a), modulus.residue(&b));
            let mut exponent = vec![0; round * 13];
            chance.fill(&mut exponent);
            let power = big(&a).modpow(&big(&exponent), &p);
            assert_eq!(big(&x.power(&exponent).to_bytes()[..]), power);
            let product = big(&a) * big(&b) % &p;
            assert_eq!(big(&x.times(&y).to_bytes()[..]), product);
            let difference = (big(&a) % &p + &p - big(&b) % &p) % &p;
            assert_eq!(big(&x.minus(&y).to_bytes()[..]), difference);
        }
    }

    #[test]
    fn small_numbers_are_padded() {
        let modulus = Modulus::new(&KNOWN_PRIME).unwrap();
        let mut three = [0; 256];
        three[255] = 3;
        assert_eq!(*modulus.residue(&three).power(&[1]).to_bytes(), three);
        let mut nine = [0; 256];
        nine[255] = 9;
        assert_eq!(*modulus.residue(&three).power(&[0, 2]).to_bytes(), nine);
        assert_eq!(*modulus.residue(&KNOWN_PRIME).to_bytes(), [0; 256]);
    }

    #[test]
    fn refuses_even_and_short_numbers() {
        let mut even = KNOWN_PRIME;
        even[255] &= 0xfe;
        assert!(Modulus::new(&even).is_none());
        let mut short = KNOWN_PRIME;
        short[0] = 0x7f;
        assert!(Modulus::new(&short).is_none());
        assert!(Modulus::new(&[0xff; 256]).is_some());
    }

    #[test]
    fn residues_are_hidden_and_wiped() {
        wiped_on_drop::<Residue>();
        let modulus = Modulus::new(&KNOWN_PRIME).unwrap();
        assert_eq!(format!("{:?}", modulus.residue(&[1; 256])), "Residue(..)");
    }
}
