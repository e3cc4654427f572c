//! The world behind the data centres: accounts, chats, messages, files.
mod accounts;
mod state;

pub use accounts::{NewBot, NewUser};
pub(crate) use state::{World, WorldConfig};
