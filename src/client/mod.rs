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
mod links;
mod peer_cache;
mod pending;
mod policy;
mod reader;
mod sent;
mod servers;
mod session_place;
mod settings;
mod watch;

pub use builder::ClientBuilder;
pub use builder_error::BuilderError;
pub(crate) use certainty::unsent;
pub(crate) use client::WeakClient;
pub use client::{Client, ShutdownToken};
pub use config::Config;
pub(crate) use links::Reading;
pub use pending::{Pending, Reply};
pub(crate) use reader::Reader;
pub use session_place::SessionPlace;
pub use watch::Watch;
