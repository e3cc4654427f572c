//! Pictures, as far as a data centre without a decoder knows them: their sizes, and grey ones.

/// The longest side of a photo, and the most of both together.
///
/// See <https://core.telegram.org/bots/api#sendphoto>.
const SIDES_MAX: u32 = 10_000;

/// How much longer one side may be than the other.
const RATIO_MAX: u32 = 20;

/// The sizes that a photo is stored in, by their letters, and the boxes they fit into.
///
/// See <https://core.telegram.org/api/files#image-thumbnail-types>.
const BOXES: [(&str, u32); 4] = [("s", 100), ("m", 320), ("x", 800), ("y", 1280)];

/// The largest version of all.
const LARGEST: &str = "w";

/// What is known of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Picture {
    /// Reads the size from the beginning of a JPEG or PNG file.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => {
                let field = |at: usize| {
                    let field = bytes.get(at..at + 4)?.first_chunk()?;
                    Some(u32::from_be_bytes(*field))
                };
                Some(Self {
                    width: field(16)?,
                    height: field(20)?,
                })
            }
            [0xff, 0xd8, ..] => Self::read_jpeg(bytes),
            _ => None,
        }
    }

    fn read_jpeg(bytes: &[u8]) -> Option<Self> {
        let mut at = 2;
        loop {
            let &[0xff, marker, high, low] = bytes.get(at..at + 4)?.first_chunk()? else {
                return None;
            };
            let is_frame = (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker);
            if is_frame {
                let &[h1, h0, w1, w0] = bytes.get(at + 5..at + 9)?.first_chunk()?;
                return Some(Self {
                    width: u32::from(u16::from_be_bytes([w1, w0])),
                    height: u32::from(u16::from_be_bytes([h1, h0])),
                });
            }
            at += 2 + usize::from(u16::from_be_bytes([high, low]));
        }
    }

    /// Whether it can be a photo.
    pub(crate) fn is_photo(self) -> bool {
        let (short, long) = (self.width.min(self.height), self.width.max(self.height));
        short > 0 && self.width + self.height <= SIDES_MAX && long <= short * RATIO_MAX
    }

    /// The versions that a photo of this size is stored in: each letter, its size, and whether it
    /// is the picture itself.
    pub(crate) fn versions(self) -> Vec<(&'static str, Self, bool)> {
        let long = self.width.max(self.height);
        let mut versions: Vec<(&'static str, Self, bool)> = Vec::new();
        for (letter, side) in BOXES {
            if side < long {
                let scaled = |it: u32| (it * side / long).max(1);
                let small = Self {
                    width: scaled(self.width),
                    height: scaled(self.height),
                };
                versions.push((letter, small, false));
            }
        }
        let of_its_own = BOXES.iter().find(|(_, side)| *side >= long);
        versions.push((of_its_own.map_or(LARGEST, |it| it.0), self, true));
        versions
    }
}

/// A grey JPEG file of any size.
pub(crate) fn grey(picture: Picture) -> Vec<u8> {
    let side = |it: u32| u16::try_from(it).unwrap_or(u16::MAX).to_be_bytes();
    let mut file = header();
    file[163..165].copy_from_slice(&side(picture.height));
    file[165..167].copy_from_slice(&side(picture.width));
    let units = picture.width.div_ceil(16) * picture.height.div_ceil(16);
    for _ in 0..units {
        file.extend(UNIT);
    }
    file.extend([0xff, 0xd9]);
    file
}

/// Sixteen by sixteen grey points with the usual tables: four blocks of brightness and two of
/// colour, each "no change, and nothing else".
const UNIT: [u8; 4] = [0x28, 0xa2, 0x8a, 0x00];

/// The beginning of a JPEG file with the usual tables, as thumbnails are stripped of it.
///
/// See <https://core.telegram.org/api/files#stripped-thumbnails>.
fn header() -> Vec<u8> {
    let digits = HEADER.bytes().filter(u8::is_ascii_hexdigit);
    let digits: Vec<u8> = digits
        .map(|digit| match digit {
            b'0'..=b'9' => digit - b'0',
            _ => digit - b'a' + 10,
        })
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

const HEADER: &str = "
    ffd8ffe000104a46494600010100000100010000ffdb004300281c1e231e19282321232d2b28303c64413c37373c7b58
    5d4964918099968f808c8aa0b4e6c3a0
    aadaad8a8cc8ffcbdaeef5ffffff9bc1fffffffaffe6fdfff8ffdb0043012b2d2d3c353c76414176f8a58ca5f8f8f8f8
    f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8
    f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8ffc000110800000000030122000211010311
    01ffc4001f0000010501010101010100
    000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d010203000411051221
    31410613516107227114328191a10823
    42b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a
    636465666768696a737475767778797a
    838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5
    d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1
    f2f3f4f5f6f7f8f9faffc4001f0100030101010101010101010000000000000102030405060708090a0bffc400b51100
    02010204040304070504040001027700
    0102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a2627
    28292a35363738393a43444546474849
    4a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6
    a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4
    c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9faffda000c03010002110311003f00
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_what_we_draw() {
        for (width, height) in [(1, 1), (640, 480), (90, 1280)] {
            let picture = Picture { width, height };
            assert_eq!(Picture::read(&grey(picture)), Some(picture));
        }
        assert_eq!(header().len(), 623);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 7]);
        let picture = Picture {
            width: 256,
            height: 7,
        };
        assert_eq!(Picture::read(&png), Some(picture));
    }

    #[test]
    fn what_is_no_picture_is_none() {
        let grey = grey(Picture {
            width: 9,
            height: 9,
        });
        for bytes in [
            &b""[..],
            b"GIF89a",
            &grey[..100],
            &[0xff, 0xd8, 0xff, 0xe0, 0, 0],
        ] {
            assert_eq!(Picture::read(bytes), None);
        }
        let photo = |width, height| Picture { width, height }.is_photo();
        assert!(photo(1, 1) && photo(5000, 5000) && photo(20, 1));
        assert!(!photo(0, 1) && !photo(5000, 5001) && !photo(21, 1));
    }

    #[test]
    fn the_largest_version_is_the_picture_itself() {
        let letters = |width, height| -> Vec<_> {
            let versions = Picture { width, height }.versions();
            assert!(versions.iter().rev().skip(1).all(|it| !it.2));
            assert_eq!(
                versions.last().map(|it| it.1),
                Some(Picture { width, height })
            );
            versions.into_iter().map(|it| it.0).collect()
        };
        assert_eq!(letters(50, 40), ["s"]);
        assert_eq!(letters(320, 200), ["s", "m"]);
        assert_eq!(letters(1000, 2000), ["s", "m", "x", "y", "w"]);
    }
}
