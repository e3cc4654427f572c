//! Where a dispatcher keeps states, and whose.
use std::sync::Arc;

use super::key::KeyStrategy;
use super::memory::MemoryStorage;
use super::storage::StateStorage;

/// Where a dispatcher keeps states, and whose.
#[derive(Clone)]
pub(in crate::dispatch) struct FsmSetup {
    pub(in crate::dispatch) storage: Arc<dyn StateStorage>,
    pub(in crate::dispatch) strategy: KeyStrategy,
}

impl Default for FsmSetup {
    fn default() -> Self {
        Self {
            storage: Arc::new(MemoryStorage::new()),
            strategy: KeyStrategy::default(),
        }
    }
}
