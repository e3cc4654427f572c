//! Session files of other libraries, read and written.
//!
//! Telethon and mtcute keep a session in an SQLite database with tables of their own. What both and
//! this library know can move between them: the login, who was seen, and how far the updates are.
mod database;
mod file;
mod format;
mod marked;
mod mtcute;
mod telethon;

pub use file::ForeignFile;
pub use format::FileFormat;
