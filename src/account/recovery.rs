//! A password that somebody has forgotten.
use super::password::{NewPassword, PasswordState, settings};
use super::sign_in::SignInError;
use crate::client::Client;
use crate::error::Result;
use crate::peers::User;
use crate::tl::{enums, functions};

/// What comes of asking that the password be taken away without being told.
///
/// See <https://core.telegram.org/type/account.ResetPasswordResult>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "nothing has happened yet unless it says so"]
#[non_exhaustive]
pub enum PasswordReset {
    /// The password is gone.
    Done,
    /// It goes at this time, in seconds since the Unix epoch: ask again then.
    Waiting {
        /// When.
        until: i64,
    },
    /// It was declined not long ago: ask again at this time, in seconds since the Unix epoch.
    TooEarly {
        /// When.
        retry: i64,
    },
}

impl Client {
    /// Has a code sent to the recovery e-mail of a password that was forgotten, after
    /// [`PasswordRequired`](SignInError::PasswordRequired) or while somebody is signed in. What
    /// comes back is what the address looks like, with most of it left out.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # use ferogram_sync::NewPassword;
    /// # let new = NewPassword::new("open sesame").recovery_email("ali@example.org");
    /// # let _ = client.set_password(None, new)?;
    /// # let code = telegram.mailed_code("ali@example.org").expect("it was sent");
    /// # client.confirm_recovery_email(&code)?;
    /// assert_eq!(client.request_password_recovery()?, "a***@example.org");
    /// # let code = telegram.mailed_code("ali@example.org").expect("it was sent");
    /// client.check_recovery_code(&code)?;
    /// client.recover_password(&code, Some(NewPassword::new("close sesame")))?;
    /// client.remove_password("close sesame")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `PASSWORD_RECOVERY_NA` when there is no recovery e-mail,
    /// `PASSWORD_EMPTY` when there is no password.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/srp#password-recovery>.
    pub fn request_password_recovery(&self) -> Result<String> {
        let request = functions::auth::RequestPasswordRecovery {};
        let enums::auth::PasswordRecovery::Recovery(recovery) =
            self.ask_to_sign_in(&request, self.begin()?)?;
        Ok(recovery.email_pattern)
    }

    /// Whether the code from the recovery e-mail is right, before a new password is asked for.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::CodeExpired`] when it is not.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.checkRecoveryPassword>.
    pub fn check_recovery_code(&self, code: &str) -> Result<(), SignInError> {
        let code = code.trim().to_owned();
        let deadline = self.begin()?;
        self.ask_to_sign_in(&functions::auth::CheckRecoveryPassword { code }, deadline)
            .map(drop)
            .map_err(|error| self.sign_in_step(error, deadline))
    }

    /// Sets a new password by the code from the recovery e-mail, or takes the password away, and
    /// signs in.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::CodeExpired`] are about that code.
    ///
    /// # Blocking
    ///
    /// About 50 ms of arithmetic, and until the server has answered, twice, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.recoverPassword>.
    pub fn recover_password(
        &self,
        code: &str,
        new: Option<NewPassword>,
    ) -> Result<User, SignInError> {
        let deadline = self.begin()?;
        let new_settings = match new {
            None => None,
            Some(new) => {
                let raw = *self.password_token_until(deadline)?.password;
                Some(settings(&PasswordState { raw }, &new)?.into())
            }
        };
        let request = functions::auth::RecoverPassword {
            code: code.trim().to_owned(),
            new_settings,
        };
        self.sign_in_with(&request, deadline)
    }

    /// Asks that the password be taken away without being told: it goes a week later, when this is
    /// called again. Somebody has to be signed in.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `PASSWORD_EMPTY` when there is none.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resetPassword>.
    pub fn reset_password(&self) -> Result<PasswordReset> {
        use enums::account::ResetPasswordResult as Answer;
        Ok(match self.ask(&functions::account::ResetPassword {})? {
            Answer::ResetPasswordFailedWait(it) => PasswordReset::TooEarly {
                retry: it.retry_date.into(),
            },
            Answer::ResetPasswordRequestedWait(it) => PasswordReset::Waiting {
                until: it.until_date.into(),
            },
            _ => PasswordReset::Done,
        })
    }

    /// Lets the password stay after all, although [`reset_password`](Self::reset_password) was
    /// called, perhaps by somebody else.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `RESET_REQUEST_MISSING` when nobody has.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.declinePasswordReset>.
    pub fn decline_password_reset(&self) -> Result<()> {
        self.ask(&functions::account::DeclinePasswordReset {})
            .map(drop)
    }
}
