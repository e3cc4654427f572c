//! Padded intermediate framing: up to 15 random bytes after each packet, which nothing counts.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate>.
use super::error::FramingError;
use super::extent::{MAX_PACKET, Reader, Scan, word};
use super::intermediate;
use crate::entropy::Entropy;
use crate::mtproto::PaddingPool;

/// The first bytes of a connection.
pub(super) const INIT: [u8; 4] = [0xdd; 4];

/// The most padding after a packet.
const PADDING_MAX: usize = 15;

/// The most padding after a quick ack.
const ACK_PADDING_MAX: usize = 8;

/// An encrypted message: the key's id and the message key, then whole blocks of AES.
const ENCRYPTED_HEADER: usize = 24;
const BLOCK: usize = 16;

/// An unencrypted message: a key id of zero, the message id, the length, then the body.
const PLAIN_HEADER: usize = 20;

/// The word that begins a quick ack.
const ACK_MARK: [u8; 4] = [0xff; 4];

/// Pads the frame that begins at `start`, and corrects its length.
pub(super) fn pad(
    start: usize,
    out: &mut Vec<u8>,
    pool: &mut PaddingPool,
    entropy: &mut dyn Entropy,
) {
    let len = put_padding(PADDING_MAX, out, pool, entropy);
    let header = &mut out[start..start + 4];
    let length = word(header).expect("the header was written");
    // At most 15 is added to at most the limit: the top bit stays as it is.
    header.copy_from_slice(&(length + len as u32).to_le_bytes());
}

/// A quick ack: a frame of its own with a mark before the token.
pub(super) fn put_quick_ack(
    token: u32,
    out: &mut Vec<u8>,
    pool: &mut PaddingPool,
    entropy: &mut dyn Entropy,
) {
    let start = out.len();
    intermediate::put_header(0, false, out);
    out.extend_from_slice(&ACK_MARK);
    out.extend_from_slice(&token.to_le_bytes());
    put_padding(ACK_PADDING_MAX, out, pool, entropy);
    let length = out.len() - start - 4;
    out[start..start + 4].copy_from_slice(&(length as u32).to_le_bytes());
}

/// Appends 0 to `most` random bytes and tells how many.
fn put_padding(
    most: usize,
    out: &mut Vec<u8>,
    pool: &mut PaddingPool,
    entropy: &mut dyn Entropy,
) -> usize {
    let mut random = [0; PADDING_MAX + 1];
    pool.fill(&mut random, entropy);
    let len = usize::from(random[0]) % (most + 1);
    out.extend_from_slice(&random[1..=len]);
    len
}

pub(super) fn scan(bytes: &[u8], reader: Reader) -> Result<Scan, FramingError> {
    let mut scan = intermediate::scan(bytes, reader, MAX_PACKET + PADDING_MAX)?;
    if let Scan::Frame(extent) = &mut scan {
        let packet_len = packet_len(&bytes[extent.payload.clone()]);
        extent.payload.end = extent.payload.start + packet_len;
    }
    Ok(scan)
}

/// How much of a frame is the packet. The frame does not tell how much padding it has; the message
/// inside does: an encrypted one is whole blocks, and an unencrypted one has a length of its own.
fn packet_len(frame: &[u8]) -> usize {
    if frame.len() < ENCRYPTED_HEADER {
        return frame.len();
    }
    if frame[..8] != [0; 8] {
        return frame.len() - (frame.len() - ENCRYPTED_HEADER) % BLOCK;
    }
    match word(&frame[PLAIN_HEADER - 4..]) {
        Some(body) if body as usize <= frame.len() - PLAIN_HEADER => PLAIN_HEADER + body as usize,
        // The length is nonsense: whoever opens the message says so.
        _ => frame.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::Seeded;

    #[test]
    fn padding_is_cut_off_again() {
        for body in [40, 56, 24 + 16 * 300] {
            for padding in 0..=PADDING_MAX {
                let encrypted = vec![1; body + padding];
                let whole = (body - 24) % 16;
                assert_eq!(packet_len(&encrypted), body - whole, "{body} + {padding}");
            }
        }
        for padding in 0..=PADDING_MAX {
            let mut plain = vec![0; 16];
            plain.extend_from_slice(&20_u32.to_le_bytes());
            plain.resize(40 + padding, 9);
            assert_eq!(packet_len(&plain), 40);
        }
    }

    #[test]
    fn nonsense_lengths_of_unencrypted_messages_pass_as_they_are() {
        let mut plain = vec![0; 40];
        plain[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(packet_len(&plain), 40);
    }

    #[test]
    fn the_header_counts_the_padding_and_keeps_the_wish() {
        let mut entropy = Seeded::new(3);
        let mut pool = PaddingPool::new();
        let mut seen = [false; 16];
        for _ in 0..300 {
            let mut out = vec![0x55; 3];
            intermediate::put_header(40, true, &mut out);
            out.extend_from_slice(&[7; 40]);
            pad(3, &mut out, &mut pool, &mut entropy);
            let length = word(&out[3..]).unwrap();
            assert_ne!(length & intermediate::QUICK_ACK, 0);
            let length = (length & !intermediate::QUICK_ACK) as usize;
            assert_eq!(out.len(), 3 + 4 + length);
            seen[length - 40] = true;
        }
        assert_eq!(seen, [true; 16]);
    }

    #[test]
    fn the_longest_packet_may_be_padded() {
        let longest = (MAX_PACKET as u32 + 15).to_le_bytes();
        assert_eq!(scan(&longest, Reader::Client), Ok(Scan::More));
        let longer = (MAX_PACKET as u32 + 16).to_le_bytes();
        assert!(scan(&longer, Reader::Client).is_err());
    }
}
