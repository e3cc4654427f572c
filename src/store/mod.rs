//! What outlives the process: plain data, and where it is kept.
//!
//! [`Records`] is everything that a signed-in client needs to go on where it stopped: keys, salts,
//! addresses, peers and the state of the updates. A [`Store`] keeps it and takes [`Change`]s;
//! [`FileStore`] keeps it in one file, [`MemoryStore`] nowhere but in memory. A
//! [`StringSession`] is a login as a line of text, in the forms of other libraries.
mod change;
#[cfg(test)]
mod dice;
mod encoding;
mod error;
mod file;
mod lock;
mod memory;
mod note;
mod note_book;
mod older;
mod peer;
mod peer_book;
mod records;
mod steps;
mod store;
mod string;

pub use change::Change;
pub use error::StoreError;
pub use file::FileStore;
pub use memory::MemoryStore;
pub use note::{NOTE_LEN_MAX, NOTES_MAX, Note};
pub use peer::{PeerKey, PeerQuery, PeerRecord};
pub use records::{
    Account, DcAddress, KeyKind, KeyPlace, KeyRecord, Records, SaltRecord, UpdateState,
};
pub use store::Store;
pub use string::{StringError, StringFormat, StringSession};
