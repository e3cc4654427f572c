//! Sessions on a libSQL server, over HTTP.
mod claim;
mod json;
mod server;
mod store;
mod tables;

pub use store::LibSqlStore;
