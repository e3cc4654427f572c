//! The client's end of a connection.
use ferogram_sync::mtproto::ServerFraming;

/// A connection that the link wants, or has.
pub(crate) struct Dialled {
    pub(crate) conn: u32,
    /// The link knows that it is there.
    pub(crate) open: bool,
    /// Something has come over it.
    pub(crate) heard: bool,
    /// Something encrypted has gone over it.
    pub(crate) sealed: bool,
    /// Reads along what the client sends.
    pub(crate) tap: ServerFraming,
}

impl Dialled {
    pub(crate) fn new(conn: u32) -> Self {
        Self {
            conn,
            open: false,
            heard: false,
            sealed: false,
            tap: ServerFraming::new(),
        }
    }
}
