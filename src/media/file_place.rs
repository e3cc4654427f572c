//! What a file is named by in a file_id.
use super::file_kind::FileKind;
use crate::tl::{Reader, put_bytes};

/// What a file is named by, beside its reference: a part of a [`FileId`](crate::FileId).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FilePlace {
    /// A document.
    Document {
        /// Its id.
        id: i64,
        /// By which this account may name it.
        access_hash: i64,
    },
    /// A photo, or a small picture of something.
    Photo {
        /// The id of the photo, or of what the picture is of.
        id: i64,
        /// By which this account may name it.
        access_hash: i64,
        /// Which of its sizes.
        source: PhotoSource,
    },
    /// A file on the web.
    Web {
        /// Where.
        url: String,
        /// By which this account may name it.
        access_hash: i64,
    },
}

/// Which picture it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PhotoSource {
    /// A size of a photo, or a small picture of a document.
    Size {
        /// What it is of: a photo, or [`FileKind::Thumbnail`] for one of a document.
        kind: FileKind,
        /// The letter of the size.
        letter: u8,
    },
    /// The photo of a user or a chat.
    Chat {
        /// Whether it is the large one.
        big: bool,
        /// Whose: an id as in the Bot API.
        chat_id: i64,
        /// By which this account may name them.
        access_hash: i64,
        /// By what older servers have found it.
        old: Option<OldPlace>,
    },
    /// The picture of a sticker set.
    StickerSet {
        /// The id of the set.
        id: i64,
        /// By which this account may name it.
        access_hash: i64,
        /// Which of its pictures.
        version: i32,
        /// By what older servers have found it.
        old: Option<OldPlace>,
    },
    /// By what older servers have found it.
    Old {
        /// Where.
        place: OldPlace,
        /// By which one may have it.
        secret: i64,
    },
}

/// By what older servers have found a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OldPlace {
    /// The volume.
    pub volume_id: i64,
    /// The place in it.
    pub local_id: i32,
}

/// Since this version pictures say of what they are.
const WITH_SOURCE: u8 = 22;

/// Since this one they have no place of the old form.
const WITHOUT_OLD_PLACE: u8 = 32;

/// The last kind of picture, and the last that came with a place of the old form.
const LAST: i32 = 9;
const LAST_OF_OLD: i32 = 5;

impl FilePlace {
    /// Reads what follows the reference.
    pub(super) fn read(reader: &mut Reader<'_>, kind: FileKind, version: u8) -> Option<Self> {
        let (id, access_hash) = (reader.i64(), reader.i64());
        if !kind.is_photo() {
            return Some(Self::Document { id, access_hash });
        }
        let source = match version {
            WITHOUT_OLD_PLACE.. => PhotoSource::read(reader, LAST)?,
            _ => {
                let volume_id = reader.i64();
                let source = match version {
                    WITH_SOURCE.. => PhotoSource::read(reader, LAST_OF_OLD)?,
                    _ => PhotoSource::Old {
                        place: OldPlace::default(),
                        secret: reader.i64(),
                    },
                };
                let local_id = reader.i32();
                source.found_at(OldPlace {
                    volume_id,
                    local_id,
                })
            }
        };
        source.fits(kind).then_some(Self::Photo {
            id,
            access_hash,
            source,
        })
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Document { id, access_hash } => longs(out, &[*id, *access_hash]),
            Self::Photo {
                id,
                access_hash,
                source,
            } => {
                longs(out, &[*id, *access_hash]);
                source.write(out);
            }
            Self::Web { url, access_hash } => {
                put_bytes(out, url.as_bytes());
                longs(out, &[*access_hash]);
            }
        }
    }

    /// What is the same for everybody.
    pub(super) fn write_unique(&self, out: &mut Vec<u8>) {
        match self {
            Self::Document { id, .. } => longs(out, &[*id]),
            Self::Photo { id, source, .. } => source.write_unique(*id, out),
            Self::Web { url, .. } => put_bytes(out, url.as_bytes()),
        }
    }
}

fn longs(out: &mut Vec<u8>, numbers: &[i64]) {
    for number in numbers {
        out.extend(number.to_le_bytes());
    }
}

fn ints(out: &mut Vec<u8>, numbers: &[i32]) {
    for number in numbers {
        out.extend(number.to_le_bytes());
    }
}

impl PhotoSource {
    /// Of the kinds up to that number.
    fn read(reader: &mut Reader<'_>, last: i32) -> Option<Self> {
        let source = match reader.i32() {
            it if it > last => return None,
            0 => Self::Old {
                place: OldPlace::default(),
                secret: reader.i64(),
            },
            1 => Self::Size {
                kind: FileKind::of_number(reader.i32())?,
                letter: u8::try_from(reader.i32()).ok().filter(u8::is_ascii)?,
            },
            it @ (2 | 3 | 6 | 7) => Self::Chat {
                big: it == 3 || it == 7,
                chat_id: reader.i64(),
                access_hash: reader.i64(),
                old: (it > 3).then(|| OldPlace::read(reader)),
            },
            it @ (4 | 8) => Self::StickerSet {
                id: reader.i64(),
                access_hash: reader.i64(),
                version: 0,
                old: (it == 8).then(|| OldPlace::read(reader)),
            },
            5 => {
                let (volume_id, secret) = (reader.i64(), reader.i64());
                let local_id = reader.i32();
                let place = OldPlace {
                    volume_id,
                    local_id,
                };
                Self::Old { place, secret }
            }
            9 => Self::StickerSet {
                id: reader.i64(),
                access_hash: reader.i64(),
                version: reader.i32(),
                old: None,
            },
            _ => return None,
        };
        Some(source)
    }

    /// Where older versions say besides that it is. What has a letter needs no place.
    fn found_at(self, place: OldPlace) -> Self {
        let old = Some(place);
        match self {
            Self::Size { .. } => self,
            Self::Chat {
                big,
                chat_id,
                access_hash,
                ..
            } => Self::Chat {
                big,
                chat_id,
                access_hash,
                old,
            },
            Self::StickerSet {
                id,
                access_hash,
                version,
                ..
            } => Self::StickerSet {
                id,
                access_hash,
                version,
                old,
            },
            Self::Old { place: own, secret } => {
                let place = if own == OldPlace::default() {
                    place
                } else {
                    own
                };
                Self::Old { place, secret }
            }
        }
    }

    /// Whether files of this kind have such pictures.
    fn fits(&self, kind: FileKind) -> bool {
        match self {
            Self::Size { kind: of, .. } => *of == kind,
            Self::Chat { .. } => kind == FileKind::ProfilePhoto,
            Self::StickerSet { .. } => kind == FileKind::Thumbnail,
            Self::Old { .. } => true,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Size { kind, letter } => ints(out, &[1, kind.number(), i32::from(*letter)]),
            Self::Chat {
                big,
                chat_id,
                access_hash,
                old,
            } => {
                let number = if old.is_some() { 6 } else { 2 };
                ints(out, &[number + i32::from(*big)]);
                longs(out, &[*chat_id, *access_hash]);
                old.iter().for_each(|old| old.write(out));
            }
            Self::StickerSet {
                id,
                access_hash,
                version,
                old,
            } => {
                ints(out, &[if old.is_some() { 8 } else { 9 }]);
                longs(out, &[*id, *access_hash]);
                match old {
                    Some(old) => old.write(out),
                    None => ints(out, &[*version]),
                }
            }
            Self::Old { place, secret } => {
                ints(out, &[5]);
                longs(out, &[place.volume_id, *secret]);
                ints(out, &[place.local_id]);
            }
        }
    }

    fn write_unique(&self, id: i64, out: &mut Vec<u8>) {
        match self {
            Self::Old { place, .. }
            | Self::Chat {
                old: Some(place), ..
            }
            | Self::StickerSet {
                old: Some(place), ..
            } => place.write(out),
            Self::Size { letter, .. } => {
                longs(out, &[id]);
                // The photos of users and chats have the first two numbers, and so have their
                // cropped sizes.
                out.push(match letter {
                    b'a' => 0,
                    b'c' => 1,
                    letter => letter.wrapping_add(5),
                });
            }
            Self::Chat { big, .. } => {
                longs(out, &[id]);
                out.push(u8::from(*big));
            }
            Self::StickerSet { id, version, .. } => {
                out.push(2);
                longs(out, &[*id]);
                ints(out, &[*version]);
            }
        }
    }
}

impl OldPlace {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            volume_id: reader.i64(),
            local_id: reader.i32(),
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        longs(out, &[self.volume_id]);
        ints(out, &[self.local_id]);
    }
}
