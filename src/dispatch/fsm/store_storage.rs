//! States in a file or a database of their own.
use std::fmt;

use parking_lot::Mutex;

use super::error::StateError;
use super::key::StateKey;
use super::noted::{change, next_version, note_key, read, room};
use super::record::StateRecord;
use super::storage::{StateStorage, Swap, Versioned};
use crate::net;
use crate::store::{Change, Store};

/// So many changes pass before those that have expired are dropped.
const SWEEP: u64 = 1024;

/// States in a file or a database of their own: any [`Store`] keeps them, such as
/// [`FileStore`](crate::FileStore), `SqliteStore` and `LibSqlStore`.
///
/// Each change is on the disk when the handler goes on.
///
/// ```
/// use ferogram_sync::fsm::StoreStorage;
/// use ferogram_sync::{Dispatcher, FileStore};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("states");
/// let storage = StoreStorage::new(FileStore::open(path)?)?;
/// let _dispatcher = Dispatcher::new().with_state_storage(storage);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct StoreStorage(Mutex<Kept>);

struct Kept {
    store: Box<dyn Store>,
    version: u64,
    changes: u64,
}

impl StoreStorage {
    /// States in this store, which has nothing else in it. What it kept before is there again.
    ///
    /// # Errors
    ///
    /// [`StateError::Storage`] when it cannot be read.
    ///
    /// # Blocking
    ///
    /// For as long as the store takes.
    pub fn new(mut store: impl Store + 'static) -> Result<Self, StateError> {
        store.load()?;
        Ok(Self(Mutex::new(Kept {
            store: Box::new(store),
            version: 0,
            changes: 0,
        })))
    }
}

impl Kept {
    fn load(&mut self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        let note = self.store.note(&room(key), &note_key(key))?;
        Ok(note.as_ref().and_then(read))
    }
}

impl StateStorage for StoreStorage {
    fn load(&self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        self.0.lock().load(key)
    }

    fn swap(
        &self,
        key: &StateKey,
        version: Option<u64>,
        record: Option<&StateRecord>,
    ) -> Result<Swap, StateError> {
        let mut kept = self.0.lock();
        if kept.load(key)?.map(|it| it.version) != version {
            return Ok(Swap::Refused);
        }
        let now = net::now();
        kept.version = next_version(kept.version, now);
        let mut changes = vec![change(key, kept.version, record)];
        kept.changes += 1;
        if kept.changes.is_multiple_of(SWEEP) {
            let now = now.unix_seconds();
            changes.push(Change::Expire { now });
        }
        kept.store.apply(&changes)?;
        Ok(Swap::Kept(record.map(|_| kept.version)))
    }
}

impl fmt::Debug for StoreStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreStorage").finish_non_exhaustive()
    }
}
