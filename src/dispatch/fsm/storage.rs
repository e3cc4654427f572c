//! Where states are kept.
use std::sync::Arc;

use super::error::StateError;
use super::key::StateKey;
use super::record::StateRecord;

/// Where states are kept.
///
/// [`MemoryStorage`](super::MemoryStorage), [`SessionStorage`](super::SessionStorage) and
/// [`StoreStorage`](super::StoreStorage) are there; a program may have another.
pub trait StateStorage: Send + Sync + 'static {
    /// What is kept under a key. One that has expired may be told or not.
    ///
    /// # Errors
    ///
    /// [`StateError::Storage`] when it cannot be read.
    fn load(&self, key: &StateKey) -> Result<Option<Versioned>, StateError>;

    /// Keeps a record, or nothing, instead of what is there, if that is of this version; `None`
    /// stands for nothing. If it is not, nothing has changed. Of two that try with the same version
    /// one is told that it was.
    ///
    /// # Errors
    ///
    /// [`StateError::Storage`] when it cannot be kept.
    fn swap(
        &self,
        key: &StateKey,
        version: Option<u64>,
        record: Option<&StateRecord>,
    ) -> Result<Swap, StateError>;
}

/// A record, and which version of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Versioned {
    /// A number that no other version of it has, before or after.
    pub version: u64,
    /// What is kept.
    pub record: StateRecord,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swap {
    /// It is kept, with this version; nothing has none.
    Kept(Option<u64>),
    /// What is there is of another version.
    Refused,
}

impl<S: StateStorage + ?Sized> StateStorage for Arc<S> {
    fn load(&self, key: &StateKey) -> Result<Option<Versioned>, StateError> {
        (**self).load(key)
    }

    fn swap(
        &self,
        key: &StateKey,
        version: Option<u64>,
        record: Option<&StateRecord>,
    ) -> Result<Swap, StateError> {
        (**self).swap(key, version, record)
    }
}
