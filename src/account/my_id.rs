//! Who is signed in, without asking.
use crate::client::Client;
use crate::error::Result;

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

    /// The id of the account that is signed in: the server is asked only where this client does not
    /// know it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// assert_eq!(Some(client.my_id_or_fetch()?), client.my_id());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get_me`](Self::get_me), where it has to ask.
    ///
    /// # Blocking
    ///
    /// Not where the id is known; else until the server has answered, at most for the client's
    /// timeout.
    pub fn my_id_or_fetch(&self) -> Result<i64> {
        match self.my_id() {
            Some(id) => Ok(id),
            None => Ok(self.get_me()?.id()),
        }
    }
}
