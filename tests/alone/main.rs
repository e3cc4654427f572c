//! What needs a process of its own, because it looks at all of it or changes it for good: its
//! threads and descriptors, its allocations, the one tracing subscriber, `fork`. Each test
//! starts this program again, for itself alone.
mod fork;
#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
#[path = "../stores/hrana.rs"]
#[expect(dead_code, reason = "other tests have the server misbehave")]
mod hrana;
mod killed;
mod killed_transfer;
mod memory;
mod own_threads;
mod process;
mod secrets;
mod shutdown;
mod subscriber_panics;
