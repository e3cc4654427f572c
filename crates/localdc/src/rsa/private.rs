//! The private half of a key pair.
use ferogram_sync::crypto::RsaPublicKey;
use num_bigint::BigUint;

use super::pair::{CDN, ORDINARY, Pair};

/// Undoes what clients encrypt for the data centre.
pub(crate) struct PrivateKey {
    p: BigUint,
    q: BigUint,
    d_p: BigUint,
    d_q: BigUint,
    q_inverse: BigUint,
    public: RsaPublicKey,
}

impl PrivateKey {
    /// The pair that every ordinary data centre has.
    pub(crate) fn built_in() -> Self {
        Self::of(&ORDINARY)
    }

    /// The pair that the CDN's data centres have.
    pub(crate) fn of_cdn() -> Self {
        Self::of(&CDN)
    }

    fn of(pair: &Pair) -> Self {
        Self {
            p: number(pair.p),
            q: number(pair.q),
            d_p: number(pair.d_p),
            d_q: number(pair.d_q),
            q_inverse: number(pair.q_inverse),
            public: RsaPublicKey::from_pem(pair.public_pem)
                .expect("a test reads the built-in keys"),
        }
    }

    /// The public half of the ordinary one in PKCS#1, as text.
    pub(crate) fn public_pem() -> &'static str {
        ORDINARY.public_pem
    }

    /// The public half of the CDN's.
    pub(crate) fn cdn_pem() -> &'static str {
        CDN.public_pem
    }

    /// The name of the key in the key exchange.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
    pub(crate) fn fingerprint(&self) -> i64 {
        self.public.fingerprint()
    }

    /// The private operation; none for a number that is not below the modulus.
    pub(crate) fn decrypt(&self, encrypted: &[u8; 256]) -> Option<[u8; 256]> {
        let number = BigUint::from_bytes_be(encrypted);
        if number >= &self.p * &self.q {
            return None;
        }
        // Twice half the length is a quarter of the work (Chinese remainder theorem).
        let by_p = number.modpow(&self.d_p, &self.p);
        let by_q = number.modpow(&self.d_q, &self.q);
        let difference = (&by_p + &self.p - &by_q % &self.p) % &self.p;
        let plain = by_q + difference * &self.q_inverse % &self.p * &self.q;
        let bytes = plain.to_bytes_be();
        let mut padded = [0; 256];
        padded[256 - bytes.len()..].copy_from_slice(&bytes);
        Some(padded)
    }
}

fn number(hex: &[u8]) -> BigUint {
    BigUint::parse_bytes(hex, 16).expect("a test reads the built-in key")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public operation, by other means than the library's.
    fn encrypt(key: &PrivateKey, plain: &[u8; 256]) -> [u8; 256] {
        let modulus = &key.p * &key.q;
        let number = BigUint::from_bytes_be(plain).modpow(&BigUint::from(65_537_u32), &modulus);
        let bytes = number.to_bytes_be();
        let mut padded = [0; 256];
        padded[256 - bytes.len()..].copy_from_slice(&bytes);
        padded
    }

    #[test]
    fn the_private_half_undoes_the_public_one() {
        for key in [PrivateKey::built_in(), PrivateKey::of_cdn()] {
            for first in [0, 1, 0x7f] {
                let mut plain = [0x5a; 256];
                plain[0] = first;
                assert_eq!(key.decrypt(&encrypt(&key, &plain)), Some(plain));
            }
            assert_eq!(key.decrypt(&[0xff; 256]), None);
        }
    }

    #[test]
    fn the_parts_belong_to_the_public_key() {
        for key in [PrivateKey::built_in(), PrivateKey::of_cdn()] {
            let modulus = (&key.p * &key.q).to_bytes_be();
            let same = RsaPublicKey::from_parts(&modulus, &[1, 0, 1]).unwrap();
            assert_eq!(key.fingerprint(), same.fingerprint());
        }
    }
}
