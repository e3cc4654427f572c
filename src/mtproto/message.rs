//! Messages of the key exchange, which nothing encrypts.
//!
//! See <https://core.telegram.org/mtproto/description#unencrypted-message>.

/// A key id of zero, the message id, and the body's length.
const HEADER: usize = 20;

/// A packet that is no unencrypted message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlainError {
    /// It is shorter than the header.
    #[error("a message of {length} bytes is shorter than its header")]
    Short {
        /// The packet's length in bytes.
        length: usize,
    },
    /// It names a key: it is encrypted.
    #[error("the message is encrypted, where the key exchange was expected")]
    Encrypted,
    /// Its body would be longer than what is there.
    #[error("a body of {length} bytes was announced, and {available} bytes are there")]
    Length {
        /// As the header told it.
        length: i32,
        /// What follows the header.
        available: usize,
    },
}

/// The length of an unencrypted message whose body has `body_len` bytes.
#[must_use]
pub const fn plain_len(body_len: usize) -> usize {
    HEADER + body_len
}

/// Appends an unencrypted message to `out`.
///
/// # Panics
///
/// When the body is 2 GiB long or longer.
pub fn put_plain(msg_id: i64, body: &[u8], out: &mut Vec<u8>) {
    let length = i32::try_from(body.len()).expect("queries of the key exchange are short");
    out.reserve(plain_len(body.len()));
    out.extend_from_slice(&0_i64.to_le_bytes());
    out.extend_from_slice(&msg_id.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(body);
}

/// The message id and the body of an unencrypted message.
///
/// The body may be longer than the object in it: servers append random bytes and count them in the
/// length. See <https://core.telegram.org/mtproto/samples-auth_key>.
///
/// # Errors
///
/// When the packet is encrypted, or shorter than it claims to be.
pub fn open_plain(packet: &[u8]) -> Result<(i64, &[u8]), PlainError> {
    let short = PlainError::Short {
        length: packet.len(),
    };
    let (key_id, rest) = packet.split_first_chunk::<8>().ok_or(short)?;
    if *key_id != [0; 8] {
        return Err(PlainError::Encrypted);
    }
    let (msg_id, rest) = rest.split_first_chunk::<8>().ok_or(short)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(short)?;
    let length = i32::from_le_bytes(*length);
    let body = usize::try_from(length)
        .ok()
        .and_then(|length| rest.get(..length))
        .ok_or(PlainError::Length {
            length,
            available: rest.len(),
        })?;
    Ok((i64::from_le_bytes(*msg_id), body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::hex;

    #[test]
    fn the_published_query() {
        let body = hex("f18e7ebe406709f612fadfbec3f0289d0aa67eef");
        let mut out = vec![0xaa];
        put_plain(0x65c5_3d50_0006_72d4, &body, &mut out);
        let wire =
            hex("0000000000000000d4720600503dc56514000000f18e7ebe406709f612fadfbec3f0289d0aa67eef");
        assert_eq!(out[1..], wire);
        assert_eq!(out.len() - 1, plain_len(20));
        assert_eq!(
            open_plain(&wire),
            Ok((0x65c5_3d50_0006_72d4, body.as_slice()))
        );
    }

    #[test]
    fn bytes_after_the_body_do_not_matter() {
        let mut packet = Vec::new();
        put_plain(1, &[1, 2, 3, 4], &mut packet);
        packet.extend_from_slice(&[9; 13]);
        assert_eq!(open_plain(&packet), Ok((1, [1, 2, 3, 4].as_slice())));
    }

    #[test]
    fn packets_that_are_no_unencrypted_message() {
        let mut packet = Vec::new();
        put_plain(1, &[1, 2, 3, 4], &mut packet);
        for length in 0..20 {
            assert_eq!(
                open_plain(&packet[..length]),
                Err(PlainError::Short { length })
            );
        }
        assert_eq!(
            open_plain(&packet[..23]),
            Err(PlainError::Length {
                length: 4,
                available: 3
            })
        );
        packet[16..20].copy_from_slice(&(-1_i32).to_le_bytes());
        assert!(matches!(
            open_plain(&packet),
            Err(PlainError::Length { length: -1, .. })
        ));
        packet[0] = 1;
        assert_eq!(open_plain(&packet), Err(PlainError::Encrypted));
    }
}
