//! What can be wrong with a login as text.
use std::fmt;

use super::format::StringFormat;

/// A text that is no login, or a login that cannot be written as such a text.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StringError {
    /// The text is none of the known forms.
    #[error(
        "the text is not a session string of this library, Telethon, Pyrogram, mtcute or GramJS: \
         check that all of it was copied, and nothing else"
    )]
    Unknown,
    /// It looks like this form, but holds something that the form does not have.
    #[error("the text looks like a session string of {format}, but {detail}: export it again")]
    Malformed {
        /// The form.
        format: StringFormat,
        /// What is wrong.
        detail: &'static str,
    },
    /// It is of a version of this form that is not known here.
    #[error(
        "the text is a session string of {format} in its version {version}, which is not \
         known: update the library, or export it with a version that is"
    )]
    Version {
        /// The form.
        format: StringFormat,
        /// The version.
        version: u8,
    },
    /// The form wants something that this login does not say.
    #[error("a session of {format} holds {field}, which this one does not say: set it first")]
    Missing {
        /// The form.
        format: StringFormat,
        /// What is missing.
        field: &'static str,
    },
}

impl fmt::Debug for StringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
