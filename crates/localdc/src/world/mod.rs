//! The world behind the data centres: accounts, logins, groups, messages.
mod account;
mod accounts;
mod authorizations;
mod ballot;
mod board;
mod chance;
mod channel;
mod chat;
mod code_way;
mod codes;
mod comments;
mod counted;
mod delivery;
mod dialog_book;
mod directory;
mod files;
mod founding;
mod inline_book;
mod ledger;
mod log;
mod mail;
mod mailbox;
mod new_channel;
mod participant;
mod password;
mod peer;
mod pins;
mod post;
mod posting;
mod presses;
mod program;
mod qr;
mod security;
mod shortcuts;
mod spot;
mod state;
mod waiting;

pub use accounts::{NewBot, NewUser};
pub use code_way::CodeWay;
pub use new_channel::NewChannel;
pub use program::Program;
pub use security::Standing;

pub(crate) use account::{Account, Contact, Counted, Kind, Notable, Notice, Presence, Sent};
pub(crate) use authorizations::Authorization;
pub(crate) use ballot::{Ballot, Vote};
pub(crate) use channel::Channel;
pub(crate) use chat::Chat;
pub(crate) use code_way::CALLER;
pub(crate) use codes::{CODE_LENGTH, CodeFault, LoginCode, test_centre};
pub(crate) use delivery::Told;
pub(crate) use directory::{Profile, SERVICE_USER, normal_phone, normal_username};
pub(crate) use files::{
    Content as FileContent, Made, PART_MAX, Part, Picture, Stale, Stored, Version, grey,
};
pub(crate) use inline_book::{Asked, Offered, SentThrough};
pub(crate) use log::{Event, Happening, Missed, digest};
pub(crate) use mail::{MAIL_CODE_LENGTH, MailFault, MailFor, is_address, pattern};
pub(crate) use mailbox::PostId;
pub(crate) use participant::{Participant, Role, chat_admin_rights};
pub(crate) use password::{GENERATOR, Password, prime_bytes};
pub(crate) use peer::Peer;
pub(crate) use post::{Away, Content, Letter, Post, Quote, Reacted, ReplyTo, Text};
pub(crate) use qr::{Admitted, QrFault, Shown};
pub(crate) use security::{
    EMAIL_RESET_WAIT, PASSWORD_RESET_PAUSE, PASSWORD_RESET_WAIT, Unconfirmed,
};
pub(crate) use spot::Spot;
pub(crate) use state::{World, WorldConfig, date};
pub(crate) use waiting::{WHEN_ONLINE, Waiting};
