//! The public keys of Telegram's servers, and the encryption for them.
use std::fmt;

use primitives::Modulus;
use zeroize::Zeroizing;

use super::aes::ige_encrypt;
use super::der::{DerError, rsa_public_key, wrapped_public_key};
use super::hash::{sha1, sha256};
use super::pem::{Label, PemError, decode};
use crate::entropy::Entropy;

/// How many bytes [`RsaPublicKey::pad_encrypt`] takes at most: what the padding, its hash and its
/// key leave of 256.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
const DATA_LIMIT: usize = 144;

/// To what length the data are padded.
const PADDED_LEN: usize = 192;

/// How often the padding is made anew because its number is not below the modulus. Each time the
/// chance is at least one half, so nobody who has a working source of chance comes here.
const DRAWS: usize = 128;

/// Why a key cannot be used, or cannot encrypt something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// The text around the key is damaged.
    Pem(PemError),
    /// The key within is damaged.
    Der(DerError),
    /// The modulus is not an odd number of 2048 bits.
    Modulus,
    /// The exponent is not an odd number from 3 to 2^32.
    Exponent,
    /// More data than the padding leaves room for.
    DataTooLong(usize),
    /// The source of chance gives the same bad numbers again and again.
    Chance,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pem(error) => error.fmt(f),
            Self::Der(error) => error.fmt(f),
            Self::Modulus => f.write_str(
                "the key's modulus is not an odd number of 2048 bits: Telegram uses no other",
            ),
            Self::Exponent => f.write_str("the key's exponent is not an odd number from 3 to 2^32"),
            Self::DataTooLong(it) => write!(
                f,
                "{it} bytes are too many to be encrypted at once: the limit is {DATA_LIMIT}"
            ),
            Self::Chance => {
                f.write_str("no usable padding could be drawn: the source of chance is broken")
            }
        }
    }
}

impl std::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Pem(error) => error.source(),
            Self::Der(error) => error.source(),
            _ => None,
        }
    }
}

impl From<PemError> for KeyError {
    fn from(error: PemError) -> Self {
        Self::Pem(error)
    }
}

impl From<DerError> for KeyError {
    fn from(error: DerError) -> Self {
        Self::Der(error)
    }
}

/// An RSA key of a server, of 2048 bits.
///
/// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
///
/// ```
/// use ferogram_sync::crypto::RsaPublicKey;
///
/// assert_eq!(RsaPublicKey::production().fingerprint(), -3414540481677951611);
/// ```
#[derive(Clone)]
pub struct RsaPublicKey {
    bytes: Box<[u8; 256]>,
    modulus: Box<Modulus>,
    exponent: u32,
    fingerprint: i64,
}

/// The key of the production servers.
const PRODUCTION: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g
5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO
62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/
+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9
t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs
5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB
-----END RSA PUBLIC KEY-----";

/// The key of the test servers.
const TEST: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAyMEdY1aR+sCR3ZSJrtztKTKqigvO/vBfqACJLZtS7QMgCGXJ6XIR
yy7mx66W0/sOFa7/1mAZtEoIokDP3ShoqF4fVNb6XeqgQfaUHd8wJpDWHcR2OFwv
plUUI1PLTktZ9uW2WE23b+ixNwJjJGwBDJPQEQFBE+vfmH0JP503wr5INS1poWg/
j25sIWeYPHYeOrFp/eXaqhISP6G+q2IeTaWTXpwZj4LzXq5YOpk4bYEQ6mvRq7D1
aHWfYmlEGepfaYR8Q0YqvvhYtMte3ITnuSJs171+GDqpdKcSwHnd6FudwGO4pcCO
j4WcDuXc2CTHgH8gFTNhp/Y8/SpDOhvn9QIDAQAB
-----END RSA PUBLIC KEY-----";

impl RsaPublicKey {
    /// The key of the production servers.
    #[must_use]
    pub fn production() -> Self {
        Self::from_pem(PRODUCTION).expect("the built-in key is one that a test reads")
    }

    /// The key of the test servers.
    #[must_use]
    pub fn test() -> Self {
        Self::from_pem(TEST).expect("the built-in key is one that a test reads")
    }

    /// Reads a key from text: `RSA PUBLIC KEY` (PKCS#1) or `PUBLIC KEY` (SPKI). Text around the key
    /// is passed over.
    ///
    /// # Errors
    ///
    /// [`KeyError::Pem`] and [`KeyError::Der`] for damage in the text and the data in it,
    /// [`KeyError::Modulus`] and [`KeyError::Exponent`] for a key that Telegram would not have.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let (label, der) = decode(text)?;
        let (n, e) = match label {
            Label::Rsa => rsa_public_key(&der)?,
            Label::Wrapped => wrapped_public_key(&der)?,
        };
        Self::from_parts(n, e)
    }

    /// Takes the modulus and the exponent as big-endian numbers; zeros in front do not matter.
    ///
    /// # Errors
    ///
    /// [`KeyError::Modulus`] unless `n` is an odd number of 2048 bits, [`KeyError::Exponent`]
    /// unless `e` is an odd number from 3 to 2^32.
    pub fn from_parts(n: &[u8], e: &[u8]) -> Result<Self, KeyError> {
        let (n, e) = (without_zeros(n), without_zeros(e));
        let bytes: &[u8; 256] = n.try_into().map_err(|_| KeyError::Modulus)?;
        if bytes[0] < 0x80 {
            return Err(KeyError::Modulus);
        }
        let modulus = Modulus::new(bytes).ok_or(KeyError::Modulus)?;
        let pad = 4_usize.checked_sub(e.len()).ok_or(KeyError::Exponent)?;
        let mut padded = [0; 4];
        padded[pad..].copy_from_slice(e);
        let exponent = u32::from_be_bytes(padded);
        if exponent < 3 || exponent.is_multiple_of(2) {
            return Err(KeyError::Exponent);
        }
        Ok(Self {
            bytes: Box::new(*bytes),
            modulus: Box::new(modulus),
            exponent,
            fingerprint: fingerprint(n, e),
        })
    }

    /// The number by which a server names the key: the last eight bytes of the SHA-1 of the bare
    /// `rsa_public_key n:string e:string`.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        self.fingerprint
    }

    /// Pads and encrypts `data` (`RSA_PAD`).
    ///
    /// See <https://core.telegram.org/mtproto/auth_key>.
    ///
    /// # Errors
    ///
    /// [`KeyError::DataTooLong`] for more than 144 bytes; [`KeyError::Chance`] if `entropy` is
    /// broken.
    pub fn pad_encrypt(
        &self,
        data: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<[u8; 256], KeyError> {
        if data.len() > DATA_LIMIT {
            return Err(KeyError::DataTooLong(data.len()));
        }
        let mut padded = Zeroizing::new([0; PADDED_LEN]);
        let (head, tail) = padded.split_at_mut(data.len());
        head.copy_from_slice(data);
        entropy.fill(tail);
        for _ in 0..DRAWS {
            let masked = mask(&padded, entropy);
            // Both are big-endian and of one length, so they compare as numbers do.
            if *masked < *self.bytes {
                return Ok(self.encrypt(&masked));
            }
        }
        Err(KeyError::Chance)
    }

    /// The number to the power of the key's exponent.
    fn encrypt(&self, number: &[u8; 256]) -> [u8; 256] {
        let residue = self.modulus.residue(number);
        *residue.power(&self.exponent.to_be_bytes()).to_bytes()
    }
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaPublicKey({:016x})", self.fingerprint)
    }
}

/// Hides the padded data behind a random key, which is hidden behind the hash of the result: who
/// cannot undo the whole learns nothing of any part.
fn mask(padded: &[u8; PADDED_LEN], entropy: &mut dyn Entropy) -> Zeroizing<[u8; 256]> {
    let mut out = Zeroizing::new([0; 256]);
    let (masked_key, body) = out.split_at_mut(32);
    let key = Zeroizing::new(entropy.array::<32>());
    body[..PADDED_LEN].copy_from_slice(padded);
    body[..PADDED_LEN].reverse();
    body[PADDED_LEN..].copy_from_slice(&sha256(&[&key[..], padded]));
    ige_encrypt(&key, &[0; 32], body);
    let hash = sha256(&[body]);
    for ((out, key), hash) in masked_key.iter_mut().zip(key.iter()).zip(hash) {
        *out = key ^ hash;
    }
    out
}

fn fingerprint(n: &[u8], e: &[u8]) -> i64 {
    let mut bare = Vec::with_capacity(272);
    put_string(&mut bare, n);
    put_string(&mut bare, e);
    let hash = sha1(&[&bare]);
    let (_, id) = hash.split_last_chunk().expect("20 bytes hold 8");
    i64::from_le_bytes(*id)
}

/// Writes a TL string: the two kinds of length, the bytes, and zeros up to a multiple of four.
///
/// See <https://core.telegram.org/mtproto/serialize#base-types>.
fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("numbers of a key have at most 256 bytes");
    if length < 254 {
        out.push(length.to_le_bytes()[0]);
    } else {
        out.extend((length << 8 | 254).to_le_bytes());
    }
    out.extend(bytes);
    out.resize(out.len().next_multiple_of(4), 0);
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    &number[zeros..]
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;
    use crate::crypto::aes::ige_decrypt;
    use crate::crypto::testing::{Scripted, Seeded, Stuck, hex, hex_array};

    #[test]
    fn fingerprints_of_the_built_in_keys() {
        let wire = |key: RsaPublicKey| key.fingerprint().to_le_bytes();
        assert_eq!(
            wire(RsaPublicKey::production())[..],
            hex("85fd64de851d9dd0")
        );
        assert_eq!(wire(RsaPublicKey::test())[..], hex("03268d20df9858b2"));
        assert_eq!(
            RsaPublicKey::production().fingerprint(),
            -3_414_540_481_677_951_611
        );
        assert_eq!(
            RsaPublicKey::test().fingerprint(),
            -5_595_554_452_916_591_101
        );
    }

    #[test]
    fn padding_and_encryption_of_a_published_case() {
        // 48 bytes of padding and the key of 32, all zero.
        let mut entropy = Scripted(vec![0; 80]);
        let encrypted = RsaPublicKey::production()
            .pad_encrypt(&[b'a'; 144], &mut entropy)
            .unwrap();
        assert_eq!(
            encrypted[..],
            hex(
                "bf68719e836806b040cd261ecaf66eb3c4ba19f3bbea3031b2e6cf29167bab64
                 7201d101b291dc5b716a42e789a38d947fe59e9bcce8f30ef46a946743ea8b6b
                 abbce7fc0afc46b802aa453e83471d82a4dfad83f971f350b4b4fb474cd1c48f
                 df427e4b5fecce9ec3178ae7dac3985856fdefa21d6fdc5e0e0fd8a57bc4f515
                 80d637d372be8d87c9aa3fde8e6f8287bcb3be846aadcdd59465375479e248f6
                 2ed438f9804fbe36d41ca906243a5f740f3937949aa149ba8a8b8e68b3f3e1e3
                 cd3f946387520e21eee55845e1f015a919a22f6a72bfaecd2cae946c91983b41
                 f9ffabe97963bbde8f30eaf5fd3c5b8cecab8711bd269e441b6084f385726ff0"
            )
        );
        assert!(entropy.0.is_empty());
    }

    /// Undoes the masking as a server does after its private operation.
    fn unmask(masked: &[u8; 256]) -> Vec<u8> {
        let (key, body) = masked.split_at(32);
        let hash = sha256(&[body]);
        let key: [u8; 32] = std::array::from_fn(|i| key[i] ^ hash[i]);
        let mut plain = body.to_vec();
        ige_decrypt(&key, &[0; 32], &mut plain);
        let (padded, hash) = plain.split_at_mut(PADDED_LEN);
        padded.reverse();
        assert_eq!(hash, sha256(&[&key, padded]));
        padded.to_vec()
    }

    #[test]
    fn the_masking_can_be_undone() {
        let mut chance = Seeded(1);
        for _ in 0..50 {
            let padded = chance.array();
            assert_eq!(unmask(&mask(&padded, &mut chance)), padded);
        }
    }

    /// The least odd modulus of 2048 bits refuses most numbers: the padding is drawn anew until one
    /// is below it, and the data stay the same.
    #[test]
    fn numbers_above_the_modulus_are_drawn_anew() {
        let mut n = [0; 256];
        (n[0], n[255]) = (0x80, 1);
        let key = RsaPublicKey::from_parts(&n, &[3]).unwrap();
        let modulus = BigUint::from_bytes_be(&n);
        let mut redrawn = 0;
        for seed in 0..40 {
            let encrypted = key.pad_encrypt(b"data", &mut Seeded(seed)).unwrap();
            // The same draws, by hand.
            let mut chance = Seeded(seed);
            let mut padded = [0; PADDED_LEN];
            padded[..4].copy_from_slice(b"data");
            chance.fill(&mut padded[4..]);
            let mut masked = mask(&padded, &mut chance);
            while BigUint::from_bytes_be(&masked[..]) >= modulus {
                redrawn += 1;
                masked = mask(&padded, &mut chance);
            }
            let expected = BigUint::from_bytes_be(&masked[..]).pow(3) % &modulus;
            assert_eq!(BigUint::from_bytes_be(&encrypted), expected);
        }
        assert!(redrawn > 10, "{redrawn}");
    }

    #[test]
    fn too_much_data_and_broken_chance_end() {
        let key = RsaPublicKey::test();
        let too_long = key.pad_encrypt(&[0; 145], &mut Stuck(0));
        assert_eq!(too_long, Err(KeyError::DataTooLong(145)));
        // This byte for ever makes a number above the modulus, for ever.
        let mut n = [0; 256];
        (n[0], n[255]) = (0x80, 1);
        let small = RsaPublicKey::from_parts(&n, &[3]).unwrap();
        let results = (0..=255).map(|byte| small.pad_encrypt(b"x", &mut Stuck(byte)));
        assert!(results.into_iter().any(|r| r == Err(KeyError::Chance)));
    }

    #[test]
    fn both_texts_of_one_key() {
        let wrapped = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6LszBcC1LGzyr992NzE0
ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9k
rM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO62cECs5HKhT5DZ98K33vmWiLowc621dQ
uwKWSQKjWf50XYFw42h21P2KXUGyp2y/+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5
gpYc397aYp438fsJoHIgJ2lgMv5h7WY9t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRU
hebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP
8wIDAQAB
-----END PUBLIC KEY-----
";
        let key = RsaPublicKey::from_pem(wrapped).unwrap();
        let plain = RsaPublicKey::production();
        assert_eq!(key.fingerprint(), plain.fingerprint());
        assert_eq!(key.bytes, plain.bytes);
        let windows = PRODUCTION.replace('\n', "\r\n");
        let key = RsaPublicKey::from_pem(&windows).unwrap();
        assert_eq!(key.fingerprint(), plain.fingerprint());
    }

    #[test]
    fn keys_that_telegram_would_not_have() {
        let n: [u8; 256] = hex_array(&"c5".repeat(256));
        let e = [1, 0, 1];
        assert!(RsaPublicKey::from_parts(&n, &e).is_ok());
        let mut padded = vec![0, 0];
        padded.extend(n);
        let same = RsaPublicKey::from_parts(&padded, &[0, 1, 0, 1]).unwrap();
        let key = RsaPublicKey::from_parts(&n, &e).unwrap();
        assert_eq!(same.fingerprint(), key.fingerprint());

        let parts = |n: &[u8], e: &[u8]| RsaPublicKey::from_parts(n, e).err();
        assert_eq!(parts(&n[1..], &e), Some(KeyError::Modulus));
        assert_eq!(parts(&[], &e), Some(KeyError::Modulus));
        let mut long = n.to_vec();
        long.push(1);
        assert_eq!(parts(&long, &e), Some(KeyError::Modulus));
        let mut even = n;
        even[255] = 0xc4;
        assert_eq!(parts(&even, &e), Some(KeyError::Modulus));
        let mut short = n;
        short[0] = 0x45;
        assert_eq!(parts(&short, &e), Some(KeyError::Modulus));
        for bad in [&[][..], &[0], &[1], &[2], &[1, 0, 0], &[1, 0, 0, 0, 1]] {
            assert_eq!(parts(&n, bad), Some(KeyError::Exponent), "{bad:?}");
        }
        let empty = "-----BEGIN RSA PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----";
        let error = RsaPublicKey::from_pem(empty).err();
        assert_eq!(error, Some(KeyError::Der(DerError::Truncated { at: 0 })));
        let error = RsaPublicKey::from_pem("").err();
        assert_eq!(error, Some(KeyError::Pem(PemError::NoBegin)));
    }
}
