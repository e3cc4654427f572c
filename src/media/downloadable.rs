//! What can be fetched.
use super::origin::Origin;
use crate::file_error::FileError;
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

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The location.
    pub location: enums::InputFileLocation,
    /// The data centre that has it.
    pub dc_id: i32,
    /// How many bytes it has, if that is known.
    pub size: Option<u64>,
    /// Its id, by which an interrupted download is known again.
    pub id: Option<i64>,
    /// Its name, if it has one. It comes from whoever has sent it: it is no path.
    pub name: Option<String>,
    /// Where it was seen: from there it gets a new reference when the old one expires, in the
    /// middle of a download too. Without it, that is the end.
    pub origin: Option<Origin>,
}

impl FileSource {
    /// A location on a data centre, of which nothing else is known.
    ///
    /// ```
    /// use ferogram_sync::FileSource;
    /// use ferogram_sync::tl::types::InputTakeoutFileLocation;
    ///
    /// let file = FileSource::new(InputTakeoutFileLocation {}, 2);
    /// assert_eq!((file.dc_id, file.size), (2, None));
    /// ```
    #[must_use]
    pub fn new(location: impl Into<enums::InputFileLocation>, dc_id: i32) -> Self {
        Self {
            location: location.into(),
            dc_id,
            size: None,
            id: None,
            name: None,
            origin: None,
        }
    }
}

impl FileSource {
    /// Says where it was seen.
    #[must_use]
    pub fn seen_in(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
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
        let (letter, size, _) = largest.ok_or(FileError::Nothing("the photo has no sizes"))?;
        let location = types::InputPhotoFileLocation {
            id: self.id,
            access_hash: self.access_hash,
            file_reference: self.file_reference.clone(),
            thumb_size: letter.to_owned(),
        };
        Ok(FileSource {
            location: location.into(),
            dc_id: self.dc_id,
            size: u64::try_from(size).ok(),
            id: None, // It has several versions, all of them small.
            name: None,
            origin: None,
        })
    }
}

/// The letter of a size that has to be fetched, how many bytes it has, and its area: stripped and drawn ones
/// come with the photo, and a progressive one has several lengths, of which the last is the whole.
///
/// See <https://core.telegram.org/api/files#image-thumbnail-types>.
fn bytes_of(size: &enums::PhotoSize) -> Option<(&str, i32, i64)> {
    let area = |w: i32, h: i32| i64::from(w) * i64::from(h);
    match size {
        enums::PhotoSize::Size(it) => Some((&it.r#type, it.size, area(it.w, it.h))),
        enums::PhotoSize::Progressive(it) => {
            let whole = it.sizes.iter().copied().max()?;
            Some((&it.r#type, whole, area(it.w, it.h)))
        }
        _ => None,
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
