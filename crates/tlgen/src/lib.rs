//! Reads TL schemas and generates Rust from them.
//!
//! [`parse`] turns the text of a schema into [`Definition`]s, [`check_ids`] holds their constructor
//! ids against the rule that makes them, [`format()`] writes the normal form in which this project
//! keeps its schemas, [`import`] takes over a newer layer, [`resolve`] gives every name its
//! meaning, and [`generate`] writes the Rust code.
//!
//! Beside a schema stand tables of facts: [`Table`] reads them, and [`errors`] writes the catalogue
//! of errors as Rust.
mod ast;
mod crc32;
mod emit;
mod error;
mod facts;
mod format;
mod ids;
mod import;
mod layout;
mod lexer;
mod names;
mod parse;
mod resolve;
mod resolved;
mod secrets;

pub use ast::{
    Body, Category, Condition, Definition, Field, FieldKind, Name, Parameter, Schema, Type,
};
pub use crc32::crc32;
pub use emit::{Options, Output, generate};
pub use error::{ErrorKind, Position, SchemaError};
pub use facts::{Row, Table, TableError, errors};
pub use format::format;
pub use ids::{check_ids, derived_id};
pub use import::{Changes, import};
pub use parse::parse;
pub use resolve::resolve;
pub use resolved::{Constructor, Member, Resolved, Shape, Union};
pub use secrets::secrets_on_nothing;
