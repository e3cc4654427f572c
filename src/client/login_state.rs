//! Whether somebody is signed in.
use super::client::Client;
use super::core::Core;
use crate::error::{AccountTrouble, Error};
use crate::mtproto::RpcError;
use crate::net::LinkId;

/// Whether somebody is signed in, as far as this client knows.
///
/// See <https://core.telegram.org/api/errors#401-unauthorized>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginState {
    /// The account of this id is.
    SignedIn(i64),
    /// The session is from elsewhere and does not say whose it is:
    /// [`Client::get_me`] finds out.
    Unknown,
    /// Nobody is: the server has ended the login, and why, or there was none.
    SignedOut(Option<AccountTrouble>),
}

impl Core {
    /// The account's own data centre has refused something: that may be the end of the login.
    ///
    /// See <https://core.telegram.org/api/errors#401-unauthorized>.
    pub(crate) fn refused_at_home(&self, error: &RpcError) {
        let trouble = Error::from(error.clone()).account_trouble();
        // A phone number that is banned is somebody else's.
        let Some(trouble) = trouble.filter(|it| it.ends_login() && error.code != 400) else {
            return;
        };
        // A login whose account is not known yet is one, too.
        let is_one = self.account().is_some() || self.is_unnamed();
        if is_one && self.login_end.over(trouble) {
            tracing::warn!(%error, "the login has ended");
            self.attend();
        }
    }

    /// What begins the updates of a connection was refused.
    pub(crate) fn greeting_refused(&self, link: LinkId, error: &RpcError) {
        if self.is_home(link) {
            self.refused_at_home(error);
        }
    }

    /// A link has lost its last connection: where it was home's, no updates can come any more.
    pub(crate) fn link_retired(&self, link: LinkId) {
        if self.is_home(link) {
            self.login_end.cut_off();
        }
    }
}

impl Client {
    /// Whether somebody is signed in, as far as this client knows. No request is sent, so what
    /// another session has done shows only when something was asked for since:
    /// [`is_authorized`](Self::is_authorized) asks.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.user();
    /// # let me = client.my_id().expect("signed in");
    /// # let other = telegram.client_builder().session(telegram.session_of(me)).connect()?;
    /// use ferogram_sync::{AccountTrouble, LoginState};
    ///
    /// assert_eq!(client.login_state(), LoginState::SignedIn(me));
    /// other.end_other_sessions()?;
    /// assert!(!client.is_authorized()?);
    /// let why = Some(AccountTrouble::SignedOut);
    /// assert_eq!(client.login_state(), LoginState::SignedOut(why));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// In a child of `fork` nobody is. Does not block.
    #[must_use]
    pub fn login_state(&self) -> LoginState {
        let core = &self.core;
        // A lock may have been copied while another thread of the parent held it.
        if core.handle.process().check().is_err() {
            return LoginState::SignedOut(None);
        }
        match (core.login_end.trouble(), core.account()) {
            (Some(trouble), _) => LoginState::SignedOut(Some(trouble)),
            (None, Some(account)) => LoginState::SignedIn(account.user_id),
            (None, None) if core.is_unnamed() => LoginState::Unknown,
            (None, None) => LoginState::SignedOut(None),
        }
    }
}
