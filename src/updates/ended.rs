//! Why a stream ended, or has nothing now.
use std::fmt;

use crate::error::AccountTrouble;

/// Why a stream of updates ended.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Ended {
    /// The client was closed.
    #[error("the client is closed")]
    Closed,
    /// The dispatcher that read it was stopped.
    #[error("the dispatcher was stopped")]
    Stopped,
    /// The claim to the session could not be renewed in time, so the connections were closed.
    #[error("the claim to the session could not be renewed in time")]
    LeaseLost,
    /// The connection was lost, and [`RestartPolicy::Never`](crate::RestartPolicy::Never) says that
    /// no other is made: make a client anew.
    #[error("the connection was lost and is not made again")]
    Disconnected,
    /// The process is a child, by `fork`, of the one that made the client.
    #[error("the client belongs to the process that made it, not to this child of it")]
    Forked,
    /// The server has ended the login, and why: sign in anew, and open another stream.
    #[error("the login has ended ({0:?}): sign in anew")]
    SignedOut(AccountTrouble),
    /// The stream was read on a thread that would wait for itself.
    #[error("updates cannot be waited for on a thread of the library")]
    WouldDeadlock,
}

impl fmt::Debug for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why there is no update now.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoUpdate {
    /// None has come in time.
    #[error("no update has come in time")]
    TimedOut,
    /// None will come any more.
    #[error("no more updates: {0}")]
    Ended(Ended),
}

impl fmt::Debug for NoUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
