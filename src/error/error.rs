//! The errors that a caller of the library sees.
use std::fmt;
use std::time::Duration;

use super::account_error::AccountError;
use super::builder_error::BuilderError;
use super::dispatcher_error::DispatcherError;
use super::file_error::FileError;
use super::once_error::OnceError;
use crate::mtproto::{CallError, Delivery, RpcError, Unanswered};
use crate::net::NetError;
use crate::store::StoreError;
use crate::text::TextError;
use crate::tl::enums::Peer;
use crate::tl::{self, Callers, DecodeError, ErrorKind};

/// What a fallible call of this library gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed: the variants are told apart by what a caller can do.
///
/// `Debug` shows the same sentence as `Display`: it is what a program prints whose `main` gives the
/// error back.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered no: [`kind`](Self::kind) tells what that means. The request was not
    /// carried out, unless it is an inner error, as most of 500 or -503 are: then it may have been,
    /// and [`delivery`](Self::delivery) says so.
    #[error("{}", refusal(.0))]
    Rpc(RpcError),
    /// No answer came: it says whether the server can have carried the request out.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The server carried the request out, but its answer is not of this library's layer.
    #[error("the answer cannot be read with layer {layer}: {source}; the request was carried out")]
    Answer {
        /// The layer of the schema that this library was built with.
        layer: i32,
        /// What was not understood, and where.
        source: DecodeError,
    },
    /// The server carried the request out, but its answer makes no sense here.
    #[error("{0}")]
    Unexpected(&'static str),
    /// The session could not be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The machinery itself could not serve: closed, not started, or called from a thread that
    /// would wait for itself.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The peer cannot be addressed, and why: nothing was sent for it, unless the server was asked
    /// whom it shows ([`PeerError::NotThere`]).
    #[error(transparent)]
    Peer(#[from] PeerError),
    /// The login, the account or its password are not as this needs them, and what to do about it:
    /// nothing was sent for it, unless the server was asked whether somebody is signed in.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A file cannot be sent or fetched as it is, here or there, and why.
    #[error(transparent)]
    File(#[from] FileError),
    /// A marked-up text is wrong, and where: nothing was sent.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A button of a keyboard cannot be sent, and which and why: nothing was sent.
    #[error(transparent)]
    Button(#[from] ButtonError),
    /// What was asked for cannot be, and why: nothing was sent.
    #[error("{0}")]
    Argument(&'static str),
    /// A dispatcher cannot run as it was set up, and why: no update was taken.
    #[error(transparent)]
    Dispatcher(#[from] DispatcherError),
    /// A message with a [key](crate::InputMessage::once) is not sent now, and why.
    #[error(transparent)]
    Once(#[from] OnceError),
    /// The client was set up in a way that cannot work.
    #[error(transparent)]
    Config(#[from] BuilderError),
    /// This cannot be the token of a bot, and why not. The token itself is not shown.
    #[error(
        "this is no bot token, for {0}: take the one that @BotFather shows, digits, a colon \
         and letters, as in 123456:AbC-d_1"
    )]
    BotToken(&'static str),
    /// As many channels are watched as can be: drop one of the guards.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups>.
    #[error("{max} channels are watched, and no more can be: drop one `ChannelWatch`")]
    TooManyWatched {
        /// How many can be.
        max: usize,
    },
    /// Only users may call the method, and a bot is signed in. It was not sent:
    /// [`ClientBuilder::check_callers`](crate::ClientBuilder::check_callers) turns that off.
    #[error("only users may call {method}, and a bot is signed in")]
    NotForBots {
        /// The method's name in the schema.
        method: &'static str,
    },
    /// Only bots may call the method, and a user is signed in. It was not sent:
    /// [`ClientBuilder::check_callers`](crate::ClientBuilder::check_callers) turns that off.
    #[error("only bots may call {method}, and a user is signed in")]
    NotForUsers {
        /// The method's name in the schema.
        method: &'static str,
    },
}

/// Why a peer cannot be addressed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PeerError {
    /// The text names nobody. It is not shown: links have secrets in them.
    #[error(
        "this text names nobody: write @username, a link to one, +phone with its country code, or \
         an id as in the Bot API"
    )]
    NoName,
    /// A link of Telegram's that leads to something else than a peer. It is not shown either.
    #[error(
        "this link leads to no user, group or channel, but to stickers, a folder, a proxy, a login \
         or the like: open it in an official app, or give a link to a public name"
    )]
    OtherLink,
    /// An invite link, which names a chat only to who joins it.
    #[error(
        "an invite link names no chat before one has joined by it: `Client::join_chat` joins, and \
         gives the chat; from then on it is named by its id"
    )]
    Invite,
    /// The number cannot be an id.
    #[error("{0} is no id of a user, a group or a channel: ids are written as in the Bot API")]
    NoSuchId(i64),
    /// This account has not met the user or channel of this id, and nothing else names it.
    #[error(transparent)]
    NotSeen(NotSeen),
    /// The server shows nobody of this id to this account, as far as the call is concerned.
    #[error(
        "the server shows nobody of the id {0} for this: it may be gone, or of another kind, or \
         nothing that this account may see"
    )]
    NotThere(i64),
    /// The call is about users, or about channels, and this is none.
    #[error("{} is no {wanted}, and the call is about one{}", who(*id), way_out(wanted, *id))]
    NotA {
        /// What the call is about: a user, a channel.
        wanted: &'static str,
        /// The id of what was named, as the Bot API writes it; 0 for oneself.
        id: i64,
    },
    /// A small group has become a supergroup, which has another id. Nothing was sent there.
    #[error("the group {from} has become the supergroup {to}: write that id from now on")]
    Migrated {
        /// The id of the group, as the Bot API writes it.
        from: i64,
        /// The id of the supergroup, as the Bot API writes it.
        to: i64,
    },
    /// A kind of peer that this version of the library cannot name to the server.
    #[error("no way to name {0:?} to the server is known")]
    Unknown(Peer),
}

/// Who is meant by an id.
fn who(id: i64) -> String {
    match id {
        0 => "the chat with oneself".to_owned(),
        id => format!("the peer {id}"),
    }
}

/// What makes of a small group, by the Bot API's ids a negative one, what can do more.
fn way_out(wanted: &str, id: i64) -> &'static str {
    let is_small_group = (-999_999_999_999..0).contains(&id);
    match is_small_group && wanted.starts_with("supergroup") {
        true => ": `Client::migrate_chat` makes a supergroup of a small group",
        false => "",
    }
}

/// Whom this account has not met, and where it was looked for.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{Error, PeerError, Tried};
///
/// let failed = client.send_message(-1_001_234_567_890, "Hello");
/// let Err(Error::Peer(PeerError::NotSeen(why))) = failed else {
///     panic!("a new account has not met it");
/// };
/// assert_eq!(why.tried, [Tried::Session, Tried::Dialogs]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotSeen {
    /// The id, as the Bot API writes it.
    pub id: i64,
    /// Where it was looked for, in this order.
    pub tried: Vec<Tried>,
}

/// Where a peer was looked for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tried {
    /// In what this account was shown: in memory and in the session.
    Session,
    /// By a public name that it had: it has that no more.
    Username(String),
    /// In the newest of the account's dialogs, now or within the last hour.
    Dialogs,
}

impl fmt::Display for NotSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, tried } = self;
        write!(f, "the peer {id} was not seen by this account yet")?;
        for tried in tried {
            match tried {
                Tried::Session => f.write_str(": it is not in the session")?,
                Tried::Username(name) => write!(f, ", @{name} is not its name any more")?,
                Tried::Dialogs => f.write_str(", and not among the newest dialogs")?,
            }
        }
        f.write_str(
            "; the server wants its access hash: name it by its @username, or load a list that \
             has it first (all dialogs, the members of a group)",
        )
    }
}

impl std::error::Error for NotSeen {}

/// The button of a keyboard that cannot be sent, and why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the button {text:?} in row {row}, column {column} (from 0): {fault}")]
#[non_exhaustive]
pub struct ButtonError {
    /// Its row, the uppermost being 0.
    pub row: usize,
    /// Its place in the row, the leftmost being 0.
    pub column: usize,
    /// What stands on it.
    pub text: String,
    /// What is wrong with it.
    pub fault: ButtonFault,
}

/// What is wrong with a button.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ButtonFault {
    /// So many bytes of data.
    #[error("its data have {0} bytes, and 1 to 64 are allowed: keep the rest yourself, by a key")]
    Data(usize),
    /// So many letters to be copied.
    #[error("it copies {0} letters, and 1 to 256 are allowed")]
    CopyText(usize),
}

/// What has happened to the account or to its login, where the server tells.
///
/// See <https://core.telegram.org/api/errors#401-unauthorized>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountTrouble {
    /// Nobody is signed in with this session, or no longer: another session may have ended it.
    SignedOut,
    /// Another session has ended this one.
    Revoked,
    /// The login has come to its end.
    Expired,
    /// Two programs used the session at once, and it is lost.
    Duplicated,
    /// The account was deleted.
    Deleted,
    /// The account or its phone number is banned.
    Banned,
    /// The account is frozen: it may only read. It stays signed in.
    Frozen,
}

impl AccountTrouble {
    /// Whether the login is over, so that only signing in anew helps.
    ///
    /// ```
    /// use ferogram_sync::AccountTrouble;
    ///
    /// assert!(AccountTrouble::Revoked.ends_login());
    /// assert!(!AccountTrouble::Frozen.ends_login());
    /// ```
    #[must_use]
    pub fn ends_login(self) -> bool {
        self != Self::Frozen
    }

    fn of(error: &RpcError) -> Option<Self> {
        Some(match error.message.as_str() {
            "AUTH_KEY_UNREGISTERED" | "AUTH_KEY_INVALID" => Self::SignedOut,
            "SESSION_REVOKED" => Self::Revoked,
            "SESSION_EXPIRED" => Self::Expired,
            "AUTH_KEY_DUPLICATED" => Self::Duplicated,
            "USER_DEACTIVATED" => Self::Deleted,
            "USER_DEACTIVATED_BAN" | "PHONE_NUMBER_BANNED" => Self::Banned,
            _ if error.is("FROZEN_*") => Self::Frozen,
            _ => return None,
        })
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

/// What the server said, what it means, and whether it can have done what was asked.
fn refusal(error: &RpcError) -> String {
    let mut text = error.to_string();
    match who_may(error) {
        Some(who) => text.extend([": ", &who]),
        None => explain(error, &mut text),
    }
    if !error.is_definite() {
        text += "; the request may have been carried out";
    }
    text
}

/// Adds what the catalogue says of it, with the number in the place of X.
fn explain(error: &RpcError, text: &mut String) {
    let Some(kind) = error.kind() else {
        return;
    };
    for part in [kind.meaning(), kind.advice()] {
        if part.is_empty() {
            continue;
        }
        *text += ": ";
        match kind.number().and(error.value()) {
            Some(number) => *text += &part.replace('X', &number.to_string()),
            None => *text += part,
        }
    }
}

impl From<RpcError> for Error {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
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
    /// # let occupied = RpcError::new(400, "USERNAME_OCCUPIED");
    /// # let refused = || -> Result<(), Error> { Err(occupied.into()) };
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

    /// What has happened to the account or to its login, if that is what the server refuses for.
    ///
    /// See <https://core.telegram.org/api/errors#401-unauthorized>.
    ///
    /// ```
    /// use ferogram_sync::AccountTrouble;
    ///
    /// let client = localdc::LocalDc::shared().user();
    /// client.sign_out()?;
    /// let error = client.get_me().expect_err("nobody is signed in");
    /// assert_eq!(error.account_trouble(), Some(AccountTrouble::SignedOut));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn account_trouble(&self) -> Option<AccountTrouble> {
        match self {
            Self::Rpc(error) => AccountTrouble::of(error),
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
            // The session is asked before a request is sent, and never waited for after it.
            Self::Peer(PeerError::NotThere(_)) => None,
            // The server was asked, and has answered.
            Self::Account(
                AccountError::NotSignedIn(_)
                | AccountError::NoLogin
                | AccountError::OtherAccount { .. },
            )
            | Self::Once(OnceError::SentBefore) => None,
            Self::Once(OnceError::Unclear { .. }) => Some(Delivery::Unknown),
            Self::Net(_)
            | Self::Store(_)
            | Self::Peer(_)
            | Self::Account(_)
            | Self::Text(_)
            | Self::Button(_)
            | Self::Argument(_)
            | Self::Once(_)
            | Self::Config(_)
            | Self::Dispatcher(_)
            | Self::BotToken(_)
            | Self::TooManyWatched { .. }
            | Self::NotForBots { .. }
            | Self::NotForUsers { .. } => Some(Delivery::NotSent),
            Self::Rpc(_) | Self::Answer { .. } | Self::Unexpected(_) | Self::File(_) => None,
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
            "the server answered 400 PEER_ID_INVALID: the peer is unknown to this account, or \
             cannot be used for this: resolve it again; a bot can write only to users who have \
             started it"
        );
        assert!(error.is("PEER_ID_INVALID") && error.delivery().is_none());
        let error = Error::from(RpcError::new(401, "AUTH_KEY_UNREGISTERED"));
        assert_eq!(
            error.to_string(),
            "the server answered 401 AUTH_KEY_UNREGISTERED: nobody is signed in, or no \
             longer: sign in"
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
            let named = tl::name_of(method).unwrap();
            assert!(!refused(name, method).contains(named));
        }
    }

    #[test]
    fn numbers_stand_in_the_sentence_and_unknown_names_stand_alone() {
        let error = |code, message: &str| Error::from(RpcError::new(code, message)).to_string();
        assert_eq!(
            error(420, "FLOOD_WAIT_30"),
            "the server answered 420 FLOOD_WAIT_30: this was asked too often: 30 seconds are \
             to be waited"
        );
        let unknown = "the server answered 400 NOBODY_KNOWS_3";
        assert_eq!(error(400, "NOBODY_KNOWS_3"), unknown);
        assert!(error(500, "RPC_CALL_FAIL").contains("another; the request may have been"));
    }

    #[test]
    fn what_the_server_has_decided_is_told_as_such() {
        for (code, message) in [(500, "RANDOM_ID_DUPLICATE"), (-503, "MSG_WAIT_TIMEOUT")] {
            let error = Error::from(RpcError::new(code, message));
            assert_eq!(error.delivery(), None, "{error}");
            assert!(!error.to_string().contains("may have been"), "{error}");
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

    /// Who prints an error and then its causes reads each sentence once.
    #[test]
    fn no_cause_is_the_sentence_again() {
        let refused = Error::from(RpcError::new(400, "PEER_ID_INVALID"));
        assert!(std::error::Error::source(&refused).is_none());
        let full = std::io::Error::other("no threads are left");
        let start = Error::from(NetError::Start(full));
        let cause = std::error::Error::source(&start).expect("the system said why");
        assert_eq!(cause.to_string(), "no threads are left");
    }
}
