//! Products of two numbers, of twice their length.
use super::limbs::{LIMBS, Limbs};

/// A product of two numbers.
pub(crate) type Product = [u64; 2 * LIMBS];

/// `a * b + c + d`, which cannot be more than 2^128 - 1.
#[inline(always)]
pub(crate) fn wide(a: u64, b: u64, c: u64, d: u64) -> u128 {
    u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d)
}

/// The upper limb of two.
#[inline(always)]
pub(crate) fn upper(wide: u128) -> u64 {
    (wide >> 64) as u64
}

/// `a * b`.
pub(crate) fn product(a: &Limbs, b: &Limbs) -> Product {
    let mut product = [0; 2 * LIMBS];
    for (at, a) in a.iter().enumerate() {
        product[at + LIMBS] = add_times(&mut product[at..at + LIMBS], *a, b);
    }
    product
}

/// `a * a`, for three quarters of the time: products of different limbs occur twice.
pub(crate) fn square(a: &Limbs) -> Product {
    let mut square = [0; 2 * LIMBS];
    for (at, limb) in a.iter().enumerate() {
        let others = &a[at + 1..];
        square[at + LIMBS] = add_times(&mut square[2 * at + 1..at + LIMBS], *limb, others);
    }
    let (mut carry, mut shifted) = (0, 0);
    for (pair, limb) in square.chunks_exact_mut(2).zip(a) {
        let (low, high) = (pair[0] << 1 | shifted, pair[1] << 1 | pair[0] >> 63);
        shifted = pair[1] >> 63;
        let lower = wide(*limb, *limb, low, carry);
        let higher = u128::from(high) + u128::from(upper(lower));
        (pair[0], pair[1]) = (lower as u64, higher as u64);
        carry = upper(higher);
    }
    square
}

/// Adds `factor * b` to `sum`, which is as long as `b`, and returns the limb that goes beyond it.
#[inline(always)]
fn add_times(sum: &mut [u64], factor: u64, b: &[u64]) -> u64 {
    let mut carry = 0;
    for (sum, b) in sum.iter_mut().zip(b) {
        let wide = wide(factor, *b, *sum, carry);
        *sum = wide as u64;
        carry = upper(wide);
    }
    carry
}
