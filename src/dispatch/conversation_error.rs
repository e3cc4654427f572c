//! Why what a conversation waits for has not come.
use std::fmt;
use std::time::Duration;

use crate::error::Error;
use crate::updates::Ended;

/// Why what a conversation waits for has not come.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ConversationError {
    /// It has not come in time, and which time that was.
    #[error("{limit} ({after:?}) is over, and what was waited for has not come")]
    TimedOut {
        /// Which time is over: the nearest.
        limit: Limit,
        /// How long was waited this time.
        after: Duration,
    },
    /// None will come any more.
    #[error("what was waited for cannot come any more: {0}")]
    Ended(Ended),
    /// What was to be sent could not be.
    #[error(transparent)]
    Call(#[from] Error),
}

/// What limits a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Limit {
    /// The time for each wait: [`Conversation::each`](crate::Conversation::each).
    #[error("the time for one wait")]
    Each,
    /// The time for the conversation as a whole:
    /// [`Conversation::total`](crate::Conversation::total).
    #[error("the time for the whole conversation")]
    Total,
    /// The time for the update that is being handled:
    /// [`Deadline`](crate::middleware::Deadline).
    #[error("the time for the update that is being handled")]
    Update,
}

impl fmt::Debug for ConversationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
