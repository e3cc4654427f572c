//! Why a session could not be read or kept.
use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a session could not be read or kept; the text says what to do about it.
///
/// Whichever it is, nothing of what was kept before is lost.
///
/// `Debug` shows the same sentence as `Display`.
#[non_exhaustive]
pub enum StoreError {
    /// Another client uses this session, in this process or in another.
    InUse {
        /// The session file.
        path: PathBuf,
    },

    /// There is a directory, a device or a pipe where the session file should be.
    NotAFile {
        /// What was given as the session file.
        path: PathBuf,
    },

    /// A login as text was given where a path belongs. It is not shown: it *is* the account.
    LoginText,

    /// The file is something else than a session of this library.
    Foreign {
        /// The file.
        path: PathBuf,
    },

    /// The file was written by a newer version of this library.
    NewerFormat {
        /// The session file.
        path: PathBuf,
        /// The format that the file says it has.
        found: u32,
        /// The newest format that this version can read.
        known: u32,
    },

    /// The file is a session, but its content is not what was once written.
    Damaged {
        /// The session file.
        path: PathBuf,
        /// What is wrong with it.
        detail: &'static str,
    },

    /// The file is not the one any more that this client has read or written last.
    Changed {
        /// The session file.
        path: PathBuf,
    },

    /// The records, or the file, are larger than a session can be.
    TooLarge {
        /// The session file.
        path: PathBuf,
        /// How large it is, or would be.
        len: u64,
        /// The limit.
        max: u64,
    },

    /// The operating system refused something.
    Io {
        /// What was tried, as in "could not … the file".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What to do about it.
        advice: &'static str,
        /// What the operating system said.
        source: io::Error,
    },

    /// A store that is not part of this library failed.
    Other(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { path } => write!(
                f,
                "the session {} is in use by another client: close that one first, or use a \
                 session file of its own (two clients that share a key lose their login)",
                path.display()
            ),
            Self::NotAFile { path } if path.as_os_str().is_empty() => {
                f.write_str("the path of the session is empty: choose one")
            }
            Self::NotAFile { path } => write!(
                f,
                "{} is not a file, so no session can be kept there: choose another path",
                path.display()
            ),
            Self::LoginText => f.write_str(
                "a login as text was given as the path of the session: parse it as a \
                 `StringSession`, and give that",
            ),
            Self::Foreign { path } => write!(
                f,
                "{} is not a session file of this library; it was left as it is: choose another \
                 path, or move the file away",
                path.display()
            ),
            Self::NewerFormat { path, found, known } => write!(
                f,
                "the session {} has format {found} and this version of the library knows formats \
                 up to {known}; it was left as it is: update the library, or choose another path",
                path.display()
            ),
            Self::Damaged { path, detail } => write!(
                f,
                "the session {} is damaged ({detail}); it was left as it is: restore it from a \
                 copy, or move it away and sign in again",
                path.display()
            ),
            Self::Changed { path } => write!(
                f,
                "the session {} was changed by another program while this client used it; it was \
                 left as it is: move it away and the client writes its own again, or start anew \
                 with it",
                path.display()
            ),
            Self::TooLarge { path, len, max } => write!(
                f,
                "the session {} takes {len} bytes and a session file holds at most {max}: choose \
                 another path, or a store that is made for so much",
                path.display()
            ),
            Self::Io {
                action,
                path,
                advice,
                source,
            } => write!(
                f,
                "could not {action} {}: {source}; {advice}",
                path.display()
            ),
            Self::Other(error) => write!(f, "the session store failed: {error}"),
        }
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Other(error) => Some(&**error),
            _ => None,
        }
    }
}
