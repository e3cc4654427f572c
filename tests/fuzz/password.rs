//! What a server may say about an account's password, and the answer that is made of it.
use std::sync::OnceLock;

use ferogram_sync::Entropy;
use ferogram_sync::crypto::srp::{self, SrpAnswer, SrpError, SrpParams};
use ferogram_sync::crypto::{DhError, DhGroup};
use ferogram_sync::tl::{Deserialize, Serialize, enums, types};
use num_bigint::BigUint;

use crate::dice::Dice;
use crate::took::Took;

/// The password that the user types.
const PASSWORD: &[u8] = b"correct horse";

/// What one power costs in chance: a round of the test for primes draws a base, and the exchange
/// an exponent. So the chance that was drawn tells how much arithmetic there was.
const POWER: usize = 256;

/// A safe prime passes thirty rounds, and so does its half.
const SAFE_PRIME: usize = 60 * POWER;

/// A number that is no safe prime hardly ever passes more rounds than this.
const OTHER_NUMBER: usize = 8 * POWER;

/// The other well-known safe prime of 2048 bits: that of RFC 3526, whose generator is 2.
const MODP_2048: &str = "\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
    020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437\
    4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
    ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05\
    98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb\
    9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b\
    e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
    3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff";

/// Chance that comes out the same in every run, and counts what is drawn.
struct Counted(Dice, usize);

impl Entropy for Counted {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
        self.1 += bytes.len();
    }
}

/// A byte that says how far to go, and an `account.password`. Hashing a password is slow by design,
/// so only an odd byte goes all the way; an even one ends when everything has been checked.
pub(crate) fn answer(data: &[u8]) -> Took {
    let Some((mode, object)) = data.split_first() else {
        return Took::nothing();
    };
    let Ok(enums::account::Password::Password(said)) = enums::account::Password::from_bytes(object)
    else {
        return Took::refused(object.len());
    };
    let Some(params) = params(&said) else {
        return Took::refused(object.len());
    };
    let mut chance = Counted(Dice(5), 0);
    let outcome = if mode & 1 == 1 {
        srp::answer(&params, PASSWORD, &mut chance).map(Some)
    } else {
        check(&params, &mut chance).map(|()| None)
    };
    match &outcome {
        Ok(answer) => sound(&params, answer.as_ref()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let most = most(&outcome);
    assert!(chance.1 <= most, "{} bytes drawn: {outcome:?}", chance.1);
    Took::of(outcome.is_ok(), object.len())
}

/// What the client takes out of the object.
fn params(said: &types::account::Password) -> Option<SrpParams<'_>> {
    let (Some(algo), Some(srp_b), Some(_)) = (&said.current_algo, &said.srp_b, said.srp_id) else {
        return None;
    };
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
    else {
        return None;
    };
    Some(SrpParams {
        salt1: &algo.salt1,
        salt2: &algo.salt2,
        g: algo.g,
        p: &algo.p,
        srp_b,
    })
}

/// The checks alone.
fn check(params: &SrpParams<'_>, chance: &mut Counted) -> Result<(), SrpError> {
    let group = DhGroup::check(params.p, params.g, chance)?;
    let public = group.check_public(params.srp_b);
    public.map(drop).map_err(|_| SrpError::ServerPublic)
}

/// How much chance an outcome may have cost.
fn most(outcome: &Result<Option<SrpAnswer>, SrpError>) -> usize {
    match outcome {
        Err(SrpError::Group(DhError::PrimeSize | DhError::Generator(_))) => 0,
        Err(SrpError::Group(DhError::NotSafePrime)) => OTHER_NUMBER,
        Err(SrpError::ServerPublic) | Ok(None) => SAFE_PRIME,
        Ok(Some(_)) | Err(_) => SAFE_PRIME + POWER,
    }
}

/// Holds numbers that were accepted against the rules, with other arithmetic.
fn sound(params: &SrpParams<'_>, answer: Option<&SrpAnswer>) {
    let prime = big(params.p);
    let group = groups().iter().find(|(safe, _)| *safe == prime);
    let (_, squares) = group.expect("nobody finds another safe prime by chance");
    assert!(squares.contains(&params.g), "{} is no square", params.g);
    let least = BigUint::from(1_u32) << (2048_u32 - 64);
    let most = &prime - &least;
    let in_range = |number: &[u8]| (&least..=&most).contains(&&big(number));
    assert!(in_range(params.srp_b), "the server's number");
    if let Some(answer) = answer {
        assert!(in_range(&answer.a), "our own number");
    }
}

fn big(number: &[u8]) -> BigUint {
    BigUint::from_bytes_be(number)
}

/// Telegram's prime and the other one, each with those of the numbers 2 to 7 that are squares, by
/// Euler's criterion: they generate the subgroup of prime order.
fn groups() -> &'static [(BigUint, Vec<i32>); 2] {
    static GROUPS: OnceLock<[(BigUint, Vec<i32>); 2]> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let other = BigUint::parse_bytes(MODP_2048.as_bytes(), 16).expect("it is hexadecimal");
        [big(DhGroup::known().prime()), other].map(|prime| {
            let half = &prime >> 1;
            let one = BigUint::from(1_u32);
            let square = |g: &u32| BigUint::from(*g).modpow(&half, &prime) == one;
            let squares = (2..=7).filter(square).map(u32::cast_signed).collect();
            (prime, squares)
        })
    })
}

/// Groups and public numbers, good ones and such that break a rule each; one goes all the way.
pub(crate) fn answer_seeds() -> Vec<Vec<u8>> {
    let [(known, _), (other, _)] = groups();
    let least = BigUint::from(1_u32) << (2048_u32 - 64);
    let most = known - &least;
    let good = big(&[0x55; 256]);
    let challenges = [
        (1, 3, known, &good),
        (0, 3, known, &good),
        (0, 4, known, &least),
        (0, 5, known, &most),
        (0, 6, known, &good),
        (0, 7, known, &good),
        (0, 2, other, &good),
        // Of these two and their halves one is prime; the distances were found with another program.
        (0, 4, &(known + 2_076_u32), &good),
        (0, 4, &(known + 8_484_u32), &good),
        // No prime, one that is too short, and a number that is too long.
        (0, 4, &(known - 12_u32), &good),
        (0, 4, &(known >> 1), &good),
        (0, 4, &(known * other), &good),
        (0, 2, known, &good),
        (1, i32::MAX, known, &good),
        (1, i32::MIN, known, &good),
        (0, 3, known, &(&least - 1_u32)),
        (0, 3, known, &(&most + 1_u32)),
        (0, 3, known, known),
        (0, 3, known, &BigUint::ZERO),
    ];
    let seeds = challenges.map(|(mode, g, p, b)| {
        let object = said(g, p.to_bytes_be(), b.to_bytes_be());
        [&[mode][..], &object.to_bytes()].concat()
    });
    seeds.into()
}

fn said(g: i32, p: Vec<u8>, srp_b: Vec<u8>) -> enums::account::Password {
    let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: vec![1; 40],
        salt2: vec![2; 16],
        g,
        p,
    };
    let said = types::account::Password {
        has_recovery: false,
        has_secure_values: false,
        has_password: true,
        current_algo: Some(algo.into()),
        srp_b: Some(srp_b),
        srp_id: Some(77),
        hint: Some("a horse".to_owned()),
        email_unconfirmed_pattern: None,
        new_algo: enums::PasswordKdfAlgo::Unknown,
        new_secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_random: vec![3; 256],
        pending_reset_date: None,
        login_email_pattern: None,
    };
    said.into()
}
