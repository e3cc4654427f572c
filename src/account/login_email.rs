//! The e-mail address that login codes go to.
use super::code_type::count;
use super::codes::code_of;
use super::login_token::LoginToken;
use super::sign_in::SignInError;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::{enums, functions, types};

/// A code was sent to an e-mail address, to show that it is the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentEmailCode {
    /// What the address looks like, with most of it left out.
    pub pattern: String,
    /// How long the code is; 0 where the server does not tell.
    pub length: usize,
}

impl Client {
    /// Sets a login e-mail up, where [`CodeType::SetUpEmail`](crate::CodeType::SetUpEmail) wants
    /// one: a code is sent to it, which [`verify_login_email`](Self::verify_login_email) takes.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550114", "Ann"));
    /// # use localdc::CodeWay;
    /// # telegram.send_codes_by("+15550114", &[CodeWay::SetUpEmail, CodeWay::Sms]);
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::{CodeType, SignInError};
    ///
    /// let token = client.request_login_code("+15550114")?;
    /// assert_eq!(token.code_type(), &CodeType::SetUpEmail);
    /// let sent = client.send_login_email_code(&token, "ann@example.org")?;
    /// assert_eq!(sent.pattern, "a***@example.org");
    /// # let code = telegram.mailed_code("ann@example.org").expect("it was sent");
    /// let token = client.verify_login_email(&token, &code)?;
    /// # let code = telegram.login_code("+15550114").expect("it was sent");
    /// assert_eq!(client.sign_in(&token, &code)?.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `EMAIL_INVALID`, `EMAIL_NOT_ALLOWED`, `PHONE_HASH_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/auth#email-verification>.
    pub fn send_login_email_code(&self, token: &LoginToken, email: &str) -> Result<SentEmailCode> {
        self.send_email_code(setup_of(token), email)
    }

    /// Takes the code that was sent to the new login e-mail. The token that comes back is for the
    /// login code.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::CodeExpired`] are about the code from the
    /// e-mail.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.verifyEmail>.
    pub fn verify_login_email(
        &self,
        token: &LoginToken,
        code: &str,
    ) -> Result<LoginToken, SignInError> {
        match self.verify_email(setup_of(token), code)? {
            enums::account::EmailVerified::Login(login) => {
                Ok(code_of(token.phone.clone(), login.sent_code)?)
            }
            _ => Err(Error::Unexpected("the server does not go on with the login").into()),
        }
    }

    /// Sends a code to another login e-mail, for the account that is signed in.
    /// [`confirm_login_email`](Self::confirm_login_email) takes it.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `EMAIL_NOT_SETUP` when the account has no login e-mail yet,
    /// `EMAIL_INVALID`, `EMAIL_NOT_ALLOWED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.sendVerifyEmailCode>.
    pub fn change_login_email(&self, email: &str) -> Result<SentEmailCode> {
        self.send_email_code(enums::EmailVerifyPurpose::LoginChange, email)
    }

    /// Takes the code that was sent to the other login e-mail, which holds from then on.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::CodeExpired`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.verifyEmail>.
    pub fn confirm_login_email(&self, code: &str) -> Result<(), SignInError> {
        self.verify_email(enums::EmailVerifyPurpose::LoginChange, code)
            .map(drop)
    }

    /// Gives up a login e-mail that nobody can read any more, where
    /// [`CodeType::Email`](crate::CodeType::Email) offers it. The token that comes back tells when
    /// codes go another way.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `EMAIL_INSTALL_MISSING` when there is none,
    /// `TASK_ALREADY_EXISTS` when it was asked for before.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.resetLoginEmail>.
    pub fn reset_login_email(&self, token: &LoginToken) -> Result<LoginToken> {
        let request = functions::auth::ResetLoginEmail {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
        };
        let sent = self.ask_to_sign_in(&request, self.begin()?)?;
        code_of(token.phone.clone(), sent)
    }

    fn send_email_code(
        &self,
        purpose: enums::EmailVerifyPurpose,
        email: &str,
    ) -> Result<SentEmailCode> {
        let request = functions::account::SendVerifyEmailCode {
            purpose,
            email: email.trim().to_owned(),
        };
        let enums::account::SentEmailCode::Code(sent) =
            self.ask_to_sign_in(&request, self.begin()?)?;
        Ok(SentEmailCode {
            pattern: sent.email_pattern,
            length: count(sent.length),
        })
    }

    fn verify_email(
        &self,
        purpose: enums::EmailVerifyPurpose,
        code: &str,
    ) -> Result<enums::account::EmailVerified, SignInError> {
        let code = types::EmailVerificationCode {
            code: code.trim().to_owned(),
        };
        let request = functions::account::VerifyEmail {
            purpose,
            verification: code.into(),
        };
        let deadline = self.begin()?;
        self.ask_to_sign_in(&request, deadline)
            .map_err(|error| self.sign_in_step(error, deadline))
    }
}

fn setup_of(token: &LoginToken) -> enums::EmailVerifyPurpose {
    types::EmailVerifyPurposeLoginSetup {
        phone_number: token.phone.clone(),
        phone_code_hash: token.phone_code_hash.expose().clone(),
    }
    .into()
}
