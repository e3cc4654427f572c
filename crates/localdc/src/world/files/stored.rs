//! A file that is stored.
use ferogram_sync::tl::enums;

use super::content::Content;

/// A photo or a document.
#[derive(Clone)]
pub(crate) struct Stored {
    pub(crate) id: i64,
    /// The data centre that gives it out.
    pub(crate) dc: i32,
    /// When it came, in Unix seconds.
    pub(crate) date: i64,
    pub(crate) made: Made,
    /// Its versions by the letter that names them; a document itself has none.
    pub(crate) versions: Vec<Version>,
}

/// What it is.
#[derive(Clone)]
pub(crate) enum Made {
    Photo,
    Document {
        mime_type: String,
        attributes: Vec<enums::DocumentAttribute>,
    },
}

/// One version of a file: a photo of one size, a document, its thumbnail.
#[derive(Clone)]
pub(crate) struct Version {
    pub(crate) letter: String,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) content: Content,
}

impl Stored {
    /// The version of this letter.
    pub(crate) fn version(&self, letter: &str) -> Option<&Content> {
        let found = self.versions.iter().find(|it| it.letter == letter);
        found.map(|version| &version.content)
    }

    pub(crate) fn is_photo(&self) -> bool {
        matches!(self.made, Made::Photo)
    }

    /// The bytes of all versions.
    pub(super) fn len(&self) -> u64 {
        self.versions.iter().map(|it| it.content.len()).sum()
    }
}
