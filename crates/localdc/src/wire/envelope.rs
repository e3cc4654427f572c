//! Encrypted messages, opened and sealed from the server's side.
//!
//! The library has an envelope of its own; this one is written apart from it, so that a mistake in
//! one does not hide in the other. See <https://core.telegram.org/mtproto/description> and
//! <https://core.telegram.org/mtproto/security_guidelines>.
use ferogram_sync::crypto::{AuthKey, Side, derive, equal, ige_decrypt, ige_encrypt, message_key};

use super::message::Message;
use crate::chance::Chance;

/// The key's id and the message key.
const CLEAR: usize = 24;

/// Salt, session, message id, sequence number, length.
const HEADER: usize = 32;

/// The padding that is allowed after a message.
///
/// See <https://core.telegram.org/mtproto/description#message-key-msg-key>.
const PADDING: std::ops::RangeInclusive<usize> = 12..=1024;

/// A message of a client.
#[derive(Debug)]
pub(crate) struct Opened<'a> {
    pub(crate) salt: i64,
    pub(crate) session_id: i64,
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: &'a [u8],
    /// What a quick acknowledgment of it says.
    pub(crate) token: u32,
}

/// The id of the key that a packet is encrypted with; 0 for messages in the clear.
pub(crate) fn key_id(packet: &[u8]) -> Option<i64> {
    packet.first_chunk().map(|id| i64::from_le_bytes(*id))
}

/// Opens a packet in place; none when anything about it is wrong, without telling what.
pub(crate) fn open<'a>(key: &AuthKey, packet: &'a mut [u8]) -> Option<Opened<'a>> {
    let (clear, sealed) = packet.split_at_mut_checked(CLEAR)?;
    if sealed.len() < HEADER + PADDING.start() || !sealed.len().is_multiple_of(16) {
        return None;
    }
    let told: &[u8; 16] = clear.last_chunk()?;
    let keys = derive(key, Side::Client, told);
    ige_decrypt(&keys.key, &keys.iv, sealed);
    let (right, token) = message_key(key, Side::Client, sealed);
    if !equal(&right, told) {
        return None;
    }
    let long = |at: usize| {
        let bytes: [u8; 8] = sealed[at..at + 8].try_into().expect("eight bytes");
        i64::from_le_bytes(bytes)
    };
    let int = |at: usize| {
        let bytes: [u8; 4] = sealed[at..at + 4].try_into().expect("four bytes");
        i32::from_le_bytes(bytes)
    };
    let (salt, session_id, msg_id) = (long(0), long(8), long(16));
    let (seq_no, length) = (int(24), usize::try_from(int(28)).ok()?);
    let padding = (sealed.len() - HEADER).checked_sub(length)?;
    if !length.is_multiple_of(4) || !PADDING.contains(&padding) {
        return None;
    }
    Some(Opened {
        salt,
        session_id,
        msg_id,
        seq_no,
        body: &sealed[HEADER..HEADER + length],
        token,
    })
}

/// Where the messages of a packet go.
#[derive(Debug)]
pub(crate) struct Sealed<'a> {
    pub(crate) key: &'a AuthKey,
    pub(crate) salt: i64,
    pub(crate) session_id: i64,
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
}

impl Sealed<'_> {
    /// How long a packet with a body of this length is, and how much of it is padding.
    pub(crate) fn measure(body_len: usize) -> (usize, usize) {
        let least = HEADER + body_len + PADDING.start();
        let sealed = least.next_multiple_of(16);
        (CLEAR + sealed, sealed - HEADER - body_len)
    }
}

/// Appends a packet: one message, or those of `body`, which writes `body_len` bytes.
pub(crate) fn seal(
    to: &Sealed<'_>,
    body_len: usize,
    body: impl FnOnce(&mut Vec<u8>),
    chance: &mut Chance,
    out: &mut Vec<u8>,
) {
    let (length, padding) = Sealed::measure(body_len);
    let start = out.len();
    out.reserve(length);
    out.extend_from_slice(&to.key.id().to_le_bytes());
    out.extend_from_slice(&[0; 16]);
    out.extend_from_slice(&to.salt.to_le_bytes());
    out.extend_from_slice(&to.session_id.to_le_bytes());
    out.extend_from_slice(&to.msg_id.to_le_bytes());
    out.extend_from_slice(&to.seq_no.to_le_bytes());
    let told = u32::try_from(body_len).expect("packets are shorter than 16 MiB");
    out.extend_from_slice(&told.to_le_bytes());
    body(out);
    debug_assert_eq!(out.len() - start, CLEAR + HEADER + body_len);
    chance.append(padding, out);
    let sealed = &mut out[start + CLEAR..];
    let (msg_key, _) = message_key(to.key, Side::Server, sealed);
    let keys = derive(to.key, Side::Server, &msg_key);
    ige_encrypt(&keys.key, &keys.iv, sealed);
    out[start + 8..start + CLEAR].copy_from_slice(&msg_key);
}

/// The length of a message inside of a container.
pub(crate) fn part_len(message: &Message) -> usize {
    16 + message.len()
}

/// Appends a message as a part of a container.
pub(crate) fn put_part(message: &Message, out: &mut Vec<u8>) {
    let length = u32::try_from(message.len()).expect("packets are shorter than 16 MiB");
    out.extend_from_slice(&message.msg_id.to_le_bytes());
    out.extend_from_slice(&message.seq_no.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    message.write(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    /// The key and the packet of a published vector, and what is inside of it.
    fn vector() -> (AuthKey, Vec<u8>) {
        let eighth = bytes("98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0");
        let key: [u8; 256] = eighth.repeat(8).try_into().unwrap();
        let packet = bytes(
            "40fa5bb7cb56a895f6f5a88914892aadf87c68031cc953ba29d68e118021f329be386a620d49f3ad3a50c6\
             0dcef3733f214e8cefa3e403c11d193637d4971dc15db7f74b26fd16cb0e8fee30bf7e3f68858fe82927e2\
             cd06",
        );
        (AuthKey::new(key), packet)
    }

    #[test]
    fn the_published_message_opens() {
        let (key, mut packet) = vector();
        assert_eq!(key_id(&packet), Some(key.id()));
        let opened = open(&key, &mut packet).unwrap();
        assert_eq!(opened.salt.to_le_bytes()[..], bytes("efbeaddeaddeefbe"));
        assert_eq!(
            opened.session_id.to_le_bytes()[..],
            bytes("efbeedfeedfeefbe")
        );
        assert_eq!(opened.msg_id.to_le_bytes()[..], bytes("3412efbeefbe3412"));
        assert_eq!(opened.seq_no, 777);
        assert_eq!(opened.body, b"hello, world!!!!");
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (key, packet) = vector();
        for at in 8..packet.len() {
            let mut damaged = packet.clone();
            damaged[at] ^= 1;
            assert!(open(&key, &mut damaged).is_none(), "byte {at}");
        }
        for length in 0..packet.len() {
            assert!(
                open(&key, &mut packet[..length].to_vec()).is_none(),
                "{length}"
            );
        }
    }

    /// Seals a plaintext of a client as it is, rules or not.
    fn sealed_by_client(key: &AuthKey, plaintext: &[u8]) -> Vec<u8> {
        let (msg_key, _) = message_key(key, Side::Client, plaintext);
        let keys = derive(key, Side::Client, &msg_key);
        let mut packet = key.id().to_le_bytes().to_vec();
        packet.extend(msg_key);
        packet.extend(plaintext);
        ige_encrypt(&keys.key, &keys.iv, &mut packet[CLEAR..]);
        packet
    }

    #[test]
    fn lengths_and_padding_are_checked() {
        let (key, _) = vector();
        for (length, total, good) in [
            (4, 48, true),
            (0, 48, true),
            (8, 48, false), // eight bytes of padding
            (4, 1056, true),
            (0, 1056, true),
            (0, 1072, false), // 1040 bytes of padding
            (6, 64, false),
            (-4, 64, false),
            (64, 64, false),
            (i32::MAX, 64, false),
        ] {
            let mut plaintext = vec![3; total];
            plaintext[28..32].copy_from_slice(&length.to_le_bytes());
            let mut packet = sealed_by_client(&key, &plaintext);
            assert_eq!(
                open(&key, &mut packet).is_some(),
                good,
                "{length} of {total}"
            );
        }
    }

    #[test]
    fn what_is_sealed_can_be_opened_by_the_other_side() {
        let (key, _) = vector();
        let mut chance = Chance::new();
        let to = Sealed {
            key: &key,
            salt: 1,
            session_id: 2,
            msg_id: 5,
            seq_no: 7,
        };
        for body_len in (0..200).step_by(4) {
            let mut out = vec![9; 3];
            let body = vec![8; body_len];
            seal(
                &to,
                body_len,
                |out| out.extend(&body),
                &mut chance,
                &mut out,
            );
            let (length, padding) = Sealed::measure(body_len);
            assert_eq!(out.len() - 3, length);
            assert!(PADDING.contains(&padding));
            let packet = &mut out[3..];
            let msg_key: [u8; 16] = packet[8..CLEAR].try_into().unwrap();
            let keys = derive(&key, Side::Server, &msg_key);
            ige_decrypt(&keys.key, &keys.iv, &mut packet[CLEAR..]);
            let plaintext = &packet[CLEAR..];
            assert_eq!(message_key(&key, Side::Server, plaintext).0, msg_key);
            assert_eq!(plaintext[HEADER..HEADER + body_len], body);
        }
    }
}
