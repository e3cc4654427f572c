//! The protocol machine, played byte by byte without sockets, and its parts beside it: the key
//! exchange and the framing; and the tracker. Everything goes through `ferogram_sync::mtproto` and
//! `ferogram_sync::tracker`, as a program would.
mod framing;
mod given;
mod handshake;
mod link;
mod tracker;
