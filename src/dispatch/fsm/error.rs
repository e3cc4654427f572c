//! Why a state could not be read or changed.
use std::fmt;

use crate::dispatch::DispatchError;
use crate::error::Error;
use crate::store::StoreError;

/// Why a state could not be read or changed.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// Another worker has changed the state since this update's handler began. Nothing was changed.
    #[error("the state was changed by another update meanwhile")]
    Changed,
    /// The update is of nobody whose state could be kept, by the strategy that was chosen.
    #[error("the update is of nobody whose state is kept")]
    Nobody,
    /// What was kept is not what is asked for, or it cannot be written as JSON.
    #[error("`{name}` of the state: {source}")]
    Value {
        /// Which field or which data.
        name: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The storage could not be read or written.
    #[error("the states cannot be kept: {0}")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StateError {
    /// What a storage of the program's has to say.
    pub fn storage(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Storage(error.into())
    }
}

impl From<StoreError> for StateError {
    fn from(error: StoreError) -> Self {
        Self::storage(error)
    }
}

impl From<Error> for StateError {
    fn from(error: Error) -> Self {
        Self::storage(error)
    }
}

impl From<StateError> for DispatchError {
    fn from(error: StateError) -> Self {
        Self::wrap(error)
    }
}

impl fmt::Debug for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
