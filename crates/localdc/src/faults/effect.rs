//! What goes wrong.
use std::time::Duration;

/// What goes wrong. Each effect has its own kind of occasion, at which a rule is asked whether it
/// applies: a connection, a transfer of bytes, a packet, a message, updates, a call of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// A new connection is closed before a byte has gone over it.
    Refuse,
    /// A new connection ends as soon as so many bytes have gone over it in the rule's direction.
    Cut {
        /// How many bytes go through, counted from the first one.
        after: u64,
    },
    /// Of a new connection no more than so many bytes go through in the rule's direction; after
    /// that it stays open and silent.
    Stall {
        /// How many bytes go through, counted from the first one.
        after: u64,
    },
    /// Of one read or write so many bytes go through; then the connection ends.
    Tear {
        /// How many bytes of it go through.
        after: u64,
    },
    /// One bit of one read or write comes out wrong.
    Corrupt,
    /// The salts of the client's key change when its packet comes, which is refused for having the
    /// old one, as everything else that is under way.
    ChangeSalt,
    /// The session is forgotten when a packet of it comes, as by a server that has restarted.
    ForgetSession,
    /// A message is not sent. As it was not acknowledged, it comes again over the client's next
    /// connection.
    Lose,
    /// A message is held back, while others pass it.
    Delay(Duration),
    /// A message is sent twice.
    Duplicate,
    /// A message changes places with the one after it; it is held back for a moment if there is
    /// none.
    Reorder,
    /// A message is sealed with a salt that the key never had.
    WrongSalt,
    /// A message is sealed for a session that the client never had. The true session's client may
    /// get it over its next connection.
    WrongSession,
    /// Updates for a session are not sent, not even over the client's next connection: whoever
    /// misses them has to ask for the difference.
    Withhold,
    /// Updates for a session are sent twice, as two messages.
    Repeat,
    /// A call is answered with an error.
    Error {
        /// The class of the error.
        code: i32,
        /// Its name.
        name: String,
        /// Whether the method runs nevertheless.
        executed: bool,
    },
    /// A method runs, and its answer is neither sent nor kept.
    DropAnswer,
}

impl Effect {
    /// A call is refused, with so many seconds to wait, and does not run.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    #[must_use]
    pub fn flood_wait(seconds: u32) -> Self {
        Self::error(420, format!("FLOOD_WAIT_{seconds}"))
    }

    /// A call is sent to another data centre, and does not run. `what` is `USER`, `PHONE`, `FILE`
    /// and so on.
    ///
    /// See <https://core.telegram.org/api/errors#303-see-other>.
    #[must_use]
    pub fn migrate(what: &str, dc: i32) -> Self {
        Self::error(303, format!("{what}_MIGRATE_{dc}"))
    }

    /// A call ends with the server's inner error, such as -503 or 500. `executed` says whether the
    /// method has run before: clients cannot tell.
    ///
    /// See <https://core.telegram.org/api/errors>.
    #[must_use]
    pub fn internal(code: i32, executed: bool) -> Self {
        let name = if code == -503 { "Timeout" } else { "INTERNAL" };
        Self::Error {
            code,
            name: name.to_owned(),
            executed,
        }
    }

    /// A call is refused with this error, and does not run.
    #[must_use]
    pub fn error(code: i32, name: impl Into<String>) -> Self {
        Self::Error {
            code,
            name: name.into(),
            executed: false,
        }
    }

    /// At what kind of occasion it can happen.
    pub(crate) fn stage(&self) -> Stage {
        match self {
            Self::Refuse => Stage::Accept,
            Self::Cut { .. } | Self::Stall { .. } => Stage::Open,
            Self::Tear { .. } | Self::Corrupt => Stage::Transfer,
            Self::ChangeSalt | Self::ForgetSession => Stage::Packet,
            Self::Lose
            | Self::Delay(_)
            | Self::Duplicate
            | Self::Reorder
            | Self::WrongSalt
            | Self::WrongSession => Stage::Message,
            Self::Withhold | Self::Repeat => Stage::Push,
            Self::Error { .. } | Self::DropAnswer => Stage::Method,
        }
    }
}

/// The kinds of occasions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// A connection comes.
    Accept = 1,
    /// A connection begins to be served: once in each direction.
    Open = 2,
    /// Bytes were read, or are to be written.
    Transfer = 4,
    /// A client's packet was decrypted.
    Packet = 8,
    /// A message of the server is to be sealed.
    Message = 16,
    /// A method is to run.
    Method = 32,
    /// Updates are to be queued for a session.
    Push = 64,
}

impl Stage {
    /// Whether rules for one method have a meaning here.
    pub(crate) fn knows_methods(self) -> bool {
        matches!(self, Self::Message | Self::Method)
    }

    /// Whether rules for updates have a meaning here.
    pub(crate) fn knows_updates(self) -> bool {
        matches!(self, Self::Message | Self::Push)
    }

    /// Whether rules for one direction have a meaning here.
    pub(crate) fn has_directions(self) -> bool {
        matches!(self, Self::Open | Self::Transfer)
    }
}
