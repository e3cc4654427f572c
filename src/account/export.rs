//! Taking the login to another program.
use crate::client::Client;
use crate::error::{AccountError, Result};
use crate::store::{KeyPlace, StringSession};

impl Client {
    /// The login as plain data, to be written as text for this or another library.
    ///
    /// Close this client before the text is used elsewhere: a key that sends from two places at
    /// once is taken from both. And keep the text like a password: it *is* the account.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::store::StringFormat;
    ///
    /// let session = client.export_session()?;
    /// drop(client);
    /// let text = session.encode(StringFormat::Native)?; // for this library
    /// assert!(text.expose().starts_with("fgs1_"));
    /// let text = session.encode(StringFormat::Pyrogram)?; // for another
    /// assert_eq!(text.expose().len(), 362);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AccountError::NoLogin`] when there is no key yet; [`Error::Net`](crate::Error::Net) in a
    /// child of `fork`. Whether anybody is signed in with it, only the server knows: see
    /// [`is_authorized`](Self::is_authorized).
    ///
    /// # Blocking
    ///
    /// Not at all.
    pub fn export_session(&self) -> Result<StringSession> {
        let core = &self.core;
        core.handle.process().check()?;
        let dc = core.home();
        let place = KeyPlace::permanent(dc);
        let key = core.keeper.look(|records| {
            let record = records.keys.iter().find(|record| record.place == place);
            record.map(|record| record.key.clone())
        });
        let key = key.ok_or(AccountError::NoLogin)?;
        Ok(StringSession {
            dc,
            key,
            address: core.endpoints(dc).first().copied(),
            test: Some(core.config.test),
            account: core.account(),
            api_id: Some(core.config.api_id),
        })
    }
}
