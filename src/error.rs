//! The errors that a caller of the library sees.
use std::fmt;
use std::time::Duration;

use crate::mtproto::{CallError, Delivery, RpcError, Unanswered};
use crate::net::NetError;
use crate::store::StoreError;
use crate::tl::{self, Callers, DecodeError};

/// What a fallible call of this library gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: the variants are told apart by what a caller can do.
///
/// `Debug` shows the same sentence as `Display`: it is what a program prints whose `main` gives the
/// error back.
#[non_exhaustive]
pub enum Error {
    /// The server answered no. The request was not carried out, unless the code is that of an inner
    /// error, as 500 or -503: then it may have been, and [`delivery`](Self::delivery) says so.
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
    /// Only users may call the method, and a bot is signed in. It was not sent:
    /// [`ClientBuilder::check_callers`](crate::ClientBuilder::check_callers) turns that off.
    NotForBots {
        /// The method's name in the schema.
        method: &'static str,
    },
    /// Only bots may call the method, and a user is signed in. It was not sent:
    /// [`ClientBuilder::check_callers`](crate::ClientBuilder::check_callers) turns that off.
    NotForUsers {
        /// The method's name in the schema.
        method: &'static str,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rpc(error) if self.delivery().is_some() => {
                write!(f, "{error}; the request may have been carried out")
            }
            Self::Rpc(error) => match (who_may(error), advice(&error.message)) {
                (Some(who), _) => write!(f, "{error}: {who}"),
                (None, Some(advice)) => write!(f, "{error}: {advice}"),
                (None, None) => error.fmt(f),
            },
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
            Self::NotForBots { method } => {
                write!(f, "only users may call {method}, and a bot is signed in")
            }
            Self::NotForUsers { method } => {
                write!(f, "only bots may call {method}, and a user is signed in")
            }
        }
    }
}

/// Who may call what was refused for who called it.
///
/// See <https://core.telegram.org/api/errors#400-bad-request>.
fn who_may(error: &RpcError) -> Option<String> {
    let method = error.method?;
    let who = match (error.message.as_str(), tl::callers(method)) {
        ("BOT_METHOD_INVALID", Callers::Users) => "users",
        ("USER_BOT_REQUIRED" | "USER_BOT_INVALID", Callers::Bots) => "bots",
        _ => return None,
    };
    let method = tl::name_of(method)?;
    Some(format!("only {who} may call {method}"))
}

/// What to do about the refusals that a new program meets first.
///
/// See <https://core.telegram.org/api/errors>.
fn advice(name: &str) -> Option<&'static str> {
    Some(match name {
        "ACCESS_TOKEN_EXPIRED" => "the bot's token was revoked: take the new one from @BotFather",
        "ACCESS_TOKEN_INVALID" => "no bot has this token: take the one that @BotFather shows",
        "API_ID_INVALID" => "api_id and api_hash do not belong together: see my.telegram.org",
        "AUTH_KEY_DUPLICATED" => {
            "two programs used the session at once and it is lost: sign in again, in one of them"
        }
        "AUTH_KEY_UNREGISTERED" => "nobody is signed in, or no longer: sign in",
        "PHONE_NUMBER_INVALID" => "this is no phone number: write it with its country code",
        "SESSION_REVOKED" => "the login was ended from another device: sign in again",
        _ => return None,
    })
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

    /// How long the server asks to wait before this request is sent again.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Rpc(error) => error.wait(),
            _ => None,
        }
    }

    /// Whether the server can have carried the request out: `None` where its answer tells, or where
    /// there was no request. After an inner error of the server's nobody can know.
    ///
    /// See <https://core.telegram.org/api/errors#500-internal>.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::Rpc(error) if matches!(error.code, 500.. | ..0) => Some(Delivery::Unknown),
            Self::Unanswered(unanswered) => Some(unanswered.delivery),
            Self::Net(_)
            | Self::Peer(_)
            | Self::Config(_)
            | Self::BotToken(_)
            | Self::NotForBots { .. }
            | Self::NotForUsers { .. } => Some(Delivery::NotSent),
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
    use crate::tl::{Identifiable, functions};

    #[test]
    fn a_main_that_fails_prints_a_sentence() {
        let error = Error::from(RpcError::new(400, "PEER_ID_INVALID"));
        assert_eq!(
            format!("{error:?}"),
            "the server answered 400 PEER_ID_INVALID"
        );
        assert!(error.is("PEER_ID_INVALID") && error.delivery().is_none());
        let error = Error::from(RpcError::new(401, "AUTH_KEY_UNREGISTERED"));
        assert_eq!(
            error.to_string(),
            "the server answered 401 AUTH_KEY_UNREGISTERED: nobody is signed in, or no longer: \
             sign in"
        );
    }

    #[test]
    fn who_may_call_what_was_refused_is_told_from_the_table() {
        let history = functions::messages::GetHistory::CONSTRUCTOR_ID;
        let commands = functions::bots::SetBotCommands::CONSTRUCTOR_ID;
        let refused = |name, method| Error::from(RpcError::new(400, name).to(method)).to_string();
        for (name, method, who) in [
            (
                "BOT_METHOD_INVALID",
                history,
                "users may call messages.getHistory",
            ),
            (
                "USER_BOT_REQUIRED",
                commands,
                "bots may call bots.setBotCommands",
            ),
            (
                "USER_BOT_INVALID",
                commands,
                "bots may call bots.setBotCommands",
            ),
        ] {
            let text = refused(name, method);
            assert!(text.ends_with(&format!("{name}: only {who}")), "{text}");
        }
        for (name, method) in [
            ("BOT_METHOD_INVALID", commands),
            ("USER_BOT_REQUIRED", history),
            ("PEER_ID_INVALID", history),
        ] {
            assert!(!refused(name, method).contains("only"));
        }
    }

    #[test]
    fn after_an_inner_error_of_the_server_nobody_knows() {
        for (code, message) in [(500, "INTERNAL"), (-503, "Timeout"), (-500, "No workers")] {
            let error = Error::from(RpcError::new(code, message));
            assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
            assert!(error.to_string().contains("may have been"), "{error}");
        }
    }
}
