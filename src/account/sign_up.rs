//! Making an account.
use super::login_token::LoginToken;
use super::sign_in::{SignInError, TermsOfService};
use crate::client::Client;
use crate::error::Result;
use crate::peers::User;
use crate::tl::functions;

impl Client {
    /// Makes an account for a phone number that has none, after [`sign_in`](Self::sign_in) has said
    /// [`SignUpRequired`](SignInError::SignUpRequired) and somebody has agreed to the terms.
    ///
    /// Telegram lets few programs but its own do so.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.client_builder().connect()?;
    /// use ferogram_sync::SignInError;
    ///
    /// let token = client.request_login_code("+9996611234")?;
    /// let terms = match client.sign_in(&token, "11111") {
    ///     Err(SignInError::SignUpRequired(terms)) => terms.expect("there are some"),
    ///     other => panic!("{other:?}"),
    /// };
    /// assert_eq!((terms.text(), terms.min_age()), ("Nothing here is real.", Some(16)));
    /// let me = client.sign_up(&token, "Ann", "Lee")?;
    /// client.accept_terms(&terms)?;
    /// assert_eq!(me.full_name(), "Ann Lee");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `FIRSTNAME_INVALID`, `PHONE_NUMBER_OCCUPIED`;
    /// [`SignInError::InvalidCode`] when the right code was not given before.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.signUp>.
    pub fn sign_up(
        &self,
        token: &LoginToken,
        first_name: &str,
        last_name: &str,
    ) -> Result<User, SignInError> {
        let request = functions::auth::SignUp {
            phone_number: token.phone.clone(),
            phone_code_hash: token.phone_code_hash.expose().clone(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            ..Default::default()
        };
        self.sign_in_with(&request, self.begin()?)
    }

    /// Tells the server that the user agrees to the terms.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/help.acceptTermsOfService>.
    pub fn accept_terms(&self, terms: &TermsOfService) -> Result<()> {
        let request = functions::help::AcceptTermsOfService {
            id: terms.raw.id.clone(),
        };
        self.ask(&request).map(drop)
    }
}
