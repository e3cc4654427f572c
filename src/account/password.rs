//! The account's password: the second step of logins.
use std::fmt;
use std::time::Instant;

use super::code_type::count;
use super::password_token::PasswordToken;
use crate::client::Client;
use crate::crypto::srp;
use crate::error::{AccountError, Error, Result};
use crate::net::OsEntropy;
use crate::secret::Secret;
use crate::tl::{enums, functions, types};

/// How the account's password and its recovery e-mail stand.
///
/// See <https://core.telegram.org/constructor/account.password>.
#[derive(Clone, Debug)]
pub struct PasswordState {
    /// Everything that the server told.
    pub raw: types::account::Password,
}

impl PasswordState {
    /// Whether there is a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.raw.has_password
    }

    /// What the user wrote down to remember the password by.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.raw.hint.as_deref()
    }

    /// Whether a forgotten password can be recovered by e-mail.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.raw.has_recovery
    }

    /// What the recovery e-mail looks like that waits for
    /// [`Client::confirm_recovery_email`], with most of it left out.
    #[must_use]
    pub fn unconfirmed_email(&self) -> Option<&str> {
        self.raw.email_unconfirmed_pattern.as_deref()
    }

    /// What the e-mail looks like that login codes go to, with most of it left out.
    #[must_use]
    pub fn login_email(&self) -> Option<&str> {
        self.raw.login_email_pattern.as_deref()
    }

    /// When the password goes, in seconds since the Unix epoch, after
    /// [`Client::reset_password`].
    #[must_use]
    pub fn reset_date(&self) -> Option<i64> {
        self.raw.pending_reset_date.map(i64::from)
    }
}

/// A password to be set, with what helps who forgets it. `Debug` does not show it.
#[derive(Clone)]
pub struct NewPassword {
    password: Secret<Vec<u8>>,
    hint: String,
    email: Option<String>,
}

impl NewPassword {
    /// A password as the user typed it: blanks around it are part of it.
    pub fn new(password: impl Into<Vec<u8>>) -> Self {
        Self {
            password: Secret::new(password.into()),
            hint: String::new(),
            email: None,
        }
    }

    /// What is shown to who is asked for it. It is no secret.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The address that a code for who has forgotten it goes to.
    #[must_use]
    pub fn recovery_email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword")
            .field("hint", &self.hint)
            .finish_non_exhaustive()
    }
}

/// What comes of changing the password or its recovery e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "an address has to be confirmed before anything holds"]
#[non_exhaustive]
pub enum PasswordChange {
    /// It holds.
    Done,
    /// It holds as soon as [`Client::confirm_recovery_email`] has the code that was sent to the
    /// address.
    EmailUnconfirmed {
        /// How long the code is; 0 where the server does not tell.
        length: usize,
    },
}

impl Client {
    /// How the account's password stands.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// assert!(!client.password_state()?.has_password());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getPassword>.
    pub fn password_state(&self) -> Result<PasswordState> {
        self.password_state_until(self.begin()?)
    }

    /// Sets a password, or changes the one that there is: `current` is that one. Neither is sent.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::{NewPassword, PasswordChange};
    ///
    /// let new = NewPassword::new("open sesame").hint("a cave");
    /// assert_eq!(client.set_password(None, new)?, PasswordChange::Done);
    /// assert_eq!(client.password_state()?.hint(), Some("a cave"));
    /// client.remove_password("open sesame")?;
    /// assert!(!client.password_state()?.has_password());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Account`] when there is a password and `current` is
    /// left out; `PASSWORD_HASH_INVALID` when `current` is wrong, `EMAIL_INVALID` when the address
    /// cannot be one.
    ///
    /// # Blocking
    ///
    /// About 100 ms of arithmetic, and until the server has answered, twice, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/api/srp#setting-a-new-2fa-password>.
    pub fn set_password(&self, current: Option<&str>, new: NewPassword) -> Result<PasswordChange> {
        let deadline = self.begin()?;
        let state = self.password_state_until(deadline)?;
        let settings = settings(&state, &new)?;
        self.update_password(state, current, settings, deadline)
    }

    /// Takes the password away, and its recovery e-mail with it.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::Account`] when there is none;
    /// `PASSWORD_HASH_INVALID` when `current` is wrong.
    ///
    /// # Blocking
    ///
    /// As [`set_password`](Self::set_password).
    ///
    /// See <https://core.telegram.org/method/account.updatePasswordSettings>.
    pub fn remove_password(&self, current: &str) -> Result<()> {
        let deadline = self.begin()?;
        let state = self.password_state_until(deadline)?;
        if !state.has_password() {
            return Err(AccountError::NoPassword.into());
        }
        let settings = types::account::PasswordInputSettings {
            new_algo: Some(enums::PasswordKdfAlgo::Unknown),
            new_password_hash: Some(Vec::new()),
            hint: Some(String::new()),
            ..Default::default()
        };
        self.update_password(state, Some(current), settings, deadline)
            .map(drop)
    }

    /// Gives the password another recovery e-mail, or none.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// use ferogram_sync::{NewPassword, PasswordChange};
    ///
    /// let _ = client.set_password(None, NewPassword::new("open sesame"))?;
    /// let change = client.set_recovery_email("open sesame", Some("cave@example.org"))?;
    /// assert_eq!(change, PasswordChange::EmailUnconfirmed { length: 6 });
    /// # let code = telegram.mailed_code("cave@example.org").expect("it was sent");
    /// client.confirm_recovery_email(&code)?;
    /// assert!(client.password_state()?.has_recovery());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_password`](Self::set_password); [`Error::Account`] when there is no password.
    ///
    /// # Blocking
    ///
    /// As [`set_password`](Self::set_password).
    ///
    /// See <https://core.telegram.org/api/srp#email-verification>.
    pub fn set_recovery_email(&self, current: &str, email: Option<&str>) -> Result<PasswordChange> {
        let deadline = self.begin()?;
        let state = self.password_state_until(deadline)?;
        if !state.has_password() {
            return Err(AccountError::NoPassword.into());
        }
        let settings = types::account::PasswordInputSettings {
            email: Some(email.unwrap_or_default().trim().to_owned()),
            ..Default::default()
        };
        self.update_password(state, Some(current), settings, deadline)
    }

    /// Takes the code that was sent to the recovery e-mail: the change that brought it holds then.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `CODE_INVALID` when the code is wrong, `EMAIL_HASH_EXPIRED`
    /// when it is too old or none was sent.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.confirmPasswordEmail>.
    pub fn confirm_recovery_email(&self, code: &str) -> Result<()> {
        let code = code.trim().to_owned();
        self.ask(&functions::account::ConfirmPasswordEmail { code })
            .map(drop)
    }

    /// Has the code sent to the recovery e-mail once more.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `EMAIL_HASH_EXPIRED` when no address waits for it.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resendPasswordEmail>.
    pub fn resend_recovery_email(&self) -> Result<()> {
        self.ask(&functions::account::ResendPasswordEmail {})
            .map(drop)
    }

    /// Gives up the recovery e-mail that is not confirmed yet, and the change that brought it.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `EMAIL_HASH_EXPIRED` when there is none.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.cancelPasswordEmail>.
    pub fn cancel_recovery_email(&self) -> Result<()> {
        self.ask(&functions::account::CancelPasswordEmail {})
            .map(drop)
    }

    fn password_state_until(&self, deadline: Instant) -> Result<PasswordState> {
        let request = functions::account::GetPassword {};
        let enums::account::Password::Password(raw) = self.ask_until(&request, deadline)?;
        Ok(PasswordState { raw: *raw })
    }

    fn update_password(
        &self,
        state: PasswordState,
        current: Option<&str>,
        new_settings: types::account::PasswordInputSettings,
        deadline: Instant,
    ) -> Result<PasswordChange> {
        let password = match (state.has_password(), current) {
            (false, _) => enums::InputCheckPasswordSrp::InputCheckPasswordEmpty,
            (true, None) => return Err(AccountError::PasswordNeeded.into()),
            (true, Some(current)) => {
                let password = Box::new(state.raw);
                PasswordToken { password }.prove(current.as_bytes())?
            }
        };
        let request = functions::account::UpdatePasswordSettings {
            password,
            new_settings: new_settings.into(),
        };
        match self.ask_until(&request, deadline) {
            Ok(_) => Ok(PasswordChange::Done),
            Err(Error::Rpc(error)) if error.is("EMAIL_UNCONFIRMED") => {
                let length = error.value().and_then(|it| i32::try_from(it).ok());
                Ok(PasswordChange::EmailUnconfirmed {
                    length: count(length.unwrap_or_default()),
                })
            }
            Err(error) => Err(error),
        }
    }
}

/// What sets a new password, by the algorithm that the server offers.
pub(super) fn settings(
    state: &PasswordState,
    new: &NewPassword,
) -> Result<types::account::PasswordInputSettings> {
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) =
        &state.raw.new_algo
    else {
        return Err(AccountError::UnknownAlgorithm.into());
    };
    let made = srp::new_password(
        (&algo.salt1, &algo.salt2),
        (algo.g, &algo.p),
        new.password.expose(),
        &mut OsEntropy::new(),
    );
    let made = made.map_err(AccountError::from)?;
    let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: made.salt1,
        ..(**algo).clone()
    };
    Ok(types::account::PasswordInputSettings {
        new_algo: Some(algo.into()),
        new_password_hash: Some(made.verifier.expose().to_vec()),
        hint: Some(new.hint.clone()),
        email: new.email.as_deref().map(|it| it.trim().to_owned()),
        ..Default::default()
    })
}
