//! What outlives the process: plain data, and where it is kept.
//!
//! [`Records`] is what a signed-in client needs to go on where it stopped: keys, salts, addresses
//! and the state of the updates. A [`Store`] keeps it, takes [`Change`]s, and looks up one by one
//! what there may be many of: peers, and [`Note`]s. [`FileStore`] keeps a session in one file,
//! [`MemoryStore`] nowhere but in memory; with the features `sqlite-session` and `libsql-session`
//! there are `SqliteStore` and `LibSqlStore`, which keep many in one database, in a file and on a
//! server; the first of the two features brings `ForeignFile` too, a session file of Telethon or
//! mtcute. A [`StringSession`] is a login as a line of text, in the form of this library or of
//! another.
mod change;
#[cfg(test)]
mod dice;
mod encoding;
mod error;
mod fault;
mod file;
#[cfg(feature = "sqlite-session")]
mod foreign;
#[cfg(feature = "serde")]
mod key_bytes;
#[cfg(feature = "libsql-session")]
mod libsql;
mod lock;
mod memory;
mod note;
mod note_book;
mod older;
mod peer;
mod peer_book;
mod records;
#[cfg(any(feature = "sqlite-session", feature = "libsql-session"))]
mod sql;
#[cfg(feature = "sqlite-session")]
mod sqlite;
mod steps;
mod store;
mod string;

pub use change::Change;
pub use error::StoreError;
pub use fault::DatabaseFault;
pub use file::FileStore;
#[cfg(feature = "sqlite-session")]
pub use foreign::{FileFormat, ForeignFile};
#[cfg(feature = "libsql-session")]
pub use libsql::LibSqlStore;
pub use memory::MemoryStore;
pub use note::{NOTE_LEN_MAX, NOTES_MAX, Note};
pub use peer::{PeerKey, PeerQuery, PeerRecord};
pub use records::{
    Account, DcAddress, KeyKind, KeyPlace, KeyRecord, Records, SaltRecord, UpdateState,
};
#[cfg(feature = "sqlite-session")]
pub use sqlite::SqliteStore;
pub use store::Store;
pub use string::{StringError, StringFormat, StringSession};
