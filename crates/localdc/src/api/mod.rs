//! The methods of the API: what the protocol core hands over, and what it gets back.
//!
//! One file for each namespace of the schema, and several for messages: `sending`, `messages`,
//! `typing`, `history`, `dialogs`, `groups`; and for accounts: `codes`, `login_email`, `password`,
//! `recovery`, `qr`, `sessions`. `methods` lists them all, `dispatch` runs them.
mod account;
mod auth;
mod channels;
mod codes;
mod contacts;
mod dialogs;
mod dispatch;
mod done;
mod errors;
mod files;
#[cfg(test)]
mod fixture;
mod groups;
mod help;
mod history;
mod input;
mod login;
mod login_email;
mod markup;
mod media;
mod messages;
mod methods;
mod page;
mod password;
mod push;
mod qr;
mod reactions;
mod recovery;
#[cfg(test)]
mod replay;
mod rights;
mod seam;
mod sending;
mod sessions;
mod srp;
mod text;
mod typing;
mod updates;
mod users;
mod view;

pub(crate) use dispatch::{dispatch, method_id};
pub(crate) use media::given;
pub(crate) use seam::{Caller, Push, Reply, RpcError, SessionKey};
