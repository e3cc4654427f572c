//! The steps between a phone number and being signed in, as errors.
use std::fmt;

use super::password_token::PasswordToken;
use crate::error::{AccountError, Error, SignInStep};
use crate::tl::{enums, types};

/// Why signing in did not get to its end: most of these are the next step of the dialogue. `Debug`
/// shows the same sentence as `Display`.
///
/// That the account is frozen, was deleted or is banned stands in [`Other`](Self::Other), where
/// [`Error::account_trouble`] tells it.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {
    /// The code is wrong: ask for it again, and call `sign_in` with the same token.
    #[error("the login code is wrong: try again with the same token")]
    InvalidCode,
    /// The code is too old: ask for a new one with `request_login_code`.
    #[error("the login code has expired: request a new one")]
    CodeExpired,
    /// The account has a password: ask for it, and call `check_password`.
    #[error("the account has a password (hint: {}): call check_password", hint(.0))]
    PasswordRequired(Box<PasswordToken>),
    /// The password is wrong: ask for it again, and call `check_password` with this new token.
    #[error("the password is wrong (hint: {}): try again", hint(.0))]
    InvalidPassword(Box<PasswordToken>),
    /// There is no account with this number: call `sign_up`, after the terms of service were shown
    /// where there are any. Telegram lets few programs but its own do so.
    #[error("no account has this phone number: call sign_up, or sign up with an official app")]
    SignUpRequired(Option<Box<TermsOfService>>),
    /// A login e-mail has to be set up before a code is sent: call `send_login_email_code`.
    #[error("a login e-mail has to be set up first: call send_login_email_code")]
    EmailRequired,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl fmt::Debug for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// For functions that hand every failure on: the tokens of the steps are lost by it.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let telegram = localdc::LocalDc::start()?;
/// # telegram.add_user(localdc::NewUser::new("+9996620001", "Ann"));
/// # let client = telegram.client_builder().connect()?;
/// use ferogram_sync::{AccountError, Client, Error, SignInStep};
///
/// fn sign_in(client: &Client, phone: &str, code: &str) -> ferogram_sync::Result<()> {
///     let token = client.request_login_code(phone)?;
///     client.sign_in(&token, code)?;
///     Ok(())
/// }
///
/// let error = sign_in(&client, "+9996620001", "no code").expect_err("it is wrong");
/// let wrong = AccountError::NotSignedIn(SignInStep::Code);
/// assert!(matches!(error, Error::Account(it) if it == wrong));
/// # Ok(())
/// # }
/// ```
impl From<SignInError> for Error {
    fn from(error: SignInError) -> Self {
        let step = match error {
            SignInError::InvalidCode => SignInStep::Code,
            SignInError::CodeExpired => SignInStep::NewCode,
            SignInError::PasswordRequired(_) => SignInStep::Password,
            SignInError::InvalidPassword(_) => SignInStep::PasswordAgain,
            SignInError::SignUpRequired(_) => SignInStep::SignUp,
            SignInError::EmailRequired => SignInStep::Email,
            SignInError::Other(error) => return error,
        };
        AccountError::NotSignedIn(step).into()
    }
}

/// What somebody agrees to by signing up.
///
/// See <https://core.telegram.org/constructor/help.termsOfService>.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsOfService {
    /// Everything that the server told.
    pub raw: types::help::TermsOfService,
}

impl TermsOfService {
    pub(crate) fn new(terms: enums::help::TermsOfService) -> Self {
        let enums::help::TermsOfService::Service(raw) = terms;
        Self { raw: *raw }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.raw.text
    }

    /// How old somebody has to be, if that has to be confirmed.
    #[must_use]
    pub fn min_age(&self) -> Option<i32> {
        self.raw.min_age_confirm
    }
}

fn hint(token: &PasswordToken) -> &str {
    token.hint().unwrap_or("none")
}
