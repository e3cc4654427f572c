//! Sessions in an SQLite database.
mod connection;
mod store;
#[cfg(test)]
mod tests;

pub use store::SqliteStore;
