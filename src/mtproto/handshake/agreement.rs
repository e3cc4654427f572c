//! What both sides have agreed on since the first answer: the nonces, and the cipher they make.
use zeroize::Zeroizing;

use super::error::HandshakeError;
use super::wire::{Nonces, read_single};
use crate::crypto::{
    AuthKey, equal, first_salt, ige_decrypt, ige_encrypt, new_nonce_hash, sha1, temporary_keys,
};
use crate::entropy::Entropy;
use crate::tl::{Serialize, enums, functions, types};

/// A SHA-1 hash stands before each encrypted object.
const HASH: usize = 20;

/// Encrypted objects are whole blocks of AES.
const BLOCK: usize = 16;

/// The nonces of one exchange.
pub(super) struct Agreement {
    pub(super) nonces: Nonces,
    new_nonce: Zeroizing<[u8; 32]>,
}

impl Agreement {
    /// Draws the secret nonce. It never moves in memory, so wiping it wipes the only copy.
    pub(super) fn new(nonces: Nonces, entropy: &mut dyn Entropy) -> Box<Self> {
        let mut agreement = Box::new(Self {
            nonces,
            new_nonce: Zeroizing::new([0; 32]),
        });
        entropy.fill(&mut agreement.new_nonce[..]);
        agreement
    }

    /// The secret nonce, for the object that tells it to the server.
    pub(super) fn new_nonce(&self) -> &[u8; 32] {
        &self.new_nonce
    }

    /// Whether an answer belongs to this exchange.
    ///
    /// Both nonces are checked in every answer, outside and inside of what is encrypted.
    /// See <https://core.telegram.org/mtproto/security_guidelines>.
    pub(super) fn check(
        &self,
        nonce: [u8; 16],
        server_nonce: [u8; 16],
    ) -> Result<(), HandshakeError> {
        if nonce != self.nonces.client {
            return Err(HandshakeError::Nonce);
        }
        if server_nonce != self.nonces.server {
            return Err(HandshakeError::ServerNonce);
        }
        Ok(())
    }

    /// Decrypts the server's half of the exchange.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#6-server-responds-with>.
    pub(super) fn open(
        &self,
        encrypted: &[u8],
    ) -> Result<types::ServerDhInnerData, HandshakeError> {
        let length = encrypted.len();
        if length < HASH || !length.is_multiple_of(BLOCK) {
            return Err(HandshakeError::Blocks { length });
        }
        let mut buffer = Zeroizing::new(encrypted.to_vec());
        let keys = temporary_keys(&self.new_nonce, &self.nonces.server);
        ige_decrypt(&keys.key, &keys.iv, &mut buffer);
        let (hash, answer) = buffer.split_at(HASH);
        // Only the object itself tells how long it is: the hash counts just that.
        let (inner, len): (types::ServerDhInnerData, _) =
            read_single(answer, "Server_DH_inner_data")?;
        if !equal(hash, &sha1(&[&answer[..len]])) {
            return Err(HandshakeError::Hash);
        }
        let padding = answer.len() - len;
        if padding >= BLOCK {
            return Err(HandshakeError::Padding { length: padding });
        }
        self.check(inner.nonce, inner.server_nonce)?;
        Ok(inner)
    }

    /// The query with the client's half of the exchange, encrypted.
    ///
    /// See step 7 on <https://core.telegram.org/mtproto/auth_key>.
    pub(super) fn seal(
        &self,
        retry_id: &[u8; 8],
        g_b: &[u8; 256],
        entropy: &mut dyn Entropy,
    ) -> Vec<u8> {
        let mut out = Vec::with_capacity(HASH + 304 + BLOCK);
        out.extend_from_slice(&[0; HASH]);
        let inner = types::ClientDhInnerData {
            nonce: self.nonces.client,
            server_nonce: self.nonces.server,
            retry_id: i64::from_le_bytes(*retry_id),
            g_b: g_b.to_vec(),
        };
        enums::ClientDhInnerData::from(inner).serialize(&mut out);
        let (hash, inner) = out.split_at_mut(HASH);
        hash.copy_from_slice(&sha1(&[inner]));
        let padded = out.len().next_multiple_of(BLOCK);
        let inner_end = out.len();
        out.resize(padded, 0);
        entropy.fill(&mut out[inner_end..]);
        let keys = temporary_keys(&self.new_nonce, &self.nonces.server);
        ige_encrypt(&keys.key, &keys.iv, &mut out);
        let query = functions::SetClientDhParams {
            nonce: self.nonces.client,
            server_nonce: self.nonces.server,
            encrypted_data: out,
        };
        query.to_bytes()
    }

    /// Whether the last answer proves that the server knows the secret nonce and the key. `n` is
    /// the number of the answer: 1 for success, 2 for another try, 3 for failure.
    ///
    /// See <https://core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways>.
    pub(super) fn proves(&self, n: u8, hash: &[u8; 16], key: &AuthKey) -> bool {
        equal(hash, &new_nonce_hash(&self.new_nonce, n, &key.aux_hash()))
    }

    /// Whether a refusal comes from who knows the secret nonce.
    pub(super) fn proves_refusal(&self, hash: &[u8; 16]) -> bool {
        let own = sha1(&[&self.new_nonce[..]]);
        equal(hash, &own[4..])
    }

    /// The first salt.
    pub(super) fn salt(&self) -> i64 {
        first_salt(&self.new_nonce, &self.nonces.server)
    }
}
