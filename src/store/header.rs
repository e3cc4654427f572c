//! What stands in a session file before the records.
use primitives::sha256;

/// Marks the file as ours. A byte above 127 and both kinds of line end, so that a transfer as text
/// breaks the mark and is noticed.
const MAGIC: [u8; 8] = *b"\x89FGS\r\n\x1a\n";

/// The format that is written, and the newest that can be read. Format 1 had one name for each
/// peer, without a time.
pub(super) const FORMAT: u32 = 2;

/// Magic, format, length of the body, checksum.
pub(super) const HEADER_LEN: usize = 8 + 4 + 8 + 32;

/// Where the checksum begins: it covers all of the header before it, and the body.
const SUMMED_LEN: usize = HEADER_LEN - 32;

/// The lengths and the checksum of a body.
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

impl Header {
    pub(super) fn of(body: &[u8]) -> Self {
        let mut header = Self {
            format: FORMAT,
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

    /// How the body is written.
    pub(super) fn format(&self) -> u32 {
        self.format
    }

    pub(super) fn body_len(&self) -> u64 {
        self.body_len
    }

    /// Whether `body` is what this header was made for.
    pub(super) fn fits(&self, body: &[u8]) -> bool {
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
        let header = Header::of(b"body");
        let parsed = Header::parse(&header.to_bytes()).ok().unwrap();
        assert_eq!(parsed.body_len(), 4);
        assert!(parsed.fits(b"body"));
        assert!(!parsed.fits(b"bodY"));
        assert!(!parsed.fits(b"bod"));
    }

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let bytes = Header::of(b"").to_bytes();
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
