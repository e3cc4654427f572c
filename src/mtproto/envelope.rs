//! Encrypted messages: sealed and opened in place.
//!
//! See <https://core.telegram.org/mtproto/description#encrypted-message> and
//! <https://core.telegram.org/mtproto/security_guidelines>.

use super::padding::{BLOCK, PADDING_MIN, Padding};
use crate::crypto::{AuthKey, Side, derive, equal, ige_decrypt, ige_encrypt, message_key};

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
    if equal(&computed, sent) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::PaddingPool;
    use crate::mtproto::testing::{Seeded, hex};

    /// A key and messages that several clients have in their tests.
    const PUBLISHED_KEY: &str = "98cb29c6ffa89e79da695a54f572e6cb101e81c688b63a4bf73c3622dec230e0";
    const PUBLISHED_FROM_SERVER: &str = "\
        40fa5bb7cb56a8950c394b884f1529efc42fea22d972fea650a714ce6d2d1bdb3d98ff5929b8\
        768c401771a69795f36a7e720dcafac2efbccd0ba368e8a7f48b07362cac1a32ffcabe188b51\
        a36cc4d54e1d0633cf9eaf35";
    const PUBLISHED_FROM_CLIENT: &str = "\
        40fa5bb7cb56a895f6f5a88914892aadf87c68031cc953ba29d68e118021f329be386a620d49\
        f3ad3a50c60dcef3733f214e8cefa3e403c11d193637d4971dc15db7f74b26fd16cb0e8fee30\
        bf7e3f68858fe82927e2cd06";
    const PUBLISHED_PLAINTEXT: &str = "\
        efbeaddeaddeefbeefbeedfeedfeefbe3412efbeefbe3412090300001000000068656c6c6f2c\
        20776f726c642121212129afd26df40fb8ed10b6b4ad6d56ef5d";

    /// A message that a real server sent: a container with a new session and a pong.
    const REAL_KEY: &str = "\
        5d2e7d65f49ec28bd029a88761ea27b8a4c79f12226525443e7d7c596ef3303530db2107e89a\
        a997c7a0164ab694187adeff156bd6ef7118a1962347753c0e7e89a0354b8ec364f9997e71bc\
        6923fb86e8e43491e010606a6ce845e2fa01940977ef0aa32adf5a97dbf6d428ec0434d717a2\
        d3ad19622cc05887642113c7965ffb862a3e3ccb0ab95addda57f89245dbd76b492348f8e94b\
        d5a7c0e0b84808523cfd1ea80b32fe9ad198bc2e103fceb7d52492ecc0273a28674bc923eee5\
        9265ab17a002df1f4aa2c59b819a5e5e1d105ec117336f5c76c6b187037d4b4270cee9cc2107\
        1d97e9bca220c6d7b01b998cf2e5cdb9a50ecda1852a36e635690c8e";
    const REAL_MESSAGE: &str = "\
        7a7183c2c10e4f4df945fa9a9abd35e7c3840b61f045304f39674c19c0e209784f50f6226a07\
        3529d675c92cbf0bfa8c99a79b3f39c72a5d9a026d431ab7407ca04ecc55187d6c45f1787152\
        4edd90cea02ed728e14d7cb18aea2a636158f09459a9437710d894c79f368c4e8164b7647ea9\
        8612aefe942c5d92121acb8db02dccceb66d0f8720ac12a06db0582bfd955be34f365118e3ba\
        b8cd080ce6b45b28eac56dcd2a29374e";
    const REAL_PLAINTEXT: &str = "\
        fc826a02248b28fd60f2c4822443ad6801f0c1c2918b305e0200000058000000dcf8f1730200\
        000001a8c1c2918b305e010000001c0000000809c29ec4fd33ad918b305e18a88ea607ee5816\
        fc826a02248b28fd01ccc1c2918b305e0200000014000000c5737734c4fd33ad918b305e6408\
        300000000000fce66704a3cd8ee9d0ae6fab672c60c04a3f1fd4490e51f6";

    fn key(digits: &str) -> AuthKey {
        let bytes: [u8; 256] = hex(digits).try_into().unwrap();
        AuthKey::new(bytes)
    }

    fn published_key() -> AuthKey {
        key(&PUBLISHED_KEY.repeat(8))
    }

    fn long(digits: &str) -> i64 {
        i64::from_le_bytes(hex(digits).try_into().unwrap())
    }

    const HEADER: Header = Header {
        salt: 1,
        session_id: -2,
        msg_id: 3,
        seq_no: 4,
    };

    #[test]
    fn published_messages_open() {
        for (side, message) in [
            (Side::Server, PUBLISHED_FROM_SERVER),
            (Side::Client, PUBLISHED_FROM_CLIENT),
        ] {
            let mut packet = hex(message);
            assert_eq!(key_id(&packet), Some(published_key().id()));
            let opened = open(&published_key(), side, &mut packet).unwrap();
            let header = Header {
                salt: long("efbeaddeaddeefbe"),
                session_id: long("efbeedfeedfeefbe"),
                msg_id: long("3412efbeefbe3412"),
                seq_no: 777,
            };
            assert_eq!(opened.header, header);
            assert_eq!(opened.body, b"hello, world!!!!");
            assert_eq!(packet[24..], hex(PUBLISHED_PLAINTEXT));
        }
    }

    #[test]
    fn published_messages_are_sealed_the_same() {
        for (side, message) in [
            (Side::Server, PUBLISHED_FROM_SERVER),
            (Side::Client, PUBLISHED_FROM_CLIENT),
        ] {
            let mut packet = vec![0; 24];
            packet.extend(hex(PUBLISHED_PLAINTEXT));
            seal_plaintext(&published_key(), side, &mut packet);
            assert_eq!(packet, hex(message));
        }
    }

    #[test]
    fn a_published_message_without_a_header() {
        let key = AuthKey::new(std::array::from_fn(|i| i as u8));
        let mut packet = vec![0; 24];
        packet.extend_from_slice(b"Hello, world! This data should remain secure!");
        packet.resize(packet.len() + 19, 0);
        let token = seal_plaintext(&key, Side::Client, &mut packet);
        assert_eq!(token, 0xcd57_1d02);
        assert_eq!(
            packet,
            hex(
                "32d1586ea457dfc8a81729d46db54019a2bfd7f744f9b96c4f716cfdc4477db2\
                    a2c15f6ddb85235fb9552f1d8407c6aaea00cc844c5a1bf6ac44b79b5edc2a23\
                    868b3d6073a590992c0f2975243d563ea180d218ee757c9a"
            )
        );
    }

    #[test]
    fn a_real_message() {
        let mut packet = hex(REAL_MESSAGE);
        let opened = open(&key(REAL_KEY), Side::Server, &mut packet).unwrap();
        assert_eq!(
            opened.header,
            Header {
                salt: 0xfd28_8b24_026a_82fc_u64 as i64,
                session_id: 0x68ad_4324_82c4_f260,
                msg_id: 0x5e30_8b91_c2c1_f001,
                seq_no: 2,
            }
        );
        assert_eq!(opened.body, &hex(REAL_PLAINTEXT)[32..32 + 88]);
        assert_eq!(packet[24..], hex(REAL_PLAINTEXT));
    }

    #[test]
    fn what_is_sealed_opens_on_the_other_side_only() {
        let mut entropy = Seeded::new(20);
        let mut pool = PaddingPool::new();
        let key = published_key();
        for body_len in (0..300).step_by(4).chain([4096, 524_288]) {
            let body = entropy.bytes(body_len);
            let padding = pool.draw(body_len, &mut entropy);
            let mut out = vec![0x77; 5];
            let write = |out: &mut Vec<u8>| out.extend_from_slice(&body);
            let token = seal(
                &key,
                Side::Client,
                &HEADER,
                body_len,
                write,
                &padding,
                &mut out,
            );
            assert_eq!(out[..5], [0x77; 5]);
            assert_eq!(out.len() - 5, sealed_len(body_len, &padding));
            let mut packet = out.split_off(5);
            let mut copy = packet.clone();
            let opened = open(&key, Side::Client, &mut packet).unwrap();
            assert_eq!(opened.header, HEADER);
            assert_eq!(opened.body, body);
            assert_eq!(opened.quick_ack, token);
            assert_ne!(token & 0x8000_0000, 0);
            assert_eq!(open(&key, Side::Server, &mut copy), Err(EnvelopeError));
        }
    }

    /// A message that keeps no rule: its length and padding are as told.
    fn sealed(length: i32, body: usize, padding: usize) -> Vec<u8> {
        let mut packet = vec![0; 24 + 28];
        packet.extend_from_slice(&length.to_le_bytes());
        packet.resize(24 + 32 + body + padding, 1);
        seal_plaintext(&published_key(), Side::Server, &mut packet);
        packet
    }

    fn opens(mut packet: Vec<u8>) -> bool {
        open(&published_key(), Side::Server, &mut packet).is_ok()
    }

    #[test]
    fn padding_of_12_to_1024_bytes() {
        for (body, padding, good) in [
            (4, 12, true),
            (16, 1024, true),
            (0, 16, true),
            (8, 8, false),
            (16, 0, false),
            (0, 1040, false),
            (12, 1028, false),
        ] {
            assert_eq!(opens(sealed(body as i32, body, padding)), good, "{padding}");
        }
    }

    #[test]
    fn lengths_that_cannot_be() {
        for length in [-4, -1, i32::MIN, i32::MAX, 1, 2, 3, 36, 1 << 20] {
            assert!(!opens(sealed(length, 20, 12)), "{length}");
        }
        assert!(opens(sealed(20, 20, 12)));
        for short in 0..72 {
            let packet = hex(PUBLISHED_FROM_SERVER);
            assert!(!opens(packet[..short].to_vec()), "{short}");
        }
    }

    #[test]
    fn a_changed_bit_anywhere_is_noticed() {
        let good = hex(PUBLISHED_FROM_SERVER);
        assert!(opens(good.clone()));
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1 << (place % 8);
            assert!(!opens(bad), "byte {place}");
        }
        let mut longer = good;
        longer.extend_from_slice(&[0; 16]);
        assert!(!opens(longer));
    }

    #[test]
    fn all_failures_look_the_same() {
        assert_eq!(size_of::<EnvelopeError>(), 0);
    }

    #[test]
    fn random_bytes_never_panic() {
        let mut entropy = Seeded::new(21);
        let key = published_key();
        for _ in 0..3000 {
            let len = entropy.below(200);
            let mut packet = entropy.bytes(len);
            assert!(open(&key, Side::Server, &mut packet).is_err());
            // Past the key id, and past the message key: whatever a server may say.
            let len = 24 + 16 * (1 + entropy.below(8));
            let mut packet = entropy.bytes(len);
            seal_plaintext(&key, Side::Server, &mut packet);
            let _ = open(&key, Side::Server, &mut packet);
        }
    }
}
