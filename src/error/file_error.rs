//! Why a file cannot be sent or fetched, apart from what the server says.
use std::io;
use std::path::PathBuf;

/// Why a file cannot be sent or fetched. What the server says stands in
/// [`Error::Rpc`](crate::Error::Rpc).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Reading or writing failed on this side.
    #[error("{path} cannot be {doing}: {source}", path = .path.display())]
    Path {
        /// What was to be done with it, as in "cannot be read".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What the program gave to read from, or to write to, failed.
    #[error("the {0} that the program gave has failed: {1}")]
    Stream(&'static str, io::Error),
    /// There is nothing to send: the file is empty, or its reader was read to its end before.
    #[error("there is nothing to send: the file is empty, or its reader is at its end already")]
    Empty,
    /// The file is larger than this account may send.
    #[error("the file has {size} bytes, and this account may send {limit}")]
    TooLarge {
        /// How many bytes it has; of a stream, how many there are at least.
        size: u64,
        /// How many this account may send.
        limit: u64,
    },
    /// The file is larger than the memory that it may take.
    #[error("the file has {size} bytes, and {limit} may be kept in memory: write it to a path")]
    TooLargeForMemory {
        /// How many bytes it has.
        size: u64,
        /// How many may be kept.
        limit: u64,
    },
    /// The file has changed while it was read: what was sent is neither the old one nor the new.
    #[error("the file has changed while it was sent: it had {before} bytes, and has {now}")]
    Changed {
        /// How many bytes it had at first.
        before: u64,
        /// How many it has now.
        now: u64,
    },
    /// The server gave less of the file than it has, or more.
    #[error("the file ends after {got} bytes, and should have {size}: the server has cut it")]
    Length {
        /// How many bytes it should have.
        size: u64,
        /// How many there are.
        got: u64,
    },
    /// The bytes are not those that were stored: their hash is another one.
    #[error("the bytes from {offset} on are not those of the file: their hash is wrong")]
    Hash {
        /// Where the wrong ones begin.
        offset: u64,
    },
    /// The range lies beyond the end of the file.
    #[error("the file has {size} bytes: there is nothing from {start} on")]
    Range {
        /// Where it was to begin.
        start: u64,
        /// How many bytes the file has.
        size: u64,
    },
    /// The file reference has expired, and where the file was seen it is no more.
    #[error("the file reference has expired, and the file is not there any more where it was seen")]
    Gone,
    /// The program has cancelled it.
    #[error("the transfer was cancelled")]
    Cancelled,
    /// Nothing can be fetched by this: it has no bytes on the server.
    #[error("there is nothing to fetch: {0}")]
    Nothing(&'static str),
    /// This is no `file_id` of the Bot API, and why not.
    #[error("this is no file_id: {0}")]
    NoFileId(&'static str),
    /// Another transfer writes the same file.
    #[error("{path} is being written by another transfer", path = .0.display())]
    Busy(PathBuf),
    /// A part that the server has lost cannot be sent again, as the file came from a stream.
    #[error("the server has lost part {0}, which came from a stream: send the file anew")]
    PartLost(u32),
}
