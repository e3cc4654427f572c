//! Numbers modulo a modulus, which may be secrets.
use std::fmt;

use crypto_bigint::U2048;
use crypto_bigint::modular::FixedMontyForm;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::modulus::Modulus;

/// A number modulo a [`Modulus`]; wiped when it is dropped, as many of them are secrets.
///
/// Two numbers that are combined have the same modulus.
pub struct Residue(FixedMontyForm<{ U2048::LIMBS }>);

impl Modulus {
    /// The big-endian number `bytes` modulo this one.
    #[must_use]
    pub fn residue(&self, bytes: &[u8; 256]) -> Residue {
        let number = Zeroizing::new(U2048::from_be_slice(bytes));
        Residue(FixedMontyForm::new(&number, &self.0))
    }
}

impl Residue {
    /// This number to the power of `exponent`, a big-endian number: the time depends on its length
    /// only.
    ///
    /// # Panics
    ///
    /// If the exponent has more than 256 bytes: no protocol has such, so this is a bug.
    #[must_use]
    pub fn power(&self, exponent: &[u8]) -> Self {
        let mut padded = Zeroizing::new([0; 256]);
        padded[256 - exponent.len()..].copy_from_slice(exponent);
        let padded = Zeroizing::new(U2048::from_be_slice(&padded[..]));
        let bits = 8 * exponent.len() as u32;
        Self(self.0.pow_bounded_exp(&padded, bits))
    }

    /// The product of two numbers.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self(self.0.mul(&other.0))
    }

    /// The difference of two numbers, never negative.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(self.0.sub(&other.0))
    }

    /// The number in big-endian order, padded with zeros on the left.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 256]> {
        let number = Zeroizing::new(self.0.retrieve());
        let mut bytes = Zeroizing::new([0; 256]);
        bytes.copy_from_slice(&Zeroizing::new(number.to_be_bytes())[..]);
        bytes
    }
}

impl Drop for Residue {
    fn drop(&mut self) {
        self.0.as_montgomery_mut().zeroize();
    }
}

impl ZeroizeOnDrop for Residue {}

impl fmt::Debug for Residue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Residue(..)")
    }
}
