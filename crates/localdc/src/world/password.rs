//! The server's side of two-step verification.
//!
//! Written from <https://core.telegram.org/api/srp> on big integers of its own, not on the
//! library's code: a mistake in one must not hide in the other.
use std::sync::LazyLock;

use num_bigint::BigUint;
use primitives::pbkdf2_sha512;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::chance::Chance;

/// The generator that goes with [`PRIME`].
pub(crate) const GENERATOR: i32 = 3;

/// The rounds of the key derivation that the algorithm's name prescribes.
const ROUNDS: u32 = 100_000;

/// Numbers of the exchange are padded to this many bytes wherever they are hashed.
const WIDTH: usize = 256;

/// The safe prime of Telegram's own servers, so that clients find the one they know
/// (<https://core.telegram.org/mtproto/samples-auth_key>).
const PRIME_HEX: &str = concat!(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f",
    "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37",
    "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64",
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4",
    "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754",
    "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4",
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f",
    "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
);

static PRIME: LazyLock<BigUint> = LazyLock::new(|| {
    BigUint::parse_bytes(PRIME_HEX.as_bytes(), 16).expect("the constant is hexadecimal")
});

/// What the server keeps of a password: enough to check it, not enough to know it.
#[derive(Clone)]
pub(crate) struct Password {
    pub(crate) salt1: Vec<u8>,
    pub(crate) salt2: Vec<u8>,
    pub(crate) hint: Option<String>,
    verifier: BigUint,
}

/// One question to a client: the server's half of the exchange, good for one answer.
pub(crate) struct Question {
    secret: BigUint,
    /// The salt tells which password was asked for.
    salt1: Vec<u8>,
    /// What the client is told (`srp_B`).
    pub(crate) public: Vec<u8>,
}

impl Password {
    /// The record of a password in plain text, as an account made by a test has it.
    pub(crate) fn new(password: &[u8], salt1: Vec<u8>, salt2: Vec<u8>) -> Self {
        let secret = BigUint::from_bytes_be(&derive(password, &salt1, &salt2));
        let verifier = generator().modpow(&secret, &PRIME);
        Self {
            salt1,
            salt2,
            hint: None,
            verifier,
        }
    }

    /// The record of a password that a client has set; `None` if its hash cannot be one.
    pub(crate) fn from_hash(
        hash: &[u8],
        salt1: Vec<u8>,
        salt2: Vec<u8>,
        hint: Option<String>,
    ) -> Option<Self> {
        let verifier = BigUint::from_bytes_be(hash);
        let one = BigUint::from(1u8);
        (hash.len() == WIDTH && verifier > one && verifier < *PRIME).then_some(Self {
            salt1,
            salt2,
            hint,
            verifier,
        })
    }

    /// Begins an exchange.
    pub(crate) fn ask(&self, chance: &mut Chance) -> Question {
        let secret: [u8; WIDTH] = chance.array();
        self.ask_with(BigUint::from_bytes_be(&secret))
    }

    fn ask_with(&self, secret: BigUint) -> Question {
        let public =
            (multiplier() * &self.verifier + generator().modpow(&secret, &PRIME)) % &*PRIME;
        Question {
            secret,
            salt1: self.salt1.clone(),
            public: pad(&public),
        }
    }

    /// Whether a question was asked about this password, and not about an earlier one.
    pub(crate) fn asked(&self, question: &Question) -> bool {
        self.salt1 == question.salt1
    }

    /// Whether the client's answer proves that it knows the password.
    pub(crate) fn check(&self, question: &Question, a: &[u8], proof: &[u8]) -> bool {
        let client = BigUint::from_bytes_be(a);
        if a.len() > WIDTH || client == BigUint::ZERO || client >= *PRIME {
            return false;
        }
        let a = pad(&client);
        let u = BigUint::from_bytes_be(&sha256(&[&a, &question.public]));
        let base = client * self.verifier.modpow(&u, &PRIME);
        let shared = sha256(&[&pad(&base.modpow(&question.secret, &PRIME))]);
        let mut groups = sha256(&[&prime_bytes()]);
        for (byte, other) in groups.iter_mut().zip(sha256(&[&pad(&generator())])) {
            *byte ^= other;
        }
        let expected = sha256(&[
            &groups,
            &sha256(&[&self.salt1]),
            &sha256(&[&self.salt2]),
            &a,
            &question.public,
            &shared,
        ]);
        expected.as_slice().ct_eq(proof).into()
    }
}

/// The prime as clients are told it.
pub(crate) fn prime_bytes() -> Vec<u8> {
    pad(&PRIME)
}

fn generator() -> BigUint {
    BigUint::from(GENERATOR.unsigned_abs())
}

fn multiplier() -> BigUint {
    BigUint::from_bytes_be(&sha256(&[&prime_bytes(), &pad(&generator())]))
}

fn pad(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut padded = vec![0; WIDTH.saturating_sub(bytes.len())];
    padded.extend_from_slice(&bytes);
    padded
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn derive(password: &[u8], salt1: &[u8], salt2: &[u8]) -> [u8; 32] {
    let inner = sha256(&[salt1, password, salt1]);
    let first = sha256(&[salt2, &inner, salt2]);
    let mut stretched = [0; 64];
    // Where it is optimised in debug builds.
    pbkdf2_sha512(&first, salt1, ROUNDS, &mut stretched);
    sha256(&[salt2, &stretched, salt2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal"))
            .collect()
    }

    /// The client's side, for the tests: the answer to a question.
    fn answer(
        password: &[u8],
        salts: (&[u8], &[u8]),
        b: &[u8],
        a: &BigUint,
    ) -> (Vec<u8>, [u8; 32]) {
        let x = BigUint::from_bytes_be(&derive(password, salts.0, salts.1));
        let public = pad(&generator().modpow(a, &PRIME));
        let u = BigUint::from_bytes_be(&sha256(&[&public, b]));
        let v = generator().modpow(&x, &PRIME);
        let base = (BigUint::from_bytes_be(b) + &*PRIME - multiplier() * v % &*PRIME) % &*PRIME;
        let proof = prove(salts, &public, b, &base.modpow(&(a + u * x), &PRIME));
        (public, proof)
    }

    /// The proof that goes with a shared secret.
    fn prove(salts: (&[u8], &[u8]), a: &[u8], b: &[u8], shared: &BigUint) -> [u8; 32] {
        let mut groups = sha256(&[&prime_bytes()]);
        for (byte, other) in groups.iter_mut().zip(sha256(&[&pad(&generator())])) {
            *byte ^= other;
        }
        let (salt1, salt2) = (sha256(&[salts.0]), sha256(&[salts.1]));
        sha256(&[&groups, &salt1, &salt2, a, b, &sha256(&[&pad(shared)])])
    }

    #[test]
    fn a_number_that_makes_the_secret_known_is_refused() {
        let (salt1, salt2) = (vec![1; 40], vec![2; 16]);
        let password = Password::new(b"secret", salt1.clone(), salt2.clone());
        let question = password.ask_with(BigUint::from_bytes_be(&[7; WIDTH]));
        for forged in [pad(&BigUint::ZERO), prime_bytes(), Vec::new()] {
            let a = pad(&BigUint::from_bytes_be(&forged));
            let proof = prove((&salt1, &salt2), &a, &question.public, &BigUint::ZERO);
            assert!(!password.check(&question, &forged, &proof));
        }
    }

    #[test]
    fn the_verifier_of_a_known_exchange() {
        let salt1 = hex(concat!(
            "4d11fb6bec38f9d2546bb0f61e4f1c99a1bc0db8f0d5f35b",
            "1291b37b213123d7ed48f3c6794d495b"
        ));
        let salt2 = hex("a1b181aafe88188680ae32860d60bb01");
        assert_eq!(
            derive(b"123123", &salt1, &salt2).to_vec(),
            hex("55a33fcadca739ca2819d8209cd098413d8e072a24ebc69c60f60ff20f8ac1ba")
        );
        let password = Password::new(b"123123", salt1, salt2);
        assert_eq!(
            pad(&password.verifier)[..32],
            hex("a3ffce70b1649b7732843167d1ea8a48a797263626f7114ae0ed5f851675b1f8")
        );
        assert_eq!(
            multiplier().to_bytes_be(),
            hex("b9a87477bf585b87c1af9ea7d4850ff0edaa72f82e7afec3218091a79a5068b9")
        );
    }

    #[test]
    fn the_answer_of_a_known_exchange() {
        let salt1 = hex(concat!(
            "4d11fb6bec38f9d2546bb0f61e4f1c99a1bc0db8f0d5f35b",
            "1291b37b213123d7ed48f3c6794d495b"
        ));
        let salt2 = hex("a1b181aafe88188680ae32860d60bb01");
        let b = hex(concat!(
            "9c52401a6a8084ec82f01c3725d3fb448bd2f0c909f9d97726eac4b7a74172d9",
            "52f02466be6734fa274d2b7429e27397f10372d66b400b80a5c5ae3f28b17bf3",
            "105d7a2d2a885998cdc2defc208aec217ab58859a9abc2374ad93dc285f4b3fb",
            "caff4143d7888f2425bd2fb711b25609ceb21757d935b1ef2f042173ad0ce2fe",
            "0e474dac53914bd25a8a9aed4aea8953d55cb88621db37b871ea0d04393ac098",
            "7f68094ccc9de8239251375d8fffd263316cd528c097b7bc9fb919fbedb76c52",
            "5df3413c374ee076d97a1e6d352bb7cc80fd13651b04b32e2e48c5268150842c",
            "fd07cf855958b1b5ea9c36fdad697fe3aec8dcc6b1efec36874af226204676cf",
        ));
        let one = BigUint::from(1u8);
        let (_, proof) = answer(b"123123", (&salt1, &salt2), &b, &one);
        assert_eq!(
            proof.to_vec(),
            hex("999df906bda2c6cbb52f503406eba2d0d0503ace0cc302c38f13ee5010ad4051")
        );
    }

    #[test]
    fn only_the_right_password_is_taken() {
        let (salt1, salt2) = (vec![1; 40], vec![2; 16]);
        let password = Password::new(b"secret", salt1.clone(), salt2.clone());
        let question = password.ask_with(BigUint::from_bytes_be(&[7; WIDTH]));
        let a = BigUint::from_bytes_be(&[9; WIDTH]);
        let salts = (&salt1[..], &salt2[..]);
        let (public, proof) = answer(b"secret", salts, &question.public, &a);
        assert!(password.check(&question, &public, &proof));
        let (public, wrong) = answer(b"Secret", salts, &question.public, &a);
        assert!(!password.check(&question, &public, &wrong));
        assert!(!password.check(&question, &public, &proof[..31]));
        for bad in [
            vec![],
            vec![0; WIDTH],
            prime_bytes(),
            vec![255; WIDTH],
            vec![1; WIDTH + 1],
        ] {
            assert!(!password.check(&question, &bad, &proof));
        }
    }

    #[test]
    fn a_hash_that_is_no_group_element_is_refused() {
        for bad in [vec![0; WIDTH], vec![255; WIDTH], prime_bytes(), vec![9; 32]] {
            assert!(Password::from_hash(&bad, vec![], vec![], None).is_none());
        }
        assert!(Password::from_hash(&[9; WIDTH], vec![], vec![], None).is_some());
    }
}
