//! Signing a user in with a login code.
use std::time::Instant;

use super::code_type::CodeType;
use super::login_token::LoginToken;
use super::password_token::PasswordToken;
use super::send_code::{SendCodeOptions, SendCodeOutcome};
use super::sign_in::SignInError;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{User, phone_digits};
use crate::tl::{enums, functions, types};

impl Client {
    /// Has a login code sent to the owner of a phone number: with its country code, with or without
    /// `+`, in groups or not. It always is a code:
    /// [`request_login_code_with_options`](Self::request_login_code_with_options) may do without.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550100", "Ann").password("open sesame"));
    /// # let client = telegram.client_builder().connect()?;
    /// # let ask = || telegram.login_code("+15550100").expect("it was sent");
    /// use ferogram_sync::SignInError;
    ///
    /// let token = client.request_login_code("+15550100")?;
    /// let me = match client.sign_in(&token, &ask()) {
    ///     Err(SignInError::PasswordRequired(token)) => {
    ///         client.check_password(*token, "open sesame")?
    ///     }
    ///     signed_in => signed_in?,
    /// };
    /// assert_eq!(me.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `PHONE_NUMBER_INVALID`, `PHONE_NUMBER_BANNED`,
    /// `PHONE_NUMBER_FLOOD`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.sendCode>.
    pub fn request_login_code(&self, phone: &str) -> Result<LoginToken> {
        let phone = given_phone(phone);
        let sent = self.send_code(&phone, types::CodeSettings::default(), self.begin()?)?;
        code_of(phone, sent)
    }

    /// Begins to sign a user in: by a code, or without one where this session was signed in to the
    /// same account before and signed out.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550111", "Ann"));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::{SendCodeOptions, SendCodeOutcome};
    ///
    /// let token = client.request_login_code("+15550111")?;
    /// # let code = telegram.login_code("+15550111").expect("it was sent");
    /// client.sign_in(&token, &code)?;
    /// client.sign_out()?;
    /// let options = SendCodeOptions::new();
    /// match client.request_login_code_with_options("+15550111", options)? {
    ///     SendCodeOutcome::SignedIn(me) => assert_eq!(me.full_name(), "Ann"),
    ///     other => panic!("{other:?}"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`request_login_code`](Self::request_login_code);
    /// [`SignInError::PasswordRequired`] when no code is needed, but the account has a password.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, twice at most, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/auth#future-auth-tokens>.
    pub fn request_login_code_with_options(
        &self,
        phone: &str,
        options: SendCodeOptions,
    ) -> Result<SendCodeOutcome, SignInError> {
        let phone = given_phone(phone);
        let deadline = self.begin()?;
        let settings = options.into_settings(|| self.core.future_tokens(deadline));
        match self.send_code(&phone, settings, deadline) {
            Ok(enums::auth::SentCode::Success(success)) => {
                let user = self.authorized(success.authorization)?;
                Ok(SendCodeOutcome::SignedIn(Box::new(user)))
            }
            Ok(sent) => Ok(SendCodeOutcome::Code(code_of(phone, sent)?)),
            Err(error) => Err(self.sign_in_step(error, deadline)),
        }
    }

    /// Has the code sent again, in the way that [`LoginToken::next_type`] tells. The new token
    /// takes the place of the old one.
    ///
    /// `reason` says to official programs why it has not come; others leave it out.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550112", "Ann"));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::{CodeType, NextCodeType};
    ///
    /// let token = client.request_login_code("+15550112")?;
    /// assert_eq!(token.next_type(), Some(NextCodeType::Call));
    /// let token = client.resend_code(&token, None)?;
    /// assert_eq!(token.code_type(), &CodeType::Call { length: 5 });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `SEND_CODE_UNAVAILABLE` when every way was tried,
    /// `PHONE_CODE_EXPIRED` when the token is too old.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.resendCode>.
    pub fn resend_code(&self, token: &LoginToken, reason: Option<&str>) -> Result<LoginToken> {
        let request = functions::auth::ResendCode {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
            reason: reason.map(str::to_owned),
        };
        let sent = self.ask_to_sign_in(&request, self.begin()?)?;
        code_of(token.phone.clone(), sent)
    }

    /// Takes a code back that is not wanted any more.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550113", "Ann"));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::SignInError;
    ///
    /// let token = client.request_login_code("+15550113")?;
    /// # let code = telegram.login_code("+15550113").expect("it was sent");
    /// client.cancel_code(&token)?;
    /// let error = client.sign_in(&token, &code).expect_err("it was taken back");
    /// assert!(matches!(error, SignInError::CodeExpired));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `PHONE_CODE_EXPIRED` when the token is too old.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.cancelCode>.
    pub fn cancel_code(&self, token: &LoginToken) -> Result<()> {
        let request = functions::auth::CancelCode {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
        };
        self.ask_to_sign_in(&request, self.begin()?).map(drop)
    }

    /// Tells Telegram that a code sent by SMS has not come, with the code of the phone's network
    /// (MNC).
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.reportMissingCode>.
    pub fn report_missing_code(&self, token: &LoginToken, mnc: &str) -> Result<()> {
        let request = functions::auth::ReportMissingCode {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
            mnc: mnc.to_owned(),
        };
        self.ask_to_sign_in(&request, self.begin()?).map(drop)
    }

    /// Signs in with the code that the user received, as it was typed: `1-2-3-4-5` will do.
    ///
    /// Unless it is the account that was signed in before, what was kept of that one is forgotten:
    /// peers and their access hashes, updates, and the login at other data centres.
    ///
    /// # Errors
    ///
    /// [`SignInError::InvalidCode`] and [`SignInError::InvalidPassword`] can be tried again, with
    /// the same token; [`SignInError::PasswordRequired`] leads to
    /// [`check_password`](Self::check_password), [`SignInError::SignUpRequired`] to
    /// [`sign_up`](Self::sign_up).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.signIn>.
    pub fn sign_in(&self, token: &LoginToken, code: &str) -> Result<User, SignInError> {
        let code = token.code_type().meant(code);
        let mut request = functions::auth::SignIn {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
            ..Default::default()
        };
        match token.code_type() {
            CodeType::SetUpEmail => return Err(SignInError::EmailRequired),
            CodeType::Email { .. } => {
                let code = types::EmailVerificationCode { code };
                request.email_verification = Some(code.into());
            }
            _ => request.phone_code = Some(code),
        }
        let deadline = self.begin()?;
        self.sign_in_with(&request, deadline)
    }

    /// Makes login codes void that somebody has let out of hand: in a message, say.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.invalidate_sign_in_codes(["12345"])?;
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
    /// See <https://core.telegram.org/method/account.invalidateSignInCodes>.
    pub fn invalidate_sign_in_codes(
        &self,
        codes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<()> {
        let codes = codes.into_iter().map(Into::into).collect();
        self.ask(&functions::account::InvalidateSignInCodes { codes })
            .map(drop)
    }

    fn send_code(
        &self,
        phone: &str,
        settings: types::CodeSettings,
        deadline: Instant,
    ) -> Result<enums::auth::SentCode> {
        let request = functions::auth::SendCode {
            phone_number: phone.to_owned(),
            api_id: self.core.config.api_id,
            api_hash: self.core.config.api_hash.expose().clone(),
            settings: settings.into(),
        };
        match self.ask_to_sign_in(&request, deadline) {
            // A process that the server has given up: once more begins a new one.
            Err(error) if error.is("AUTH_RESTART") => self.ask_to_sign_in(&request, deadline),
            sent => sent,
        }
    }

    /// What the server means for the dialogue by refusing a request that was to sign in.
    pub(super) fn sign_in_step(&self, error: Error, deadline: Instant) -> SignInError {
        match error {
            error if error.is("SESSION_PASSWORD_NEEDED") => {
                match self.password_token_until(deadline) {
                    Ok(token) => SignInError::PasswordRequired(Box::new(token)),
                    Err(error) => error.into(),
                }
            }
            error
                if [
                    "PHONE_CODE_EXPIRED",
                    "EMAIL_VERIFY_EXPIRED",
                    "PASSWORD_RECOVERY_EXPIRED",
                ]
                .iter()
                .any(|name| error.is(name)) =>
            {
                SignInError::CodeExpired
            }
            error if error.is("PHONE_CODE_*") || error.is("CODE_INVALID") => {
                SignInError::InvalidCode
            }
            error if error.is("PHONE_NUMBER_UNOCCUPIED") => SignInError::SignUpRequired(None),
            error => error.into(),
        }
    }

    /// What asks for the password of the account that is about to be signed in: for a process that
    /// goes on with a login, and after a failure that has taken the token along.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `AUTH_KEY_UNREGISTERED` when no login is under way.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getPassword>.
    pub fn password_token(&self) -> Result<PasswordToken> {
        self.password_token_until(self.begin()?)
    }

    pub(super) fn password_token_until(&self, deadline: Instant) -> Result<PasswordToken> {
        let request = functions::account::GetPassword {};
        let enums::account::Password::Password(password) =
            self.ask_to_sign_in(&request, deadline)?;
        Ok(PasswordToken { password })
    }
}

/// What is no number, the server refuses.
fn given_phone(phone: &str) -> String {
    phone_digits(phone).unwrap_or_else(|| phone.trim().to_owned())
}

pub(super) fn code_of(phone: String, sent: enums::auth::SentCode) -> Result<LoginToken> {
    match sent {
        enums::auth::SentCode::Code(sent) => Ok(LoginToken::new(phone, *sent)),
        enums::auth::SentCode::PaymentRequired(_) => Err(Error::Unexpected(
            "the login code has to be paid for in an official app: sign in there once",
        )),
        _ => Err(Error::Unexpected("the server did not send a login code")),
    }
}
