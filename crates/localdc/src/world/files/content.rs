//! The bytes of a file.
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// How many bytes one hash of a file is for. Production does not promise a length; this is the one
/// that clients meet.
pub(crate) const HASHED: usize = 128 << 10;

/// Bytes in pieces of one length, of which the last may be shorter. The pieces are those that were
/// uploaded: a file is not copied when it is put together.
#[derive(Clone, Default)]
pub(crate) struct Content {
    /// Shared: whoever reads one piece takes all of it along.
    pieces: Arc<Vec<Arc<Vec<u8>>>>,
    piece_len: usize,
    len: u64,
}

impl Content {
    /// Puts pieces together; all but the last must have the same length.
    pub(crate) fn new(pieces: Vec<Arc<Vec<u8>>>) -> Self {
        let piece_len = pieces.first().map_or(1, |piece| piece.len().max(1));
        let len = pieces.iter().map(|piece| piece.len() as u64).sum();
        Self {
            pieces: Arc::new(pieces),
            piece_len,
            len,
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// So many bytes from there on, or less where the file ends.
    pub(crate) fn read(&self, offset: u64, limit: usize) -> Vec<u8> {
        let end = self.len.min(offset.saturating_add(limit as u64));
        let mut out = Vec::with_capacity(usize::try_from(end.saturating_sub(offset)).unwrap_or(0));
        let mut at = offset;
        while at < end {
            let piece = usize::try_from(at / self.piece_len as u64).unwrap_or(usize::MAX);
            let Some(piece) = self.pieces.get(piece) else {
                break;
            };
            let from = usize::try_from(at % self.piece_len as u64).unwrap_or(0);
            let most = usize::try_from(end - at).unwrap_or(usize::MAX);
            let to = piece.len().min(from.saturating_add(most));
            out.extend_from_slice(&piece[from..to]);
            at += (to - from) as u64;
        }
        out
    }

    /// All of it.
    pub(crate) fn whole(&self) -> Vec<u8> {
        self.read(0, usize::try_from(self.len).unwrap_or(usize::MAX))
    }

    /// The hash of all of it.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for piece in &*self.pieces {
            hash.update(&**piece);
        }
        hash.finalize().into()
    }

    /// The hashes of the pieces from the one at `offset` on, at most so many: where each begins,
    /// how long it is, and its SHA-256.
    pub(crate) fn hashes(&self, offset: u64, most: usize) -> Vec<(u64, usize, [u8; 32])> {
        let first = offset - offset % HASHED as u64;
        let starts = (first..self.len).step_by(HASHED).take(most);
        starts
            .map(|start| {
                let bytes = self.read(start, HASHED);
                (start, bytes.len(), Sha256::digest(&bytes).into())
            })
            .collect()
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(vec![Arc::new(bytes)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_read_as_one() {
        let bytes: Vec<u8> = (0..100).collect();
        let pieces = bytes.chunks(32).map(|it| Arc::new(it.to_vec())).collect();
        let content = Content::new(pieces);
        assert_eq!((content.len(), content.whole()), (100, bytes.clone()));
        for (offset, limit) in [(0, 0), (0, 32), (31, 2), (1, 98), (64, 100), (100, 5)] {
            let end = bytes.len().min(offset + limit);
            assert_eq!(
                content.read(offset as u64, limit),
                bytes[offset..end],
                "{offset} {limit}"
            );
        }
        assert_eq!(content.read(u64::MAX, 10), Vec::<u8>::new());
    }
}
