//! States in memory.
use std::collections::HashMap;

use parking_lot::Mutex;

use super::error::StateError;
use super::key::StateKey;
use super::record::StateRecord;
use super::storage::{StateStorage, Swap, Versioned};
use crate::net;

/// So many changes pass before those that have expired are looked for.
const SWEEP: u64 = 4096;

/// States in memory: they end with the program.
///
/// ```
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::fsm::MemoryStorage;
/// use std::sync::Arc;
///
/// let storage = Arc::new(MemoryStorage::new());
/// let _dispatcher = Dispatcher::new().with_state_storage(Arc::clone(&storage));
/// assert!(storage.is_empty());
/// ```
#[derive(Debug, Default)]
pub struct MemoryStorage(Mutex<States>);

#[derive(Debug, Default)]
struct States {
    all: HashMap<StateKey, Versioned>,
    version: u64,
}

impl MemoryStorage {
    /// One without states.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lock().all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl StateStorage for MemoryStorage {
    fn load(&self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        Ok(self.0.lock().all.get(key).cloned())
    }

    fn swap(
        &self,
        key: &StateKey,
        version: Option<u64>,
        record: Option<&StateRecord>,
    ) -> Result<Swap, StateError> {
        let mut states = self.0.lock();
        if states.all.get(key).map(|it| it.version) != version {
            return Ok(Swap::Refused);
        }
        states.version += 1;
        match record {
            None => drop(states.all.remove(key)),
            Some(record) => {
                let (version, record) = (states.version, record.clone());
                states.all.insert(*key, Versioned { version, record });
            }
        }
        if states.version.is_multiple_of(SWEEP) {
            let now = net::now().unix_seconds();
            states.all.retain(|_, it| !it.record.has_expired(now));
        }
        Ok(Swap::Kept(record.map(|_| states.version)))
    }
}
