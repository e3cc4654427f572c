//! Abridged framing: a length in words, in one byte or four.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#abridged>.
use super::error::FramingError;
use super::extent::{Extent, MAX_PACKET, Reader, Scan, word};

/// The first byte of a connection.
pub(super) const INIT: [u8; 1] = [0xef];

/// The first byte of a header in the long form, and the first length that needs it.
const LONG: u8 = 0x7f;

/// In the first byte: the wish for a quick ack, or the beginning of one.
const QUICK_ACK: u8 = 0x80;

pub(super) fn put_header(packet_len: usize, quick_ack: bool, out: &mut Vec<u8>) {
    assert!(packet_len.is_multiple_of(4), "messages are whole words");
    let words = u32::try_from(packet_len / 4).expect("packets are limited");
    let flag = if quick_ack { QUICK_ACK } else { 0 };
    if words < u32::from(LONG) {
        out.push(words as u8 | flag);
    } else {
        let [a, b, c, _] = words.to_le_bytes();
        out.extend_from_slice(&[LONG | flag, a, b, c]);
    }
}

/// A quick ack: the token's bytes reversed, so that the first has its top bit set.
pub(super) fn put_quick_ack(token: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&token.to_be_bytes());
}

pub(super) fn scan(bytes: &[u8], reader: Reader) -> Result<Scan, FramingError> {
    let Some(&first) = bytes.first() else {
        return Ok(Scan::More);
    };
    if reader == Reader::Client && first & QUICK_ACK != 0 {
        return Ok(word(bytes).map_or(Scan::More, |token| Scan::Token(token.swap_bytes())));
    }
    let (header, words) = match first & !QUICK_ACK {
        LONG => match word(bytes) {
            Some(word) => (4, word >> 8),
            None => return Ok(Scan::More),
        },
        short => (1, u32::from(short)),
    };
    let length = u64::from(words) * 4;
    if header == 4 && words < u32::from(LONG) {
        return Err(FramingError::Overlong { length });
    }
    if length > MAX_PACKET as u64 {
        return Err(FramingError::TooLong { length });
    }
    let end = header + words as usize * 4;
    if bytes.len() < end {
        return Ok(Scan::More);
    }
    Ok(Scan::Frame(Extent {
        payload: header..end,
        end,
        quick_ack: first & QUICK_ACK != 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(packet_len: usize, quick_ack: bool) -> Vec<u8> {
        let mut out = Vec::new();
        put_header(packet_len, quick_ack, &mut out);
        out
    }

    #[test]
    fn headers() {
        assert_eq!(header(4, false), [1]);
        assert_eq!(header(126 * 4, false), [126]);
        assert_eq!(header(127 * 4, false), [0x7f, 127, 0, 0]);
        assert_eq!(header(0x01_02_03 * 4, false), [0x7f, 3, 2, 1]);
        assert_eq!(header(40, true), [0x8a]);
        assert_eq!(header(127 * 4, true), [0xff, 127, 0, 0]);
    }

    #[test]
    fn the_long_form_of_a_short_length_is_refused() {
        for reader in [Reader::Client, Reader::Server] {
            assert_eq!(
                scan(&[0x7f, 126, 0, 0], reader),
                Err(FramingError::Overlong { length: 504 })
            );
        }
    }

    #[test]
    fn the_longest_packet() {
        assert_eq!(scan(&[0x7f, 0, 0, 0x40], Reader::Client), Ok(Scan::More));
        assert_eq!(
            scan(&[0x7f, 1, 0, 0x40], Reader::Client),
            Err(FramingError::TooLong {
                length: MAX_PACKET as u64 + 4
            })
        );
    }

    #[test]
    fn the_top_bit_is_a_token_to_clients_and_a_wish_to_servers() {
        let mut token = Vec::new();
        put_quick_ack(0xcd57_1d02, &mut token);
        assert_eq!(token, [0xcd, 0x57, 0x1d, 0x02]);
        assert_eq!(scan(&token, Reader::Client), Ok(Scan::Token(0xcd57_1d02)));
        assert_eq!(scan(&token[..3], Reader::Client), Ok(Scan::More));
        let Ok(Scan::Frame(extent)) = scan(&[0x81, 1, 2, 3, 4], Reader::Server) else {
            panic!("no frame");
        };
        assert!(extent.quick_ack);
        assert_eq!(extent.payload, 1..5);
    }
}
