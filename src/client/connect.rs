//! The ways to make a client.
use std::sync::Arc;

use super::builder::ClientBuilder;
use super::client::Client;
use super::config::Config;
use super::core::Core;
use super::session_place::SessionPlace;
use super::settings::Settings;
use crate::error::Result;

impl Client {
    /// Starts setting a client up.
    ///
    /// ```
    /// use ferogram_sync::Client;
    ///
    /// # fn main() -> ferogram_sync::Result<()> {
    /// let client = Client::builder()
    ///     .api_id(12345)
    ///     .api_hash("0123456789abcdef")
    ///     .in_memory()
    ///     .connect()?;
    /// assert_eq!(client.my_id(), None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Loads the session and starts the client. The connection is made in the background: the first
    /// call tells when it cannot be.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let config = telegram.client_builder().build()?;
    /// use ferogram_sync::Client;
    ///
    /// let client = Client::connect(config)?;
    /// assert!(!client.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) for what [`ClientBuilder::build`] would refuse;
    /// [`Error::Store`](crate::Error::Store) when the session is in use, damaged, or not to be
    /// written; [`Error::Net`](crate::Error::Net) when the threads cannot be started.
    ///
    /// # Blocking
    ///
    /// Until the session is read; not for the network.
    pub fn connect(config: Config) -> Result<Self> {
        let (settings, session) = Settings::new(config)?;
        let core = Core::start(settings, session.open()?)?;
        Ok(Self::new(Arc::new(core)))
    }

    /// A client with nothing but what is needed: [`Client::builder`] has the rest.
    ///
    /// It asks nobody to sign in and prompts for nothing: a program that signs a bot in, or a user
    /// with a code, does so afterwards where [`is_authorized`](Self::is_authorized) says no.
    /// [`ClientBuilder::connect_and_login`] does it for bots.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("my.session");
    /// use ferogram_sync::Client;
    ///
    /// let client = Client::quick_connect(&path, 12345, "0123456789abcdef")?;
    /// assert_eq!(client.my_id(), None);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::connect`].
    ///
    /// # Blocking
    ///
    /// Until the session is read; not for the network.
    pub fn quick_connect(
        session: impl Into<SessionPlace>,
        api_id: i32,
        api_hash: impl Into<String>,
    ) -> Result<Self> {
        Self::connect(Config {
            session: session.into(),
            ..Config::new(api_id, api_hash)
        })
    }
}
