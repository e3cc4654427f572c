//! Sockets, and the one thread that owns them.
