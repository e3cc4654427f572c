//! What is attached to a message: from here, from the server, or from the web.
use std::fmt;
use std::path::{Path, PathBuf};

use super::file_id::FileId;
use super::file_kind::FileKind;
use super::file_place::{FilePlace, PhotoSource};
use super::origin::Origin;
use super::upload::Upload;
use super::uploaded_file::UploadedFile;
use crate::error::FileError;
use crate::tl::types;

/// The file that is attached to a message: one that is to be uploaded, one that was, one that the
/// server has already, or one that it fetches from the web by itself.
///
/// Paths, [`Upload`]s, [`UploadedFile`]s, photos and documents are such files.
#[derive(Debug)]
#[non_exhaustive]
pub enum MediaFile<'a> {
    /// To be uploaded when it is sent.
    Upload(Upload<'a>),
    /// Uploaded before.
    Uploaded(UploadedFile),
    /// At an address on the web, from where the server fetches it.
    Url(String),
    /// A photo that the server has.
    ///
    /// Where it was seen is known of what a message, a set and so on have shown: from there its
    /// reference is renewed when it has expired.
    Photo(types::InputPhoto, Option<Origin>),
    /// A document that the server has: a file, a video, a sticker and so on.
    Document(types::InputDocument, Option<Origin>),
}

impl MediaFile<'_> {
    /// Says where it was seen, if the server has it.
    pub(super) fn seen_in(mut self, seen: Option<Origin>) -> Self {
        if let Self::Photo(_, origin) | Self::Document(_, origin) = &mut self {
            *origin = seen;
        }
        self
    }

    /// The file at an address on the web, from where the server fetches it: photos of up to 5 MB,
    /// others of up to 20 MB.
    ///
    /// See <https://core.telegram.org/constructor/inputMediaPhotoExternal>.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self::Url(url.into())
    }
}

impl<'a> From<Upload<'a>> for MediaFile<'a> {
    fn from(upload: Upload<'a>) -> Self {
        Self::Upload(upload)
    }
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for MediaFile<'a> {
    fn from(path: &'a P) -> Self {
        Self::Upload(Upload::path(path))
    }
}

impl From<PathBuf> for MediaFile<'_> {
    fn from(path: PathBuf) -> Self {
        Self::Upload(Upload::path(path))
    }
}

impl From<UploadedFile> for MediaFile<'_> {
    fn from(file: UploadedFile) -> Self {
        Self::Uploaded(file)
    }
}

impl From<types::Photo> for MediaFile<'_> {
    fn from(photo: types::Photo) -> Self {
        let photo = types::InputPhoto {
            id: photo.id,
            access_hash: photo.access_hash,
            file_reference: photo.file_reference,
        };
        Self::Photo(photo, None)
    }
}

impl From<types::Document> for MediaFile<'_> {
    fn from(document: types::Document) -> Self {
        let document = types::InputDocument {
            id: document.id,
            access_hash: document.access_hash,
            file_reference: document.file_reference,
        };
        Self::Document(document, None)
    }
}

impl TryFrom<&FileId> for MediaFile<'_> {
    type Error = FileError;

    /// What is a photo or a document of the server's can be sent again.
    fn try_from(id: &FileId) -> Result<Self, FileError> {
        let file_reference = id.file_reference.clone();
        match &id.place {
            FilePlace::Document {
                id: document,
                access_hash,
            } if id.kind.is_document() => {
                let document = types::InputDocument {
                    id: *document,
                    access_hash: *access_hash,
                    file_reference,
                };
                Ok(Self::Document(document, None))
            }
            FilePlace::Photo {
                id: photo,
                access_hash,
                source: PhotoSource::Size { kind, .. },
            } if *kind != FileKind::Thumbnail => {
                let photo = types::InputPhoto {
                    id: *photo,
                    access_hash: *access_hash,
                    file_reference,
                };
                Ok(Self::Photo(photo, None))
            }
            _ => Err(FileError::NoFileId("what it names cannot be sent by it")),
        }
    }
}

impl fmt::Display for MediaFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upload(_) => "a file that is to be uploaded",
            Self::Uploaded(_) => "a file that was uploaded",
            Self::Url(_) => "a file on the web",
            Self::Photo(..) => "a photo that the server has",
            Self::Document(..) => "a document that the server has",
        })
    }
}
