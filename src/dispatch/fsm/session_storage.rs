//! States in the client's session.
use std::collections::HashMap;
use std::fmt;

use parking_lot::Mutex;

use super::error::StateError;
use super::key::StateKey;
use super::noted::{change, next_version, note_key, read, room};
use super::record::StateRecord;
use super::storage::{StateStorage, Swap, Versioned};
use crate::client::{Client, WeakClient};
use crate::net;

/// How many states are held in memory. All are forgotten there when there are more: the session has
/// them.
const CACHED: usize = 50_000;

/// States in the client's session, whatever keeps that: memory, a file, SQLite or libSQL. They go
/// with the account when it signs out.
///
/// A change is written like all that a session keeps, soon and in order, and a handler does not
/// wait for it.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::fsm::SessionStorage;
///
/// let _dispatcher = Dispatcher::new().with_state_storage(SessionStorage::new(&client));
/// ```
pub struct SessionStorage {
    client: WeakClient,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    all: HashMap<StateKey, Option<Versioned>>,
    version: u64,
    /// How often all was forgotten.
    cleared: u64,
}

impl SessionStorage {
    /// States in the session of this client. One client has one of these.
    #[must_use]
    pub fn new(client: &Client) -> Self {
        Self {
            client: client.weak(),
            cache: Mutex::default(),
        }
    }

    /// Looks a state up, so that it is in the cache. No lock is held while the session is asked.
    fn fetch(&self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        loop {
            let cleared = {
                let cache = self.cache.lock();
                if let Some(there) = cache.all.get(key) {
                    return Ok(there.clone());
                }
                cache.cleared
            };
            let client = self.client.upgrade()?;
            let deadline = client.begin()?;
            let note = client
                .core
                .keeper
                .note(room(key), note_key(key), deadline)?;
            let found = note.as_ref().and_then(read);
            let mut cache = self.cache.lock();
            // What was forgotten meanwhile may have been newer than what the session said.
            if cache.cleared != cleared {
                continue;
            }
            return Ok(cache.all.entry(*key).or_insert(found).clone());
        }
    }
}

impl StateStorage for SessionStorage {
    fn load(&self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        self.fetch(key)
    }

    fn swap(
        &self,
        key: &StateKey,
        version: Option<u64>,
        record: Option<&StateRecord>,
    ) -> Result<Swap, StateError> {
        loop {
            self.fetch(key)?;
            let client = self.client.upgrade()?;
            let mut cache = self.cache.lock();
            let Some(there) = cache.all.get(key) else {
                continue;
            };
            if there.as_ref().map(|it| it.version) != version {
                return Ok(Swap::Refused);
            }
            cache.version = next_version(cache.version, net::now());
            let version = cache.version;
            // Under the lock, so that changes are written in the order in which they were made.
            client.core.keeper.apply(vec![change(key, version, record)]);
            let kept = Swap::Kept(record.map(|_| version));
            let record = record.cloned();
            let new = record.map(|record| Versioned { version, record });
            cache.all.insert(*key, new);
            if cache.all.len() > CACHED {
                cache.all.clear();
                cache.cleared += 1;
            }
            return Ok(kept);
        }
    }
}

impl fmt::Debug for SessionStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionStorage").finish_non_exhaustive()
    }
}
