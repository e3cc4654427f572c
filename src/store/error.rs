//! Why a session could not be read or kept.
use std::error::Error;
use std::io;
use std::path::PathBuf;

/// Why a session could not be read or kept; the text says what to do about it.
///
/// Whichever it is, what was kept before is still as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another client uses this session, in this process or in another.
    #[error(
        "the session {} is in use by another client: close that one first, or use a session file \
         of its own (two clients that share a key lose their login)",
        path.display()
    )]
    InUse {
        /// The session file.
        path: PathBuf,
    },

    /// There is a directory, a device or a pipe where the session file should be.
    #[error(
        "{} is not a file, so no session can be kept there: choose another path",
        path.display()
    )]
    NotAFile {
        /// What was given as the session file.
        path: PathBuf,
    },

    /// The file is something else than a session of this library.
    #[error(
        "{} is not a session file of this library; it was left as it is: choose another path, or \
         move the file away",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },

    /// The file was written by a newer version of this library.
    #[error(
        "the session {} has format {found} and this version of the library knows formats up to \
         {known}; it was left as it is: update the library, or choose another path",
        path.display()
    )]
    NewerFormat {
        /// The session file.
        path: PathBuf,
        /// The format that the file says it has.
        found: u32,
        /// The newest format that this version can read.
        known: u32,
    },

    /// The file is a session, but its content is not what was once written.
    #[error(
        "the session {} is damaged ({detail}); it was left as it is: restore it from a copy, or \
         move it away and sign in again",
        path.display()
    )]
    Damaged {
        /// The session file.
        path: PathBuf,
        /// What is wrong with it.
        detail: &'static str,
    },

    /// The records, or the file, are larger than a session can be.
    #[error(
        "the session {} takes {len} bytes and a session file holds at most {max}: choose another \
         path, or a store that is made for so much",
        path.display()
    )]
    TooLarge {
        /// The session file.
        path: PathBuf,
        /// How large it is, or would be.
        len: u64,
        /// The limit.
        max: u64,
    },

    /// The operating system refused something.
    #[error("could not {action} {}: {source}; {advice}", path.display())]
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
    #[error("the session store failed: {0}")]
    Other(#[source] Box<dyn Error + Send + Sync>),
}
