//! The server at work: listeners, connections, service messages, queries, pushes.
mod bind;
mod centre;
mod connection;
mod hub;
mod listener;
mod logins;
mod peer;
mod query;
mod rival;
mod service;
mod settle;
mod settling;
mod wrappers;

pub(crate) use centre::Centre;
pub(crate) use hub::{Hub, LogHook, Options};
pub(crate) use listener::Listener;

pub use hub::Call;
