//! A sticker.
use super::document::Document;
use super::downloadable::Downloadable;
use super::file_source::FileSource;
use super::media_file::MediaFile;
use super::origin::Origin;
use crate::error::FileError;
use crate::tl::{enums, types};

/// A sticker, which is a document.
///
/// See <https://core.telegram.org/api/stickers>.
#[derive(Clone, Debug)]
pub struct Sticker(Document);

impl Sticker {
    /// The sticker that a document is, if it is one.
    #[must_use]
    pub fn from_document(document: Document) -> Option<Self> {
        let sticker = Self(document);
        sticker.described().is_some().then_some(sticker)
    }

    /// The sticker that is attached to a message, if one is.
    #[must_use]
    pub fn from_media(media: &enums::MessageMedia) -> Option<Self> {
        Self::from_document(Document::from_media(media)?)
    }

    /// The same, seen in its set, if it is of one: wherever it was shown, it stands there.
    pub(super) fn of_its_set(self) -> Self {
        let origin = match self.set() {
            Some(enums::InputStickerSet::Empty) | None => return self,
            Some(set) => Origin::StickerSet(set.clone()),
        };
        Self(self.0.seen_in(origin))
    }

    /// It as a document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.0.id()
    }

    /// The emoji that it stands for.
    #[must_use]
    pub fn emoji(&self) -> &str {
        self.described().map_or("", |it| it.alt.as_str())
    }

    /// The set that it is of.
    #[must_use]
    pub fn set(&self) -> Option<&enums::InputStickerSet> {
        self.described().map(|it| &it.stickerset)
    }

    /// What is in it: `image/webp`, `application/x-tgsticker` or `video/webm`.
    #[must_use]
    pub fn mime_type(&self) -> &str {
        self.0.mime_type()
    }

    /// Whether it is a video.
    #[must_use]
    pub fn is_video(&self) -> bool {
        self.mime_type() == "video/webm"
    }

    /// Whether it moves, without being a video.
    #[must_use]
    pub fn is_animated(&self) -> bool {
        self.mime_type() == "application/x-tgsticker"
    }

    fn described(&self) -> Option<&types::DocumentAttributeSticker> {
        self.0.find(|it| match it {
            enums::DocumentAttribute::Sticker(it) => Some(&**it),
            _ => None,
        })
    }
}

impl Downloadable for Sticker {
    fn file_source(&self) -> Result<FileSource, FileError> {
        self.0.file_source()
    }
}

impl From<&Sticker> for MediaFile<'_> {
    fn from(sticker: &Sticker) -> Self {
        (&sticker.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sticker_stands_still_moves_or_is_a_video() {
        for (mime_type, kind) in [
            ("image/webp", (false, false)),
            ("application/x-tgsticker", (true, false)),
            ("video/webm", (false, true)),
        ] {
            let described = types::DocumentAttributeSticker {
                alt: "\u{1f600}".to_owned(),
                ..Default::default()
            };
            let document = types::Document {
                mime_type: mime_type.to_owned(),
                attributes: vec![described.into()],
                ..Default::default()
            };
            let sticker = Sticker::from_document(Document::from_raw(document));
            let sticker = sticker.expect("it is one");
            assert_eq!((sticker.is_animated(), sticker.is_video()), kind);
            assert_eq!(sticker.emoji(), "\u{1f600}");
        }
        let plain = Document::from_raw(types::Document::default());
        assert!(Sticker::from_document(plain).is_none());
    }
}
