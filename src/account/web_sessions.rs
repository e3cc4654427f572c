//! The web pages and mini apps that the account is signed in to.
use crate::client::Client;
use crate::error::Result;
use crate::peers::User;
use crate::tl::functions::account as f;
use crate::tl::{enums, types};

/// A web page or a mini app that the account is signed in to, by a bot.
///
/// See <https://core.telegram.org/constructor/webAuthorization>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebSession {
    /// Everything that the server told.
    pub raw: types::WebAuthorization,
    /// The bot that signed the account in.
    pub bot: Option<User>,
}

impl WebSession {
    /// What it is named by.
    #[must_use]
    pub fn hash(&self) -> i64 {
        self.raw.hash
    }

    /// Where the account is signed in.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.raw.domain
    }

    /// The browser, and the system that it runs on.
    #[must_use]
    pub fn browser(&self) -> (&str, &str) {
        (&self.raw.browser, &self.raw.platform)
    }

    /// Where it was last used from: the address and the region, as the server guesses it.
    #[must_use]
    pub fn place(&self) -> (&str, &str) {
        (&self.raw.ip, &self.raw.region)
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
}

impl Client {
    /// The web pages that the account is signed in to.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bot) = (telegram.user(), telegram.bot());
    /// # let id = |client: &ferogram_sync::Client| client.my_id().expect("somebody is signed in");
    /// # telegram.add_web_session(id(&client), id(&bot), "example.org");
    /// let sessions = client.web_sessions()?;
    /// assert_eq!(sessions[0].domain(), "example.org");
    /// client.end_web_session(sessions[0].hash())?;
    /// assert!(client.web_sessions()?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.getWebAuthorizations>.
    pub fn web_sessions(&self) -> Result<Vec<WebSession>> {
        let enums::account::WebAuthorizations::Authorizations(told) =
            self.ask(&f::GetWebAuthorizations {})?;
        let users = told.users.into_iter().filter_map(User::from_raw);
        let bots: Vec<User> = users.collect();
        let sessions = told.authorizations.into_iter();
        let sessions = sessions.map(|enums::WebAuthorization::Authorization(raw)| WebSession {
            bot: bots.iter().find(|bot| bot.id() == raw.bot_id).cloned(),
            raw: *raw,
        });
        Ok(sessions.collect())
    }

    /// Signs the account out of one of them, named by [`WebSession::hash`].
    ///
    /// # Errors
    ///
    /// As [`web_sessions`](Self::web_sessions); `HASH_INVALID` when there is no such one.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resetWebAuthorization>.
    pub fn end_web_session(&self, hash: i64) -> Result<()> {
        self.ask(&f::ResetWebAuthorization { hash }).map(drop)
    }

    /// Signs the account out of all of them.
    ///
    /// # Errors
    ///
    /// As [`web_sessions`](Self::web_sessions).
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/account.resetWebAuthorizations>.
    pub fn end_web_sessions(&self) -> Result<()> {
        self.ask(&f::ResetWebAuthorizations {}).map(drop)
    }
}
