//! The engine as a program sees it: what a client is, and how a call is carried through.
mod builder;
mod call;
mod certainty;
mod client;
mod config;
mod core;
mod course;
mod header;
mod imports;
mod keeper;
mod login;
mod peer_cache;
mod pending;
mod policy;
mod read_only;
mod sent;
mod servers;
mod sight;

pub use builder::{ClientBuilder, IntoStore};
pub(crate) use call::Place;
pub(crate) use certainty::unsent;
pub(crate) use client::WeakClient;
pub use client::{Client, ShutdownToken};
pub(crate) use core::Core;
pub(crate) use peer_cache::Name;
pub use pending::{Pending, Reply};
