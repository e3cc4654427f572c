//! What arithmetic is done modulo.
use crypto_bigint::modular::FixedMontyParams;
use crypto_bigint::{Odd, U2048};

/// A public odd number of up to 2048 bits.
#[derive(Clone)]
pub struct Modulus(pub(super) FixedMontyParams<{ U2048::LIMBS }>);

impl Modulus {
    /// Prepares `bytes`, a big-endian number; none if it is even.
    #[must_use]
    pub fn new(bytes: &[u8; 256]) -> Option<Self> {
        let number = Odd::new(U2048::from_be_slice(bytes)).into_option()?;
        Some(Self(FixedMontyParams::new_vartime(number)))
    }
}
