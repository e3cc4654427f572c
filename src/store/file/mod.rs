//! A session in one file: a snapshot, and a journal of changes behind it.
mod entry;
mod file;
mod header;
mod index;
mod log;
mod paths;
mod snapshot;
#[cfg(test)]
mod tests;

pub use file::FileStore;
#[cfg(feature = "sqlite-session")]
pub(super) use paths::{is_login, owner_only, real_path, refuse_names_beside};
