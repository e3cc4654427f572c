//! The cryptography of MTProto: each primitive a file.
//!
//! Everything here is a plain function of its inputs: chance comes in as
//! [`Entropy`](crate::Entropy), and nothing reads a clock or touches a socket. Secrets are wiped
//! when they go, compared in constant time, and never shown by `Debug`.
//!
//! The rules are on <https://core.telegram.org/mtproto/description>,
//! <https://core.telegram.org/mtproto/auth_key> and
//! <https://core.telegram.org/mtproto/security_guidelines>.
//!
//! ```
//! use ferogram_sync::crypto::{AuthKey, Side, derive, ige_decrypt, ige_encrypt, message_key};
//!
//! let key = AuthKey::new([7; 256]);
//! let mut message = *b"sixteen bytes and sixteen more..";
//! let (msg_key, _quick_ack) = message_key(&key, Side::Client, &message);
//! let aes = derive(&key, Side::Client, &msg_key);
//! ige_encrypt(&aes.key, &aes.iv, &mut message);
//! assert_ne!(&message, b"sixteen bytes and sixteen more..");
//! ige_decrypt(&aes.key, &aes.iv, &mut message);
//! assert_eq!(&message, b"sixteen bytes and sixteen more..");
//! ```
mod aes;
mod bind;
mod dh;
mod hash;
mod kdf;
mod key;
mod prime;
mod rsa;
pub mod srp;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod testing;

pub use aes::{Ctr, ige_decrypt, ige_encrypt};
pub use bind::bind_temporary_key;
pub use dh::{DhError, DhGroup, Exponent};
pub use hash::{Sha256Sum, equal, hmac_sha256, sha1, sha256};
pub use kdf::{
    AesKeys, Side, derive, derive_v1, first_salt, message_key, message_key_matches, message_key_v1,
    new_nonce_hash, temporary_keys,
};
pub use key::AuthKey;
pub use primitives::factorize;
pub use rsa::{DerError, KeyError, RsaPublicKey};
