//! A piece of a file that has arrived.
use std::fmt;
use std::ops::{Deref, Range};

/// A piece of a file that has arrived, and where in the file it stands. It lies in the server's
/// answer, as it came: nothing is copied.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// # let file = localdc::LocalDc::shared().give_file(client.my_id_or_fetch()?, "a.txt", b"Hello");
/// for chunk in client.download(&file).chunks()? {
///     let chunk = chunk?;
///     assert_eq!((chunk.offset(), &chunk[..]), (0, &b"Hello"[..]));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Chunk {
    bytes: Vec<u8>,
    range: Range<usize>,
    offset: u64,
}

impl Chunk {
    pub(super) fn new(bytes: Vec<u8>, range: Range<usize>, offset: u64) -> Self {
        Self {
            bytes,
            range,
            offset,
        }
    }

    /// Where in the file it begins.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes by themselves. They are moved to the front, and not copied elsewhere.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<u8> {
        self.bytes.truncate(self.range.end);
        self.bytes.drain(..self.range.start);
        self.bytes
    }

    /// The bytes, to be decrypted where they lie.
    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[self.range.clone()]
    }

    /// Where it ends.
    pub(super) fn end(&self) -> u64 {
        self.offset + self.len() as u64
    }

    /// Leaves out what comes before this place in the file, and what comes from another one on.
    pub(super) fn cut(&mut self, from: u64, until: u64) {
        let skip = usize::try_from(from.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let start = self.range.end.min(self.range.start.saturating_add(skip));
        self.offset += (start - self.range.start) as u64;
        self.range.start = start;
        let keep = usize::try_from(until.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        self.range.end = self.range.end.min(start.saturating_add(keep));
    }
}

impl Deref for Chunk {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chunk({} bytes from {} on)", self.len(), self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_cut_at_both_ends() {
        let chunk = || Chunk::new((0..20).collect(), 4..16, 1000);
        for (from, until, left) in [
            (0, 2000, 4..16),
            (1003, 1005, 7..9),
            (1012, 2000, 16..16),
            (0, 1000, 4..4),
            (2000, 3000, 16..16),
        ] {
            let mut cut = chunk();
            cut.cut(from, until);
            let expected: Vec<u8> = left.collect();
            assert_eq!(&cut[..], expected, "{from} {until}");
            assert_eq!(cut.into_vec(), expected);
        }
    }
}
