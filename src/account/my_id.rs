//! Who is signed in, without asking.
use crate::client::Client;

impl Client {
    /// The id of the account that is signed in, as far as this client knows. No request is sent:
    /// whether the server still agrees, [`is_authorized`](Self::is_authorized) says.
    ///
    /// `None` when nobody is, when a session from elsewhere does not say who
    /// ([`get_me`](Self::get_me) finds out), and in a child of `fork`.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.client_builder().connect()?;
    /// assert_eq!(client.my_id(), None);
    /// let me = client.bot_sign_in("1000:abc")?;
    /// assert_eq!(client.my_id(), Some(me.id()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Does not block.
    #[must_use]
    pub fn my_id(&self) -> Option<i64> {
        // A lock may have been copied while another thread of the parent held it.
        self.core.handle.process().check().ok()?;
        self.core.account().map(|account| account.user_id)
    }
}
