//! How the Bot API names files.
use std::fmt;
use std::str::FromStr;

use base64ct::{Base64UrlUnpadded, Encoding};

use super::downloadable::Downloadable;
use super::file_kind::FileKind;
use super::file_place::{FilePlace, PhotoSource};
use super::file_source::FileSource;
use crate::error::FileError;
use crate::peers::input_of_marked;
use crate::tl::{Reader, enums, put_bytes, types};

/// A file as the Bot API names it, by a text that one account can use: `file_id`.
///
/// All versions are read that are in use, and today's form is written, in a version that everybody
/// reads. Who has one may fetch the file and send it, as the account that it was given to.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{FileId, Media, Upload};
///
/// let file = Upload::bytes(b"Hello").name("hello.txt");
/// let message = client.send_document("me", file, "")?;
/// let id = message.document().expect("it carries one").file_id();
///
/// let id: FileId = id.to_string().parse()?;
/// assert_eq!(client.download(&id).to_bytes()?, b"Hello");
/// client.send_media("me", Media::file_id(&id)?, "The same again")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// See <https://core.telegram.org/bots/api#file>.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FileId {
    /// What it is.
    pub kind: FileKind,
    /// The data centre that has it.
    pub dc_id: i32,
    /// The reference that shows that the account has seen it. It may have expired.
    pub file_reference: Vec<u8>,
    /// What it is named by.
    pub place: FilePlace,
}

/// The form that all but very old ones have.
const FORM: u8 = 4;

/// That of very old ones, which tell no version.
const OLD_FORM: u8 = 2;

/// What is written: the first version with today's form. The official server counts on with every
/// change of what else it keeps, and no reader takes a version above its own.
const VERSION: u8 = 32;

/// The file is on the web.
const WEB: i32 = 1 << 24;

/// A reference follows.
const REFERENCE: i32 = 1 << 25;

/// What stands for a reference that is known to be wrong.
const NO_REFERENCE: &[u8] = b"#";

/// Longer than any is.
const TEXT_MAX: usize = 16 << 10;

impl FileId {
    /// The file_id of a document.
    #[must_use]
    pub fn of_document(document: &types::Document) -> Self {
        Self {
            kind: FileKind::of_document(document),
            dc_id: document.dc_id,
            file_reference: document.file_reference.clone(),
            place: FilePlace::Document {
                id: document.id,
                access_hash: document.access_hash,
            },
        }
    }

    /// The file_id of a size of a photo, by its letter.
    #[must_use]
    pub fn of_photo(photo: &types::Photo, letter: u8) -> Self {
        let kind = FileKind::Photo;
        Self {
            kind,
            dc_id: photo.dc_id,
            file_reference: photo.file_reference.clone(),
            place: FilePlace::Photo {
                id: photo.id,
                access_hash: photo.access_hash,
                source: PhotoSource::Size { kind, letter },
            },
        }
    }

    /// The `file_unique_id`: the same for everybody and at any time, but of no use to fetch or to
    /// send it.
    ///
    /// ```
    /// use ferogram_sync::FileId;
    ///
    /// let sticker: FileId = "CAADAQADegAD997LEUiQZafDlhIeAg".parse()?;
    /// assert_eq!(sticker.unique_id(), "AgADegAD997LEQ");
    /// # Ok::<(), ferogram_sync::FileError>(())
    /// ```
    #[must_use]
    pub fn unique_id(&self) -> String {
        let class = match self.place {
            FilePlace::Web { .. } => 0,
            _ => self.kind.class(),
        };
        let mut out = class.to_le_bytes().to_vec();
        self.place.write_unique(&mut out);
        Base64UrlUnpadded::encode_string(&packed(&out))
    }

    fn read(bytes: &[u8], version: u8) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let (number, dc_id) = (reader.i32(), reader.i32());
        let kind = FileKind::of_number(number & !(WEB | REFERENCE))?;
        let mut file_reference = Vec::new();
        if number & REFERENCE != 0 {
            file_reference = reader.bytes().to_vec();
        }
        if file_reference == NO_REFERENCE {
            file_reference.clear();
        }
        let place = match number & WEB {
            0 => FilePlace::read(&mut reader, kind, version)?,
            _ => FilePlace::Web {
                url: String::from_utf8(reader.bytes().to_vec()).ok()?,
                access_hash: reader.i64(),
            },
        };
        reader.finish().ok()?;
        Some(Self {
            kind,
            dc_id,
            file_reference,
            place,
        })
    }

    fn written(&self) -> Vec<u8> {
        let mut number = self.kind.number();
        if matches!(self.place, FilePlace::Web { .. }) {
            number |= WEB;
        }
        if !self.file_reference.is_empty() {
            number |= REFERENCE;
        }
        let mut out = number.to_le_bytes().to_vec();
        out.extend(self.dc_id.to_le_bytes());
        if !self.file_reference.is_empty() {
            put_bytes(&mut out, &self.file_reference);
        }
        self.place.write(&mut out);
        out
    }
}

impl FromStr for FileId {
    type Err = FileError;

    /// Reads one of any version.
    fn from_str(text: &str) -> Result<Self, FileError> {
        let wrong = FileError::NoFileId;
        let text = text.trim();
        if text.len() > TEXT_MAX {
            return Err(wrong("it is too long"));
        }
        let bytes = Base64UrlUnpadded::decode_vec(text.trim_end_matches('='));
        let bytes = bytes.map_err(|_| wrong("it is no Base64 as in addresses"))?;
        let (body, version) = match &bytes[..] {
            [body @ .., version, FORM] => (body, *version),
            [body @ .., OLD_FORM] => (body, 0),
            _ => return Err(wrong("it is of a form that nobody knows")),
        };
        let body = unpacked(body).ok_or(wrong("it is cut"))?;
        Self::read(&body, version).ok_or(wrong("it names no file, or it is cut"))
    }
}

impl fmt::Display for FileId {
    /// Writes it as the Bot API does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = packed(&self.written());
        out.extend([VERSION, FORM]);
        f.write_str(&Base64UrlUnpadded::encode_string(&out))
    }
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileId({:?}, {})", self.kind, self.unique_id())
    }
}

impl Downloadable for FileId {
    fn file_source(&self) -> Result<FileSource, FileError> {
        let file_reference = self.file_reference.clone();
        let location: enums::InputFileLocation = match &self.place {
            FilePlace::Web { .. } => {
                return Err(FileError::Nothing("it is a file on the web"));
            }
            FilePlace::Document { id, access_hash } => {
                let (id, access_hash) = (*id, *access_hash);
                match self.kind.class() {
                    3 => types::InputSecureFileLocation { id, access_hash }.into(),
                    4 => types::InputEncryptedFileLocation { id, access_hash }.into(),
                    _ => types::InputDocumentFileLocation {
                        id,
                        access_hash,
                        file_reference,
                        thumb_size: String::new(),
                    }
                    .into(),
                }
            }
            FilePlace::Photo {
                id,
                access_hash,
                source,
            } => picture(source, (*id, *access_hash), file_reference)?,
        };
        let id = match &self.place {
            FilePlace::Document { id, .. } => Some(*id),
            _ => None,
        };
        Ok(FileSource {
            id,
            ..FileSource::new(location, self.dc_id)
        })
    }
}

/// Where a picture is.
fn picture(
    source: &PhotoSource,
    (id, access_hash): (i64, i64),
    file_reference: Vec<u8>,
) -> Result<enums::InputFileLocation, FileError> {
    Ok(match source {
        PhotoSource::Size { kind, letter } => {
            let thumb_size = char::from(*letter).to_string();
            match kind {
                FileKind::Thumbnail => types::InputDocumentFileLocation {
                    id,
                    access_hash,
                    file_reference,
                    thumb_size,
                }
                .into(),
                _ => types::InputPhotoFileLocation {
                    id,
                    access_hash,
                    file_reference,
                    thumb_size,
                }
                .into(),
            }
        }
        // Very old ones have no number of the photo, and servers know them no longer.
        PhotoSource::Chat { .. } if id == 0 => {
            return Err(FileError::Nothing(
                "servers do not know files of so old an id",
            ));
        }
        PhotoSource::Chat {
            big,
            chat_id,
            access_hash,
            ..
        } => types::InputPeerPhotoFileLocation {
            big: *big,
            peer: input_of_marked(*chat_id, *access_hash),
            photo_id: id,
        }
        .into(),
        PhotoSource::StickerSet {
            id,
            access_hash,
            version,
            ..
        } => types::InputStickerSetThumb {
            stickerset: types::InputStickerSetId {
                id: *id,
                access_hash: *access_hash,
            }
            .into(),
            thumb_version: *version,
        }
        .into(),
        PhotoSource::Old { place, secret } => types::InputPhotoLegacyFileLocation {
            id,
            access_hash,
            file_reference,
            volume_id: place.volume_id,
            local_id: place.local_id,
            secret: *secret,
        }
        .into(),
    })
}

/// Writes runs of zeros as a zero and their number.
fn packed(bytes: &[u8]) -> Vec<u8> {
    /// So many at once, as the official server does.
    const RUN_MAX: u8 = 250;
    let mut out = Vec::with_capacity(bytes.len());
    let mut run = 0;
    for byte in bytes {
        if run > 0 && (*byte != 0 || run == RUN_MAX) {
            out.extend([0, run]);
            run = 0;
        }
        match byte {
            0 => run += 1,
            byte => out.push(*byte),
        }
    }
    if run > 0 {
        out.extend([0, run]);
    }
    out
}

/// Reads what [`packed`] writes; `None` if the number of the last zeros is not there.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut bytes = bytes.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            0 => out.resize(out.len() + usize::from(*bytes.next()?), 0),
            byte => out.push(*byte),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::OldPlace;

    fn read(text: &str) -> FileId {
        text.parse().expect("it is one")
    }

    fn hex(text: &str) -> Vec<u8> {
        let pairs = text.as_bytes().chunks(2);
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
        pairs.map(|pair| byte(pair).unwrap()).collect()
    }

    /// Texts that the official server has written, as tests of other libraries have them.
    const STICKER: &str =
        "CAACAgIAAxkBAAEJny9gituz1_V_uSKBUuG_nhtzEtFOeQACXFoAAuCjggfYjw_KAAGSnkgfBA";
    const DOCUMENT: &str =
        "BQACAgIAAxkBAAEJnzNgit00IDsKd07OdSeanwz8osecYAACdAwAAueoWEicaPvNdOYEwB8E";
    const THUMB: &str = "AAMCAgADGQEAAQmfL2CK27PX9X-5IoFS4b-eG3MS0U55AAJcWgAC4KOCB9iPD8oAAZKeSK1c\
                         8w4ABAEAB20AA1kCAAIfBA";
    const GROUP: &str = "AQADAgATqfDdly4AAwMAA4siCOX_____AAhKowIAAR4E";
    const CHANNEL: &str = "AQADAgATySHBDgAEAgAD0npI3Bb___-wfxjpg7QCPf0pBQABHwQ";
    const OLD: &str = "CAADAQADegAD997LEUiQZafDlhIeAg";

    #[test]
    fn documents_are_read() {
        let sticker = read(STICKER);
        assert_eq!((sticker.kind, sticker.dc_id), (FileKind::Sticker, 2));
        let reference = hex("0100099f2f608adbb3d7f57fb9228152e1bf9e1b7312d14e79");
        assert_eq!(sticker.file_reference, reference);
        let place = |id, access_hash| FilePlace::Document { id, access_hash };
        assert_eq!(
            sticker.place,
            place(541_175_087_705_905_756, 5_232_780_349_138_767_832)
        );
        let document = read(DOCUMENT);
        assert_eq!(document.kind, FileKind::Document);
        assert_eq!(
            document.place,
            place(5_213_102_278_772_264_052, -4_610_306_729_174_144_868)
        );
        let old = read(OLD);
        assert_eq!((old.kind, old.dc_id), (FileKind::Sticker, 1));
        assert_eq!(
            old.place,
            place(1_282_363_671_355_326_586, 2_166_960_137_789_870_152)
        );
        assert!(old.file_reference.is_empty());
    }

    #[test]
    fn pictures_are_read() {
        let source = |text: &str| match read(text).place {
            FilePlace::Photo { source, .. } => source,
            other => panic!("{other:?}"),
        };
        let kind = FileKind::Thumbnail;
        assert_eq!(source(THUMB), PhotoSource::Size { kind, letter: b'm' });
        assert_eq!(
            source(GROUP),
            PhotoSource::Chat {
                big: true,
                chat_id: -452_451_701,
                access_hash: 0,
                old: Some(OldPlace {
                    volume_id: 200_116_400_297,
                    local_id: 172_874,
                }),
            }
        );
        assert_eq!(
            source(CHANNEL),
            PhotoSource::Chat {
                big: false,
                chat_id: -1_001_326_609_710,
                access_hash: 4_396_274_664_911_437_744,
                old: Some(OldPlace {
                    volume_id: 247_538_121,
                    local_id: 338_429,
                }),
            }
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in [STICKER, DOCUMENT, THUMB, GROUP, CHANNEL, OLD] {
            let id = read(text);
            let again = id.to_string();
            assert_eq!(read(&again), id, "{text}");
            assert_eq!(read(&again).to_string(), again);
        }
        // But for the version, documents come out as they were.
        let again = read(DOCUMENT).to_string();
        assert_eq!(again[..again.len() - 3], DOCUMENT[..DOCUMENT.len() - 3]);
        for place in [
            FilePlace::Web {
                url: "https://example.org/a".to_owned(),
                access_hash: -5,
            },
            FilePlace::Photo {
                id: 5,
                access_hash: 0,
                source: PhotoSource::StickerSet {
                    id: 7,
                    access_hash: 8,
                    version: 9,
                    old: None,
                },
            },
        ] {
            let id = FileId {
                kind: FileKind::Thumbnail,
                dc_id: 4,
                file_reference: vec![0; 700],
                place,
            };
            assert_eq!(read(&id.to_string()), id);
        }
    }

    #[test]
    fn unique_ids_are_those_of_the_official_server() {
        for (text, unique) in [
            (OLD, "AgADegAD997LEQ"),
            (DOCUMENT, "AgADdAwAAueoWEg"),
            (STICKER, "AgADXFoAAuCjggc"),
            (CHANNEL, "AQADySHBDgAE_SkFAAE"),
            (
                "AAMCAgADGQEAAQmfM2CK3TQgOwp3Ts51J5qfDPyix5xgAAJ0DAAC56hYSJxo-8105gTAT_bYoy4A\
                 AwEAB20AA0JBAAIfBA",
                "AQADdAwAAueoWEhy",
            ),
        ] {
            assert_eq!(read(text).unique_id(), unique, "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "a",
            "AA",
            "BAQ",
            "CAACAgIAAxkB",
            "not Base64!",
            "Bwc",
            "AAQ",
        ] {
            assert!(text.parse::<FileId>().is_err(), "{text}");
        }
        for cut in 1..STICKER.len() {
            let _ = STICKER[..cut].parse::<FileId>();
        }
        let mut bytes = packed(&read(STICKER).written());
        bytes.extend([5, 0, 0, 0, VERSION, FORM]);
        let longer = Base64UrlUnpadded::encode_string(&bytes);
        assert!(longer.parse::<FileId>().is_err());
        let long = "A".repeat(TEXT_MAX + 1);
        assert!(long.parse::<FileId>().is_err());
    }

    #[test]
    fn zeros_are_counted() {
        for bytes in [vec![0; 600], vec![1, 0, 2, 0, 0], vec![], vec![9; 9]] {
            assert_eq!(unpacked(&packed(&bytes)), Some(bytes));
        }
        assert_eq!(packed(&[0; 251]), [0, 250, 0, 1]);
        assert_eq!(unpacked(&[1, 0]), None);
    }
}
