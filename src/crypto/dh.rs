//! The Diffie-Hellman exchange in a group that the server names and the client checks.
use std::fmt;

use num_bigint::BigUint;
use primitives::{Modulus, Residue};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::key::AuthKey;
use super::prime::{KNOWN_PRIME, is_safe_prime, remainder};
use crate::entropy::Entropy;

/// How far a public number must stay away from 0 and from the prime, as a power of two.
const MARGIN: u32 = 2048 - 64;

/// How often a secret exponent is drawn anew because its public number is out of range. Once is
/// more than anybody will see: the chance is 2^-63.
const DRAWS: usize = 8;

/// Why a Diffie-Hellman exchange is refused: the server, or somebody between, offers numbers that
/// would make the secret easy to guess.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DhError {
    /// The modulus has another size than the protocol says.
    #[error("the server's Diffie-Hellman prime is not a number of exactly 2048 bits")]
    PrimeSize,
    /// The modulus is not prime, or half of it is not.
    #[error("the server's Diffie-Hellman prime is not a safe prime")]
    NotSafePrime,
    /// The generator does not generate the right subgroup.
    #[error("the server's Diffie-Hellman generator {0} does not fit its prime")]
    Generator(i32),
    /// A public number lies too close to 0 or to the prime, or beyond.
    #[error("a public Diffie-Hellman number is out of its range")]
    PublicRange,
    /// The source of chance gives the same bad numbers again and again.
    #[error("no usable secret exponent could be drawn: the source of chance is broken")]
    Chance,
}

/// A secret exponent of 2048 bits; wiped when dropped, and never shown.
#[derive(Clone)]
pub struct Exponent(Box<[u8; 256]>);

impl Exponent {
    /// Takes a given exponent: a big-endian number.
    #[must_use]
    pub fn new(bytes: impl Into<Box<[u8; 256]>>) -> Self {
        Self(bytes.into())
    }

    /// The exponent, for arithmetic beside this type.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 256] {
        &self.0
    }
}

impl Zeroize for Exponent {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Drop for Exponent {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl ZeroizeOnDrop for Exponent {}

impl fmt::Debug for Exponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exponent(..)")
    }
}

/// A prime of 2048 bits with a generator, both checked.
///
/// Two groups are equal when prime and generator are, so a public number that was computed ahead in
/// the [known](Self::known) group can be used when the server names the same one.
///
/// ```
/// # use ferogram_sync::{Entropy, crypto::{DhError, DhGroup}};
/// # struct Chance(u8);
/// # impl Entropy for Chance {
/// #     fn fill(&mut self, bytes: &mut [u8]) {
/// #         for byte in bytes {
/// #             self.0 = self.0.wrapping_mul(5).wrapping_add(17);
/// #             *byte = self.0;
/// #         }
/// #     }
/// # }
/// # let entropy = &mut Chance(1);
/// let group = DhGroup::known();
/// let (a, g_a) = group.draw(entropy)?;
/// let (b, g_b) = group.draw(entropy)?;
/// assert_eq!(group.shared(&g_b, &a)?.id(), group.shared(&g_a, &b)?.id());
/// # Ok::<(), DhError>(())
/// ```
#[derive(Clone)]
pub struct DhGroup {
    prime: Box<[u8; 256]>,
    modulus: Box<Modulus>,
    g: i32,
}

impl DhGroup {
    /// Checks what the server names: `prime` is a big-endian number.
    ///
    /// Telegram's own prime is recognised; any other is tested, which costs a quarter of a second
    /// if it is good.
    /// See <https://core.telegram.org/mtproto/auth_key>
    /// and <https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange>.
    ///
    /// # Errors
    ///
    /// [`DhError::PrimeSize`], [`DhError::Generator`] or [`DhError::NotSafePrime`].
    pub fn check(prime: &[u8], g: i32, entropy: &mut dyn Entropy) -> Result<Self, DhError> {
        let prime: &[u8; 256] = prime.try_into().map_err(|_| DhError::PrimeSize)?;
        if prime[0] < 0x80 {
            return Err(DhError::PrimeSize);
        }
        let number = BigUint::from_bytes_be(prime);
        if !generates(&number, g) {
            return Err(DhError::Generator(g));
        }
        if *prime != KNOWN_PRIME && !is_safe_prime(&number, entropy) {
            return Err(DhError::NotSafePrime);
        }
        let modulus = Modulus::new(prime).ok_or(DhError::NotSafePrime)?;
        Ok(Self {
            prime: Box::new(*prime),
            modulus: Box::new(modulus),
            g,
        })
    }

    /// The group that Telegram's servers use today: a known prime with the generator 3.
    #[must_use]
    pub fn known() -> Self {
        Self {
            prime: Box::new(KNOWN_PRIME),
            modulus: Box::new(Modulus::new(&KNOWN_PRIME).expect("the known prime is odd")),
            g: 3,
        }
    }

    /// The generator.
    #[must_use]
    pub fn g(&self) -> i32 {
        self.g
    }

    /// The prime, a big-endian number.
    #[must_use]
    pub fn prime(&self) -> &[u8; 256] {
        &self.prime
    }

    /// Draws a secret exponent of 2048 random bits.
    #[must_use]
    pub fn exponent(entropy: &mut dyn Entropy) -> Exponent {
        let mut bytes = Box::new([0; 256]);
        entropy.fill(&mut bytes[..]);
        Exponent(bytes)
    }

    /// The public number of an exponent: `g` to its power.
    ///
    /// If [`check_public`](Self::check_public) refuses the result, draw another exponent;
    /// [`draw`](Self::draw) does both.
    #[must_use]
    pub fn public(&self, exponent: &Exponent) -> [u8; 256] {
        *self.generator().power(exponent.as_bytes()).to_bytes()
    }

    /// Draws a secret exponent whose public number is in range.
    ///
    /// # Errors
    ///
    /// [`DhError::Chance`] if eight exponents in a row are unusable, which only happens when
    /// `entropy` is broken.
    pub fn draw(&self, entropy: &mut dyn Entropy) -> Result<(Exponent, [u8; 256]), DhError> {
        for _ in 0..DRAWS {
            let exponent = Self::exponent(entropy);
            let public = self.public(&exponent);
            if self.in_range(&public) {
                return Ok((exponent, public));
            }
        }
        Err(DhError::Chance)
    }

    /// Checks a public number of the other side, and pads it with zeros on the left.
    ///
    /// It must lie between 2^(2048-64) and the prime less 2^(2048-64).
    /// See <https://core.telegram.org/mtproto/security_guidelines#g-a-and-g-b-validation>.
    ///
    /// # Errors
    ///
    /// [`DhError::PublicRange`] if it does not, or has more than 256 bytes.
    pub fn check_public(&self, public: &[u8]) -> Result<[u8; 256], DhError> {
        let pad = 256_usize
            .checked_sub(public.len())
            .ok_or(DhError::PublicRange)?;
        let mut padded = [0; 256];
        padded[pad..].copy_from_slice(public);
        if self.in_range(&padded) {
            Ok(padded)
        } else {
            Err(DhError::PublicRange)
        }
    }

    /// The authorization key: the other side's public number to the power of our exponent.
    ///
    /// # Errors
    ///
    /// [`DhError::PublicRange`] if the public number does not pass
    /// [`check_public`](Self::check_public).
    pub fn shared(&self, public: &[u8; 256], exponent: &Exponent) -> Result<AuthKey, DhError> {
        if !self.in_range(public) {
            return Err(DhError::PublicRange);
        }
        let shared = self.residue(public).power(exponent.as_bytes()).to_bytes();
        let mut bytes = Box::new([0; 256]);
        bytes.copy_from_slice(&shared[..]);
        Ok(AuthKey::new(bytes))
    }

    /// The generator, padded to the length of the prime.
    pub(super) fn padded_g(&self) -> [u8; 256] {
        let mut bytes = [0; 256];
        bytes[252..].copy_from_slice(&self.g.to_be_bytes());
        bytes
    }

    /// The generator, ready for arithmetic.
    pub(super) fn generator(&self) -> Residue {
        self.residue(&self.padded_g())
    }

    /// Any number, ready for arithmetic in this group.
    pub(super) fn residue(&self, number: &[u8; 256]) -> Residue {
        self.modulus.residue(number)
    }

    fn in_range(&self, public: &[u8; 256]) -> bool {
        let margin = BigUint::ONE << MARGIN;
        let most = BigUint::from_bytes_be(&self.prime[..]) - &margin;
        (margin..=most).contains(&BigUint::from_bytes_be(public))
    }
}

impl PartialEq for DhGroup {
    fn eq(&self, other: &Self) -> bool {
        self.g == other.g && self.prime == other.prime
    }
}

impl Eq for DhGroup {}

impl fmt::Debug for DhGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DhGroup")
            .field("g", &self.g)
            .field("known_prime", &(*self.prime == KNOWN_PRIME))
            .finish_non_exhaustive()
    }
}

/// Whether `g` generates the subgroup of order `(p - 1) / 2`, by the law of quadratic reciprocity.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
fn generates(p: &BigUint, g: i32) -> bool {
    match g {
        2 => remainder(p, 8) == 7,
        3 => remainder(p, 3) == 2,
        4 => true,
        5 => matches!(remainder(p, 5), 1 | 4),
        6 => matches!(remainder(p, 24), 19 | 23),
        7 => matches!(remainder(p, 7), 3 | 5 | 6),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::prime::padded;
    use crate::crypto::testing::{Seeded, Stuck, shows, wiped_on_drop};

    fn big(bytes: &[u8]) -> BigUint {
        BigUint::from_bytes_be(bytes)
    }

    #[test]
    fn both_sides_find_the_same_key() {
        let (group, mut chance) = (DhGroup::known(), Seeded(1));
        let (a, g_a) = group.draw(&mut chance).unwrap();
        let (b, g_b) = group.draw(&mut chance).unwrap();
        let (ours, theirs) = (
            group.shared(&g_b, &a).unwrap(),
            group.shared(&g_a, &b).unwrap(),
        );
        assert_eq!(ours.as_bytes(), theirs.as_bytes());
        let p = big(group.prime());
        let expected = big(&g_b).modpow(&big(a.as_bytes()), &p);
        assert_eq!(big(ours.as_bytes()), expected);
        let expected = BigUint::from(3_u32).modpow(&big(a.as_bytes()), &p);
        assert_eq!(big(&group.public(&a)), expected);
    }

    #[test]
    fn the_known_prime_is_recognised_without_a_test() {
        // A real test would draw its bases, and this source of chance has none to give.
        let mut none = crate::crypto::testing::Scripted(Vec::new());
        for g in -1..10 {
            let group = DhGroup::check(&KNOWN_PRIME, g, &mut none);
            if [3, 4, 7].contains(&g) {
                let group = group.unwrap();
                assert_eq!((group.g(), group.prime()), (g, &KNOWN_PRIME));
                assert_eq!(group == DhGroup::known(), g == 3);
            } else {
                assert_eq!(group.err(), Some(DhError::Generator(g)));
            }
        }
    }

    #[test]
    fn primes_of_another_size_are_refused() {
        let mut chance = Seeded(2);
        let mut check = |prime: &[u8]| DhGroup::check(prime, 4, &mut chance).err();
        assert_eq!(check(&KNOWN_PRIME[1..]), Some(DhError::PrimeSize));
        assert_eq!(check(&[]), Some(DhError::PrimeSize));
        let mut long = KNOWN_PRIME.to_vec();
        long.insert(0, 0);
        assert_eq!(check(&long), Some(DhError::PrimeSize));
        let mut short = KNOWN_PRIME;
        short[0] = 0x47;
        assert_eq!(check(&short), Some(DhError::PrimeSize));
    }

    #[test]
    fn a_prime_that_is_none_is_refused() {
        let mut chance = Seeded(3);
        let mut other = KNOWN_PRIME;
        other[200] ^= 0x10;
        let error = DhGroup::check(&other, 4, &mut chance).err();
        assert_eq!(error, Some(DhError::NotSafePrime));
        let error = DhGroup::check(&[0xff; 256], 4, &mut chance).err();
        assert_eq!(error, Some(DhError::NotSafePrime));
        let mut even = KNOWN_PRIME;
        even[255] ^= 1;
        let error = DhGroup::check(&even, 4, &mut chance).err();
        assert_eq!(error, Some(DhError::NotSafePrime));
    }

    /// On small primes of the kind that safe primes are, one less than a multiple of four: the rule
    /// must accept exactly the generators that are squares.
    #[test]
    fn generators_are_squares() {
        let prime = |n: u32| {
            n > 1
                && (2..n)
                    .take_while(|d| d * d <= n)
                    .all(|d| !n.is_multiple_of(d))
        };
        for p in (11..2_000_u32).filter(|&p| p % 4 == 3 && prime(p)) {
            for g in 2..=7 {
                let square = (1..p).any(|x| x * x % p == g);
                let g = i32::try_from(g).unwrap();
                assert_eq!(generates(&p.into(), g), square, "{g} modulo {p}");
            }
        }
    }

    #[test]
    fn the_range_of_public_numbers() {
        let group = DhGroup::known();
        let margin = BigUint::from(1_u32) << (2048_u32 - 64);
        let least = margin.clone();
        let most = big(&KNOWN_PRIME) - &margin;
        for good in [&least, &most, &(&least + 1_u32), &(&most - 1_u32)] {
            assert_eq!(group.check_public(&good.to_bytes_be()), Ok(padded(good)));
        }
        let p = big(&KNOWN_PRIME);
        for bad in [
            &least - 1_u32,
            &most + 1_u32,
            &p - 1_u32,
            &p - 0_u32,
            &p + 1_u32,
            BigUint::ZERO,
            BigUint::from(1_u32),
            BigUint::from(2_u32),
        ] {
            let bytes = bad.to_bytes_be();
            assert_eq!(group.check_public(&bytes), Err(DhError::PublicRange));
            let error = group.shared(&padded(&bad), &Exponent::new([1; 256])).err();
            assert_eq!(error, Some(DhError::PublicRange));
        }
        assert_eq!(group.check_public(&[]), Err(DhError::PublicRange));
        assert_eq!(group.check_public(&[1; 257]), Err(DhError::PublicRange));
        assert!(group.check_public(&[1; 256]).is_ok());
    }

    #[test]
    fn broken_chance_ends() {
        // The exponent 0 gives the public number 1, always.
        let drawn = DhGroup::known().draw(&mut Stuck(0));
        assert_eq!(drawn.err(), Some(DhError::Chance));
    }

    #[test]
    fn exponents_are_hidden_and_wiped() {
        wiped_on_drop::<Exponent>();
        let (group, mut chance) = (DhGroup::known(), Seeded(4));
        let (exponent, _) = group.draw(&mut chance).unwrap();
        let text = format!("{exponent:?} {group:?} {group:#?}");
        for part in exponent.as_bytes().windows(3) {
            assert!(!shows(&text, part));
        }
        let mut wiped = exponent.clone();
        wiped.zeroize();
        assert_eq!(wiped.as_bytes(), &[0; 256]);
    }
}
