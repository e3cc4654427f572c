//! The link: a lasting session with one server, over whatever connection carries it now.
//!
//! Its life: *idle* until something is wanted, *connecting*, *exchanging* keys if there are none,
//! *saving* until the new key is stored, *running* (with a temporary key: binding it first), and
//! from any of these back to idle when the connection is lost. While it has heard nothing, the next
//! address is tried *beside* it.
mod backoff;
mod beside;
mod config;
mod connecting;
mod course;
mod exchange;
mod exchanging;
mod keys;
mod lane;
mod link;
mod output;
mod phase;
mod rival;
mod traffic;

pub use config::{LinkConfig, StoredKey};
pub use lane::Lane;
pub use link::Link;
pub use output::{Input, Output, Reason};
