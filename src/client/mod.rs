//! The engine as a program sees it: what a client is, and how a call is carried through.
mod ask;
mod builder;
mod builder_error;
mod call;
mod certainty;
mod client;
mod config;
#[cfg(feature = "serde")]
mod config_text;
mod connect;
mod core;
mod course;
mod header;
mod imports;
mod keeper;
mod login;
mod peer_cache;
mod pending;
mod policy;
mod sent;
mod servers;
mod session_place;
mod settings;
mod sight;

pub use builder::ClientBuilder;
pub use builder_error::BuilderError;
pub(crate) use certainty::unsent;
pub(crate) use client::WeakClient;
pub use client::{Client, ShutdownToken};
pub use config::Config;
pub(crate) use core::Core;
pub(crate) use peer_cache::Name;
pub use pending::{Pending, Reply};
pub use session_place::SessionPlace;
