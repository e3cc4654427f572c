//! What keeps an account its owner's, and how it stands with the service.
use super::password::Password;

/// What the login e-mail of a new account waits for before it can be given up, in seconds.
pub(crate) const EMAIL_RESET_WAIT: i64 = 7 * 24 * 3600;

/// How long a password that is forgotten without a recovery e-mail stays, in seconds
/// (<https://core.telegram.org/api/srp#password-reset>).
pub(crate) const PASSWORD_RESET_WAIT: i64 = 7 * 24 * 3600;

/// How long it takes until a reset that was declined may be asked for again, in seconds.
pub(crate) const PASSWORD_RESET_PAUSE: i64 = 24 * 3600;

/// How an account stands with the service.
///
/// See <https://core.telegram.org/api/auth#frozen-accounts>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It may do everything.
    #[default]
    Good,
    /// It may only read.
    Frozen,
    /// Its owner has deleted it.
    Deleted,
    /// It was banned.
    Banned,
}

/// A password or recovery e-mail that waits for the code which was sent to that.
#[derive(Clone)]
pub(crate) struct Unconfirmed {
    /// The new password; `None` leaves the one that is there.
    pub(crate) password: Option<Password>,
    pub(crate) email: String,
}

/// What keeps an account its owner's.
#[derive(Clone, Default)]
pub(crate) struct Security {
    pub(crate) standing: Standing,
    pub(crate) login_email: Option<String>,
    /// When the login e-mail can be given up, once that was asked for.
    pub(crate) email_reset: Option<i64>,
    pub(crate) recovery_email: Option<String>,
    pub(crate) unconfirmed: Option<Unconfirmed>,
    /// When the password goes, once that was asked for.
    pub(crate) password_reset: Option<i64>,
    /// When that may be asked for again, once it was declined.
    pub(crate) reset_again: Option<i64>,
    /// After so many days a login that is not used ends; 0: as for everybody.
    pub(crate) session_ttl: i32,
    /// After so many days an account that is not used is deleted; 0: as for everybody.
    pub(crate) account_ttl: i32,
}
