//! Reads the tables of facts that stand beside the schema, and writes them as Rust.
mod errors;
mod table;

pub use errors::errors;
pub use table::{Row, Table, TableError};
