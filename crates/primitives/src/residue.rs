//! Numbers modulo a modulus, which may be secrets.
use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::limbs::{self, LIMBS, Limbs};
use super::modulus::Modulus;

/// How many bits of an exponent are taken at once: two such steps are a byte.
const WINDOW: usize = 4;

/// A number modulo a [`Modulus`]; wiped when it is dropped, as many of them are secrets.
///
/// Two numbers that are combined have the same modulus.
pub struct Residue<'m> {
    modulus: &'m Modulus,
    /// In Montgomery's form, below the modulus.
    limbs: Limbs,
}

impl Modulus {
    /// The big-endian number `bytes` modulo this one.
    pub fn residue(&self, bytes: &[u8; 256]) -> Residue<'_> {
        let number = Zeroizing::new(limbs::from_bytes(bytes));
        Residue {
            modulus: self,
            limbs: self.times(&number, &self.square),
        }
    }
}

impl Residue<'_> {
    /// This number to the power of `exponent`, a big-endian number: the time depends on its length
    /// only.
    #[must_use]
    pub fn power(&self, exponent: &[u8]) -> Self {
        let powers = self.powers();
        let mut power = self.with(self.modulus.one);
        for byte in exponent {
            for digit in [byte >> WINDOW, byte & 0xf] {
                for _ in 0..WINDOW {
                    power.limbs = self.modulus.squared(&power.limbs);
                }
                let factor = Zeroizing::new(chosen(&powers, digit));
                power.limbs = self.modulus.times(&power.limbs, &factor);
            }
        }
        power
    }

    /// The product of two numbers.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.with(self.modulus.times(&self.limbs, &other.limbs))
    }

    /// The difference of two numbers, never negative.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let (less, below) = limbs::minus(&self.limbs, &other.limbs);
        let (back, _) = limbs::plus(&less, &self.modulus.n);
        self.with(limbs::select(&less, &back, below))
    }

    /// The number in big-endian order, padded with zeros on the left.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 256]> {
        let mut one = [0; LIMBS];
        one[0] = 1;
        let number = Zeroizing::new(self.modulus.times(&self.limbs, &one));
        let mut bytes = Zeroizing::new([0; 256]);
        limbs::write_bytes(&number, &mut bytes);
        bytes
    }

    /// The powers of this number with every exponent of one window.
    fn powers(&self) -> Zeroizing<[Limbs; 1 << WINDOW]> {
        let mut powers = Zeroizing::new([self.modulus.one; 1 << WINDOW]);
        for at in 1..powers.len() {
            powers[at] = self.modulus.times(&powers[at - 1], &self.limbs);
        }
        powers
    }

    /// Another number of the same modulus.
    fn with(&self, limbs: Limbs) -> Self {
        Self {
            modulus: self.modulus,
            limbs,
        }
    }
}

/// The power with the exponent `digit`. All are read, so that the memory tells nothing.
fn chosen(powers: &[Limbs; 1 << WINDOW], digit: u8) -> Limbs {
    let mut chosen = powers[0];
    for (power, exponent) in powers.iter().zip(0_u8..) {
        chosen = limbs::select(&chosen, power, exponent.ct_eq(&digit));
    }
    chosen
}

impl Drop for Residue<'_> {
    fn drop(&mut self) {
        self.limbs.zeroize();
    }
}

impl ZeroizeOnDrop for Residue<'_> {}

impl fmt::Debug for Residue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Residue(..)")
    }
}
