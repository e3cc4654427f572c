//! What is attached to a message: from here, from the server, or from the web.
use std::fmt;
use std::path::{Path, PathBuf};

use super::upload::Upload;
use super::uploaded_file::UploadedFile;
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
    Photo(types::InputPhoto),
    /// A document that the server has: a file, a video, a sticker and so on.
    Document(types::InputDocument),
}

impl MediaFile<'_> {
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
        Self::Photo(types::InputPhoto {
            id: photo.id,
            access_hash: photo.access_hash,
            file_reference: photo.file_reference,
        })
    }
}

impl From<types::Document> for MediaFile<'_> {
    fn from(document: types::Document) -> Self {
        Self::Document(types::InputDocument {
            id: document.id,
            access_hash: document.access_hash,
            file_reference: document.file_reference,
        })
    }
}

impl fmt::Display for MediaFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upload(_) => "a file that is to be uploaded",
            Self::Uploaded(_) => "a file that was uploaded",
            Self::Url(_) => "a file on the web",
            Self::Photo(_) => "a photo that the server has",
            Self::Document(_) => "a document that the server has",
        })
    }
}
