//! What the referee knows of a request.
use std::time::Duration;

use crate::fact::End;

/// A request, from asking to its end.
pub(crate) struct Asked {
    pub(crate) harmless: bool,
    pub(crate) deadline: Duration,
    pub(crate) at: Duration,
    /// It may be the one that finds out that the key is lost.
    pub(crate) keys_lost: bool,
    pub(crate) executed: u32,
    pub(crate) answered: bool,
    /// The server has given an error instead of carrying it out.
    pub(crate) refused: bool,
    /// The server carried it out, and forgot it before it answered.
    pub(crate) forgotten: bool,
    /// The server has refused the id of a message before it as too high: this one may have come when
    /// that was right again, and with the session goes all that could be asked about it.
    pub(crate) after_too_high: bool,
    /// How it was sent last, unless it is known to have been refused.
    pub(crate) sent: Option<Sending>,
    pub(crate) end: Option<End>,
    /// Whether the one who asks wants to know when it has arrived.
    pub(crate) wants_haste: bool,
    /// Whether the server has told that.
    pub(crate) hastened: bool,
}

/// A request under way.
#[derive(Clone, Copy)]
pub(crate) struct Sending {
    pub(crate) session: i64,
    pub(crate) id: i64,
    /// The message that travels by itself: the request's, or the container around it.
    pub(crate) carrier: i64,
    /// It was sent in this message before, which may have been accepted.
    pub(crate) again: bool,
}

impl Sending {
    /// Whether the server has not accepted it, if it refuses this message.
    pub(crate) fn is_refused(&self, refused: i64) -> bool {
        !self.again && [self.id, self.carrier].contains(&refused)
    }
}
