//! A file that was uploaded and can be sent.
use std::fmt;

use super::film::Film;
use super::part_body::PART;
use super::upload_source::UploadSource;
use crate::tl::{enums, types};

/// A file that was uploaded. The server keeps it for a while, a day at most: so long it can be
/// sent, also several times.
#[derive(Clone)]
pub struct UploadedFile {
    /// As it is named to the server.
    pub raw: enums::InputFile,
    pub(super) name: String,
    pub(super) mime_type: String,
    pub(super) size: u64,
    /// Where its bytes can be read again.
    pub(super) source: Option<UploadSource>,
}

impl UploadedFile {
    /// Its name, as those see it who get it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is in it, such as `image/png`.
    #[must_use]
    pub fn mime_type(&self) -> &str {
        &self.mime_type
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether it has a part of this number.
    pub(crate) fn has_part(&self, part: u32) -> bool {
        u64::from(part) < self.size.div_ceil(PART as u64)
    }

    /// The width and height of a picture, if it is one and can be read again.
    #[cfg(feature = "image-size")]
    pub(super) fn picture_size(&self) -> Option<(i32, i32)> {
        /// Headers end before this, unless there is a picture in them.
        const HEAD: u64 = 256 << 10;
        if !self.mime_type.starts_with("image/") {
            return None;
        }
        let source = self.source.as_ref()?;
        let mut head = vec![0; usize::try_from(source.len().min(HEAD)).ok()?];
        source.read(0, &mut head).ok()?;
        let size = imagesize::blob_size(&head).ok()?;
        Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
    }

    /// Nobody can read it.
    #[cfg(not(feature = "image-size"))]
    pub(super) fn picture_size(&self) -> Option<(i32, i32)> {
        None
    }

    /// What a video, or music in the same form, says of itself, if it can be read again.
    pub(super) fn film(&self) -> Option<Film> {
        let is_one = self.mime_type.starts_with("video/") || self.mime_type == "audio/m4a";
        Film::of(self.source.as_ref().filter(|_| is_one)?)
    }

    /// It as a photo, to be sent with the raw API. The server takes JPEG and PNG of up to 10 MiB.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaUploadedPhoto>.
    #[must_use]
    pub fn as_photo_media(&self) -> enums::InputMedia {
        types::InputMediaUploadedPhoto {
            file: self.raw.clone(),
            ..Default::default()
        }
        .into()
    }

    /// It as a file, to be sent with the raw API, with its name and nothing else that describes it.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaUploadedDocument>.
    #[must_use]
    pub fn as_document_media(&self) -> enums::InputMedia {
        let name = types::DocumentAttributeFilename {
            file_name: self.name.clone(),
        };
        types::InputMediaUploadedDocument {
            file: self.raw.clone(),
            mime_type: self.mime_type.clone(),
            attributes: vec![name.into()],
            ..Default::default()
        }
        .into()
    }
}

impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("name", &self.name)
            .field("mime_type", &self.mime_type)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
