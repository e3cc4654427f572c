//! What can be fetched.
use super::file_source::FileSource;
use super::versions::{Versions, bytes_of};
use crate::error::FileError;
use crate::tl::{enums, types};

/// What can be fetched with [`Client::download`](crate::Client::download).
///
/// The types of the schema can be, by themselves: photos in their largest size, documents in whole.
/// Whoever has a location of another kind makes a [`FileSource`] of it.
///
/// See <https://core.telegram.org/api/files#downloading-files>.
pub trait Downloadable {
    /// Where its bytes are.
    ///
    /// # Errors
    ///
    /// [`FileError::Nothing`] when it has none.
    fn file_source(&self) -> Result<FileSource, FileError>;
}

impl Downloadable for FileSource {
    fn file_source(&self) -> Result<FileSource, FileError> {
        Ok(self.clone())
    }
}

impl<T: Downloadable + ?Sized> Downloadable for &T {
    fn file_source(&self) -> Result<FileSource, FileError> {
        (**self).file_source()
    }
}

impl Downloadable for types::Document {
    fn file_source(&self) -> Result<FileSource, FileError> {
        let location = types::InputDocumentFileLocation {
            id: self.id,
            access_hash: self.access_hash,
            file_reference: self.file_reference.clone(),
            thumb_size: String::new(),
        };
        let name = self
            .attributes
            .iter()
            .find_map(|attribute| match attribute {
                enums::DocumentAttribute::Filename(it) => Some(it.file_name.clone()),
                _ => None,
            });
        Ok(FileSource {
            location: location.into(),
            dc_id: self.dc_id,
            size: u64::try_from(self.size).ok(),
            id: Some(self.id),
            name,
            origin: None,
        })
    }
}

impl Downloadable for types::Photo {
    /// The largest size.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let sizes = self.sizes.iter().filter_map(bytes_of);
        let largest = sizes.max_by_key(|(_, size, area)| (*area, *size));
        let largest = largest.and_then(|(letter, ..)| self.version(letter));
        largest.ok_or(FileError::Nothing("the photo has no sizes"))
    }
}

impl Downloadable for enums::Document {
    fn file_source(&self) -> Result<FileSource, FileError> {
        match self {
            enums::Document::Document(it) => it.file_source(),
            _ => Err(FileError::Nothing("the document is not there any more")),
        }
    }
}

impl Downloadable for enums::Photo {
    fn file_source(&self) -> Result<FileSource, FileError> {
        match self {
            enums::Photo::Photo(it) => it.file_source(),
            _ => Err(FileError::Nothing("the photo is not there any more")),
        }
    }
}

impl Downloadable for enums::MessageMedia {
    /// The photo or the document that a message carries, or that of the page it shows.
    fn file_source(&self) -> Result<FileSource, FileError> {
        let expired = FileError::Nothing("it may be seen for a while only, and that is over");
        match self {
            enums::MessageMedia::Photo(it) => it.photo.as_ref().ok_or(expired)?.file_source(),
            enums::MessageMedia::Document(it) => it.document.as_ref().ok_or(expired)?.file_source(),
            enums::MessageMedia::WebPage(it) => match &it.webpage {
                enums::WebPage::Page(page) => match (&page.document, &page.photo) {
                    (Some(document), _) => document.file_source(),
                    (None, Some(photo)) => photo.file_source(),
                    (None, None) => Err(FileError::Nothing("the page has no picture or file")),
                },
                _ => Err(FileError::Nothing("the page is not loaded")),
            },
            _ => Err(FileError::Nothing("what the message carries is no file")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_size_that_has_to_be_fetched_counts() {
        let sizes = vec![
            types::PhotoPathSize {
                r#type: "j".to_owned(),
                bytes: vec![1; 90],
            }
            .into(),
            types::PhotoSizeProgressive {
                r#type: "y".to_owned(),
                sizes: vec![1000, 2000, 9000],
                w: 1280,
                h: 800,
            }
            .into(),
            types::PhotoSize {
                r#type: "m".to_owned(),
                size: 320,
                ..Default::default()
            }
            .into(),
        ];
        let photo = types::Photo {
            sizes,
            ..Default::default()
        };
        let source = photo.file_source().expect("there is one");
        assert_eq!(source.size, Some(9000));
        let enums::InputFileLocation::InputPhotoFileLocation(it) = source.location else {
            panic!("another location");
        };
        assert_eq!(it.thumb_size, "y");
        let none = types::Photo::default().file_source();
        assert!(matches!(none, Err(FileError::Nothing(_))));
    }
}
