//! The world behind the data centres: accounts, logins, groups, messages.
mod account;
mod accounts;
mod authorizations;
mod chance;
mod channel;
mod chat;
mod code_way;
mod codes;
mod delivery;
mod directory;
mod files;
mod ledger;
mod mail;
mod mailbox;
mod password;
mod peer;
mod post;
mod program;
mod qr;
mod security;
mod state;

pub use accounts::{NewBot, NewUser};
pub use channel::NewChannel;
pub use code_way::CodeWay;
pub use program::Program;
pub use security::Standing;

pub(crate) use account::{Account, Contact, Kind, Notable, Notice, Presence, Sent};
pub(crate) use authorizations::Authorization;
pub(crate) use chat::Chat;
pub(crate) use code_way::CALLER;
pub(crate) use codes::{CODE_LENGTH, CodeFault, LoginCode, test_centre};
pub(crate) use delivery::{Letter, Told};
pub(crate) use directory::{Profile, SERVICE_USER, normal_phone, normal_username};
pub(crate) use files::{
    Content as FileContent, Made, PART_MAX, Part, Picture, Stale, Stored, Version, grey,
};
pub(crate) use mail::{MAIL_CODE_LENGTH, MailFault, MailFor, is_address, pattern};
pub(crate) use mailbox::{Event, Happening, Missed, digest};
pub(crate) use password::{GENERATOR, Password, prime_bytes};
pub(crate) use peer::Peer;
pub(crate) use post::{Content, Post, Quote, ReplyTo, Text};
pub(crate) use qr::{Admitted, QrFault, Shown};
pub(crate) use security::{
    EMAIL_RESET_WAIT, PASSWORD_RESET_PAUSE, PASSWORD_RESET_WAIT, Unconfirmed,
};
pub(crate) use state::{World, WorldConfig, date};
