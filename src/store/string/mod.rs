//! Logins as text, in the forms of other libraries.
//!
//! A login is a key and the data centre that knows it. Telethon, Pyrogram and its successors,
//! mtcute and GramJS each write that as one line of text, so an account can move between programs
//! without a new login.
mod error;
mod format;
mod gramjs;
mod mtcute;
mod numbered;
mod pyrogram;
mod session;
mod telethon;
mod text;

pub use error::StringError;
pub use format::StringFormat;
pub use session::StringSession;
