//! Small pictures that come within what they are of.
use crate::tl::enums::PhotoSize;

/// A picture of less than a kilobyte that comes with a photo, as a JPEG file. The server leaves its
/// beginning out, which is the same for all. `None` for what is no such picture.
///
/// ```
/// use ferogram_sync::stripped_jpeg;
///
/// let file = stripped_jpeg(&[1, 30, 40, 0x28]).expect("it is one");
/// assert_eq!((&file[..3], file[164], file[166]), (&b"\xff\xd8\xff"[..], 30, 40));
/// assert_eq!(stripped_jpeg(b"something else"), None);
/// ```
///
/// See <https://core.telegram.org/api/files#stripped-thumbnails>.
#[must_use]
pub fn stripped_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let [1, height, width, rest @ ..] = bytes else {
        return None;
    };
    let mut file = header();
    (file[164], file[166]) = (*height, *width);
    file.extend_from_slice(rest);
    file.extend_from_slice(&[0xff, 0xd9]);
    Some(file)
}

/// The outline of a sticker, as the path of an SVG in a box of 512 by 512.
///
/// ```
/// use ferogram_sync::outline_path;
///
/// assert_eq!(outline_path(&[10, 69, 130]), "M10-5,2z");
/// ```
///
/// See <https://core.telegram.org/api/files#vector-thumbnails>.
#[must_use]
pub fn outline_path(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"AACAAAAHAAALMAAAQASTAVAAAZaacaaaahaaalmaaaqastava.az0123456789-,";
    let mut path = String::from("M");
    for byte in bytes {
        match byte {
            192.. => path.push(char::from(LETTERS[usize::from(byte - 192)])),
            _ => {
                match byte {
                    128.. => path.push(','),
                    64.. => path.push('-'),
                    _ => {}
                }
                path += &(byte & 63).to_string();
            }
        }
    }
    path.push('z');
    path
}

/// The bytes of a small picture that came with the rest: as a JPEG file, or as an SVG file of an
/// outline. `None` for those that have to be fetched.
///
/// See <https://core.telegram.org/api/files#image-thumbnail-types>.
#[must_use]
pub fn inline_thumb(size: &PhotoSize) -> Option<Vec<u8>> {
    match size {
        PhotoSize::PhotoCachedSize(it) => Some(it.bytes.clone()),
        PhotoSize::PhotoStrippedSize(it) => stripped_jpeg(&it.bytes),
        PhotoSize::PhotoPathSize(it) => {
            let path = outline_path(&it.bytes);
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\">\
                 <path d=\"{path}\"/></svg>"
            );
            Some(svg.into_bytes())
        }
        _ => None,
    }
}

fn header() -> Vec<u8> {
    let digits = HEADER.bytes().filter(u8::is_ascii_hexdigit);
    let digits: Vec<u8> = digits
        .map(|digit| match digit {
            b'0'..=b'9' => digit - b'0',
            _ => digit - b'a' + 10,
        })
        .collect();
    let pairs = digits.chunks(2);
    pairs.map(|pair| pair[0] << 4 | pair[1]).collect()
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
    use crate::crypto::sha256;
    use crate::tl::types;

    #[test]
    fn the_beginning_is_the_official_one() {
        let sum = sha256(&[&header()]);
        assert_eq!(sum[..4], [0xc2, 0xd6, 0xc9, 0x60]);
        assert_eq!(header().len(), 623);
        let sized = PhotoSize::PhotoStrippedSize(types::PhotoStrippedSize {
            r#type: "i".to_owned(),
            bytes: vec![1, 2, 3, 4],
        });
        let file = inline_thumb(&sized).unwrap();
        assert_eq!(file.len(), 623 + 1 + 2);
        assert_eq!((file[164], file[166]), (2, 3), "height and width");
        for wrong in [&[][..], &[1], &[1, 2], &[2, 3, 4]] {
            assert_eq!(stripped_jpeg(wrong), None);
        }
    }

    #[test]
    fn every_byte_has_its_place_in_an_outline() {
        let all: Vec<u8> = (0..=255).collect();
        let path = outline_path(&all);
        assert!(path.starts_with("M0123") && path.ends_with("789-,z"));
        assert!(path.contains("63-0-1") && path.contains("-63,0,1") && path.contains(",63AACAAAA"));
    }
}
