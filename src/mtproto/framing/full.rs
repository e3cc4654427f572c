//! Full framing: length, sequence number and checksum.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#full>.
use super::error::FramingError;
use super::extent::{Extent, MAX_PACKET, Scan, word};

/// Length and sequence number.
const HEADER: usize = 8;

/// The checksum at the end.
const CHECKSUM: usize = 4;

/// The sequence numbers of a connection: each direction counts its own.
#[derive(Debug, Default)]
pub(super) struct Full {
    sent: u32,
    received: u32,
}

impl Full {
    pub(super) fn put_header(&mut self, packet_len: usize, out: &mut Vec<u8>) {
        assert!(packet_len.is_multiple_of(4), "messages are whole words");
        let length = u32::try_from(packet_len + HEADER + CHECKSUM).expect("packets are limited");
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&self.sent.to_le_bytes());
        self.sent = self.sent.wrapping_add(1);
    }

    /// Ends the frame that begins at `start`.
    pub(super) fn put_checksum(start: usize, out: &mut Vec<u8>) {
        let checksum = crc32fast::hash(&out[start..]);
        out.extend_from_slice(&checksum.to_le_bytes());
    }

    pub(super) fn scan(&mut self, bytes: &[u8]) -> Result<Scan, FramingError> {
        let Some(length) = word(bytes) else {
            return Ok(Scan::More);
        };
        // Some servers send an error without a frame: the code stands in place of the length, of
        // the sequence number and of the packet.
        let length = length as i32;
        if length < 0 {
            return Ok(Scan::Error(length));
        }
        if length as usize > MAX_PACKET + HEADER + CHECKSUM {
            return Err(FramingError::TooLong {
                length: length as u64,
            });
        }
        let end = length as usize;
        if end < HEADER + CHECKSUM || !end.is_multiple_of(4) {
            return Err(FramingError::Length {
                length: i64::from(length),
            });
        }
        if bytes.len() < end {
            return Ok(Scan::More);
        }
        let (payload, checksum) = bytes[..end].split_at(end - CHECKSUM);
        if checksum != crc32fast::hash(payload).to_le_bytes() {
            return Err(FramingError::Checksum);
        }
        let received = word(&bytes[4..]).expect("the whole frame is there");
        if received != self.received {
            return Err(FramingError::Sequence {
                expected: self.received,
                received,
            });
        }
        self.received = self.received.wrapping_add(1);
        Ok(Scan::Frame(Extent {
            payload: HEADER..end - CHECKSUM,
            end,
            quick_ack: false,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::hex;

    fn frame(full: &mut Full, packet: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        full.put_header(packet.len(), &mut out);
        out.extend_from_slice(packet);
        Full::put_checksum(0, &mut out);
        out
    }

    #[test]
    fn published_frames() {
        let mut full = Full::default();
        assert_eq!(frame(&mut full, &[]), hex("0c000000 00000000 26ca8d32"));
        let packet: Vec<u8> = (0..128).collect();
        let mut full = Full::default();
        assert_eq!(frame(&mut full, &packet)[136..], hex("86739537"));
        assert_eq!(frame(&mut full, &packet)[136..], hex("9609f04a"));
        let req_pq =
            hex("0000000000000000d4720600503dc56514000000f18e7ebe406709f612fadfbec3f0289d0aa67eef");
        assert_eq!(
            frame(&mut Full::default(), &req_pq),
            hex(
                "34000000000000000000000000000000d4720600503dc56514000000f18e7ebe\
                 406709f612fadfbec3f0289d0aa67eef22b7ab88"
            )
        );
    }

    #[test]
    fn damage_is_noticed() {
        let good = frame(&mut Full::default(), &[1, 2, 3, 4]);
        assert!(matches!(
            Full::default().scan(&good),
            Ok(Scan::Frame(Extent { end: 16, .. }))
        ));
        for place in 4..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 0x10;
            assert_eq!(Full::default().scan(&bad), Err(FramingError::Checksum));
        }
        let mut full = Full::default();
        full.scan(&good).unwrap();
        assert_eq!(
            full.scan(&good),
            Err(FramingError::Sequence {
                expected: 1,
                received: 0
            })
        );
    }

    #[test]
    fn lengths_that_cannot_be() {
        for length in [0, 4, 11, 13, 18] {
            assert_eq!(
                Full::default().scan(&i32::to_le_bytes(length)),
                Err(FramingError::Length {
                    length: i64::from(length)
                })
            );
        }
        let longest = MAX_PACKET as i32 + 12;
        assert_eq!(Full::default().scan(&longest.to_le_bytes()), Ok(Scan::More));
        assert!(Full::default().scan(&(longest + 4).to_le_bytes()).is_err());
    }

    #[test]
    fn an_error_in_place_of_a_frame() {
        let code = (-429_i32).to_le_bytes();
        for times in 1..=3 {
            assert_eq!(
                Full::default().scan(&code.repeat(times)),
                Ok(Scan::Error(-429))
            );
        }
    }
}
