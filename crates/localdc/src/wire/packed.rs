//! `gzip_packed`: objects that travel compressed.
//!
//! See <https://core.telegram.org/mtproto/service_messages#packed-object>.
use std::io::{Read, Write};

use ferogram_sync::tl::{Reader, put_bytes};
use flate2::Compression;
use flate2::read::{GzDecoder, ZlibDecoder};
use flate2::write::GzEncoder;

use super::ids::GZIP_PACKED;

/// How large a compressed query may become: more than any container may be, so nothing honest
/// fails by it, and a few kilobytes cannot fill the memory.
pub(crate) const UNPACKED_LIMIT: usize = 16 * 1024 * 1024;

/// What a stream of gzip begins with (RFC 1952, 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// What is inside of a `gzip_packed`, whose id has been read already; none when it is damaged or
/// too large.
///
/// The page speaks of gzip only, but the server reads the frame of zlib too: mtcute sends no other.
pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(packed);
    let stream = reader.bytes();
    reader.finish().ok()?;
    let object = match stream.starts_with(&GZIP_MAGIC) {
        true => read(GzDecoder::new(stream)),
        false => read(ZlibDecoder::new(stream)),
    };
    object.filter(|object| object.len() <= UNPACKED_LIMIT)
}

/// Reads one byte more than there may be, so that too many show.
fn read(stream: impl Read) -> Option<Vec<u8>> {
    let mut object = Vec::new();
    let limit = UNPACKED_LIMIT as u64 + 1;
    stream.take(limit).read_to_end(&mut object).ok()?;
    Some(object)
}

/// The object compressed, if that makes it shorter.
pub(crate) fn pack(object: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(object).ok()?;
    let stream = encoder.finish().ok()?;
    let mut packed = GZIP_PACKED.to_le_bytes().to_vec();
    put_bytes(&mut packed, &stream);
    (packed.len() < object.len()).then_some(packed)
}

#[cfg(test)]
mod tests {
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn packed_and_unpacked() {
        let object = vec![7; 10_000];
        let packed = pack(&object).unwrap();
        assert!(packed.len() < 100);
        assert_eq!(unpack(&packed[4..]), Some(object));
        assert_eq!(pack(&[1, 2, 3, 4]), None);
    }

    #[test]
    fn the_frame_of_zlib_is_read_too() {
        let object = vec![7; 10_000];
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&object).unwrap();
        let stream = encoder.finish().unwrap();
        let mut packed = Vec::new();
        put_bytes(&mut packed, &stream);
        assert_eq!(unpack(&packed), Some(object));
        let mut cut = Vec::new();
        put_bytes(&mut cut, &stream[..stream.len() - 5]);
        assert_eq!(unpack(&cut), None);
    }

    #[test]
    fn what_is_damaged_or_too_large_is_refused() {
        let packed = pack(&vec![7; 10_000]).unwrap();
        assert_eq!(unpack(&packed[4..packed.len() - 4]), None);
        let mut damaged = packed.clone();
        let last = damaged.len() - 10;
        damaged[last] ^= 1;
        assert_eq!(unpack(&damaged[4..]), None);
        let huge = pack(&vec![0; UNPACKED_LIMIT + 4]).unwrap();
        assert_eq!(unpack(&huge[4..]), None);
        let largest = pack(&vec![0; UNPACKED_LIMIT]).unwrap();
        assert!(unpack(&largest[4..]).is_some());
    }
}
