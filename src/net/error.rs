//! Why a call could not be made, or not be waited for.
use std::fmt;
use std::io;

/// Why the network side of a client could not do what was asked, before any server had a say.
///
/// `Debug` shows the same sentence as `Display`.
#[non_exhaustive]
pub enum NetError {
    /// The client was closed, or its network thread ended.
    Closed,

    /// The call would wait for the very thread that it runs on.
    WouldDeadlock,

    /// The process is a child, by `fork`, of the one that made the client.
    Forked,

    /// The moment until which was to be waited has passed.
    TimedOut,

    /// The network thread, or what it needs, could not be created.
    Start(io::Error),
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the client is closed"),
            Self::WouldDeadlock => f.write_str(
                "this call waits for a thread of the library and was made on such a thread (from \
                 a tracing subscriber or a store, perhaps), where it would wait for ever: make it \
                 on another thread",
            ),
            Self::Forked => f.write_str(
                "this client belongs to the process that made it, and its threads are not in this \
                 child (after fork): make a client here, with a session of its own, or fork \
                 before making one",
            ),
            Self::TimedOut => f.write_str("nothing came before the deadline"),
            Self::Start(error) => write!(
                f,
                "could not start the network thread: {error}; the process may have reached a \
                 limit on threads or open files"
            ),
        }
    }
}

impl fmt::Debug for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for NetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(error) => Some(error),
            _ => None,
        }
    }
}
