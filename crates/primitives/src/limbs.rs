//! Numbers of 2048 bits in limbs of 64, the lowest first. No branch and no index depends on their
//! value.
use subtle::{Choice, ConditionallySelectable};

/// How many limbs a number has.
pub(crate) const LIMBS: usize = 32;

/// A number below 2^2048.
pub(crate) type Limbs = [u64; LIMBS];

/// Reads a big-endian number.
pub(crate) fn from_bytes(bytes: &[u8; 256]) -> Limbs {
    let mut limbs = [0; LIMBS];
    for (limb, chunk) in limbs.iter_mut().zip(bytes.rchunks_exact(8)) {
        *limb = u64::from_be_bytes(chunk.try_into().expect("chunks of eight"));
    }
    limbs
}

/// Writes a number in big-endian order.
pub(crate) fn write_bytes(limbs: &Limbs, bytes: &mut [u8; 256]) {
    for (limb, chunk) in limbs.iter().zip(bytes.rchunks_exact_mut(8)) {
        chunk.copy_from_slice(&limb.to_be_bytes());
    }
}

/// `a - b` and whether it went below zero, in which case 2^2048 was added.
pub(crate) fn minus(a: &Limbs, b: &Limbs) -> (Limbs, Choice) {
    let mut difference = [0; LIMBS];
    let mut borrow = 0;
    for ((d, a), b) in difference.iter_mut().zip(a).zip(b) {
        let wide = u128::from(*a).wrapping_sub(u128::from(*b) + borrow);
        *d = wide as u64;
        borrow = wide >> 127;
    }
    (difference, Choice::from(borrow as u8))
}

/// `a + b` and what goes beyond 2^2048.
pub(crate) fn plus(a: &Limbs, b: &Limbs) -> (Limbs, u64) {
    let mut sum = [0; LIMBS];
    let mut carry = 0;
    for ((s, a), b) in sum.iter_mut().zip(a).zip(b) {
        let wide = u128::from(*a) + u128::from(*b) + carry;
        *s = wide as u64;
        carry = wide >> 64;
    }
    (sum, carry as u64)
}

/// `b` if `choice`, else `a`.
pub(crate) fn select(a: &Limbs, b: &Limbs, choice: Choice) -> Limbs {
    let mut chosen = *a;
    for (c, b) in chosen.iter_mut().zip(b) {
        c.conditional_assign(b, choice);
    }
    chosen
}

/// `low + top * 2^2048`, which is below `2 * n`, modulo `n`.
pub(crate) fn reduced(low: &Limbs, top: u64, n: &Limbs) -> Limbs {
    let (less, below) = minus(low, n);
    // Only a number without a top limb can be below n.
    let keep = below & !Choice::from(top as u8);
    select(&less, low, keep)
}
