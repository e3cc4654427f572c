//! A photo.
use std::fmt;
use std::sync::Arc;

use super::downloadable::Downloadable;
use super::file_id::FileId;
use super::file_source::FileSource;
use super::media_file::MediaFile;
use super::origin::Origin;
use super::thumbs::inline_thumb;
use super::versions::Versions;
use crate::error::FileError;
use crate::tl::{enums, types};

/// A photo that the server has, and where it was seen.
///
/// See <https://core.telegram.org/constructor/photo>.
#[derive(Clone)]
pub struct Photo {
    /// Everything that the server told, shared by the clones.
    pub raw: Arc<types::Photo>,
    origin: Option<Origin>,
}

impl Photo {
    /// Takes what the raw API gives.
    #[must_use]
    pub fn from_raw(raw: impl Into<Arc<types::Photo>>) -> Self {
        Self {
            raw: raw.into(),
            origin: None,
        }
    }

    /// The photo that is attached to a message, if that is one.
    #[must_use]
    pub fn from_media(media: &enums::MessageMedia) -> Option<Self> {
        match media {
            enums::MessageMedia::Photo(it) => match it.photo.as_ref()? {
                enums::Photo::Photo(photo) => Some(Self::from_raw((**photo).clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Says where it was seen.
    #[must_use]
    pub fn seen_in(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.raw.id
    }

    /// By which this account may name it.
    #[must_use]
    pub fn access_hash(&self) -> i64 {
        self.raw.access_hash
    }

    /// When it was uploaded, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// Whether there are stickers on it.
    #[must_use]
    pub fn has_stickers(&self) -> bool {
        self.raw.has_stickers
    }

    /// The letter of its largest size.
    #[must_use]
    pub fn largest_size(&self) -> Option<String> {
        match self.raw.file_source().ok()?.location {
            enums::InputFileLocation::InputPhotoFileLocation(it) => Some(it.thumb_size),
            _ => None,
        }
    }

    /// The `file_id` of the Bot API, of its largest size; `None` for one without sizes.
    #[must_use]
    pub fn file_id(&self) -> Option<FileId> {
        let letter = *self.largest_size()?.as_bytes().first()?;
        Some(FileId::of_photo(&self.raw, letter))
    }

    /// The picture of a few points that comes with it, as a JPEG file: to be shown until the photo
    /// is there.
    #[must_use]
    pub fn preview(&self) -> Option<Vec<u8>> {
        self.raw.sizes.iter().find_map(inline_thumb)
    }

    /// One of its smaller sizes by its letter, to be fetched.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{Photo, tl::types};
    ///
    /// let photo = Photo::from_raw(types::Photo::default());
    /// assert!(photo.size("m").is_none());
    /// ```
    ///
    /// See <https://core.telegram.org/api/files#image-thumbnail-types>.
    #[must_use]
    pub fn size(&self, letter: &str) -> Option<FileSource> {
        let source = self.raw.version(letter)?;
        Some(match &self.origin {
            Some(origin) => source.seen_in(origin.clone()),
            None => source,
        })
    }
}

impl Downloadable for Photo {
    /// The largest size.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let source = self.raw.file_source()?;
        Ok(match &self.origin {
            Some(origin) => source.seen_in(origin.clone()),
            None => source,
        })
    }
}

impl From<&Photo> for MediaFile<'_> {
    fn from(photo: &Photo) -> Self {
        let file = MediaFile::from((*photo.raw).clone());
        file.seen_in(photo.origin.clone())
    }
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.fmt(f)
    }
}
