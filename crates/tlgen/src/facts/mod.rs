//! Reads the tables of facts that stand beside the schema, and writes them as Rust.
mod callers;
mod errors;
mod methods;
mod repeatable;
mod table;

pub use callers::callers;
pub use errors::errors;
pub use repeatable::repeatable;
pub use table::{Row, Table, TableError};
