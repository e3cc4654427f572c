//! The methods of the API: what the protocol core hands over, and what it gets back.
//!
//! One file for each namespace of the schema, and several for messages: `sending`, `messages`,
//! `typing`, `history`, `dialogs`, `groups`; and for accounts: `codes`, `login_email`, `password`,
//! `recovery`, `qr`, `sessions`. `methods` lists them all, `dispatch` runs them.
mod account;
mod admins;
mod albums;
mod attachments;
mod auth;
#[cfg(test)]
mod board_replay;
mod callbacks;
mod channel_difference;
mod channel_news;
mod channel_settings;
mod channels;
mod checklists;
mod clearing;
mod codes;
mod contacts;
mod dialog_lists;
mod dialogs;
mod discussions;
mod dispatch;
mod done;
mod drafts;
mod edited;
mod errors;
mod fact_checks;
mod files;
#[cfg(test)]
mod fixture;
mod folders;
mod forward;
mod groups;
mod help;
mod history;
mod inline;
mod input;
mod kept_replies;
mod kinds;
mod language;
mod links;
mod login;
mod login_email;
mod markup;
mod media;
mod messages;
mod methods;
mod origin;
mod page;
mod participants;
mod password;
mod pins;
mod places;
mod poll_shown;
mod polls;
mod push;
mod qr;
mod quick_replies;
mod reaction_lists;
mod reaction_removal;
mod reactions;
mod receipts;
mod recovery;
#[cfg(test)]
mod replay;
mod reports;
mod rights;
mod saved_topics;
mod scheduled;
mod seam;
mod search;
mod sending;
mod sent;
mod sessions;
mod shared_folders;
mod srp;
mod text;
mod threads;
mod ttl;
mod typing;
mod unread;
mod updates;
mod uploads;
mod users;
mod view;
mod views;

pub(crate) use callbacks::nobody_answers;
pub(crate) use channel_news::coming;
pub(crate) use dispatch::{dispatch, method_id};
pub(crate) use media::given;
pub(crate) use push::announce;
pub(crate) use seam::{Caller, Push, Reply, RpcError, SessionKey};
