//! The key exchange with a server that computes everything in its own way.
mod exchange;
pub(crate) mod server;
