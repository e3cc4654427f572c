//! What a login, an account or its password lacks.
use crate::crypto::srp::SrpError;

/// What is not as it has to be with a login, an account or its password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// The text is not what `encode` of a token has written. It is not shown.
    #[error("this text is no token of a login under way: begin the login anew")]
    NoToken,
    /// Nobody has answered what signing in asks, and why: `Unsupported` where there is no terminal.
    #[error(
        "nobody has answered what signing in asks ({0}): on a terminal `interactive_sign_in` asks, \
         elsewhere `sign_in_by_asking`"
    )]
    NoAnswer(std::io::ErrorKind),
    /// The text is not what a QR code for a login says. It is not shown.
    #[error(
        "this is not what a QR code for a login says: scan the one that the other device shows"
    )]
    NoQrCode,
    /// The account has no password, or the question for it is answered.
    #[error("the account has no password, or it was asked for another one meanwhile")]
    NoPassword,
    /// The account has a password, and it has to be told.
    #[error("the account has a password: give it as the current one")]
    PasswordNeeded,
    /// The password is kept in a way that is newer than this library.
    #[error(
        "the account's password uses an algorithm that this version does not know: update the \
         library"
    )]
    UnknownAlgorithm,
    /// What the server says of the password is not safe to be answered, or cannot be.
    #[error("the password can neither be proved nor set: {0}")]
    Challenge(#[from] SrpError),
    /// There is no login.
    #[error(
        "nobody is signed in: give a `bot_token`, or `connect` and sign a user in with \
         `request_login_code` and `sign_in`, once"
    )]
    NoLogin,
    /// The session is another account's than the token.
    #[error(
        "the session is signed in as {signed_in}, and the token is another bot's: use a session of \
         its own for each, or sign out first"
    )]
    OtherAccount {
        /// The id of the session's account.
        signed_in: i64,
    },
    /// Signing in did not get to its end, and what comes next.
    #[error("nobody is signed in yet: {0}")]
    NotSignedIn(SignInStep),
}

/// The next step of signing in, where that was handed on as an [`Error`](crate::Error). The
/// [`SignInError`](crate::SignInError) that it was has what the step needs, such as a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignInStep {
    /// The code was wrong.
    #[error("the login code is wrong")]
    Code,
    /// The code was too old.
    #[error("the login code has expired: request a new one")]
    NewCode,
    /// The account has a password.
    #[error("the account has a password, which has to be told too")]
    Password,
    /// The password was wrong.
    #[error("the password is wrong")]
    PasswordAgain,
    /// There is no account with this number.
    #[error("no account has this phone number")]
    SignUp,
    /// A login e-mail has to be set up first.
    #[error("a login e-mail has to be set up first")]
    Email,
}
