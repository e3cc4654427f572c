//! Encrypted messages: sealed and opened in place.
//!
//! See <https://core.telegram.org/mtproto/description#encrypted-message> and
//! <https://core.telegram.org/mtproto/security_guidelines>.
use subtle::ConstantTimeEq;

use super::padding::{BLOCK, PADDING_MIN, Padding};
use crate::crypto::{AuthKey, Side, derive, ige_decrypt, ige_encrypt, message_key};

/// In the clear: the id of the authorization key, and the message key.
const OUTER: usize = 24;

/// Encrypted: salt, session id, message id, sequence number, length.
const INNER: usize = 32;

/// The most padding after a body.
///
/// See <https://core.telegram.org/mtproto/description#message-key-msg-key>.
const PADDING_MAX: usize = 1024;

/// What stands before the body of an encrypted message.
///
/// See <https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Given by the server, for messages to it.
    pub salt: i64,
    /// Chosen by the client.
    pub session_id: i64,
    /// Says when the message was made, and is unlike any other in the session.
    pub msg_id: i64,
    /// Counts messages that need an acknowledgment, and tells whether this one does.
    pub seq_no: i32,
}

/// An opened message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened<'a> {
    /// What stands before the body.
    pub header: Header,
    /// One TL object, without the padding. It lies in the packet's own buffer.
    pub body: &'a [u8],
    /// For servers: the token by which a quick ack of this message is made.
    pub quick_ack: u32,
}

/// The packet is no message that was sealed with this key. It does not say what is wrong with it,
/// so that nobody learns anything from how it is refused: the connection is to be closed.
///
/// See <https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an encrypted message is damaged or was not made with this connection's key")]
pub struct EnvelopeError;

/// The length of a packet whose message has a body of `body_len` bytes.
#[must_use]
pub fn sealed_len(body_len: usize, padding: &Padding) -> usize {
    OUTER + INNER + body_len + padding.as_bytes().len()
}

/// Appends an encrypted message to `out`: `write_body` appends its body of `body_len` bytes. Gives
/// the token by which the server would acknowledge it quickly.
///
/// `side` is who sends. The padding comes from [`super::PaddingPool::draw`] for the same
/// `body_len`.
///
/// # Panics
///
/// When the body is not `body_len` long, or not whole words, or the padding was drawn for another
/// length.
pub fn seal(
    key: &AuthKey,
    side: Side,
    header: &Header,
    body_len: usize,
    write_body: impl FnOnce(&mut Vec<u8>),
    padding: &Padding,
    out: &mut Vec<u8>,
) -> u32 {
    assert!(body_len.is_multiple_of(4), "TL objects are whole words");
    let length = i32::try_from(body_len).expect("packets are limited");
    let start = out.len();
    out.reserve(sealed_len(body_len, padding));
    out.extend_from_slice(&[0; OUTER]);
    out.extend_from_slice(&header.salt.to_le_bytes());
    out.extend_from_slice(&header.session_id.to_le_bytes());
    out.extend_from_slice(&header.msg_id.to_le_bytes());
    out.extend_from_slice(&header.seq_no.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    write_body(out);
    let written = out.len() - start - OUTER - INNER;
    assert_eq!(written, body_len, "a body is as long as was said");
    out.extend_from_slice(padding.as_bytes());
    seal_plaintext(key, side, &mut out[start..])
}

/// Encrypts a packet in place. Its first 24 bytes are room for the key's id and the message key,
/// the rest is the plaintext with all that belongs to it. [`seal`] does this and everything else;
/// this is for who needs a message that breaks the rules.
///
/// # Panics
///
/// When there is no room, or the plaintext is not whole blocks of 16 bytes.
pub fn seal_plaintext(key: &AuthKey, side: Side, packet: &mut [u8]) -> u32 {
    let (outer, plaintext) = packet.split_at_mut(OUTER);
    let (msg_key, quick_ack) = message_key(key, side, plaintext);
    let keys = derive(key, side, &msg_key);
    ige_encrypt(&keys.key, &keys.iv, plaintext);
    outer[..8].copy_from_slice(&key.id().to_le_bytes());
    outer[8..].copy_from_slice(&msg_key);
    quick_ack
}

/// The id of the key with which a packet is encrypted: 0 for the messages of the key exchange.
#[must_use]
pub fn key_id(packet: &[u8]) -> Option<i64> {
    packet.first_chunk().map(|id| i64::from_le_bytes(*id))
}

/// Decrypts a packet in place and checks all that can be checked without the session: the key's
/// id, the message key (over the whole plaintext, before anything in it is looked at), the body's
/// length and the padding. `side` is who sent it.
///
/// The caller has to check the session id, the message id and its age.
///
/// # Errors
///
/// When any of these is wrong; the packet's bytes are of no use then.
pub fn open<'a>(
    key: &AuthKey,
    side: Side,
    packet: &'a mut [u8],
) -> Result<Opened<'a>, EnvelopeError> {
    let quick_ack = open_plaintext(key, side, packet)?;
    let plaintext = packet.get(OUTER..).ok_or(EnvelopeError)?;
    let (header, length, rest) = read_header(plaintext).ok_or(EnvelopeError)?;
    let length = usize::try_from(length).map_err(|_| EnvelopeError)?;
    let body = rest.get(..length).ok_or(EnvelopeError)?;
    let padding = rest.len() - length;
    if !length.is_multiple_of(4) || !(PADDING_MIN..=PADDING_MAX).contains(&padding) {
        return Err(EnvelopeError);
    }
    Ok(Opened {
        header,
        body,
        quick_ack,
    })
}

/// Decrypts all after the first 24 bytes and compares the message key.
fn open_plaintext(key: &AuthKey, side: Side, packet: &mut [u8]) -> Result<u32, EnvelopeError> {
    let (outer, plaintext) = packet
        .split_first_chunk_mut::<OUTER>()
        .ok_or(EnvelopeError)?;
    if plaintext.is_empty() || !plaintext.len().is_multiple_of(BLOCK) {
        return Err(EnvelopeError);
    }
    if key_id(outer) != Some(key.id()) {
        return Err(EnvelopeError);
    }
    let sent: &[u8; 16] = outer.last_chunk().expect("24 bytes hold a message key");
    let keys = derive(key, side, sent);
    ige_decrypt(&keys.key, &keys.iv, plaintext);
    let (computed, quick_ack) = message_key(key, side, plaintext);
    if bool::from(computed.ct_eq(sent)) {
        Ok(quick_ack)
    } else {
        Err(EnvelopeError)
    }
}

/// The header, the length of the body, and all that follows.
fn read_header(plaintext: &[u8]) -> Option<(Header, i32, &[u8])> {
    let (salt, rest) = plaintext.split_first_chunk()?;
    let (session_id, rest) = rest.split_first_chunk()?;
    let (msg_id, rest) = rest.split_first_chunk()?;
    let (seq_no, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let header = Header {
        salt: i64::from_le_bytes(*salt),
        session_id: i64::from_le_bytes(*session_id),
        msg_id: i64::from_le_bytes(*msg_id),
        seq_no: i32::from_le_bytes(*seq_no),
    };
    Some((header, i32::from_le_bytes(*length), rest))
}
