//! What a video file says of itself: how long it is, and how large its picture.
//!
//! The crates that read such files read all of them, and bring a dozen others; three numbers of the
//! header are wanted.
use std::ops::Range;

use super::upload_source::UploadSource;

/// What the header of an MP4 or QuickTime file says (ISO/IEC 14496-12).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Film {
    /// In seconds; none if the file does not know, as one that is still being written.
    pub(super) duration: Option<f64>,
    /// Width and height as it is shown: turned, if the file says so. Music has none.
    pub(super) size: Option<(i32, i32)>,
}

/// So many boxes are looked at on one level. Files have a dozen; a false one may have millions.
const BOXES_MAX: usize = 1000;

/// What a box begins with: its size and its kind, and the size once more if it is large.
const HEADER: u64 = 8;
const LARGE_HEADER: u64 = 16;

impl Film {
    /// Reads what the file says; nothing if it is of another kind, or damaged.
    pub(super) fn of(source: &UploadSource) -> Option<Self> {
        let file = Boxes(source);
        let movie = file.find(0..source.len(), b"moov")?;
        let mut film = Self {
            duration: file.duration(&movie),
            size: None,
        };
        for track in file.all(movie, b"trak") {
            film.size = film.size.or_else(|| file.size(&track));
        }
        Some(film)
    }
}

/// A file that consists of boxes.
struct Boxes<'s>(&'s UploadSource);

impl Boxes<'_> {
    fn bytes<const N: usize>(&self, at: u64) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.0.read(at, &mut bytes).ok()?;
        Some(bytes)
    }

    fn u32(&self, at: u64) -> Option<u32> {
        self.bytes(at).map(u32::from_be_bytes)
    }

    fn u64(&self, at: u64) -> Option<u64> {
        self.bytes(at).map(u64::from_be_bytes)
    }

    /// The insides of all boxes of a kind, among those that lie here.
    fn all(&self, within: Range<u64>, kind: &[u8; 4]) -> Vec<Range<u64>> {
        let mut found = Vec::new();
        let mut at = within.start;
        for _ in 0..BOXES_MAX {
            let Some((inside, here)) = self.one(at, within.end) else {
                break;
            };
            at = inside.end;
            if here == *kind {
                found.push(inside);
            }
        }
        found
    }

    fn find(&self, within: Range<u64>, kind: &[u8; 4]) -> Option<Range<u64>> {
        self.all(within, kind).into_iter().next()
    }

    /// The inside and the kind of the box at this place.
    fn one(&self, at: u64, end: u64) -> Option<(Range<u64>, [u8; 4])> {
        if end.checked_sub(at)? < HEADER {
            return None;
        }
        let (size, kind) = (self.u32(at)?, self.bytes(at + 4)?);
        let (header, size) = match size {
            0 => (HEADER, end - at),
            1 => (LARGE_HEADER, self.u64(at + HEADER)?),
            size => (HEADER, u64::from(size)),
        };
        let last = at.checked_add(size)?;
        (size >= header && last <= end).then_some((at + header..last, kind))
    }

    /// What the header of the whole says; what is told of all pieces, if it comes in pieces.
    fn duration(&self, movie: &Range<u64>) -> Option<f64> {
        let header = self.find(movie.clone(), b"mvhd")?.start;
        let is_long = self.is_long(header)?;
        let (scale, mut length) = match is_long {
            true => (self.u32(header + 20)?, self.u64(header + 24)?),
            false => (self.u32(header + 12)?, self.short(header + 16)?),
        };
        if length == 0 {
            let pieces = self.find(movie.clone(), b"mvex")?;
            let told = self.find(pieces, b"mehd")?.start;
            length = match self.is_long(told)? {
                true => self.u64(told + 4)?,
                false => self.short(told + 4)?,
            };
        }
        // Nobody knows.
        if scale == 0 || length == u64::MAX {
            return None;
        }
        Some(length as f64 / f64::from(scale))
    }

    /// A length of 32 bits, of which the largest means what it means of 64.
    fn short(&self, at: u64) -> Option<u64> {
        let length = self.u32(at)?;
        Some(match length {
            u32::MAX => u64::MAX,
            length => u64::from(length),
        })
    }

    /// Whether times of this box have 64 bits.
    fn is_long(&self, header: u64) -> Option<bool> {
        let [version] = self.bytes(header)?;
        Some(version == 1)
    }

    /// How large the picture of a track is, if that has one.
    fn size(&self, track: &Range<u64>) -> Option<(i32, i32)> {
        let media = self.find(track.clone(), b"mdia")?;
        let handler = self.find(media, b"hdlr")?;
        if self.bytes(handler.start + 8)? != *b"vide" {
            return None;
        }
        let header = self.find(track.clone(), b"tkhd")?.start;
        let matrix = match self.is_long(header)? {
            true => header + 52,
            false => header + 40,
        };
        let (width, height) = (self.points(matrix + 36)?, self.points(matrix + 40)?);
        let is_turned = self.u32(matrix)? == 0 && self.u32(matrix + 16)? == 0;
        match is_turned {
            _ if width == 0 || height == 0 => None,
            true => Some((height, width)),
            false => Some((width, height)),
        }
    }

    /// Points are counted in 65,536ths.
    fn points(&self, at: u64) -> Option<i32> {
        let [high, low, _, _] = self.bytes(at)?;
        Some(i32::from(u16::from_be_bytes([high, low])))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn boxed(kind: &[u8; 4], inside: &[&[u8]]) -> Vec<u8> {
        let inside = inside.concat();
        let size = u32::try_from(inside.len() + 8).unwrap();
        [&size.to_be_bytes()[..], kind, &inside].concat()
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    /// The header of the whole: 1,000 units a second.
    fn header(length: u32) -> Vec<u8> {
        boxed(b"mvhd", &[&words(&[0, 0, 0, 1000, length]), &[0; 80]])
    }

    fn track(handler: &[u8; 4], matrix: [u32; 4], (width, height): (u32, u32)) -> Vec<u8> {
        let [a, b, c, d] = matrix;
        let matrix = words(&[a, b, 0, c, d, 0, 0, 0, 1 << 30]);
        let size = words(&[width << 16, height << 16]);
        let sound = boxed(b"hdlr", &[&[0; 8], handler, &[0; 13]]);
        boxed(
            b"trak",
            &[
                &boxed(b"tkhd", &[&[0; 40], &matrix, &size]),
                &boxed(b"mdia", &[&boxed(b"mdhd", &[&[0; 24]]), &sound]),
            ],
        )
    }

    const UPRIGHT: [u32; 4] = [1 << 16, 0, 0, 1 << 16];
    const TURNED: [u32; 4] = [0, 1 << 16, u32::MAX << 16, 0];

    fn read(bytes: Vec<u8>) -> Option<Film> {
        Film::of(&UploadSource::Bytes(Arc::from(bytes)))
    }

    fn film(duration: f64, size: Option<(i32, i32)>) -> Film {
        Film {
            duration: Some(duration),
            size,
        }
    }

    #[test]
    fn the_header_is_found_wherever_it_lies() {
        let sound = track(b"soun", UPRIGHT, (0, 0));
        let picture = track(b"vide", UPRIGHT, (320, 240));
        let movie = boxed(b"moov", &[&header(2500), &sound, &picture]);
        let kind = boxed(b"ftyp", &[b"isom", &[0; 4]]);
        let data = boxed(b"mdat", &[&[7; 5000]]);
        let wanted = Some(film(2.5, Some((320, 240))));
        assert_eq!(read([&kind[..], &movie, &data].concat()), wanted);
        assert_eq!(read([&kind[..], &data, &movie].concat()), wanted);
        // A box may have its size in 64 bits, and the last one may go to the end.
        let large = [&words(&[1])[..], b"mdat", &words(&[0, 16 + 9]), &[7; 9]].concat();
        assert_eq!(read([&kind[..], &large, &movie].concat()), wanted);
        let to_the_end = [&words(&[0])[..], &movie[4..]].concat();
        assert_eq!(read([&kind[..], &to_the_end].concat()), wanted);
    }

    #[test]
    fn times_may_have_64_bits_and_pieces_a_sum() {
        let long = boxed(
            b"mvhd",
            &[&words(&[1 << 24, 0, 0, 0, 0, 1000, 1, 0]), &[0; 80]],
        );
        let wanted = (u64::from(u32::MAX) + 1) as f64 / 1000.0;
        assert_eq!(read(boxed(b"moov", &[&long])), Some(film(wanted, None)));
        let sum = boxed(b"mvex", &[&boxed(b"mehd", &[&words(&[0, 4200])])]);
        let movie = boxed(b"moov", &[&header(0), &sum]);
        assert_eq!(read(movie), Some(film(4.2, None)));
        let unknown = boxed(b"moov", &[&header(u32::MAX)]);
        assert_eq!(read(unknown), Some(Film::default()));
        assert_eq!(read(boxed(b"moov", &[&header(0)])), Some(Film::default()));
    }

    #[test]
    fn what_is_turned_is_shown_turned() {
        let picture = track(b"vide", TURNED, (1920, 1080));
        let movie = boxed(b"moov", &[&header(1000), &picture]);
        assert_eq!(read(movie), Some(film(1.0, Some((1080, 1920)))));
        let titles = track(b"sbtl", UPRIGHT, (640, 100));
        let movie = boxed(b"moov", &[&header(1000), &titles]);
        assert_eq!(read(movie), Some(film(1.0, None)));
    }

    #[test]
    fn what_is_cut_or_another_thing_says_nothing() {
        let picture = track(b"vide", UPRIGHT, (320, 240));
        let movie = boxed(b"moov", &[&header(2500), &picture]);
        for end in 0..movie.len() {
            assert_eq!(read(movie[..end].to_vec()), None, "{end}");
        }
        for bytes in [&b"GIF89a"[..], &[0; 64], &[0xff; 64], b"\0\0\0\x01moov"] {
            assert_eq!(read(bytes.to_vec()), None);
        }
        // Each byte in turn is wrong: nothing has to come of it, but no panic either.
        for at in 0..movie.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bytes = movie.clone();
                bytes[at] = value;
                let _ = read(bytes);
            }
        }
        // Empty boxes without end: only so many are looked at.
        let mut many = boxed(b"free", &[]).repeat(BOXES_MAX);
        many.extend(&movie);
        assert_eq!(read(many), None);
    }
}
