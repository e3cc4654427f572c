//! What the server says to a client.
use std::fmt;

/// A whole message of the server, and what a client can learn from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) session: i64,
    pub(crate) id: i64,
    /// The message that travelled by itself: this one, or the container around it.
    pub(crate) carrier: i64,
    pub(crate) content: bool,
    pub(crate) what: String,
    /// The salt that it refuses.
    pub(crate) wrong_salt: Option<i64>,
    /// The salts that it says will hold, and which message has asked for them.
    pub(crate) lists: Option<(i64, Vec<i64>)>,
    /// It is the result of what was asked in this message.
    pub(crate) answers: Option<i64>,
    /// That result says that something has to come first.
    pub(crate) denies: bool,
    /// It says that this message is there.
    pub(crate) announces: Option<i64>,
    /// The message or container that it refuses, and why.
    pub(crate) refuses: Option<(i64, i32)>,
    /// The server knows nothing of the session before this message.
    pub(crate) begins: Option<i64>,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = if self.content { " content" } else { "" };
        let (id, what, session) = (self.id, &self.what, self.session);
        write!(f, "{id:x}{content} {what} session {session:x}")
    }
}
