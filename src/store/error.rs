//! Why a session could not be read or kept.
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::fault::DatabaseFault;

/// Why a session could not be read or kept; the text says what to do about it.
///
/// Whichever it is, nothing of what was kept before is lost.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another client uses this session, in this process or in another.
    #[error(
        "the session {path} is in use by another client: close that one first, or use a \
         session file of its own (two clients that share a key lose their login)"
    )]
    InUse {
        /// The session file.
        path: PathBuf,
    },

    /// There is a directory, a device or a pipe where the session file should be.
    #[error("{}", not_a_file(.path))]
    NotAFile {
        /// What was given as the session file.
        path: PathBuf,
    },

    /// A login as text was given where a path belongs. It is not shown: it *is* the account.
    #[error(
        "a login as text was given as the path of the session: parse it as a `StringSession`, \
         and give that"
    )]
    LoginText,

    /// The file is something else than a session of this library.
    #[error(
        "{path} is not a session file of this library; it was left as it is: choose another \
         path, or move the file away"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },

    /// The file is of no other library whose sessions can be read.
    #[error(
        "{path} is not a session file of Telethon or mtcute; it was left as it is: check the path, \
         or export a login as text with the program that it belongs to"
    )]
    UnknownFile {
        /// The file.
        path: PathBuf,
    },

    /// The file of another library holds no login.
    #[error("{path} holds no login: sign in with the program that it belongs to, and try again")]
    NoLogin {
        /// The file.
        path: PathBuf,
    },

    /// The file of another library holds something that this login does not say.
    #[error(
        "the session file {path} has to hold {field}, which the login does not say: set it first"
    )]
    Incomplete {
        /// The file, which was not made.
        path: PathBuf,
        /// What is missing.
        field: &'static str,
    },

    /// The file was written by a newer version of this library, or of the one whose it is.
    #[error(
        "the session {path} has format {found} and this version of the library knows formats \
         up to {known}; it was left as it is: update the library, or choose another path"
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
        "the session {path} is damaged ({detail}); it was left as it is: restore it from a \
         copy, or move it away and sign in again"
    )]
    Damaged {
        /// The session file.
        path: PathBuf,
        /// What is wrong with it.
        detail: &'static str,
    },

    /// The file is not the one any more that this client has read or written last.
    #[error(
        "the session {path} was changed by another program while this client used it; it was \
         left as it is: move it away and the client writes its own again, or start anew with \
         it"
    )]
    Changed {
        /// The session file.
        path: PathBuf,
    },

    /// The records, or the file, are larger than a session can be.
    #[error(
        "the session {path} takes {len} bytes and a session file holds at most {max}: choose \
         another path, or a store that is made for so much"
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
    #[error("could not {action} {path}: {source}; {advice}")]
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

    /// The database that the session is in refused something, or could not be asked.
    #[error("the session in {place} could not be read or kept: {source}; {fault}")]
    Database {
        /// The file, or the URL.
        place: String,
        /// What can be done about it.
        fault: DatabaseFault,
        /// What the database said.
        source: Box<dyn Error + Send + Sync>,
    },

    /// Another client uses this session, on this machine or another: for a while at least.
    #[error(
        "the session {place} is in use by another client, whose claim ends in {} s unless it is \
         renewed: close that one, or try again then (two clients that share a key lose their \
         login)",
        .ends_in.as_secs()
    )]
    Leased {
        /// Where the session is, and its name.
        place: String,
        /// When the other's claim ends, unless it is renewed.
        ends_in: Duration,
    },

    /// This client could not renew its claim to the session in time, or another has it by now. The
    /// connections that use it are closed, and nothing more is written.
    #[error(
        "the claim to the session {place} could not be renewed in time, and another client may \
         use it by now: the connections are closed; make a client anew when the other one has \
         ended"
    )]
    LeaseLost {
        /// Where the session is, and its name.
        place: String,
    },

    /// A store that is not part of this library failed.
    #[error("the session store failed: {0}")]
    Other(#[source] Box<dyn Error + Send + Sync>),
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn not_a_file(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        return "the path of the session is empty: choose one".to_owned();
    }
    format!(
        "{} is not a file, so no session can be kept there: choose another path",
        path.display()
    )
}
