//! The account's logins on all devices.
use crate::client::Client;
use crate::error::Result;
use crate::tl::{enums, functions, types};

/// One login of the account: a device, and the program that is signed in on it.
///
/// See <https://core.telegram.org/constructor/authorization>.
#[derive(Clone, Debug, PartialEq)]
pub struct LoginSession {
    /// Everything that the server told.
    pub raw: types::Authorization,
}

impl LoginSession {
    pub(super) fn new(authorization: enums::Authorization) -> Self {
        let enums::Authorization::Authorization(raw) = authorization;
        Self { raw: *raw }
    }

    /// What it is named by; 0 for the login of this client itself.
    #[must_use]
    pub fn hash(&self) -> i64 {
        self.raw.hash
    }

    /// Whether it is the login of this client itself.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.raw.current
    }

    /// Whether the program is one of Telegram's own.
    #[must_use]
    pub fn is_official(&self) -> bool {
        self.raw.official_app
    }

    /// Whether the code was right, and the password is still missing.
    #[must_use]
    pub fn is_password_pending(&self) -> bool {
        self.raw.password_pending
    }

    /// Whether nobody has said yet that it is right: see [`Client::confirm_session`].
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.raw.unconfirmed
    }

    /// Whether it takes secret chats.
    #[must_use]
    pub fn takes_secret_chats(&self) -> bool {
        !self.raw.encrypted_requests_disabled
    }

    /// Whether it takes calls.
    #[must_use]
    pub fn takes_calls(&self) -> bool {
        !self.raw.call_requests_disabled
    }

    /// The device, as its program calls it.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.raw.device_model
    }

    /// The program and its version.
    #[must_use]
    pub fn app(&self) -> (&str, &str) {
        (&self.raw.app_name, &self.raw.app_version)
    }

    /// When it was signed in, in seconds since the Unix epoch.
    #[must_use]
    pub fn created(&self) -> i64 {
        self.raw.date_created.into()
    }

    /// When it was last used, in seconds since the Unix epoch.
    #[must_use]
    pub fn last_used(&self) -> i64 {
        self.raw.date_active.into()
    }

    /// Where it was last used from: the address and the country, as the server guesses it.
    #[must_use]
    pub fn place(&self) -> (&str, &str) {
        (&self.raw.ip, &self.raw.country)
    }
}

/// What a login takes: what is not said stays as it is.
///
/// See <https://core.telegram.org/method/account.changeAuthorizationSettings>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionSettings {
    secret_chats: Option<bool>,
    calls: Option<bool>,
}

impl SessionSettings {
    /// Nothing is changed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it takes secret chats.
    #[must_use]
    pub fn secret_chats(mut self, on: bool) -> Self {
        self.secret_chats = Some(on);
        self
    }

    /// Whether it takes calls.
    #[must_use]
    pub fn calls(mut self, on: bool) -> Self {
        self.calls = Some(on);
        self
    }
}

impl Client {
    /// All logins of the account, this client's own among them.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let sessions = client.sessions()?;
    /// assert!(sessions.iter().any(|session| session.is_current()));
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
    /// See <https://core.telegram.org/method/account.getAuthorizations>.
    pub fn sessions(&self) -> Result<Vec<LoginSession>> {
        let logins = self.authorizations()?.authorizations.into_iter();
        Ok(logins.map(LoginSession::new).collect())
    }

    /// Ends another login of the account, named by [`LoginSession::hash`].
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `HASH_INVALID` when there is no such login, or it is this one;
    /// `FRESH_RESET_AUTHORISATION_FORBIDDEN` when this login is less than a day old.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resetAuthorization>.
    pub fn end_session(&self, hash: i64) -> Result<()> {
        self.ask(&functions::account::ResetAuthorization { hash })
            .map(drop)
    }

    /// Ends all logins of the account but this one.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let me = client.my_id().expect("signed in");
    /// # let open = || telegram.client_builder().session(telegram.session_of(me)).connect();
    /// let other = open()?;
    /// assert_eq!(client.sessions()?.len(), 2);
    /// client.end_other_sessions()?;
    /// assert_eq!(client.sessions()?.len(), 1);
    /// assert!(!other.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `FRESH_RESET_AUTHORISATION_FORBIDDEN` when this login is less
    /// than a day old.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.resetAuthorizations>.
    pub fn end_other_sessions(&self) -> Result<()> {
        self.ask(&functions::auth::ResetAuthorizations {}).map(drop)
    }

    /// Changes what a login takes, named by [`LoginSession::hash`].
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::SessionSettings;
    ///
    /// let me = client.sessions()?.remove(0);
    /// client.change_session(me.hash(), SessionSettings::new().calls(false))?;
    /// let me = client.sessions()?.remove(0);
    /// assert!(!me.takes_calls() && me.takes_secret_chats());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `HASH_INVALID` when there is no such login.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.changeAuthorizationSettings>.
    pub fn change_session(&self, hash: i64, settings: SessionSettings) -> Result<()> {
        let request = functions::account::ChangeAuthorizationSettings {
            hash,
            encrypted_requests_disabled: settings.secret_chats.map(|on| !on),
            call_requests_disabled: settings.calls.map(|on| !on),
            ..Default::default()
        };
        self.ask(&request).map(drop)
    }

    /// Says that a new login is right: until then the other devices warn of it.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `HASH_INVALID` when there is no such login.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/auth#confirming-login>.
    pub fn confirm_session(&self, hash: i64) -> Result<()> {
        let request = functions::account::ChangeAuthorizationSettings {
            hash,
            confirmed: true,
            ..Default::default()
        };
        self.ask(&request).map(drop)
    }

    /// After how many days a login that is not used ends.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.set_session_ttl(90)?;
    /// assert_eq!(client.session_ttl()?, 90);
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
    /// See <https://core.telegram.org/method/account.getAuthorizations>.
    pub fn session_ttl(&self) -> Result<i32> {
        Ok(self.authorizations()?.authorization_ttl_days)
    }

    /// Sets after how many days a login that is not used ends: 1 to 366.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `TTL_DAYS_INVALID`, `FRESH_RESET_AUTHORISATION_FORBIDDEN`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.setAuthorizationTTL>.
    pub fn set_session_ttl(&self, days: i32) -> Result<()> {
        let request = functions::account::SetAuthorizationTtl {
            authorization_ttl_days: days,
        };
        self.ask(&request).map(drop)
    }

    /// After how many days an account that nobody uses is deleted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// client.set_account_ttl(365)?;
    /// assert_eq!(client.account_ttl()?, 365);
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
    /// See <https://core.telegram.org/method/account.getAccountTTL>.
    pub fn account_ttl(&self) -> Result<i32> {
        let enums::AccountDaysTtl::Ttl(ttl) = self.ask(&functions::account::GetAccountTtl {})?;
        Ok(ttl.days)
    }

    /// Sets after how many days an account that nobody uses is deleted: 30 to 730.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); `TTL_DAYS_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.setAccountTTL>.
    pub fn set_account_ttl(&self, days: i32) -> Result<()> {
        let ttl = types::AccountDaysTtl { days }.into();
        self.ask(&functions::account::SetAccountTtl { ttl })
            .map(drop)
    }

    fn authorizations(&self) -> Result<types::account::Authorizations> {
        let enums::account::Authorizations::Authorizations(told) =
            self.ask(&functions::account::GetAuthorizations {})?;
        Ok(told)
    }
}
