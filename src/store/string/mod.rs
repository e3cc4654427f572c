//! Logins as text, in the form of this library and in those of others.
//!
//! A login is a key and the data centre that knows it. Telethon, Pyrogram and its successors,
//! mtcute and GramJS each write that as one line of text, and so does this library: an account can
//! move between programs without a new login.
mod error;
mod fields;
mod format;
mod gramjs;
mod mtcute;
mod native;
mod numbered;
mod pyrogram;
mod session;
mod telethon;
mod text;

pub use error::StringError;
#[cfg(feature = "sqlite-session")]
pub(super) use fields::Fields;
pub use format::StringFormat;
#[cfg(feature = "sqlite-session")]
pub(super) use mtcute::{address_bytes, read_address};
pub use session::StringSession;
