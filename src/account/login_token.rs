//! A login code that is on its way.
use std::fmt;
use std::time::Duration;

use super::code_type::{CodeType, NextCodeType, seconds_of};
use super::token_text::{self, Kind};
use crate::error::{AccountError, Result};
use crate::secret::Secret;
use crate::tl::{enums, types};

/// A login code is on its way to the phone, or to the account's other devices.
///
/// Another process that has the same session can go on: [`encode`](Self::encode) and
/// [`decode`](Self::decode) carry the token over.
///
/// See <https://core.telegram.org/api/auth>.
pub struct LoginToken {
    pub(crate) phone: String,
    pub(crate) phone_code_hash: Secret<String>,
    code_type: CodeType,
    /// What the server told, but for the hash.
    sent: types::auth::SentCode,
}

impl LoginToken {
    pub(crate) fn new(phone: String, mut sent: types::auth::SentCode) -> Self {
        let phone_code_hash = Secret::new(std::mem::take(&mut sent.phone_code_hash));
        Self {
            phone,
            phone_code_hash,
            code_type: CodeType::of(&sent.r#type),
            sent,
        }
    }

    /// How the code comes: by the app, by SMS, by a call…
    #[must_use]
    pub fn code_type(&self) -> &CodeType {
        &self.code_type
    }

    /// How it comes if it is asked for again with
    /// [`Client::resend_code`](crate::Client::resend_code); `None` when there is no other way.
    #[must_use]
    pub fn next_type(&self) -> Option<NextCodeType> {
        self.sent.next_type.as_ref().map(NextCodeType::of)
    }

    /// How long to wait for it before it is asked for again; `None` where the server does not say.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.sent.timeout.map(seconds_of)
    }

    /// The phone number, in digits.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// The token as text, for another process that has the same session. Who has both is halfway
    /// signed in: keep it like a password.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # telegram.add_user(localdc::NewUser::new("+15550110", "Ann"));
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::LoginToken;
    ///
    /// let token = client.request_login_code("+15550110")?;
    /// let text = token.encode();
    /// // … later, in another process:
    /// let token = LoginToken::decode(text.expose())?;
    /// # let code = telegram.login_code("+15550110").expect("it was sent");
    /// assert_eq!(client.sign_in(&token, &code)?.full_name(), "Ann");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn encode(&self) -> Secret<String> {
        let sent = types::auth::SentCode {
            phone_code_hash: self.phone_code_hash.expose().clone(),
            ..self.sent.clone()
        };
        token_text::write(Kind::Code, &self.phone, &enums::auth::SentCode::from(sent))
    }

    /// Reads what [`encode`](Self::encode) has written.
    ///
    /// # Errors
    ///
    /// [`Error::Account`](crate::Error::Account) when it is something else.
    pub fn decode(text: &str) -> Result<Self> {
        match token_text::read(Kind::Code, text)? {
            (phone, enums::auth::SentCode::Code(sent)) => Ok(Self::new(phone, *sent)),
            _ => Err(AccountError::NoToken.into()),
        }
    }
}

impl fmt::Debug for LoginToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginToken")
            .field("code_type", &self.code_type)
            .field("next_type", &self.next_type())
            .finish_non_exhaustive()
    }
}
