//! The errors that a caller of the library sees.
use std::fmt;
use std::time::Duration;

use crate::mtproto::{CallError, Delivery, RpcError, Unanswered};
use crate::net::NetError;
use crate::store::StoreError;
use crate::tl::{DecodeError, ErrorKind};

/// What a fallible call of this library gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: the variants are told apart by what a caller can do.
///
/// `Debug` shows the same sentence as `Display`: it is what a program prints whose `main` gives the
/// error back.
#[non_exhaustive]
pub enum Error {
    /// The server answered no: [`kind`](Self::kind) tells what that means. The request was not
    /// carried out, unless it is an inner error, as most of 500 or -503 are: then it may have been,
    /// and [`delivery`](Self::delivery) says so.
    Rpc(RpcError),
    /// No answer came: it says whether the server can have carried the request out.
    Unanswered(Unanswered),
    /// The server carried the request out, but its answer is not of this library's layer.
    Answer {
        /// The layer of the schema that this library was built with.
        layer: i32,
        /// What was not understood, and where.
        source: DecodeError,
    },
    /// The server carried the request out, but its answer makes no sense here.
    Unexpected(&'static str),
    /// The session could not be read or kept.
    Store(StoreError),
    /// The machinery itself could not serve: closed, not started, or called from a thread that
    /// would wait for itself.
    Net(NetError),
    /// The peer cannot be addressed.
    Peer(String),
    /// The client was set up in a way that cannot work.
    Config(String),
    /// This cannot be the token of a bot, and why not. The token itself is not shown.
    BotToken(&'static str),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rpc(error) => {
                error.fmt(f)?;
                explain(error, f)?;
                if self.delivery().is_some() {
                    f.write_str("; the request may have been carried out")?;
                }
                Ok(())
            }
            Self::Unanswered(error) => error.fmt(f),
            Self::Answer { layer, source } => write!(
                f,
                "the answer cannot be read with layer {layer}: {source}; the request was carried \
                 out"
            ),
            Self::Unexpected(it) => it.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::Net(error) => error.fmt(f),
            Self::Peer(it) => it.fmt(f),
            Self::Config(it) => it.fmt(f),
            Self::BotToken(it) => write!(
                f,
                "this is no bot token, for {it}: take the one that @BotFather shows, digits, a \
                 colon and letters, as in 123456:AbC-d_1"
            ),
        }
    }
}

/// What the catalogue says of it, with the number in the place of X.
fn explain(error: &RpcError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(kind) = error.kind() else {
        return Ok(());
    };
    for part in [kind.meaning(), kind.advice()] {
        if part.is_empty() {
            continue;
        }
        match kind.number().and(error.value()) {
            Some(number) => write!(f, ": {}", part.replace('X', &number.to_string()))?,
            None => write!(f, ": {part}")?,
        }
    }
    Ok(())
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Rpc(error) => error.source(),
            Self::Unanswered(error) => error.source(),
            Self::Answer { source, .. } => Some(source),
            Self::Store(error) => error.source(),
            Self::Net(error) => error.source(),
            _ => None,
        }
    }
}

impl From<RpcError> for Error {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl From<Unanswered> for Error {
    fn from(error: Unanswered) -> Self {
        Self::Unanswered(error)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<NetError> for Error {
    fn from(error: NetError) -> Self {
        Self::Net(error)
    }
}

impl Error {
    /// Whether the server refused with an error of this name. A `*` at the end of `name` stands
    /// for the rest: `error.is("PHONE_CODE_*")`.
    ///
    /// See <https://core.telegram.org/api/errors>.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Rpc(error) if error.is(name))
    }

    /// What the server's error means and what can be done about it, if the server answered with one
    /// and its name is known.
    ///
    /// See <https://core.telegram.org/api/errors>.
    ///
    /// ```
    /// use ferogram_sync::tl::Remedy;
    /// use ferogram_sync::{Error, RpcError};
    ///
    /// # let message = "USERNAME_OCCUPIED".to_owned();
    /// # let refused = || -> Result<(), Error> { Err(RpcError { code: 400, message }.into()) };
    /// let error = refused().unwrap_err();
    /// let kind = error.kind().expect("a name that the catalogue has");
    /// assert_eq!((kind.code(), kind.name()), (400, "USERNAME_OCCUPIED"));
    /// assert_eq!(kind.remedy(), Remedy::Argument);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the server answered 400 USERNAME_OCCUPIED: somebody else has this username: choose \
    ///      another"
    /// );
    /// ```
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Rpc(error) => error.kind(),
            _ => None,
        }
    }

    /// How long the server asks to wait before this request is sent again.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Rpc(error) => error.wait(),
            _ => None,
        }
    }

    /// Whether the server can have carried the request out: `None` where its answer tells, or where
    /// there was no request. After an inner error of the server's nobody can know, unless its
    /// [kind](ErrorKind::is_definite) tells.
    ///
    /// See <https://core.telegram.org/api/errors#500-internal>.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::Rpc(error) if !error.is_definite() => Some(Delivery::Unknown),
            Self::Unanswered(unanswered) => Some(unanswered.delivery),
            Self::Net(_) | Self::Peer(_) | Self::Config(_) | Self::BotToken(_) => {
                Some(Delivery::NotSent)
            }
            Self::Rpc(_) | Self::Answer { .. } | Self::Unexpected(_) | Self::Store(_) => None,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Rpc(error) => Self::Rpc(error),
            CallError::Unanswered(unanswered) => Self::Unanswered(unanswered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_main_that_fails_prints_a_sentence() {
        let error = Error::from(RpcError {
            code: 400,
            message: "PEER_ID_INVALID".to_owned(),
        });
        assert_eq!(
            format!("{error:?}"),
            "the server answered 400 PEER_ID_INVALID: the peer is unknown to this account, or \
             cannot be used for this: resolve it again"
        );
        assert!(error.is("PEER_ID_INVALID") && error.delivery().is_none());
        let error = Error::from(RpcError {
            code: 401,
            message: "AUTH_KEY_UNREGISTERED".to_owned(),
        });
        assert_eq!(
            error.to_string(),
            "the server answered 401 AUTH_KEY_UNREGISTERED: nobody is signed in, or no longer: \
             sign in"
        );
    }

    #[test]
    fn numbers_stand_in_the_sentence_and_unknown_names_stand_alone() {
        let error = |code, message: &str| {
            let message = message.to_owned();
            Error::from(RpcError { code, message }).to_string()
        };
        assert_eq!(
            error(420, "FLOOD_WAIT_30"),
            "the server answered 420 FLOOD_WAIT_30: this was asked too often: 30 seconds are to \
             be waited"
        );
        let unknown = "the server answered 400 NOBODY_KNOWS_3";
        assert_eq!(error(400, "NOBODY_KNOWS_3"), unknown);
        assert!(error(500, "RPC_CALL_FAIL").contains("another; the request may have been"));
    }

    #[test]
    fn what_the_server_has_decided_is_told_as_such() {
        for (code, message) in [(500, "RANDOM_ID_DUPLICATE"), (-503, "MSG_WAIT_TIMEOUT")] {
            let message = message.to_owned();
            let error = Error::from(RpcError { code, message });
            assert_eq!(error.delivery(), None, "{error}");
            assert!(!error.to_string().contains("may have been"), "{error}");
        }
    }

    #[test]
    fn after_an_inner_error_of_the_server_nobody_knows() {
        for (code, message) in [(500, "INTERNAL"), (-503, "Timeout"), (-500, "No workers")] {
            let message = message.to_owned();
            let error = Error::from(RpcError { code, message });
            assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
            assert!(error.to_string().contains("may have been"), "{error}");
        }
    }
}
