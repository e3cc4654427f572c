//! Intermediate framing: a length in four bytes. Padded intermediate has the same header.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#intermediate>.
use super::error::FramingError;
use super::extent::{Extent, Reader, Scan, word};

/// The first bytes of a connection.
pub(super) const INIT: [u8; 4] = [0xee; 4];

/// In the length: the wish for a quick ack, or the mark of one.
pub(super) const QUICK_ACK: u32 = 0x8000_0000;

pub(super) fn put_header(packet_len: usize, quick_ack: bool, out: &mut Vec<u8>) {
    let length = u32::try_from(packet_len).expect("packets are limited");
    let flag = if quick_ack { QUICK_ACK } else { 0 };
    out.extend_from_slice(&(length | flag).to_le_bytes());
}

/// A quick ack: the token alone, which has its top bit set.
pub(super) fn put_quick_ack(token: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&token.to_le_bytes());
}

/// `length_max` is the longest packet with all that may stand around it in the frame.
pub(super) fn scan(bytes: &[u8], reader: Reader, length_max: usize) -> Result<Scan, FramingError> {
    let Some(word) = word(bytes) else {
        return Ok(Scan::More);
    };
    if reader == Reader::Client && word & QUICK_ACK != 0 {
        return Ok(Scan::Token(word));
    }
    let length = (word & !QUICK_ACK) as usize;
    if length > length_max {
        return Err(FramingError::TooLong {
            length: length as u64,
        });
    }
    let end = 4 + length;
    if bytes.len() < end {
        return Ok(Scan::More);
    }
    Ok(Scan::Frame(Extent {
        payload: 4..end,
        end,
        quick_ack: word & QUICK_ACK != 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::MAX_PACKET;

    #[test]
    fn headers() {
        let mut out = Vec::new();
        put_header(40, false, &mut out);
        put_header(40, true, &mut out);
        assert_eq!(out, [40, 0, 0, 0, 40, 0, 0, 0x80]);
    }

    #[test]
    fn the_longest_packet() {
        let longest = (MAX_PACKET as u32).to_le_bytes();
        assert_eq!(scan(&longest, Reader::Client, MAX_PACKET), Ok(Scan::More));
        let longer = (MAX_PACKET as u32 + 1).to_le_bytes();
        assert_eq!(
            scan(&longer, Reader::Client, MAX_PACKET),
            Err(FramingError::TooLong {
                length: MAX_PACKET as u64 + 1
            })
        );
    }

    #[test]
    fn the_top_bit_is_a_token_to_clients_and_a_wish_to_servers() {
        let mut token = Vec::new();
        put_quick_ack(0xcd57_1d02, &mut token);
        assert_eq!(token, [0x02, 0x1d, 0x57, 0xcd]);
        assert_eq!(
            scan(&token, Reader::Client, MAX_PACKET),
            Ok(Scan::Token(0xcd57_1d02))
        );
        let Ok(Scan::Frame(extent)) = scan(&[2, 0, 0, 0x80, 8, 9], Reader::Server, MAX_PACKET)
        else {
            panic!("no frame");
        };
        assert!(extent.quick_ack);
        assert_eq!(extent.payload, 4..6);
    }
}
