//! Why a call could not be made, or not be waited for.
use std::io;

/// Why the network side of a client could not do what was asked, before any server had a say.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The client was closed, or its network thread ended.
    #[error("the client is closed")]
    Closed,

    /// The call would wait for the very thread that it runs on.
    #[error(
        "this call waits for the network thread and was made on that thread (from a tracing \
         subscriber, perhaps), where it would wait for ever: make it on another thread"
    )]
    IoThread,

    /// The moment until which was to be waited has passed.
    #[error("nothing came before the deadline")]
    TimedOut,

    /// The network thread, or what it needs, could not be created.
    #[error(
        "could not start the network thread: {0}; the process may have reached a limit on threads \
         or open files"
    )]
    Start(#[source] io::Error),
}
