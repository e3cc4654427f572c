//! Holding what arrives against the hashes that the server gives of it.
use std::collections::{BTreeMap, VecDeque};

use super::chunk::Chunk;
use crate::crypto::sha256;
use crate::error::FileError;
use crate::tl::{enums, types};

/// A hash of more would have so much held back, in memory: the server's are of 128 KiB.
const LONGEST: u64 = 8 << 20;

/// Holds pieces back until their hashes are known to be right.
///
/// See <https://core.telegram.org/api/files#verifying-downloaded-chunks>.
#[derive(Default)]
pub(super) struct Hashes {
    known: BTreeMap<u64, (u64, Vec<u8>)>,
    /// What is right up to here was given out, or will be.
    checked: u64,
    held: VecDeque<Chunk>,
}

/// What has to be done before a piece can be given out.
#[derive(Debug)]
pub(super) enum Held {
    /// It is right.
    Right(Chunk),
    /// The hashes from there on are not known.
    Hashes(u64),
    /// The next piece has to come.
    Next,
}

impl Hashes {
    /// The next piece begins where this hash does; what is held comes again.
    pub(super) fn begin_at(&mut self, start: u64) {
        self.checked = start;
        self.held.clear();
    }

    /// Takes in what the server gives. Those of nothing, or of very much, are of no use.
    pub(super) fn learn(&mut self, hashes: Vec<enums::FileHash>) {
        for enums::FileHash::Hash(types::FileHash {
            offset,
            limit,
            hash,
        }) in hashes
        {
            if let (Ok(offset), Ok(len)) = (u64::try_from(offset), u64::try_from(limit))
                && (1..=LONGEST).contains(&len)
            {
                self.known.insert(offset, (len, hash));
            }
        }
    }

    /// Where the hash begins that a place in the file lies in.
    pub(super) fn start_of(&self, at: u64) -> Option<u64> {
        let (start, (len, _)) = self.known.range(..=at).next_back()?;
        (at < start.saturating_add(*len)).then_some(*start)
    }

    /// The next piece, in the order of the file.
    pub(super) fn push(&mut self, chunk: Chunk) {
        self.held.push_back(chunk);
    }

    /// How many bytes are held back.
    pub(super) fn held(&self) -> usize {
        self.held.iter().map(|chunk| chunk.len()).sum()
    }

    /// Gives the next piece out, if it is right.
    ///
    /// # Errors
    ///
    /// [`FileError::Hash`] when it is not.
    pub(super) fn next(&mut self, is_whole: bool) -> Result<Held, FileError> {
        loop {
            let Some(first) = self.held.front() else {
                return Ok(Held::Next);
            };
            if first.end() <= self.checked {
                let first = self.held.pop_front();
                return Ok(first.map_or(Held::Next, Held::Right));
            }
            let Some((len, hash)) = self.known.get(&self.checked) else {
                return Ok(Held::Hashes(self.checked));
            };
            let end = self.held.back().map_or(0, Chunk::end);
            let until = self.checked + len;
            if until > end && !is_whole {
                return Ok(Held::Next);
            }
            // Of a file that ends within, the hash is of what there is.
            if self.digest(self.checked, until.min(end)) != hash[..] {
                return Err(FileError::Hash {
                    offset: self.checked,
                });
            }
            self.known = self.known.split_off(&(self.checked + 1));
            self.checked = until;
        }
    }

    /// Lets what is held go unchecked, as the server gives no hashes of it.
    pub(super) fn let_go(&mut self) {
        self.checked = u64::MAX;
    }

    fn digest(&self, from: u64, until: u64) -> [u8; 32] {
        let parts: Vec<&[u8]> = self
            .held
            .iter()
            .map(|chunk| {
                let at = |place: u64| {
                    let place = place.saturating_sub(chunk.offset());
                    chunk
                        .len()
                        .min(usize::try_from(place).unwrap_or(usize::MAX))
                };
                &chunk[at(from)..at(until)]
            })
            .collect();
        sha256(&parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(bytes: &[u8], each: usize) -> Vec<enums::FileHash> {
        let pieces = bytes.chunks(each).enumerate();
        let hash = |(number, piece): (usize, &[u8])| {
            types::FileHash {
                offset: (number * each) as i64,
                limit: piece.len() as i32,
                hash: sha256(&[piece]).to_vec(),
            }
            .into()
        };
        pieces.map(hash).collect()
    }

    fn check(bytes: &[u8], sent: &[u8], each: usize, pieces: usize) -> Result<Vec<u8>, FileError> {
        let mut it = Hashes::default();
        let mut out = Vec::new();
        let mut offset = 0;
        for (number, piece) in sent.chunks(pieces).enumerate() {
            it.push(Chunk::new(piece.to_vec(), 0..piece.len(), offset));
            offset += piece.len() as u64;
            let is_whole = (number + 1) * pieces >= sent.len();
            loop {
                match it.next(is_whole)? {
                    Held::Right(chunk) => out.extend_from_slice(&chunk),
                    Held::Hashes(from) => {
                        let all = hashes(bytes, each);
                        assert!(from.is_multiple_of(each as u64));
                        it.learn(all);
                    }
                    Held::Next => break,
                }
            }
        }
        Ok(out)
    }

    #[test]
    fn what_is_right_comes_out_whatever_the_lengths() {
        let bytes: Vec<u8> = (0..1000).map(|it| (it % 251) as u8).collect();
        for (each, pieces) in [(128, 100), (128, 128), (100, 1000), (300, 7), (1000, 64)] {
            let out = check(&bytes, &bytes, each, pieces).expect("it is right");
            assert_eq!(out, bytes, "{each} {pieces}");
        }
    }

    #[test]
    fn what_is_wrong_does_not() {
        let bytes: Vec<u8> = (0..1000).map(|it| (it % 251) as u8).collect();
        for at in [0, 127, 128, 500, 999] {
            let mut wrong = bytes.clone();
            wrong[at] ^= 1;
            let error = check(&bytes, &wrong, 128, 100).expect_err("one bit is wrong");
            let start = (at / 128 * 128) as u64;
            assert!(matches!(error, FileError::Hash { offset } if offset == start));
        }
        let cut = check(&bytes, &bytes[..900], 128, 100).expect_err("it is cut");
        assert!(matches!(cut, FileError::Hash { offset: 896 }));
    }
}
