//! Why a dispatcher cannot run as it was set up.
use std::error::Error;
use std::fmt;

/// Why a [dispatcher](crate::Dispatcher) cannot run as it was set up.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum DispatcherError {
    /// A handler wants a value that was not given.
    #[error("nobody gave the dispatcher a `{0}`: do so by `with`")]
    NoValue(&'static str),
    /// Two enums of states have one name, so each would take the other's states for its own.
    #[error(
        "two enums of states are called `{0}`: give one another name by `#[fsm(name = \"…\")]`"
    )]
    SameStates(&'static str),
    /// The signals cannot be listened to, as when the program has a handler of its own.
    #[error("signals cannot be listened to: {0}")]
    Signals(#[source] Box<dyn Error + Send + Sync>),
}

impl fmt::Debug for DispatcherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
