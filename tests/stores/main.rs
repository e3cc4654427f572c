//! Sessions in databases: an SQLite file, and a libSQL server that stands in for the real ones.
//!
//! `cargo test --features sqlite-session,libsql-session --test stores`
mod foreign;
mod hrana;
mod libsql;
mod sqlite;
