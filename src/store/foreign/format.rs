//! The kinds of session files that other libraries have.
use std::fmt;

/// A kind of session file, named after the library whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileFormat {
    /// `SQLiteSession` of Telethon, in its versions 1 to 8; version 8 is written. It says neither
    /// whose login it is nor whether it is on the test servers, has one public name for each peer,
    /// and no peer of which only a `min` form was seen.
    ///
    /// See <https://docs.telethon.dev/en/stable/concepts/sessions.html>.
    Telethon,
    /// `SqliteStorage` of mtcute. Of a login that never had to move to another data centre it does
    /// not say where it is, nor whether it is on the test servers.
    ///
    /// See <https://mtcute.dev/guide/topics/storage>.
    Mtcute,
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Telethon => "Telethon",
            Self::Mtcute => "mtcute",
        })
    }
}
