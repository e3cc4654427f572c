//! The protocol of the local data centre over real sockets, with a client that knows its rules and
//! can break each of them.
mod client;
mod exchange;
mod faults;
mod keys;
mod link;
mod messages;
mod pushes;
mod queries;
mod services;
mod threads;
