//! Somebody has signed in as this account, on another device.
use super::payload::payload;
use crate::tl::types;

payload! {
    /// Somebody has signed in as this account, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateNewAuthorization {
    ///     unconfirmed: true,
    ///     hash: 9,
    ///     device: Some("Phone".into()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::NewAuthorization(login) = update else { panic!("it is one") };
    /// assert!(login.is_unconfirmed());
    /// assert_eq!((login.hash(), login.device(), login.location()), (9, Some("Phone"), None));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateNewAuthorization>,
    /// and <https://core.telegram.org/api/auth#confirming-login>.
    NewAuthorization(types::UpdateNewAuthorization)
}

impl NewAuthorization {
    /// By what the login is ended or confirmed.
    #[must_use]
    pub fn hash(&self) -> i64 {
        self.raw.hash
    }

    /// Whether it waits to be confirmed. When it is, or is ended, another update says so,
    /// without what follows.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.raw.unconfirmed
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        self.raw.date
    }

    /// From which device.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.raw.device.as_deref()
    }

    /// From where, as far as its address tells.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.raw.location.as_deref()
    }
}
