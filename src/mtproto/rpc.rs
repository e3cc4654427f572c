//! A request to the API and what can become of it.
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, Instant};

use crate::tl::{ErrorKind, Number, number_in};

/// Names a request within one [`Link`](crate::mtproto::Link). The caller chooses it; a number may
/// be used again only after its answer has come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Something to be asked of the server.
#[derive(Clone)]
pub struct Request {
    /// Under what name the answer comes back.
    pub id: RequestId,
    /// The function, serialised.
    pub body: Vec<u8>,
    /// Whether it may be carried out twice, as [`tl::may_be_repeated`](crate::tl::may_be_repeated)
    /// says of a method. Only such a request is repeated when nobody can tell whether it has been
    /// carried out.
    pub harmless: bool,
    /// When the caller stops waiting. It covers connecting, queueing and the answer.
    pub deadline: Instant,
    /// Whether to try to send the body compressed, if it is large. Parts of files shall not be
    /// tried: they do not shrink.
    pub compress: bool,
    /// Whether it goes without the link's prefix and without `invokeWithoutUpdates`: functions of
    /// the protocol itself (`destroy_auth_key`) must.
    pub no_prefix: bool,
    /// Whether the server shall tell at once that the packet has arrived.
    pub quick_ack: bool,
}

impl Request {
    /// An ordinary request: not to be repeated, not compressed, without a quick ack.
    #[must_use]
    pub fn new(id: RequestId, body: Vec<u8>, deadline: Instant) -> Self {
        Self {
            id,
            body,
            harmless: false,
            deadline,
            compress: false,
            no_prefix: false,
            quick_ack: false,
        }
    }
}

impl fmt::Debug for Request {
    /// The body may hold secrets, so only its length is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("len", &self.body.len())
            .field("harmless", &self.harmless)
            .finish_non_exhaustive()
    }
}

/// The result of a function, as it was serialised by the server; unpacked if it came compressed.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer(Vec<u8>);

impl Answer {
    /// Takes serialised bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Gives the bytes away.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Answer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({} bytes)", self.0.len())
    }
}

/// What came of a request.
pub type Outcome = Result<Answer, CallError>;

/// Why a request has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The server answered with an error.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// No answer came.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
}

/// An error that the server answered with.
///
/// See <https://core.telegram.org/api/errors>.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server answered {code} {message}")]
pub struct RpcError {
    /// The kind of error: 303, 400, 401, 403, 404, 406, 420, 500, or negative ones.
    pub code: i32,
    /// The error by name, a number perhaps among its words: `FLOOD_WAIT_30`.
    pub message: String,
    /// The constructor id of the function that was refused, if that is known: what reads the
    /// server's messages does not look into requests.
    pub method: Option<u32>,
}

impl RpcError {
    /// An error as the server writes it, to whatever was called.
    #[must_use]
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            method: None,
        }
    }

    /// The same as the answer to a call of this function.
    pub(crate) fn to(mut self, method: u32) -> Self {
        self.method = Some(method);
        self
    }

    /// What the catalogue says of this error. An unknown name is no bug: the server has more.
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        ErrorKind::of(&self.message)
    }

    /// The name without the number in it: `FLOOD_WAIT` of `FLOOD_WAIT_30`, `FILE_REFERENCE_EXPIRED`
    /// of `FILE_REFERENCE_3_EXPIRED`.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        let Some(number) = number_in(&self.message) else {
            return Cow::Borrowed(&self.message);
        };
        let before = self.message[..number.start].trim_end_matches('_');
        let after = self.message[number.end..].trim_start_matches('_');
        match (before, after) {
            (name, "") | ("", name) => Cow::Borrowed(name),
            (before, after) => Cow::Owned(format!("{before}_{after}")),
        }
    }

    /// The number among the words of the name: 30 of `FLOOD_WAIT_30`. What it is says the
    /// [kind](ErrorKind::number).
    #[must_use]
    pub fn value(&self) -> Option<i64> {
        self.message[number_in(&self.message)?].parse().ok()
    }

    /// Whether the error has this name, as the server wrote it or without its number. A `*` at the
    /// end of `name` stands for the rest: `PHONE_CODE_*`.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        match name.strip_suffix('*') {
            Some(start) => self.message.starts_with(start),
            None => self.message == name || self.name() == name,
        }
    }

    /// How long the server asks to wait before the request is sent again.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        let number = u64::try_from(self.value()?).ok()?;
        let unit = match self.kind() {
            Some(kind) => kind.number()?,
            None if self.code == 420 && self.name().contains("_WAIT") => Number::Seconds,
            None => return None,
        };
        match unit {
            Number::Seconds => Some(Duration::from_secs(number)),
            Number::Minutes => Some(Duration::from_secs(number.saturating_mul(60))),
            _ => None,
        }
    }

    /// Whether the server has decided: the request was refused, or was carried out before. Else it
    /// failed within, and nobody can know.
    ///
    /// See <https://core.telegram.org/api/errors#500-internal>.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        match self.code {
            500.. | ..0 => self.kind().is_some_and(ErrorKind::is_definite),
            _ => true,
        }
    }
}

/// A request that ended without an answer: how sure it is that nothing happened, why it ended, and
/// what it was waiting for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}, while waiting for {waiting_for}; {delivery}")]
pub struct Unanswered {
    /// Whether it can have been carried out.
    pub delivery: Delivery,
    /// Why the waiting ended.
    pub cause: Cause,
    /// What it was waiting for, in words.
    pub waiting_for: String,
}

/// What is known about a request that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// The server has not carried it out, and will not.
    NotSent,
    /// It went out. The server may have carried it out, or may still do so.
    Unknown,
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "the request was not carried out",
            Self::Unknown => "whether the request was carried out is unknown",
        })
    }
}

/// Why a request ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// Its time was up.
    #[error("the deadline passed")]
    Deadline,
    /// The caller cancelled it.
    #[error("the request was cancelled")]
    Cancelled,
    /// The link was closed.
    #[error("the link was closed")]
    Closed,
    /// The claim to the session could not be renewed in time, so its links were closed.
    #[error(
        "the claim to the session could not be renewed in time, so the connections were closed"
    )]
    LeaseLost,
    /// The connection was lost, and [`RestartPolicy::Never`](crate::RestartPolicy::Never) says that
    /// no other is made.
    #[error("the connection was lost and is not made again ({0}): make a client anew")]
    Disconnected(String),
    /// The server no longer knows what became of it.
    #[error("the server has forgotten the request")]
    Forgotten,
    /// The session had to be begun anew, and the answers of the old one are lost.
    #[error("the session had to be begun anew")]
    SessionLost,
    /// The server no longer knows the key: its address is wrong, or the login is gone.
    #[error(
        "the server does not know the authorization key any more: check its address; if that \
         is right the login has ended, so sign in again"
    )]
    KeyLost,
    /// The new key could not be stored, so it may not be used.
    #[error("the new authorization key could not be saved: {0}")]
    KeyNotSaved(String),
    /// The server does not let this program in: a wrong data centre or an unknown public key.
    #[error("the server cannot be used: {0}")]
    Unusable(String),
    /// The server broke the protocol, or said that we did.
    #[error("protocol error: {0}")]
    Protocol(String),
    /// The request is larger than a message can be.
    #[error("the request has {size} bytes; a message can have {limit}")]
    TooLarge {
        /// The size of the request in bytes.
        size: usize,
        /// The most that fits.
        limit: usize,
    },
    /// Too many requests are waiting already.
    #[error("too many requests are waiting (the limit is {limit})")]
    QueueFull {
        /// The most that may wait.
        limit: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(message: &str) -> RpcError {
        RpcError::new(400, message)
    }

    #[test]
    fn numbers_are_taken_out_of_names() {
        for (message, name, value) in [
            ("FLOOD_WAIT_30", "FLOOD_WAIT", Some(30)),
            (
                "FILE_REFERENCE_3_EXPIRED",
                "FILE_REFERENCE_EXPIRED",
                Some(3),
            ),
            ("2FA_CONFIRM_WAIT_60", "2FA_CONFIRM_WAIT", Some(60)),
            ("PEER_ID_INVALID", "PEER_ID_INVALID", None),
            ("99999999999999999999", "99999999999999999999", None),
            ("7", "", Some(7)),
            ("", "", None),
            ("_", "_", None),
            ("Ä_5_ß", "Ä_ß", Some(5)),
            ("AN_IMPORT_WAIT_5MIN", "AN_IMPORT_WAIT_MIN", Some(5)),
        ] {
            let error = error(message);
            assert_eq!((&*error.name(), error.value()), (name, value), "{message}");
        }
    }

    #[test]
    fn names_are_compared_with_and_without_number_and_end() {
        let flood = RpcError::new(420, "FLOOD_WAIT_30");
        assert!(flood.is("FLOOD_WAIT") && flood.is("FLOOD_WAIT_30") && flood.is("FLOOD_*"));
        assert!(!flood.is("FLOOD") && !flood.is("FLOOD_WAIT_3") && !flood.is("SLOWMODE_*"));
        assert_eq!(flood.wait(), Some(Duration::from_secs(30)));
        let frozen = RpcError::new(420, "FROZEN_METHOD_INVALID");
        assert_eq!(frozen.wait(), None);
    }

    #[test]
    fn the_table_says_which_numbers_are_waits() {
        let wait = |code, message: &str| RpcError::new(code, message).wait();
        for name in [
            "TAKEOUT_INIT_DELAY_60",
            "SESSION_TOO_FRESH_60",
            "FLOOD_PREMIUM_WAIT_60",
        ] {
            assert_eq!(wait(420, name), Some(Duration::from_secs(60)), "{name}");
            assert_eq!(wait(400, name), Some(Duration::from_secs(60)), "{name}");
        }
        let import = wait(406, "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_2MIN");
        assert_eq!(import, Some(Duration::from_secs(120)));
        for name in [
            "USER_MIGRATE_2",
            "PREMIUM_SUB_ACTIVE_UNTIL_1800000000",
            "FLOOD_WAIT",
        ] {
            assert_eq!(wait(420, name), None, "{name}");
        }
        for kind in ErrorKind::all() {
            let message = kind.name().replace("_X", "_1");
            let waits = matches!(kind.number(), Some(Number::Seconds | Number::Minutes));
            assert_eq!(wait(kind.code(), &message).is_some(), waits, "{message}");
        }
        // One that nobody has written down.
        assert_eq!(wait(420, "NEW_WAIT_7"), Some(Duration::from_secs(7)));
        assert_eq!(wait(400, "NEW_WAIT_7"), None);
    }

    #[test]
    fn an_inner_error_is_open_unless_its_name_says_more() {
        let definite = |code, message: &str| RpcError::new(code, message).is_definite();
        assert!(definite(500, "RANDOM_ID_DUPLICATE") && definite(-503, "MSG_WAIT_TIMEOUT"));
        assert!(definite(500, "AUTH_RESTART") && definite(500, "CHAT_INVALID"));
        assert!(definite(400, "TRANSCRIPTION_FAILED") && definite(400, "NEW_NAME"));
        assert!(!definite(500, "NEW_NAME") && !definite(-503, "Timeout"));
        assert!(!definite(500, "RPC_CALL_FAIL") && !definite(500, "INTERDC_2_CALL_ERROR"));
    }

    #[test]
    fn texts_say_what_happened() {
        let unanswered = Unanswered {
            delivery: Delivery::NotSent,
            cause: Cause::Deadline,
            waiting_for: "a connection to 1.2.3.4:443 (connection refused)".into(),
        };
        assert_eq!(
            CallError::from(unanswered).to_string(),
            "the deadline passed, while waiting for a connection to 1.2.3.4:443 (connection \
             refused); the request was not carried out"
        );
        assert_eq!(error("A_B").to_string(), "the server answered 400 A_B");
    }
}
