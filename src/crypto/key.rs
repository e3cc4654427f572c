//! The authorization key: the secret that a client and a data centre share.
use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::hash::sha1;

/// A 2048-bit authorization key, with the two numbers that are derived from it.
///
/// `Debug` shows the id only, which travels in clear with every message; there is no `PartialEq`.
/// See <https://core.telegram.org/mtproto/auth_key>.
///
/// ```
/// use ferogram_sync::crypto::AuthKey;
///
/// let key = AuthKey::new([0xab; 256]);
/// assert_eq!(key.as_bytes(), &[0xab; 256]);
/// assert_eq!(format!("{key:?}"), format!("AuthKey({:016x})", key.id()));
/// ```
#[derive(Clone)]
pub struct AuthKey {
    bytes: Box<[u8; 256]>,
    aux_hash: [u8; 8],
    id: i64,
}

impl AuthKey {
    /// Takes the key's bytes: a big-endian number, padded with zeros on the left.
    ///
    /// Handed over in a box, the key moves without a copy; the array form leaves the caller's copy
    /// for the caller to wipe.
    #[must_use]
    pub fn new(bytes: impl Into<Box<[u8; 256]>>) -> Self {
        let bytes = bytes.into();
        let hash = sha1(&[&bytes[..]]);
        let (aux_hash, _) = hash.split_first_chunk().expect("20 bytes hold 8");
        let (_, id) = hash.split_last_chunk().expect("20 bytes hold 8");
        Self {
            bytes,
            aux_hash: *aux_hash,
            id: i64::from_le_bytes(*id),
        }
    }

    /// The name of the key on the wire: the last eight bytes of its SHA-1.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The first eight bytes of the key's SHA-1, from which the answers that end a key exchange are
    /// proved.
    #[must_use]
    pub fn aux_hash(&self) -> [u8; 8] {
        self.aux_hash
    }

    /// The key itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 256] {
        &self.bytes
    }
}

impl Zeroize for AuthKey {
    fn zeroize(&mut self) {
        self.bytes.zeroize();
        self.aux_hash.zeroize();
        self.id.zeroize();
    }
}

impl Drop for AuthKey {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl ZeroizeOnDrop for AuthKey {}

impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthKey({:016x})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::testing::{hex_array, shows, wiped_on_drop};

    #[test]
    fn id_of_a_known_key() {
        let eighth: [u8; 32] =
            hex_array("98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0");
        let mut bytes = Box::new([0; 256]);
        for part in bytes.chunks_mut(32) {
            part.copy_from_slice(&eighth);
        }
        let key = AuthKey::new(bytes);
        assert_eq!(key.id().to_le_bytes(), hex_array("40fa5bb7cb56a895"));
    }

    #[test]
    fn debug_shows_the_id_only() {
        let bytes: [u8; 256] = std::array::from_fn(|i| (i * 7 % 251) as u8);
        let key = AuthKey::new(bytes);
        let text = format!("{key:?} {key:#?}");
        assert!(text.contains(&format!("{:016x}", key.id())));
        for part in bytes.windows(3) {
            assert!(!shows(&text, part));
        }
        assert!(!shows(&text, &key.aux_hash()));
    }

    #[test]
    fn wiping_leaves_nothing() {
        wiped_on_drop::<AuthKey>();
        let mut key = AuthKey::new([0xff; 256]);
        key.zeroize();
        assert_eq!(key.as_bytes(), &[0; 256]);
        assert_eq!(key.aux_hash(), [0; 8]);
    }
}
