//! Which pieces of a file may be asked for.
use std::ops::Range;

use crate::tl::Identifiable;
use crate::tl::types::upload::File;

/// A piece lies within one of these.
///
/// See <https://core.telegram.org/api/files#downloading-files>.
pub(super) const SPAN: u64 = 1 << 20;

/// Where pieces may begin, and what their lengths are multiples of.
const STEP: u64 = 4096;

/// The same, if `precise` is asked for.
const PRECISE_STEP: u64 = 1024;

/// A piece as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) offset: u64,
    pub(super) limit: u64,
    pub(super) precise: bool,
}

impl Piece {
    /// The piece from a place on that ends before another one, if it is known, and is no longer
    /// than `most`, which is a power of two.
    pub(super) fn at(from: u64, until: Option<u64>, most: u64) -> Self {
        let offset = from - from % PRECISE_STEP;
        let line = offset - offset % SPAN + SPAN;
        let most = most.clamp(STEP, SPAN);
        let end = line.min(offset.saturating_add(most));
        let end = until.map_or(end, |until| end.min(until.next_multiple_of(PRECISE_STEP)));
        let wanted = end.saturating_sub(offset).max(PRECISE_STEP);
        // The plain form takes powers of two.
        let plain = wanted.next_power_of_two().max(STEP);
        if offset.is_multiple_of(STEP) && offset + plain <= line && plain <= most {
            return Self {
                offset,
                limit: plain,
                precise: false,
            };
        }
        Self {
            offset,
            limit: wanted,
            precise: true,
        }
    }

    pub(super) fn end(self) -> u64 {
        self.offset + self.limit
    }
}

/// Where in an answer the bytes of the file are; none if it is no `upload.file`.
///
/// See <https://core.telegram.org/mtproto/serialize#base-types>.
pub(super) fn bytes_in(answer: &[u8]) -> Option<Range<usize>> {
    let (id, _) = answer.split_first_chunk::<4>()?;
    if u32::from_le_bytes(*id) != File::CONSTRUCTOR_ID {
        return None;
    }
    let start = 12; // After the kind of file and its time.
    let (start, len) = match answer.get(start..)? {
        [254, a, b, c, ..] => (start + 4, u32::from_le_bytes([*a, *b, *c, 0])),
        [len @ ..=253, ..] => (start + 1, u32::from(*len)),
        _ => return None,
    };
    let range = start..start.checked_add(usize::try_from(len).ok()?)?;
    answer.get(range.clone()).map(|_| range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::{Serialize, enums};

    /// As the official page says.
    fn is_allowed(piece: Piece) -> bool {
        let Piece { offset, limit, .. } = piece;
        let step = if piece.precise { 1024 } else { 4096 };
        offset % step == 0
            && limit > 0
            && limit % step == 0
            && (piece.precise && limit <= SPAN || SPAN.is_multiple_of(limit))
            && offset / SPAN == (offset + limit - 1) / SPAN
    }

    #[test]
    fn every_piece_is_allowed_and_holds_what_is_wanted() {
        for from in [
            0,
            1,
            1023,
            1024,
            4095,
            4096,
            SPAN - 1,
            SPAN,
            5 * SPAN + 300_000,
        ] {
            for len in [
                None,
                Some(1),
                Some(5000),
                Some(300_000),
                Some(SPAN),
                Some(3 * SPAN),
            ] {
                for most in [4096, 65_536, SPAN] {
                    let until = len.map(|len| from + len);
                    let piece = Piece::at(from, until, most);
                    assert!(is_allowed(piece), "{from} {len:?} {most}: {piece:?}");
                    assert!((piece.offset..piece.end()).contains(&from), "{piece:?}");
                }
            }
        }
    }

    #[test]
    fn whole_files_go_in_plain_pieces_and_little_is_asked_for_twice() {
        let whole = Piece::at(0, Some(2 * SPAN + 300_000), SPAN);
        assert_eq!((whole.limit, whole.precise), (SPAN, false));
        let last = Piece::at(2 * SPAN, Some(2 * SPAN + 300_000), SPAN);
        assert_eq!((last.limit, last.precise), (512 << 10, false));
        let rest = Piece::at(700_000, Some(9 * SPAN), SPAN);
        assert_eq!((rest.offset, rest.end()), (699_392, SPAN));
        assert!(rest.precise);
        let small = Piece::at(10_000, Some(10_010), SPAN);
        assert_eq!((small.offset, small.limit), (9216, 1024));
    }

    #[test]
    fn the_bytes_are_found_in_the_answer() {
        for len in [0, 1, 253, 254, 300, 70_000] {
            let file = File {
                bytes: vec![7; len],
                ..Default::default()
            };
            let answer = enums::upload::File::from(file).to_bytes();
            let range = bytes_in(&answer).expect("it is a file");
            assert_eq!(&answer[range.clone()], vec![7; len]);
            for cut in [0, 3, 12, range.end.saturating_sub(1)] {
                let cut = &answer[..cut.min(answer.len())];
                assert!(len == 0 || bytes_in(cut).is_none(), "{len}");
            }
        }
        assert_eq!(bytes_in(&[0; 40]), None);
    }
}
