//! What can be done about an error, and what the number in its name is.

/// What a caller can do about an error of the server.
///
/// ```
/// use ferogram_sync::tl::{ErrorKind, Remedy};
///
/// let kind = ErrorKind::of("FILE_REFERENCE_EXPIRED").unwrap();
/// assert_eq!(kind.remedy(), Remedy::Renew);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// Give something else: what was given is wrong, missing or too long.
    Argument,
    /// Take another peer, or resolve it again: it is unknown, or of a kind that does not fit.
    Peer,
    /// Be allowed to: by an admin, by the chat's settings, by the other side.
    Rights,
    /// See to the own account first: it lacks something, or is restricted.
    Account,
    /// Make room: as many are there as may be.
    Limit,
    /// Ask the same again later, when the number is over where there is one.
    Wait,
    /// Fetch or begin anew what the request was built upon, then ask again.
    Renew,
    /// Ask the same again with pauses: it was the server's own trouble.
    Again,
    /// Sign in, or go on signing in.
    SignIn,
    /// Ask another data centre. The client does so by itself.
    Migrate,
    /// Get a subscription to Premium.
    Premium,
    /// Pay for it.
    Pay,
    /// Nothing: it is no longer there, or never was.
    Gone,
    /// Nothing: it was so, or was done, before.
    Done,
    /// Call it as a bot.
    Bot,
    /// Call it as a user.
    User,
    /// Use a program with a newer layer.
    Update,
    /// Nobody knows.
    Unknown,
}

/// What the number in the name of an error is.
///
/// ```
/// use ferogram_sync::tl::{ErrorKind, Number};
///
/// let kind = ErrorKind::of("SLOWMODE_WAIT_7").unwrap();
/// assert_eq!(kind.number(), Some(Number::Seconds));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Number {
    /// Seconds to wait.
    Seconds,
    /// Minutes to wait.
    Minutes,
    /// A date, in Unix time.
    Date,
    /// A data centre.
    Dc,
    /// Telegram Stars.
    Stars,
    /// A part of a file.
    Part,
    /// An item of a list that was given, counted from 0.
    Item,
    /// A length in characters.
    Length,
    /// A story's id.
    Story,
    /// Something that only the server's people understand.
    Detail,
}
