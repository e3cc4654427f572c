//! Sessions in an SQLite database.
mod connection;
mod store;
#[cfg(test)]
mod tests;

pub(super) use connection::failed;
pub(super) use store::MAGIC;
pub use store::SqliteStore;
