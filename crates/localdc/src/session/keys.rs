//! The keys of one data centre.
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;

use super::key::Key;

/// How many keys one data centre keeps. Each costs a client an exchange of some milliseconds and
/// the server a few kilobytes.
const KEYS_MAX: usize = 65_536;

/// Keys by their ids.
#[derive(Default)]
pub(crate) struct Keys {
    keys: RwLock<HashMap<i64, Arc<Key>>>,
}

impl Keys {
    /// Adds a key; false if there are too many.
    pub(crate) fn add(&self, key: Key, now: Duration) -> bool {
        let mut keys = self.keys.write();
        if keys.len() >= KEYS_MAX {
            keys.retain(|_, key| key.is_alive(now));
        }
        let room = keys.len() < KEYS_MAX;
        if room {
            keys.insert(key.id, Arc::new(key));
        }
        room
    }

    /// A key.
    pub(crate) fn find(&self, id: i64) -> Option<Arc<Key>> {
        self.keys.read().get(&id).map(Arc::clone)
    }

    /// Whether there is a key.
    pub(crate) fn contains(&self, id: i64) -> bool {
        self.keys.read().contains_key(&id)
    }

    /// Takes a key out; it cannot be used any more, whoever still holds it.
    pub(crate) fn remove(&self, id: i64) -> bool {
        let removed = self.keys.write().remove(&id);
        if let Some(key) = &removed {
            key.destroy();
        }
        removed.is_some()
    }

    /// All keys.
    pub(crate) fn all(&self) -> Vec<Arc<Key>> {
        self.keys.read().values().map(Arc::clone).collect()
    }
}
