//! The secret part of a client's second query, out of its RSA encryption.
use ferogram_sync::crypto::{equal, ige_decrypt, sha1, sha256};
use ferogram_sync::tl::Reader;

use crate::rsa::PrivateKey;
use crate::wire::ids::{
    P_Q_INNER_DATA, P_Q_INNER_DATA_DC, P_Q_INNER_DATA_TEMP, P_Q_INNER_DATA_TEMP_DC,
};

/// `P_Q_inner_data` in all its forms.
///
/// See <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inner {
    pub(super) pq: Vec<u8>,
    pub(super) p: Vec<u8>,
    pub(super) q: Vec<u8>,
    pub(super) nonce: [u8; 16],
    pub(super) server_nonce: [u8; 16],
    pub(super) new_nonce: [u8; 32],
    /// The data centre that the client means; older forms do not say.
    pub(super) dc: Option<i32>,
    /// For a temporary key: after how many seconds it dies.
    pub(super) expires_in: Option<i32>,
}

impl Inner {
    /// Decrypts what a client sent: today's padding first, then the one that older clients use.
    pub(super) fn decrypt(key: &PrivateKey, encrypted: &[u8]) -> Option<Self> {
        let encrypted: &[u8; 256] = encrypted.try_into().ok()?;
        let plain = key.decrypt(encrypted)?;
        today(&plain).or_else(|| formerly(&plain))
    }

    /// Reads the object at the front of `bytes`, and tells how long it is.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut reader = Reader::new(bytes);
        let id = reader.u32();
        let (has_dc, is_temporary) = match id {
            P_Q_INNER_DATA => (false, false),
            P_Q_INNER_DATA_DC => (true, false),
            P_Q_INNER_DATA_TEMP => (false, true),
            P_Q_INNER_DATA_TEMP_DC => (true, true),
            _ => return None,
        };
        let inner = Self {
            pq: reader.bytes().to_vec(),
            p: reader.bytes().to_vec(),
            q: reader.bytes().to_vec(),
            nonce: reader.int128(),
            server_nonce: reader.int128(),
            new_nonce: reader.int256(),
            dc: has_dc.then(|| reader.i32()),
            expires_in: is_temporary.then(|| reader.i32()),
        };
        reader.error().is_none().then(|| (inner, reader.offset()))
    }
}

/// Undoes `RSA_PAD`.
///
/// See <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>.
fn today(plain: &[u8; 256]) -> Option<Inner> {
    let (masked_key, body) = plain.split_first_chunk::<32>()?;
    let hash = sha256(&[body]);
    let key: [u8; 32] = std::array::from_fn(|i| masked_key[i] ^ hash[i]);
    let mut body = body.to_vec();
    ige_decrypt(&key, &[0; 32], &mut body);
    let (data, hash) = body.split_at_mut(192);
    data.reverse();
    if !equal(&sha256(&[&key, data]), hash) {
        return None;
    }
    Inner::read(data).map(|(inner, _)| inner)
}

/// Undoes the padding of old: a zero, the hash of the object, the object, and random bytes.
///
/// Some clients still send it, and production still takes it.
fn formerly(plain: &[u8; 256]) -> Option<Inner> {
    let (zero, rest) = plain.split_first()?;
    let (hash, rest) = rest.split_at(20);
    let (inner, length) = Inner::read(rest)?;
    (*zero == 0 && equal(&sha1(&[&rest[..length]]), hash)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use ferogram_sync::Entropy;
    use ferogram_sync::crypto::RsaPublicKey;
    use ferogram_sync::tl::put_bytes;
    use num_bigint::BigUint;

    use super::*;
    use crate::chance::Chance;

    fn written(id: u32) -> Vec<u8> {
        let mut out = id.to_le_bytes().to_vec();
        put_bytes(&mut out, &[1; 8]);
        put_bytes(&mut out, &[2; 4]);
        put_bytes(&mut out, &[3; 4]);
        out.extend([4; 16]);
        out.extend([5; 16]);
        out.extend([6; 32]);
        if matches!(id, P_Q_INNER_DATA_DC | P_Q_INNER_DATA_TEMP_DC) {
            out.extend(2_i32.to_le_bytes());
        }
        if matches!(id, P_Q_INNER_DATA_TEMP | P_Q_INNER_DATA_TEMP_DC) {
            out.extend(86_400_i32.to_le_bytes());
        }
        out
    }

    fn public() -> RsaPublicKey {
        RsaPublicKey::from_pem(PrivateKey::public_pem()).unwrap()
    }

    #[test]
    fn todays_padding_in_all_forms() {
        let (key, mut chance) = (PrivateKey::built_in(), Chance::new());
        for (id, dc, expires_in) in [
            (P_Q_INNER_DATA, None, None),
            (P_Q_INNER_DATA_DC, Some(2), None),
            (P_Q_INNER_DATA_TEMP, None, Some(86_400)),
            (P_Q_INNER_DATA_TEMP_DC, Some(2), Some(86_400)),
        ] {
            let encrypted = public().pad_encrypt(&written(id), &mut chance).unwrap();
            let inner = Inner::decrypt(&key, &encrypted).unwrap();
            assert_eq!((inner.dc, inner.expires_in), (dc, expires_in));
            assert_eq!(inner.new_nonce, [6; 32]);
            assert_eq!((inner.p, inner.q), (vec![2; 4], vec![3; 4]));
        }
        let encrypted = public().pad_encrypt(&written(7), &mut chance).unwrap();
        assert_eq!(Inner::decrypt(&key, &encrypted), None);
    }

    #[test]
    fn the_padding_of_old() {
        let (key, mut chance) = (PrivateKey::built_in(), Chance::new());
        let data = written(P_Q_INNER_DATA);
        let mut plain = vec![0];
        plain.extend(sha1(&[&data]));
        plain.extend(&data);
        let mut rest = vec![0; 256 - plain.len()];
        chance.fill(&mut rest);
        plain.extend(rest);
        let encrypt = |plain: &[u8]| {
            // The published numbers of the key, by other means than the library's.
            let modulus = modulus();
            let number = BigUint::from_bytes_be(plain).modpow(&65_537_u32.into(), &modulus);
            let bytes = number.to_bytes_be();
            [vec![0; 256 - bytes.len()], bytes].concat()
        };
        assert!(Inner::decrypt(&key, &encrypt(&plain)).is_some());
        plain[5] ^= 1;
        assert_eq!(Inner::decrypt(&key, &encrypt(&plain)), None);
        assert_eq!(Inner::decrypt(&key, &[0; 255]), None);
    }

    /// The modulus out of the text of the key: the 257 bytes after the header of its integer.
    fn modulus() -> BigUint {
        let text: String = PrivateKey::public_pem()
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        let digits = text.bytes().filter(|byte| *byte != b'=').map(|byte| {
            let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            alphabet.iter().position(|letter| *letter == byte).unwrap() as u32
        });
        let mut der = Vec::new();
        let (mut bits, mut count) = (0_u32, 0);
        for digit in digits {
            (bits, count) = ((bits << 6) | digit, count + 6);
            if count >= 8 {
                count -= 8;
                der.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        BigUint::from_bytes_be(&der[8..8 + 257])
    }
}
