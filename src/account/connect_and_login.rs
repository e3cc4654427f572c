//! Connecting and signing in at once.
use super::bot_token;
use crate::client::{Client, ClientBuilder};
use crate::error::{AccountError, Error, Result};

impl ClientBuilder {
    /// Connects, asks the server who is signed in, and signs in with the
    /// [`bot_token`](Self::bot_token) if nobody is. The client that comes back can work.
    ///
    /// Without a token it is for sessions that are signed in already: it prompts for nothing. A
    /// user signs in with [`Client::request_login_code`] and [`Client::sign_in`], once, and the
    /// session remembers it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.bot_token("1000:abc").connect_and_login()?;
    /// assert!(client.my_id().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::connect`] and [`Client::bot_sign_in`]; [`AccountError::NoLogin`] when nobody
    /// is signed in and there is no token, [`AccountError::OtherAccount`] when the session is
    /// another account's than the token.
    ///
    /// # Blocking
    ///
    /// Until the session is read and the server has answered, twice at most: each time for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/auth.importBotAuthorization>.
    pub fn connect_and_login(mut self) -> Result<Client> {
        let token = self.take_bot_token();
        let token = token.as_ref().map(|token| token.expose().as_str());
        let bot = token.map(bot_token::checked).transpose()?;
        let client = self.connect()?;
        match (client.get_me(), bot) {
            (Ok(me), Some(token)) if bot_token::number(token) != Some(me.id()) => {
                let signed_in = me.id();
                Err(AccountError::OtherAccount { signed_in }.into())
            }
            (Ok(_), _) => Ok(client),
            (Err(Error::Rpc(error)), Some(token)) if error.code == 401 => {
                client.bot_sign_in(token)?;
                Ok(client)
            }
            (Err(Error::Rpc(error)), None) if error.code == 401 => {
                Err(AccountError::NoLogin.into())
            }
            (Err(error), _) => Err(error),
        }
    }
}
