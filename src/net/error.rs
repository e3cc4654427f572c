//! Why a call could not be made, or not be waited for.
use std::fmt;
use std::io;

/// Why the network side of a client could not do what was asked, before any server had a say.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The client was closed, or its network thread ended.
    #[error("the client is closed")]
    Closed,

    /// The claim to the session could not be renewed in time, as the machine slept or the session's
    /// store could not be reached, or another client has it by now. So that no two clients use one
    /// key, which would cost the login, this one has closed its connections.
    #[error(
        "the claim to the session could not be renewed in time, so the connections were closed \
         before another client may use the session: make a client anew"
    )]
    LeaseLost,

    /// The call would wait for the very thread that it runs on.
    #[error(
        "this call waits for a thread of the library and was made on such a thread (from a \
         tracing subscriber, a store or a handler, perhaps), where it would wait for ever: make it \
         on another thread"
    )]
    WouldDeadlock,

    /// The process is a child, by `fork`, of the one that made the client.
    #[error(
        "this client belongs to the process that made it, and its threads are not in this \
         child (after fork): make a client here, with a session of its own, or fork before \
         making one"
    )]
    Forked,

    /// The connection is lost, and by the client's
    /// [`RestartPolicy`](crate::RestartPolicy::Never) no other one is made.
    #[error("the connection is lost, and the restart policy makes no other: make a client anew")]
    Retired,

    /// The moment until which was to be waited has passed.
    #[error("nothing came before the deadline")]
    TimedOut,

    /// The network thread, or what it needs, could not be created.
    #[error(
        "could not start the network thread: {0}; the process may have reached a limit on \
         threads or open files"
    )]
    Start(#[source] io::Error),
}

impl fmt::Debug for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
