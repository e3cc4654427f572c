//! The number that a client has to factor, as a proof of work.
use crate::chance::Chance;

/// The product of two primes of 31 bits, and the two, the smaller one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) p: u32,
    pub(super) q: u32,
}

impl Challenge {
    /// A new one.
    pub(super) fn draw(chance: &mut Chance) -> Self {
        loop {
            let (a, b) = (prime(chance), prime(chance));
            if a != b {
                return Self {
                    p: a.min(b),
                    q: a.max(b),
                };
            }
        }
    }

    /// The product, big-endian.
    pub(super) fn product(&self) -> [u8; 8] {
        (u64::from(self.p) * u64::from(self.q)).to_be_bytes()
    }
}

/// A prime with 31 bits.
fn prime(chance: &mut Chance) -> u32 {
    loop {
        let [a, b, c, d, ..] = chance.number().to_le_bytes();
        let candidate = (u32::from_le_bytes([a, b, c, d]) >> 1) | (1 << 30) | 1;
        if is_prime(candidate) {
            return candidate;
        }
    }
}

/// The test of Miller and Rabin; these three bases leave no composite number below 2^32 undetected.
fn is_prime(n: u32) -> bool {
    for small in [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61,
    ] {
        if n.is_multiple_of(small) {
            return n == small;
        }
    }
    if n < 2 {
        return false;
    }
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    [2, 7, 61].into_iter().all(|base| {
        let mut power = modpow(base, odd, n);
        if power == 1 || power == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            power = times(power, power, n);
            power == n - 1
        })
    })
}

fn modpow(base: u32, mut exponent: u32, n: u32) -> u32 {
    let (mut result, mut square) = (1, base % n);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, square, n);
        }
        square = times(square, square, n);
        exponent >>= 1;
    }
    result
}

fn times(a: u32, b: u32, n: u32) -> u32 {
    let rest = u64::from(a) * u64::from(b) % u64::from(n);
    u32::try_from(rest).expect("a remainder is less than its divisor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_and_others() {
        let by_division = |n: u32| {
            n >= 2
                && (2..)
                    .take_while(|d| d * d <= n)
                    .all(|d| !n.is_multiple_of(d))
        };
        for n in 0..5_000 {
            assert_eq!(is_prime(n), by_division(n), "{n}");
        }
        // Strong pseudoprimes to the bases 2, 3 and 5, and the largest prime of 31 bits.
        assert!(!is_prime(25_326_001));
        assert!(!is_prime(2_047));
        assert!(is_prime(2_147_483_647));
    }

    #[test]
    fn the_challenge_can_be_met() {
        let mut chance = Chance::new();
        for _ in 0..20 {
            let challenge = Challenge::draw(&mut chance);
            assert!(challenge.p < challenge.q);
            let pq = u64::from_be_bytes(challenge.product());
            assert!(pq < 1 << 63);
            let factors = ferogram_sync::crypto::factorize(pq);
            let expected = (u64::from(challenge.p), u64::from(challenge.q));
            assert_eq!(factors, Some(expected));
        }
    }
}
