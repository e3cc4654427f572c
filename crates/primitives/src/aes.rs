//! AES-256 in the two modes that Telegram uses: IGE for messages, CTR for obfuscation and CDN
//! files.
use std::fmt;

use ::aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, StreamCipher};
use ::aes::{Aes256, Aes256Dec, Aes256Enc};
use zeroize::ZeroizeOnDrop;

/// Encrypts `data` in place with AES-256 in the infinite garble extension mode.
///
/// `iv` is the ciphertext block before the first, then the plaintext block before the first.
/// See <https://core.telegram.org/mtproto/description>.
///
/// # Panics
///
/// If the length of `data` is not a multiple of 16: callers pad first, so this is a bug of theirs.
pub fn ige_encrypt(key: &[u8; 32], iv: &[u8; 32], data: &mut [u8]) {
    let (blocks, rest) = Array::slice_as_chunks_mut(data);
    assert!(rest.is_empty(), "IGE works on whole blocks of 16 bytes");
    ige::Encryptor::<Aes256Enc>::new(key.into(), iv.into()).encrypt_blocks(blocks);
}

/// Decrypts `data` in place with AES-256 in the infinite garble extension mode.
///
/// `iv` is the ciphertext block before the first, then the plaintext block before the first.
/// See <https://core.telegram.org/mtproto/description>.
///
/// # Panics
///
/// If the length of `data` is not a multiple of 16: the length of what came over the wire is
/// checked before.
pub fn ige_decrypt(key: &[u8; 32], iv: &[u8; 32], data: &mut [u8]) {
    let (blocks, rest) = Array::slice_as_chunks_mut(data);
    assert!(rest.is_empty(), "IGE works on whole blocks of 16 bytes");
    ige::Decryptor::<Aes256Dec>::new(key.into(), iv.into()).decrypt_blocks(blocks);
}

/// A key stream of AES-256 in counter mode: encrypting and decrypting are the same.
///
/// It runs on from call to call, so a connection keeps one for each direction.
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
///
/// ```
/// use primitives::Ctr;
///
/// let (mut whole, mut parts) = (*b"a few words", *b"a few words");
/// Ctr::new(&[1; 32], &[2; 16]).apply(&mut whole);
/// let mut stream = Ctr::new(&[1; 32], &[2; 16]);
/// let (head, tail) = parts.split_at_mut(3);
/// stream.apply(head);
/// stream.apply(tail);
/// assert_eq!(whole, parts);
/// ```
pub struct Ctr(ctr::Ctr128BE<Aes256>);

impl Ctr {
    /// Starts the stream: `iv` is the first counter, a big-endian number.
    #[must_use]
    pub fn new(key: &[u8; 32], iv: &[u8; 16]) -> Self {
        Self(ctr::Ctr128BE::new(key.into(), iv.into()))
    }

    /// Encrypts or decrypts the next `data.len()` bytes of the stream, in place.
    ///
    /// # Panics
    ///
    /// After 2^132 bytes, when the counter has been everywhere.
    pub fn apply(&mut self, data: &mut [u8]) {
        self.0.apply_keystream(data);
    }
}

/// The cipher within wipes its round keys and its buffered key stream.
impl ZeroizeOnDrop for Ctr where ctr::Ctr128BE<Aes256>: ZeroizeOnDrop {}

impl fmt::Debug for Ctr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ctr(..)")
    }
}
