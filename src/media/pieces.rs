//! Which pieces of a file may be asked for.
use std::ops::Range;

use crate::tl::Identifiable;
use crate::tl::types::upload::{CdnFile, CdnFileReuploadNeeded, File, FileCdnRedirect};

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

    /// The same of a CDN, which has no precise form: it may begin before the place.
    pub(super) fn plain(from: u64, until: Option<u64>, most: u64) -> Self {
        let offset = from - from % STEP;
        let line = offset - offset % SPAN + SPAN;
        let wanted = until.map_or(SPAN, |until| until.saturating_sub(offset).clamp(1, SPAN));
        let mut limit = wanted
            .next_power_of_two()
            .clamp(STEP, most.clamp(STEP, SPAN));
        while offset + limit > line {
            limit /= 2;
        }
        Self {
            offset,
            limit,
            precise: false,
        }
    }

    pub(super) fn end(self) -> u64 {
        self.offset + self.limit
    }
}

/// What is in an answer to who has asked for a piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brought {
    /// The bytes of the file stand there.
    Bytes(Range<usize>),
    /// The file is to be fetched from a CDN.
    Redirect,
    /// The CDN has the file no longer.
    Nothing,
    /// Something else, or it is damaged.
    Other,
}

impl Brought {
    /// Looks into an answer, of a CDN or not.
    pub(super) fn of(answer: &[u8], of_cdn: bool) -> Self {
        let Some((id, _)) = answer.split_first_chunk::<4>() else {
            return Self::Other;
        };
        let start = match (u32::from_le_bytes(*id), of_cdn) {
            (File::CONSTRUCTOR_ID, false) => 12, // After the kind of file and its time.
            (CdnFile::CONSTRUCTOR_ID, true) => 4,
            (FileCdnRedirect::CONSTRUCTOR_ID, false) => return Self::Redirect,
            (CdnFileReuploadNeeded::CONSTRUCTOR_ID, true) => return Self::Nothing,
            _ => return Self::Other,
        };
        bytes_at(answer, start).map_or(Self::Other, Self::Bytes)
    }
}

/// Where the bytes are whose length stands at a place.
///
/// See <https://core.telegram.org/mtproto/serialize#base-types>.
fn bytes_at(answer: &[u8], start: usize) -> Option<Range<usize>> {
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
            (1 << 31) - 1,
            (1 << 31) + 4096,
            (1 << 32) + SPAN + 5,
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
                    let plain = Piece::plain(from, until, most);
                    assert!(is_allowed(plain) && !plain.precise, "{plain:?}");
                    assert!((plain.offset..plain.end()).contains(&from), "{plain:?}");
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
            let cdn = CdnFile {
                bytes: vec![7; len],
            };
            let home = enums::upload::File::from(file).to_bytes();
            let cdn = enums::upload::CdnFile::from(cdn).to_bytes();
            for (answer, of_cdn) in [(home, false), (cdn, true)] {
                let Brought::Bytes(range) = Brought::of(&answer, of_cdn) else {
                    panic!("it is a file");
                };
                assert_eq!(&answer[range.clone()], vec![7; len]);
                assert_eq!(Brought::of(&answer, !of_cdn), Brought::Other);
                for cut in [0, 3, 4, range.end.saturating_sub(1)] {
                    let cut = &answer[..cut.min(answer.len())];
                    assert!(len == 0 || Brought::of(cut, of_cdn) == Brought::Other);
                }
            }
        }
        assert_eq!(Brought::of(&[0; 40], false), Brought::Other);
        let sent = enums::upload::File::from(FileCdnRedirect::default()).to_bytes();
        assert_eq!(Brought::of(&sent, false), Brought::Redirect);
        assert_eq!(Brought::of(&sent, true), Brought::Other, "no CDN sends on");
    }
}
