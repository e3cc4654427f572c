//! The modulus, prepared for multiplication by Montgomery's method.
use super::limbs::{self, LIMBS, Limbs};
use super::product::{Product, product, square, upper, wide};

/// A public odd number of up to 2048 bits.
#[derive(Clone)]
pub struct Modulus {
    pub(super) n: Limbs,
    /// The number that makes `n * inverse + 1` a multiple of 2^64.
    inverse: u64,
    /// R = 2^2048 modulo n: the number one in Montgomery's form, where x stands as x * R.
    pub(super) one: Limbs,
    /// R * R modulo n: what brings a number into that form.
    pub(super) square: Limbs,
}

impl Modulus {
    /// Prepares `bytes`, a big-endian number; none if it is even, or one.
    pub fn new(bytes: &[u8; 256]) -> Option<Self> {
        let n = limbs::from_bytes(bytes);
        let bits = bits(&n);
        if n[0] & 1 == 0 || bits < 2 {
            return None;
        }
        // The largest power of two below n, doubled until it is R.
        let mut one = [0; LIMBS];
        one[(bits - 1) / 64] = 1 << ((bits - 1) % 64);
        for _ in bits - 1..2048 {
            one = doubled(&one, &n);
        }
        let mut modulus = Self {
            n,
            inverse: inverse(n[0]).wrapping_neg(),
            one,
            square: doubled(&one, &n),
        };
        // 2R squared eleven times in Montgomery's form is 2^(2^11) * R, that is R * R.
        for _ in 0..11 {
            modulus.square = modulus.squared(&modulus.square);
        }
        Some(modulus)
    }

    /// `a * b / R` modulo n, for `b` below n and any `a`.
    pub(super) fn times(&self, a: &Limbs, b: &Limbs) -> Limbs {
        self.lowered(&mut product(a, b))
    }

    /// `a * a / R` modulo n, for `a` below n.
    pub(super) fn squared(&self, a: &Limbs) -> Limbs {
        self.lowered(&mut square(a))
    }

    /// `number / R` modulo n, for a number below `n * R`: multiples of n are added until its lower
    /// half is zero.
    fn lowered(&self, number: &mut Product) -> Limbs {
        let mut top = 0;
        for at in (0..LIMBS).step_by(2) {
            let rows = &mut number[at..at + LIMBS + 2];
            top = self.clear_two(rows.try_into().expect("two limbs more"), top);
        }
        let high = number[LIMBS..].try_into().expect("the upper half");
        limbs::reduced(high, top, &self.n)
    }

    /// Adds the multiple of n that makes the two lowest limbs zero, and `top` to the highest one;
    /// returns what goes beyond that. Two multiples of n are added in one pass, which is a sixth
    /// faster than one after the other.
    #[inline(always)]
    fn clear_two(&self, number: &mut [u64; LIMBS + 2], top: u64) -> u64 {
        let n = &self.n;
        let first = number[0].wrapping_mul(self.inverse);
        let lowest = wide(first, n[0], number[0], 0);
        let next = wide(first, n[1], number[1], upper(lowest));
        let second = (next as u64).wrapping_mul(self.inverse);
        let mut carries = (upper(next), upper(wide(second, n[0], next as u64, 0)));
        for at in 2..LIMBS {
            let one = wide(first, n[at], number[at], carries.0);
            let two = wide(second, n[at - 1], one as u64, carries.1);
            number[at] = two as u64;
            carries = (upper(one), upper(two));
        }
        let one = u128::from(number[LIMBS]) + u128::from(carries.0) + u128::from(top);
        let two = wide(second, n[LIMBS - 1], one as u64, carries.1);
        number[LIMBS] = two as u64;
        let last = u128::from(number[LIMBS + 1]) + (one >> 64) + (two >> 64);
        number[LIMBS + 1] = last as u64;
        upper(last)
    }
}

/// How many bits a public number has.
fn bits(n: &Limbs) -> usize {
    let top = n.iter().rposition(|limb| *limb != 0);
    top.map_or(0, |top| 64 * top + 64 - n[top].leading_zeros() as usize)
}

/// Twice a number below `n`, modulo `n`.
fn doubled(a: &Limbs, n: &Limbs) -> Limbs {
    let (sum, top) = limbs::plus(a, a);
    limbs::reduced(&sum, top, n)
}

/// The inverse of an odd number modulo 2^64: each step of Newton's doubles the bits that are right,
/// and the number itself is right in three.
fn inverse(odd: u64) -> u64 {
    let mut x = odd;
    for _ in 0..5 {
        x = x.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(x)));
    }
    x
}
