//! What stands in a session file before the records.
use primitives::sha256;

use crate::store::steps::FORMAT;

/// Marks the file as ours. A byte above 127 and both kinds of line end, so that a transfer as text
/// breaks the mark and is noticed.
const MAGIC: [u8; 8] = *b"\x89FGS\r\n\x1a\n";

/// Magic, format, length of the body, checksum.
pub(super) const HEADER_LEN: usize = 8 + 4 + 8 + 32;

/// Where the checksum begins: it covers all of the header before it, and the body.
const SUMMED_LEN: usize = HEADER_LEN - 32;

/// The length and the checksum of what was written with the header: in older formats of the
/// body itself, since then of the checksums of its entries.
///
/// The checksum is a whole SHA-256. CRC-32 would find every flipped byte as well, but lets one of
/// four thousand million other damages through (a page of zeros after a crash, the half of
/// another file), and a wrong key costs the login. SHA-256 is linked anyway, and takes less
/// time for a large session than the fsync that follows.
pub(super) struct Header {
    format: u32,
    body_len: u64,
    checksum: [u8; 32],
}

/// Why the first bytes of a file are no header that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HeaderError {
    Foreign,
    Newer(u32),
    Damaged(&'static str),
}

/// Checksums of entries, taken together one after the other.
#[derive(Debug)]
pub(super) struct Sums([u8; 32]);

impl Sums {
    pub(super) fn new() -> Self {
        Self([0; 32])
    }

    pub(super) fn add(&mut self, sum: &[u8]) {
        self.0 = sha256(&[&self.0, sum]);
    }
}

impl Header {
    /// The header of a snapshot that is so long.
    pub(super) fn of(body_len: u64, sums: &Sums) -> Self {
        let mut header = Self {
            format: FORMAT,
            body_len,
            checksum: [0; 32],
        };
        header.checksum = header.sum(&sums.0);
        header
    }

    /// The header of a file of an older format.
    #[cfg(test)]
    pub(super) fn of_older(format: u32, body: &[u8]) -> Self {
        let mut header = Self {
            format,
            body_len: body.len() as u64,
            checksum: [0; 32],
        };
        header.checksum = header.sum(body);
        header
    }

    pub(super) fn to_bytes(&self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&self.format.to_le_bytes());
        bytes[12..SUMMED_LEN].copy_from_slice(&self.body_len.to_le_bytes());
        bytes[SUMMED_LEN..].copy_from_slice(&self.checksum);
        bytes
    }

    /// Reads the beginning of a file, which may be shorter than a header.
    pub(super) fn parse(start: &[u8]) -> Result<Self, HeaderError> {
        let magic_len = start.len().min(MAGIC.len());
        if start[..magic_len] != MAGIC[..magic_len] {
            return Err(HeaderError::Foreign);
        }
        // A newer format may have another header: only the magic and the number stay.
        if let Some(format) = start.get(8..12) {
            let format = u32::from_le_bytes(format.try_into().expect("four bytes"));
            if format > FORMAT {
                return Err(HeaderError::Newer(format));
            }
            if format == 0 {
                return Err(HeaderError::Damaged("its format is 0"));
            }
        }
        let start: &[u8; HEADER_LEN] = start
            .get(..HEADER_LEN)
            .and_then(|start| start.try_into().ok())
            .ok_or(HeaderError::Damaged("it ends before its header does"))?;
        Ok(Self {
            format: u32::from_le_bytes(start[8..12].try_into().expect("four bytes")),
            body_len: u64::from_le_bytes(start[12..20].try_into().expect("eight bytes")),
            checksum: start[20..].try_into().expect("the checksum is the rest"),
        })
    }

    pub(super) fn body_len(&self) -> u64 {
        self.body_len
    }

    pub(super) fn checksum(&self) -> &[u8; 32] {
        &self.checksum
    }

    /// How the file is written.
    pub(super) fn format(&self) -> u32 {
        self.format
    }

    /// Whether entries with these checksums are what this header was made for.
    pub(super) fn fits(&self, sums: &Sums) -> bool {
        self.checksum == self.sum(&sums.0)
    }

    /// Whether `body` is what this header of an older format was made for.
    pub(super) fn fits_body(&self, body: &[u8]) -> bool {
        self.body_len == body.len() as u64 && self.checksum == self.sum(body)
    }

    fn sum(&self, body: &[u8]) -> [u8; 32] {
        sha256(&[&self.to_bytes()[..SUMMED_LEN], body])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_fits_its_body_only() {
        let header = Header::of_older(1, b"body");
        let parsed = Header::parse(&header.to_bytes()).ok().unwrap();
        assert!(parsed.format() == 1 && parsed.body_len() == 4);
        assert!(parsed.fits_body(b"body"));
        assert!(!parsed.fits_body(b"bodY"));
        assert!(!parsed.fits_body(b"bod"));
    }

    #[test]
    fn a_header_fits_its_entries_only_and_in_their_order() {
        let sums = |all: &[&[u8]]| {
            let mut sums = Sums::new();
            all.iter().for_each(|sum| sums.add(sum));
            sums
        };
        let header = Header::of(9, &sums(&[b"a", b"b"]));
        let parsed = Header::parse(&header.to_bytes()).ok().unwrap();
        assert!(parsed.format() == FORMAT && parsed.body_len() == 9);
        assert!(parsed.fits(&sums(&[b"a", b"b"])));
        for other in [&[b"b", b"a"][..], &[b"a"], &[b"a", b"b", b"c"], &[]] {
            let other: Vec<&[u8]> = other.iter().map(|sum| &sum[..]).collect();
            assert!(!parsed.fits(&sums(&other)), "{other:?}");
        }
    }

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let bytes = Header::of(0, &Sums::new()).to_bytes();
        let newer = {
            let mut bytes = bytes;
            bytes[8..12].copy_from_slice(&7u32.to_le_bytes());
            bytes
        };
        let why = |start: &[u8]| Header::parse(start).err().unwrap();
        assert_eq!(why(&newer), HeaderError::Newer(7));
        assert_eq!(why(&newer[..12]), HeaderError::Newer(7));
        assert_eq!(why(b"SQLite format 3\0"), HeaderError::Foreign);
        assert_eq!(
            why(b"\x89FGS\n\x1a\n"),
            HeaderError::Foreign,
            "sent as text"
        );
        for len in 0..HEADER_LEN {
            assert!(matches!(why(&bytes[..len]), HeaderError::Damaged(_)));
        }
    }
}
