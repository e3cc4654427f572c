//! Writes Rust: the types, enums and functions of resolved schemas, and the tables that describe
//! them.
mod doc;
mod enums;
mod functions;
mod generate;
mod item;
mod options;
mod structs;
mod table;

pub use generate::{Output, generate};
pub use options::Options;
