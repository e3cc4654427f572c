//! What lies between a phone number and being signed in.
use std::fmt;

use crate::error::Error;
use crate::secret::Secret;
use crate::tl;

/// A login code is on its way to the phone, or to the account's other devices.
///
/// See <https://core.telegram.org/api/auth>.
pub struct LoginToken {
    pub(crate) phone: String,
    pub(crate) phone_code_hash: Secret<String>,
    sent: tl::types::auth::SentCode,
}

impl LoginToken {
    pub(crate) fn new(phone: String, mut sent: tl::types::auth::SentCode) -> Self {
        let phone_code_hash = Secret::new(std::mem::take(&mut sent.phone_code_hash));
        Self {
            phone,
            phone_code_hash,
            sent,
        }
    }

    /// How the code comes: by the app, by SMS, by a call…
    #[must_use]
    pub fn kind(&self) -> &tl::enums::auth::SentCodeType {
        &self.sent.r#type
    }

    /// In how many seconds the code may be sent again in another way; `None` when there is none.
    #[must_use]
    pub fn timeout(&self) -> Option<i32> {
        self.sent.timeout
    }
}

impl fmt::Debug for LoginToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginToken")
            .field("kind", self.kind())
            .finish_non_exhaustive()
    }
}

/// The account has a password, and the server wants it.
///
/// See <https://core.telegram.org/api/srp>.
pub struct PasswordToken {
    pub(crate) password: Box<tl::types::account::Password>,
}

impl PasswordToken {
    /// What the user wrote down to remember the password by.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.password.hint.as_deref()
    }
}

impl fmt::Debug for PasswordToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordToken")
            .field("hint", &self.hint())
            .finish_non_exhaustive()
    }
}

/// Why signing in did not get to its end. `Debug` shows the same sentence as `Display`.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {
    /// The code is wrong: ask for it again, and call `sign_in` with the same token.
    #[error("the login code is wrong: try again with the same token")]
    InvalidCode,
    /// The code is too old: ask for a new one with `request_login_code`.
    #[error("the login code has expired: request a new one")]
    ExpiredCode,
    /// The account has a password: ask for it, and call `check_password`.
    #[error("the account has a password (hint: {}): call check_password", hint(.0))]
    PasswordRequired(Box<PasswordToken>),
    /// The password is wrong: ask for it again, and call `check_password` with this new token.
    #[error("the password is wrong (hint: {}): try again", hint(.0))]
    InvalidPassword(Box<PasswordToken>),
    /// There is no account with this number: make one with an official app.
    #[error("no account has this phone number: sign up with an official app first")]
    SignUpRequired,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl fmt::Debug for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn hint(token: &PasswordToken) -> &str {
    token.hint().unwrap_or("none")
}
