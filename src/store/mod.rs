//! What outlives the process: plain data, and where it is kept.
//!
//! [`Records`] is what a signed-in client needs to go on where it stopped: keys, salts, addresses
//! and the state of the updates. A [`Store`] keeps it, takes [`Change`]s, and looks up one by one
//! what there may be many of: peers, and [`Note`]s. [`FileStore`] keeps a session in one file,
//! [`MemoryStore`] nowhere but in memory. A [`StringSession`] is a login as a line of text, in the
//! forms of other libraries.
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
