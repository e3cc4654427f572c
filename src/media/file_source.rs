//! Where the bytes of a file are.
use super::origin::Origin;
use crate::tl::enums;

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub struct FileSource {
    /// The location.
    pub location: enums::InputFileLocation,
    /// The data centre that has it; 0 for the account's own, which says if it is another.
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
