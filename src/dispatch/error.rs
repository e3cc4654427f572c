//! Why an update was not handled as it should have been.
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::argument::ArgsError;
use crate::error::Error;

/// Why an update was not handled as it should have been: [`Dispatcher::on_error`] is given it.
///
/// `Debug` shows the same sentence as `Display`.
///
/// [`Dispatcher::on_error`]: crate::Dispatcher::on_error
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum DispatchError {
    /// A handler or a middleware gave it back.
    #[error("{0}")]
    Failed(#[source] Box<dyn StdError + Send + Sync>),
    /// A handler, a filter or a middleware panicked, with these words.
    #[error("a handler panicked: {0}")]
    Panicked(String),
    /// A handler wants a value of this type, and [`Dispatcher::with`](crate::Dispatcher::with) was
    /// given none.
    #[error("nobody gave the dispatcher a `{0}`: do so by `with`")]
    NoValue(&'static str),
    /// A handler wants something that this update does not have.
    #[error("this update has no {0}")]
    NotThere(&'static str),
    /// What stands behind the command is not what the handler wants.
    #[error("{0}")]
    Args(#[from] ArgsError),
    /// It took longer than [`Deadline`](crate::middleware::Deadline) allows.
    #[error("it took longer than {0:?}")]
    Overdue(Duration),
}

impl DispatchError {
    /// An error that says this.
    pub fn new(words: impl Into<String>) -> Self {
        Self::Failed(words.into().into())
    }

    /// An error of another kind. One that was made of a `DispatchError` is that again.
    pub fn wrap(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        match error.into().downcast::<Self>() {
            Ok(own) => *own,
            Err(other) => Self::Failed(other),
        }
    }

    /// The handler's own error, if it is of this type.
    ///
    /// ```
    /// use ferogram_sync::{DispatchError, NetError};
    ///
    /// let error = DispatchError::wrap(NetError::Closed);
    /// assert!(matches!(error.downcast_ref(), Some(NetError::Closed)));
    /// assert!(DispatchError::new("no").downcast_ref::<NetError>().is_none());
    /// ```
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        match self {
            Self::Failed(error) => error.downcast_ref(),
            _ => None,
        }
    }
}

impl From<Error> for DispatchError {
    fn from(error: Error) -> Self {
        Self::wrap(error)
    }
}

impl fmt::Debug for DispatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
