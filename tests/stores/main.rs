//! Where sessions are kept: one suite for every store, and what becomes of each when it is stopped
//! at any moment, has no room, or is used twice.
//!
//! `cargo test --features sqlite-session,libsql-session --test stores` runs it for all of them. A
//! libSQL server is stood in for by one of our own.
mod conform;
#[cfg(unix)]
mod crash;
mod dice;
#[cfg(feature = "sqlite-session")]
mod foreign;
#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
mod hrana;
#[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
mod libsql;
mod lock;
mod model;
mod place;
#[cfg(feature = "sqlite-session")]
mod sqlite;
#[cfg(feature = "serde")]
mod text;
