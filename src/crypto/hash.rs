//! The hashes of MTProto, and the comparison that takes the same time for any bytes.
pub use primitives::{Sha256Sum, hmac_sha256, sha1, sha256};
use subtle::ConstantTimeEq;

/// Whether both hold the same bytes, in a time that depends on the lengths only.
///
/// Nonces, hashes and keys that came over the wire are compared with this: a comparison that stops
/// at the first difference tells a stranger how much was guessed right.
/// See <https://core.telegram.org/mtproto/security_guidelines>.
#[must_use]
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::testing::hex;

    #[test]
    fn known_hashes() {
        let abc = sha1(&[b"a", b"", b"bc"]);
        assert_eq!(abc[..], hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
        let abc = sha256(&[b"a", b"", b"bc"]);
        assert_eq!(
            abc[..],
            hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        );
    }

    #[test]
    fn equality_sees_every_byte() {
        let base = [0x5a; 32];
        assert!(equal(&base, &base));
        for at in 0..32 {
            for bit in 0..8 {
                let mut other = base;
                other[at] ^= 1 << bit;
                assert!(!equal(&base, &other));
            }
        }
        assert!(!equal(&base, &base[..31]));
        assert!(equal(&[], &[]));
    }
}
