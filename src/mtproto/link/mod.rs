//! The link: a lasting session with one server, over whatever connection carries it now.
//!
//! Its life: *idle* until something is wanted, *connecting*, *exchanging* keys if there are none,
//! *saving* until the new key is stored, *running* (with a temporary key: binding it first), and
//! from any of these back to idle when the connection is lost.
mod backoff;
mod config;
mod connecting;
mod course;
mod exchanging;
mod keys;
mod link;
mod output;
mod phase;
mod traffic;

pub use config::{LinkConfig, StoredKey};
pub use link::Link;
pub use output::{Input, Output, Reason};
