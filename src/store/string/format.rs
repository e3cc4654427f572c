//! The forms that a login as text can have.
use std::fmt;

/// A form of a login as text, named after the library whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StringFormat {
    /// The form of this library: one line of letters, digits, `-` and `_` that begins with `fgs1_`.
    /// It says all that is known of the login, and has a checksum: a text that was mistyped or cut
    /// short is told, not tried.
    Native,
    /// `StringSession` of Telethon. It says neither whose login it is nor whether it is on the test
    /// servers. GramJS reads it too.
    ///
    /// See <https://docs.telethon.dev/en/stable/concepts/sessions.html>.
    Telethon,
    /// `export_session_string` of Pyrogram and what came of it, such as kurigram. It says no
    /// address: the reader has a table of its own.
    ///
    /// See <https://docs.pyrogram.org/topics/storage-engines>.
    Pyrogram,
    /// `exportSession` of mtcute, version 3.
    ///
    /// See <https://mtcute.dev/guide/topics/auth>.
    Mtcute,
    /// `StringSession` of GramJS. It does not say whose login it is, nor whether it is on the
    /// test servers.
    ///
    /// See <https://gram.js.org/getting-started/authorization>.
    GramJs,
}

impl fmt::Display for StringFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Native => "ferogram-sync",
            Self::Telethon => "Telethon",
            Self::Pyrogram => "Pyrogram",
            Self::Mtcute => "mtcute",
            Self::GramJs => "GramJS",
        })
    }
}
