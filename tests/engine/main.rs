//! The protocol machine, played byte by byte without sockets, and its parts beside it: the key
//! exchange and the framing. Everything goes through `ferogram_sync::mtproto`, as a program would.
mod framing;
mod given;
mod handshake;
mod link;
mod tracker;
