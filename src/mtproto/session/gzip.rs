//! `gzip_packed`: unpacking within bounds, packing where it pays.
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::service::GZIP_PACKED;
use crate::tl::{Reader, put_bytes};

/// How many bytes the compressed objects of one packet may expand to, all together. Answers of the
/// API stay far below; a thousandfold expansion of a small packet must not fill the memory.
pub(super) const EXPANSION_MAX: usize = 16 << 20;

/// Smaller requests are not worth the time.
const PACKED_MIN: usize = 512;

/// Why a compressed object could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum GzipError {
    /// The stream is damaged.
    #[error("a compressed object is damaged")]
    Damaged,
    /// The packet's objects would grow beyond all bounds.
    #[error("compressed objects of one packet exceed {EXPANSION_MAX} bytes")]
    TooLarge,
}

/// Unpacks the object that follows the constructor id of `gzip_packed`, and takes what it needs
/// from the budget of the packet.
///
/// See <https://core.telegram.org/mtproto/service_messages#packed-object>.
pub(super) fn unpack(body: &[u8], budget: &mut usize) -> Result<Vec<u8>, GzipError> {
    let mut reader = Reader::new(body);
    let packed = reader.bytes();
    if reader.failed() {
        return Err(GzipError::Damaged);
    }
    let limit = *budget as u64 + 1;
    let mut unpacked = Vec::new();
    GzDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut unpacked)
        .map_err(|_| GzipError::Damaged)?;
    match budget.checked_sub(unpacked.len()) {
        Some(rest) => *budget = rest,
        None => {
            *budget = 0;
            return Err(GzipError::TooLarge);
        }
    }
    if unpacked.len() < 4 || unpacked.len() % 4 != 0 {
        return Err(GzipError::Damaged);
    }
    Ok(unpacked)
}

/// The object `gzip_packed` with this body inside, if it is large and shrinks by a tenth or more.
pub(super) fn pack(body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < PACKED_MIN {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).ok()?;
    let packed = encoder.finish().ok()?;
    let mut out = Vec::with_capacity(packed.len() + 12);
    out.extend_from_slice(&GZIP_PACKED.to_le_bytes());
    put_bytes(&mut out, &packed);
    (out.len() <= body.len() - body.len() / 10).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_packed_and_comes_back() {
        let text = b"the quick brown fox ".repeat(100);
        let packed = pack(&text).expect("text shrinks");
        assert!(packed.len() < text.len() / 5);
        assert_eq!(packed[..4], GZIP_PACKED.to_le_bytes());
        let mut budget = EXPANSION_MAX;
        assert_eq!(unpack(&packed[4..], &mut budget).as_deref(), Ok(&text[..]));
        assert_eq!(budget, EXPANSION_MAX - text.len());
    }

    #[test]
    fn what_does_not_shrink_stays() {
        use crate::entropy::Entropy;
        let mut noise = vec![0; 4096];
        crate::mtproto::testing::Seeded::new(1).fill(&mut noise);
        assert_eq!(pack(&noise), None);
        assert_eq!(pack(&[0; 500]), None, "it is small");
    }

    #[test]
    fn a_bomb_stops_at_the_budget() {
        let packed = pack(&vec![0; 1 << 20]).expect("zeros shrink");
        let mut budget = (1 << 20) - 1;
        assert_eq!(unpack(&packed[4..], &mut budget), Err(GzipError::TooLarge));
        assert_eq!(budget, 0);
        let mut budget = 1 << 20;
        assert!(unpack(&packed[4..], &mut budget).is_ok());
    }

    #[test]
    fn damage_is_an_error() {
        let mut packed = pack(&[1; 4000]).expect("it shrinks");
        for cut in [4, 8, packed.len() - 8] {
            let mut budget = EXPANSION_MAX;
            assert_eq!(
                unpack(&packed[4..cut], &mut budget),
                Err(GzipError::Damaged)
            );
        }
        packed[20] ^= 0xff;
        assert!(unpack(&packed[4..], &mut EXPANSION_MAX.clone()).is_err());
        assert_eq!(unpack(&[], &mut 5), Err(GzipError::Damaged));
    }
}
