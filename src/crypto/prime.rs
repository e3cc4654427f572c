//! Primes: the one that Telegram is known to use, and the test for any other.
use num_bigint::BigUint;
use primitives::{Modulus, Residue};

use crate::entropy::Entropy;

/// The prime of Telegram's Diffie-Hellman group, known to be a safe one.
///
/// Its test is repeated by this file's own unit test.
/// See <https://core.telegram.org/mtproto/samples-auth_key>.
pub(super) const KNOWN_PRIME: [u8; 256] = unhex(
    b"c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
      48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
      20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
      2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
      a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
      fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
      e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
      0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
);

/// How often a number is tried with a random base: a composite one passes each with a chance of at
/// most 1/4, so all with at most 2^-60.
///
/// The official page asks for 15 by its error estimate, see
/// <https://core.telegram.org/mtproto/auth_key>; the
/// number comes from a server whom nobody trusts yet, so we take twice as many.
const ROUNDS: usize = 30;

/// Divisors up to this are tried before anything dear: most composite numbers end there.
const SMALL_DIVISORS: u32 = 1_000;

/// Whether both `p` and `(p - 1) / 2` are prime.
///
/// A safe prime costs 60 exponentiations, a quarter of a second; anything else one or two.
pub(super) fn is_safe_prime(p: &BigUint, entropy: &mut dyn Entropy) -> bool {
    // d divides (p - 1) / 2 exactly when p leaves 1, for odd d.
    let mut small = (3..SMALL_DIVISORS).step_by(2);
    if remainder(p, 4) != 3 || small.any(|d| remainder(p, d) <= 1) {
        return false;
    }
    let (Some(p), Some(half)) = (Candidate::new(p), Candidate::new(&(p >> 1_u32))) else {
        return false;
    };
    // Turn about, so that a prime whose half is not one costs no more than the reverse.
    (0..ROUNDS).all(|_| half.passes(entropy) && p.passes(entropy))
}

/// What is left of a number after division by `divisor`.
pub(super) fn remainder(number: &BigUint, divisor: u32) -> u32 {
    u32::try_from(number % divisor).expect("a remainder is less than its divisor")
}

/// An odd number under test by the method of Miller and Rabin.
///
/// Powers are taken by what takes those with secret exponents: sixty of them are what a test costs,
/// and that code is optimised in debug builds too.
struct Candidate {
    modulus: Modulus,
    /// The number less one, which is `odd` doubled `twos` times.
    less_one: [u8; 256],
    odd: Vec<u8>,
    twos: u64,
}

impl Candidate {
    /// Takes a number of up to 2048 bits; none if it is even, or one.
    fn new(number: &BigUint) -> Option<Self> {
        let modulus = Modulus::new(&padded(number))?;
        let less_one = number - 1_u32;
        let twos = less_one.trailing_zeros()?;
        Some(Self {
            modulus,
            odd: (&less_one >> twos).to_bytes_be(),
            less_one: padded(&less_one),
            twos,
        })
    }

    /// One round with a random base. The bases 0, 1 and n - 1 tell nothing and pass, but hardly
    /// ever come.
    fn passes(&self, entropy: &mut dyn Entropy) -> bool {
        let base = self.modulus.residue(&entropy.array::<256>());
        let mut power = base.power(&self.odd); // Nothing here is secret.
        if *base.to_bytes() == [0; 256] || *power.to_bytes() == ONE || self.ends(&power) {
            return true;
        }
        for _ in 1..self.twos {
            power = power.times(&power);
            if self.ends(&power) {
                return true;
            }
        }
        false
    }

    /// Whether a power is n - 1.
    fn ends(&self, power: &Residue) -> bool {
        *power.to_bytes() == self.less_one
    }
}

/// The number one.
const ONE: [u8; 256] = {
    let mut one = [0; 256];
    one[255] = 1;
    one
};

/// A number of up to 2048 bits in big-endian order, with zeros in front.
pub(super) fn padded(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut padded = [0; 256];
    padded[256 - bytes.len()..].copy_from_slice(&bytes);
    padded
}

/// The bytes of hexadecimal text, at compile time.
const fn unhex<const N: usize>(text: &[u8]) -> [u8; N] {
    assert!(text.len() == 2 * N, "two digits a byte");
    let mut bytes = [0; N];
    let mut at = 0;
    while at < N {
        bytes[at] = digit(text[2 * at]) << 4 | digit(text[2 * at + 1]);
        at += 1;
    }
    bytes
}

/// The value of one lower-case hexadecimal digit, at compile time.
const fn digit(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter - b'0',
        b'a'..=b'f' => letter - b'a' + 10,
        _ => panic!("not a hexadecimal digit"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::testing::{Seeded, hex};

    /// The 2048-bit group of RFC 3526.
    const MODP_2048: &str = "
        ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74
        020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437
        4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed
        ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05
        98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb
        9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b
        e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718
        3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff";

    fn candidate(number: &BigUint) -> Candidate {
        Candidate::new(number).unwrap()
    }

    fn known() -> BigUint {
        BigUint::from_bytes_be(&KNOWN_PRIME)
    }

    #[test]
    fn safe_primes_pass() {
        assert!(is_safe_prime(&known(), &mut Seeded(1)));
        let modp = BigUint::from_bytes_be(&hex(MODP_2048));
        assert!(is_safe_prime(&modp, &mut Seeded(2)));
    }

    /// The neighbours of the known prime: the next safe prime is far beyond them.
    #[test]
    fn other_numbers_fail() {
        let mut chance = Seeded(3);
        for add in (2..2_000_u32).step_by(2) {
            assert!(!is_safe_prime(&(known() + add), &mut chance), "{add}");
        }
        let greatest = BigUint::from_bytes_be(&[0xff; 256]);
        assert!(!is_safe_prime(&greatest, &mut chance));
    }

    /// Neighbours of the known prime without a small divisor, of which one half of the pair is
    /// prime: the distances were found with another program.
    #[test]
    fn one_prime_of_the_two_is_not_enough() {
        let mut chance = Seeded(5);
        for (add, p_is_prime) in [(2_076_u32, true), (8_484, false)] {
            let p = known() + add;
            let half = candidate(&(&p >> 1_u32)).passes(&mut chance);
            let whole = candidate(&p).passes(&mut chance);
            assert_eq!((whole, half), (p_is_prime, !p_is_prime));
            assert!(!is_safe_prime(&p, &mut chance));
        }
    }

    #[test]
    fn the_test_itself_on_small_numbers() {
        let mut chance = Seeded(4);
        let by_division = |n: u32| {
            n > 1
                && (2..n)
                    .take_while(|d| d * d <= n)
                    .all(|d| !n.is_multiple_of(d))
        };
        for n in (5..3_000).step_by(2) {
            let candidate = candidate(&n.into());
            let passes = (0..ROUNDS).all(|_| candidate.passes(&mut chance));
            assert_eq!(passes, by_division(n), "{n}");
        }
        // Carmichael numbers, which fool a test by Fermat's theorem.
        for n in [561_u64, 41_041, 825_265, 9_746_347_772_161] {
            let candidate = candidate(&n.into());
            assert!(!(0..ROUNDS).all(|_| candidate.passes(&mut chance)));
        }
    }
}
