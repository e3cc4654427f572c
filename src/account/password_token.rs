//! The question for an account's password.
use std::fmt;

use super::token_text::{self, Kind};
use crate::client::proof;
use crate::error::Result;
use crate::secret::Secret;
use crate::tl::{enums, types};

/// The account has a password, and the server wants it.
///
/// Another process that has the same session can go on: [`encode`](Self::encode) and
/// [`decode`](Self::decode) carry the token over.
///
/// See <https://core.telegram.org/api/srp>.
pub struct PasswordToken {
    pub(crate) password: Box<types::account::Password>,
}

impl PasswordToken {
    /// What the user wrote down to remember the password by.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.password.hint.as_deref()
    }

    /// Whether a forgotten password can be recovered by e-mail, with
    /// [`Client::request_password_recovery`](crate::Client::request_password_recovery).
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.password.has_recovery
    }

    /// The token as text, for another process that has the same session. It is good for one try.
    #[must_use]
    pub fn encode(&self) -> Secret<String> {
        let told = enums::account::Password::from((*self.password).clone());
        token_text::write(Kind::Password, "", &told)
    }

    /// Reads what [`encode`](Self::encode) has written.
    ///
    /// # Errors
    ///
    /// [`Error::Account`](crate::Error::Account) when it is something else.
    pub fn decode(text: &str) -> Result<Self> {
        let (_, enums::account::Password::Password(password)) =
            token_text::read(Kind::Password, text)?;
        Ok(Self { password })
    }

    /// Proves knowledge of the password without telling it. About 50 ms of arithmetic.
    pub(crate) fn prove(&self, password: &[u8]) -> Result<enums::InputCheckPasswordSrp> {
        proof(&self.password, password)
    }
}

impl fmt::Debug for PasswordToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordToken")
            .field("hint", &self.hint())
            .field("has_recovery", &self.has_recovery())
            .finish_non_exhaustive()
    }
}
