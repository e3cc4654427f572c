//! Where a frame lies in the bytes received so far.
use std::ops::Range;

/// The longest packet in bytes, in and out: well above the largest message that servers send or
/// take (a container of 1 MiB, file parts of 1 MiB), well below what would hurt.
pub const MAX_PACKET: usize = 16 * 1024 * 1024;

/// Who reads a stream: the top bit of a length means a quick ack's token to a client, and the wish
/// for one to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Client,
    Server,
}

/// What stands at the beginning of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// Too few bytes to tell.
    More,
    /// A whole frame.
    Frame(Extent),
    /// A quick ack without a frame of its own: its token, in 4 bytes.
    Token(u32),
    /// An error without a frame of its own: its code. Nothing sensible follows.
    Error(i32),
}

/// The place of a frame and of the packet in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) payload: Range<usize>,
    pub(super) end: usize,
    /// Only to servers: the client wants a quick ack.
    pub(super) quick_ack: bool,
}

/// A frame begun in a buffer and not yet ended.
#[derive(Debug)]
#[must_use = "a frame has to be ended"]
pub struct Frame {
    /// Where its header begins.
    pub(super) start: usize,
    /// Where the packet begins.
    pub(super) payload: usize,
    pub(super) packet_len: usize,
}

/// The first four bytes as a little-endian number, once they are there.
pub(super) fn word(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|first| u32::from_le_bytes(*first))
}
