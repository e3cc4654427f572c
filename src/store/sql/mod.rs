//! Sessions in tables: what SQLite and servers that speak its language have in common.
mod database;
mod rows;
mod schema;
mod statements;
mod table_store;
mod value;

pub(super) use database::{Database, Rows};
pub(super) use statements::Statement;
pub(super) use table_store::TableStore;
#[cfg(feature = "libsql-session")]
pub(super) use value::Fields;
pub(super) use value::Value;
