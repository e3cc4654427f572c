//! The public keys of Telegram's servers, and the encryption for them.
use std::fmt;

use pkcs1::der::pem::{self, PemLabel};
use pkcs1::der::{Decode, Tag};
use pkcs1::{ALGORITHM_ID, RsaPublicKeyRef};
use primitives::Modulus;
use spki::SubjectPublicKeyInfoRef;
use zeroize::Zeroizing;

use super::aes::ige_encrypt;
use super::hash::{sha1, sha256};
use crate::entropy::Entropy;

/// How many bytes [`RsaPublicKey::pad_encrypt`] takes at most: what the padding, its hash and its
/// key leave of 256.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
const DATA_LIMIT: usize = 144;

/// To what length the data are padded.
const PADDED_LEN: usize = 192;

/// What stands around the marks at a key's beginning and end, and how long a line between them is.
///
/// See <https://www.rfc-editor.org/rfc/rfc7468>.
const DASHES: &str = "-----";
const LINE: usize = 64;

/// How often the padding is made anew because its number is not below the modulus. Each time the
/// chance is at least one half, so nobody who has a working source of chance comes here.
const DRAWS: usize = 128;

/// Why a key cannot be used, or cannot encrypt something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No line of the text begins a public key.
    #[error("the key has no line `-----BEGIN RSA PUBLIC KEY-----` or `-----BEGIN PUBLIC KEY-----`")]
    NoBegin,
    /// The line that ends the key is missing.
    #[error("the key has no line `-----END …-----` that fits its beginning")]
    NoEnd,
    /// What stands between is not Base64.
    #[error("the text of the key is not valid Base64")]
    Base64,
    /// The data within are not a public key in DER.
    #[error("the key is damaged: {0}")]
    Der(#[source] DerError),
    /// It is a key of another kind.
    #[error("the key is not an RSA key")]
    Algorithm,
    /// The modulus is not an odd number of 2048 bits.
    #[error("the key's modulus is not an odd number of 2048 bits: Telegram uses no other")]
    Modulus,
    /// The exponent is not an odd number from 3 to 2^32.
    #[error("the key's exponent is not an odd number from 3 to 2^32")]
    Exponent,
    /// More data than the padding leaves room for.
    #[error("{0} bytes are too many to be encrypted at once: the limit is {DATA_LIMIT}")]
    DataTooLong(usize),
    /// The source of chance gives the same bad numbers again and again.
    #[error("no usable padding could be drawn: the source of chance is broken")]
    Chance,
}

/// What is wrong with the DER of a key, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct DerError(pkcs1::der::Error);

impl From<pem::Error> for KeyError {
    fn from(error: pem::Error) -> Self {
        match error {
            pem::Error::Preamble | pem::Error::Label => Self::NoBegin,
            // The other is what is said of a text that ends without any dashes.
            pem::Error::PostEncapsulationBoundary | pem::Error::PreEncapsulationBoundary => {
                Self::NoEnd
            }
            _ => Self::Base64,
        }
    }
}

impl From<pkcs1::der::Error> for KeyError {
    fn from(error: pkcs1::der::Error) -> Self {
        Self::Der(DerError(error))
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
    modulus: Box<[u8; 256]>,
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
    /// is passed over. Its lines may be one, as in a setting that takes no more.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoBegin`], [`KeyError::NoEnd`] and [`KeyError::Base64`] for damage in the text,
    /// [`KeyError::Der`] and [`KeyError::Algorithm`] for the data in it, [`KeyError::Modulus`] and
    /// [`KeyError::Exponent`] for a key that Telegram would not have.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let text = first_key(text);
        let (label, der) = pem::decode_vec(text.as_bytes())?;
        match label {
            RsaPublicKeyRef::PEM_LABEL => Self::from_pkcs1(&der),
            SubjectPublicKeyInfoRef::PEM_LABEL => {
                let info = SubjectPublicKeyInfoRef::from_der(&der)?;
                if info.algorithm != ALGORITHM_ID {
                    return Err(KeyError::Algorithm);
                }
                // A key is whole bytes: no bits are left over.
                let key = info.subject_public_key.as_bytes();
                let damaged = || pkcs1::der::Error::from(Tag::BitString.value_error());
                Self::from_pkcs1(key.ok_or_else(damaged)?)
            }
            _ => Err(KeyError::NoBegin),
        }
    }

    /// Takes a `RSAPublicKey` of PKCS#1 (RFC 8017, A.1.1).
    fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        let key = RsaPublicKeyRef::from_der(der)?;
        Self::from_parts(key.modulus.as_bytes(), key.public_exponent.as_bytes())
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
        Modulus::new(bytes).ok_or(KeyError::Modulus)?;
        let pad = 4_usize.checked_sub(e.len()).ok_or(KeyError::Exponent)?;
        let mut padded = [0; 4];
        padded[pad..].copy_from_slice(e);
        let exponent = u32::from_be_bytes(padded);
        if exponent < 3 || exponent.is_multiple_of(2) {
            return Err(KeyError::Exponent);
        }
        Ok(Self {
            modulus: Box::new(*bytes),
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
            if *masked < *self.modulus {
                return Ok(self.encrypt(&masked));
            }
        }
        Err(KeyError::Chance)
    }

    /// The number to the power of the key's exponent. It hides a secret, so this is done as for
    /// secret exponents: in constant time, and wiped.
    fn encrypt(&self, number: &[u8; 256]) -> [u8; 256] {
        // Made each time: it takes three times the memory, and an exchange needs it once.
        let modulus = Modulus::new(&self.modulus).expect("it was one when the key was read");
        let residue = modulus.residue(number);
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

/// The first key in a text, as RFC 7468 wants it: nothing beside its lines, and nothing after them.
fn first_key(text: &str) -> String {
    // Settings that hold one line only say where the others begin, or do not say it.
    let text = text.replace("\\n", "\n");
    let mut key = String::with_capacity(text.len() + 1);
    for line in text.lines() {
        let mut rest = line;
        while let Some(place) = rest.find(DASHES) {
            let (before, mark) = rest.split_at(place);
            let inside = &mark[DASHES.len()..];
            let Some(length) = inside.find(DASHES) else {
                break;
            };
            if !before.trim().is_empty() {
                put_data(&mut key, before);
            }
            let (mark, after) = mark.split_at(length + 2 * DASHES.len());
            key.push_str(mark);
            key.push('\n');
            if mark.starts_with("-----END ") {
                return key;
            }
            rest = after;
        }
        if rest.len() == line.len() || !rest.trim().is_empty() {
            put_data(&mut key, rest);
        }
    }
    key
}

/// What stands beside a mark, in lines as short as RFC 7468 wants them.
fn put_data(key: &mut String, data: &str) {
    let data = data.trim();
    if data.len() <= LINE {
        key.push_str(data);
        key.push('\n');
        return;
    }
    let letters: Vec<char> = data.chars().filter(|it| !it.is_whitespace()).collect();
    for line in letters.chunks(LINE) {
        key.extend(line);
        key.push('\n');
    }
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
        assert_eq!(key.modulus, plain.modulus);
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
    }

    #[test]
    fn the_first_key_counts() {
        let other = "-----BEGIN PUBLIC KEY-----\nZm9v\n-----END PUBLIC KEY-----";
        let production = RsaPublicKey::production().fingerprint();
        for text in [
            format!("some words\n{PRODUCTION}"),
            format!("{PRODUCTION}\n\n{other}\n"),
            format!(
                "\t{}\n and more words",
                PRODUCTION.replace('\n', " \r\n\t\t")
            ),
        ] {
            let key = RsaPublicKey::from_pem(&text).unwrap();
            assert_eq!(key.fingerprint(), production, "{text}");
        }
        // As it stands in an environment variable.
        for between in ["", " ", "\\n"] {
            let text = PRODUCTION.replace('\n', between);
            let key = RsaPublicKey::from_pem(&text).unwrap();
            assert_eq!(key.fingerprint(), production, "{between:?}");
        }
        let error = RsaPublicKey::from_pem(&format!("{other}\n{PRODUCTION}")).err();
        assert!(matches!(error, Some(KeyError::Der(_))), "{error:?}");
    }

    #[test]
    fn texts_that_are_no_keys() {
        let error = |text: &str| RsaPublicKey::from_pem(text).unwrap_err();
        for text in [
            "",
            "MIIBCgKC",
            "-----BEGIN RSA PUBLIC KEY",
            "-----BEGIN  KEY-----\n",
        ] {
            assert_eq!(error(text), KeyError::NoBegin, "{text}");
        }
        let private = PRODUCTION.replace("PUBLIC", "PRIVATE");
        assert_eq!(error(&private), KeyError::NoBegin);
        let (begun, _) = PRODUCTION.rsplit_once('\n').unwrap();
        assert_eq!(error(begun), KeyError::NoEnd);
        let end = PRODUCTION.replace("-----END RSA", "-----END");
        assert_eq!(error(&end), KeyError::NoEnd);
        for bad in [
            "MIIB!gKC",
            "MIIB=gKC",
            "MIIB",
            "MIIB\n\ngKC",
            "MIIB\u{e4}KC",
        ] {
            let text = PRODUCTION.replace("MIIBCgKC", bad);
            assert_eq!(error(&text), KeyError::Base64, "{bad}");
        }
    }

    /// A key of 2048 bits around which a length, a type or a number is changed.
    #[test]
    fn data_that_are_no_keys() {
        let modulus = [&[0x00, 0xc5][..], &[0x11; 255]].concat();
        let key = |modulus: &[u8]| sequence(&[element(2, modulus), element(2, &[1, 0, 1])]);
        let plain = |der: &[u8]| RsaPublicKey::from_pkcs1(der);
        let name = hex("06092a864886f70d010101 0500");
        let wrapped = |name: &[u8], bits: &[u8]| {
            let der = sequence(&[sequence(&[name.to_vec()]), element(3, bits)]);
            let text = pem::encode_string("PUBLIC KEY", pem::LineEnding::LF, &der).unwrap();
            RsaPublicKey::from_pem(&text)
        };
        let good = key(&modulus);
        let bits = |unused: u8, key: &[u8]| [&[unused][..], key].concat();
        assert!(plain(&good).is_ok());
        assert!(wrapped(&name, &bits(0, &good)).is_ok());

        let other = hex("06092a864886f70d01010a 0500");
        let error = wrapped(&other, &bits(0, &good)).err();
        assert_eq!(error, Some(KeyError::Algorithm));
        let longer = [&good[..], &[0]].concat();
        let damaged = [
            plain(&longer),
            plain(&key(&[&[0], &modulus[..]].concat())),
            plain(&key(&modulus[1..])),
            plain(&key(&[])),
            plain(&sequence(&[element(2, &modulus)])),
            plain(&element(0x31, &good[4..])),
            plain(&[&[0x30, 0x80], &good[4..], &[0, 0]].concat()),
            wrapped(&name, &bits(1, &good)),
            wrapped(&name, &bits(0, &longer)),
            wrapped(&name, &[]),
        ];
        for (at, key) in damaged.into_iter().enumerate() {
            assert!(matches!(key, Err(KeyError::Der(_))), "{at}: {key:?}");
        }
        for cut in 0..good.len() {
            assert!(
                matches!(plain(&good[..cut]), Err(KeyError::Der(_))),
                "{cut}"
            );
        }
    }

    fn element(kind: u8, content: &[u8]) -> Vec<u8> {
        let [high, low] = (content.len() as u16).to_be_bytes();
        let length = match content.len() {
            0..128 => vec![low],
            128..256 => vec![0x81, low],
            _ => vec![0x82, high, low],
        };
        [&[kind], &length[..], content].concat()
    }

    fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
        element(0x30, &elements.concat())
    }
}
