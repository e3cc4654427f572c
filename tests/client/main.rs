//! The client and the local data centre, in one process: each test has a data centre of its own.
mod accounts;
mod builder;
mod close;
#[cfg(feature = "serde")]
mod config_text;
mod data_centres;
mod errors;
mod failure;
mod faults;
mod lease;
mod listening;
mod lost_key;
mod messages;
mod names;
mod patience;
mod peer_cache;
mod session_file;
mod session_string;
mod sign_in;
mod silent_address;
mod store_failure;
mod threads;
