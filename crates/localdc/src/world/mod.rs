//! The world behind the data centres: accounts, logins, groups, messages.
mod account;
mod accounts;
mod authorizations;
mod chance;
mod channel;
mod chat;
mod codes;
mod delivery;
mod directory;
mod ledger;
mod mailbox;
mod password;
mod peer;
mod post;
mod program;
mod state;

pub use accounts::{NewBot, NewUser};
pub use channel::NewChannel;
pub use program::Program;

pub(crate) use account::{Account, Contact, Kind, Notable, Notice, Presence, Sent};
pub(crate) use authorizations::Authorization;
pub(crate) use chat::Chat;
pub(crate) use codes::{CODE_LENGTH, CodeFault, LoginCode, Via, test_centre};
pub(crate) use delivery::{Letter, Told};
pub(crate) use directory::{Profile, SERVICE_USER, normal_phone, normal_username};
pub(crate) use mailbox::{Event, Happening, Missed, digest};
pub(crate) use password::{GENERATOR, Password, prime_bytes};
pub(crate) use peer::Peer;
pub(crate) use post::{Content, Post, Quote, ReplyTo, Text};
pub(crate) use state::{World, WorldConfig, date};
