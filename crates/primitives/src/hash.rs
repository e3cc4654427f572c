//! The hashes of MTProto.
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

/// The SHA-1 of all parts, one after the other.
///
/// ```
/// use primitives::sha1;
/// assert_eq!(sha1(&[b"ab", b"c"]), sha1(&[b"abc"]));
/// ```
#[must_use]
pub fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut hasher = Sha1::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The SHA-256 of all parts, one after the other.
///
/// ```
/// use primitives::sha256;
/// assert_eq!(sha256(&[b"ab", b"c"]), sha256(&[b"abc"]));
/// ```
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The SHA-256 of bytes that come piece by piece.
///
/// ```
/// use primitives::{Sha256Sum, sha256};
/// let mut sum = Sha256Sum::default();
/// sum.add(b"ab");
/// sum.add(b"c");
/// assert_eq!(sum.finish(), sha256(&[b"abc"]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sha256Sum(Sha256);

impl Sha256Sum {
    /// Takes the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that came.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The HMAC of bytes with SHA-256.
///
/// ```
/// use primitives::hmac_sha256;
/// assert_ne!(hmac_sha256(b"key", b"bytes"), hmac_sha256(b"bytes", b"key"));
/// ```
#[must_use]
pub fn hmac_sha256(key: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

/// What PBKDF2 makes of a password by `rounds` rounds of HMAC with SHA-512.
///
/// See <https://core.telegram.org/api/srp>.
pub fn pbkdf2_sha512(password: &[u8], salt: &[u8], rounds: u32, out: &mut [u8; 64]) {
    pbkdf2::pbkdf2::<Hmac<Sha512>>(password, salt, rounds, out)
        .expect("HMAC takes keys of any length");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second test case of <https://www.rfc-editor.org/rfc/rfc4231>.
    #[test]
    fn hmac_of_the_standard() {
        let mac = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex, expected);
    }
}
