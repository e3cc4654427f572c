//! Setting a client up, step by step.
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::client::Client;
use super::config::{self, Config};
use super::network::Network;
use super::on_wait::{OnWait, Waiting};
use super::retry_policy::RetryPolicy;
use super::session_place::SessionPlace;
use super::settings;
use crate::dc::DcId;
use crate::error::{BuilderError, Result};
use crate::mtproto::{RestartPolicy, Transport};
use crate::secret::Secret;
use crate::store::{StringError, StringSession};

/// What memory there must be for, in [low-memory mode](ClientBuilder::low_memory_mode).
const LOW_PEER_CACHE: usize = 512;
const LOW_UPDATE_QUEUE: usize = 128;

/// Sets a client up. Only [`api_id`](Self::api_id) and [`api_hash`](Self::api_hash) are needed.
///
/// What it says is a [`Config`], which [`build`](Self::build) gives back.
/// [`connect`](Self::connect) makes the client at once.
#[must_use]
pub struct ClientBuilder {
    pub(super) config: Config,
    /// What was given as a login and is none: said when the client is built.
    no_login: Option<StringError>,
    bot_token: Option<Secret<String>>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            config: Config::default(),
            no_login: None,
            bot_token: None,
        }
    }

    /// The number of the application, from <https://my.telegram.org>.
    pub fn api_id(mut self, api_id: i32) -> Self {
        self.config.api_id = api_id;
        self
    }

    /// The secret of the application, from <https://my.telegram.org>. Blanks around it are left
    /// out.
    pub fn api_hash(mut self, api_hash: impl Into<String>) -> Self {
        let mut api_hash: String = api_hash.into();
        // In place, as a copy of it would not be wiped.
        api_hash.truncate(api_hash.trim_end().len());
        api_hash.drain(..api_hash.len() - api_hash.trim_start().len());
        self.config.api_hash = Secret::new(api_hash);
        self
    }

    /// Where the session is kept: a path, a login or any [`Store`](crate::Store). Unless said
    /// otherwise, in the file `ferogram.session` of the current folder.
    ///
    /// It is opened, and what is wrong with it is said, by [`connect`](Self::connect).
    pub fn session(mut self, session: impl Into<SessionPlace>) -> Self {
        self.config.session = session.into();
        self.no_login = None;
        self
    }

    /// Begins with a login as text, as [`Client::export_session`] and other libraries write it, and
    /// keeps the session in memory. What is wrong with the text is said by [`build`](Self::build).
    ///
    /// Whoever has the text has the account, and a login is for one program at a time: see
    /// [`StringSession`].
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let client = telegram.bot();
    /// # let me = client.get_me()?;
    /// # let login = client.export_session()?;
    /// # let text = login.encode(ferogram_sync::store::StringFormat::Telethon)?;
    /// # client.close()?;
    /// # let builder = telegram.client_builder();
    /// let client = builder.session_string(text.expose()).connect()?;
    /// assert_eq!(client.get_me()?, me);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn session_string(self, text: impl AsRef<str>) -> Self {
        match StringSession::parse(text.as_ref()) {
            Ok(login) => self.session(login),
            Err(error) => Self {
                no_login: Some(error),
                ..self
            },
        }
    }

    /// Keeps the session in memory only: it is gone with the client.
    pub fn in_memory(self) -> Self {
        self.session(SessionPlace::Memory)
    }

    /// Talks to Telegram's test environment, which has accounts of its own. Unless said otherwise,
    /// it does if the session is a text that says so.
    ///
    /// See <https://core.telegram.org/api/auth#test-accounts>.
    pub fn test_servers(mut self, test: bool) -> Self {
        self.config.test_servers = Some(test);
        self
    }

    /// Adds the address of a data centre of one's own, such as a local one. Once one is given, no
    /// others are known, and what the server tells of addresses is not believed. Several of one
    /// data centre are tried in the order in which they were given; the next one is tried beside
    /// one that says nothing for a short while.
    pub fn dc_addr(mut self, dc: i32, address: SocketAddr) -> Self {
        self.config.dc_addrs.push((DcId(dc), address));
        self
    }

    /// Adds a server key, as PEM. Once one is given, Telegram's own are not accepted.
    pub fn rsa_key(mut self, pem: impl Into<String>) -> Self {
        self.config.rsa_keys.push(pem.into());
        self
    }

    /// The data centre that a new session tries first: 2 unless said otherwise. The server sends
    /// the account to the right one.
    pub fn first_dc(mut self, dc: i32) -> Self {
        self.config.first_dc = Some(DcId(dc));
        self
    }

    /// The data centre to go to, also where the session knows another one as the account's own. A
    /// login that the session has there is not used then, and stays what it is.
    ///
    /// For servers of one's own, with [`dc_addr`](Self::dc_addr). On Telegram's, the server knows
    /// where an account lives, and [`first_dc`](Self::first_dc) is enough.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// use ferogram_sync::tl::{enums, functions::help::GetConfig};
    ///
    /// let client = builder.dc_id_override(2).connect()?;
    /// let config = client.invoke(&GetConfig {})?;
    /// assert!(matches!(config, enums::Config::Config(config) if config.this_dc == 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dc_id_override(mut self, dc: i32) -> Self {
        self.config.dc_id_override = Some(DcId(dc));
        self
    }

    /// How packets are laid out on the wire.
    ///
    /// See <https://core.telegram.org/mtproto/mtproto-transports>.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.config.transport = transport;
        self
    }

    /// Prefers Telegram's IPv6 addresses to those of IPv4. Whichever is preferred, the other family
    /// is tried as well where the first cannot be reached.
    pub fn ipv6(mut self, ipv6: bool) -> Self {
        self.config.ipv6 = ipv6;
        self
    }

    /// Encrypts with keys that last a day, so that a stolen session file opens no recorded
    /// traffic.
    ///
    /// See <https://core.telegram.org/api/pfs>.
    pub fn pfs(mut self, pfs: bool) -> Self {
        self.config.pfs = pfs;
        self
    }

    /// How long a call may take, whatever it waits for: 60 s unless said otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// How long one call may wait in all when the server says "too many requests": 60 s unless said
    /// otherwise. Longer waits are errors at once; zero makes every one an error.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    pub fn flood_sleep_threshold(mut self, threshold: Duration) -> Self {
        self.config.flood_sleep_threshold = threshold;
        self
    }

    /// Decides whether a call goes on waiting when the server makes it wait, instead of
    /// [`flood_sleep_threshold`](Self::flood_sleep_threshold): see [`RetryPolicy`].
    pub fn retry_policy(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.config.retry_policy = Some(Arc::new(policy));
        self
    }

    /// What to do when a call begins to wait, because the server has said "too many requests" or
    /// has failed inside: to tell whoever looks on, or to slow down. It runs on the thread that
    /// waits for the call, before it does, and its time is the call's.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder
    ///     .on_wait(|it| eprintln!("{} waits for {:?}: {}", it.method, it.pause, it.error))
    ///     .connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    pub fn on_wait(mut self, act: impl Fn(&Waiting<'_>) + Send + Sync + 'static) -> Self {
        self.config.on_wait = Some(OnWait::new(act));
        self
    }

    /// Whether a connection that is lost is made again, and when: for ever, and soon, unless said
    /// otherwise. See [`RestartPolicy`].
    pub fn restart_policy(mut self, policy: RestartPolicy) -> Self {
        self.config.restart_policy = policy;
        self
    }

    /// The network thread, shared with other clients: see [`Network`].
    ///
    /// [`Error::Net`](crate::Error::Net) on connecting says that it has ended, or belongs to the
    /// process that this one was forked from.
    pub fn network(mut self, network: &Network) -> Self {
        self.config.network = Some(network.clone());
        self
    }

    /// How many containers of updates may wait to be read: 2048 unless said otherwise, at least
    /// one. However many, no more are taken in once those that wait have 64 MiB.
    pub fn update_queue(mut self, capacity: usize) -> Self {
        self.config.update_queue = capacity;
        self
    }

    /// How many peers, and as many names, are known without asking the store: 16,384 unless said
    /// otherwise, at least two. That takes some 4 MiB when they are all there. Whoever is not among
    /// them is looked up in the session, which takes as long as the disk or the database does.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.peer_cache(200_000).connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn peer_cache(mut self, peers: usize) -> Self {
        self.config.peer_cache = peers;
        self
    }

    /// For many clients in one process, or a small machine: [`peer_cache`](Self::peer_cache) of 512
    /// and [`update_queue`](Self::update_queue) of 128; with `false` both are as they are unless
    /// said otherwise. What is said of either after this counts. Nothing is lost by it: peers are
    /// looked up in the session more often, and updates are read from the server more slowly when
    /// nobody takes them.
    ///
    /// ```
    /// use ferogram_sync::Client;
    ///
    /// let builder = Client::builder().api_id(12345).api_hash("0123456789abcdef");
    /// let config = builder.low_memory_mode(true).update_queue(1000).build()?;
    /// assert_eq!((config.peer_cache, config.update_queue), (512, 1000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn low_memory_mode(mut self, enable: bool) -> Self {
        let (peers, updates) = match enable {
            true => (LOW_PEER_CACHE, LOW_UPDATE_QUEUE),
            false => (config::PEER_CACHE, config::UPDATE_QUEUE),
        };
        self.config.peer_cache = peers;
        self.config.update_queue = updates;
        self
    }

    /// Whether the methods of [`Client`] refuse, before anything is sent, what only users may call
    /// and a bot does, or the other way round: they do unless said otherwise. The table behind it
    /// is [`tl::callers`](crate::tl::callers); where the server has become more generous since,
    /// `false` leaves the refusal to the server. [`Client::invoke`] and [`Client::submit`] send
    /// what they are given in any case.
    pub fn check_callers(mut self, check: bool) -> Self {
        self.config.check_callers = check;
        self
    }

    /// What the account's list of devices shows as the device: the operating system unless said
    /// otherwise. It may not be empty, as none of what the server is told of the program but the
    /// language pack and the program's language.
    ///
    /// See <https://core.telegram.org/method/initConnection>.
    pub fn device_model(mut self, model: impl Into<String>) -> Self {
        self.config.device_model = model.into();
        self
    }

    /// What the account's list of devices shows as the version of the system: the kind of processor
    /// unless said otherwise.
    pub fn system_version(mut self, version: impl Into<String>) -> Self {
        self.config.system_version = version.into();
        self
    }

    /// What the account's list of devices shows as the version of the program: that of this library
    /// unless said otherwise.
    pub fn app_version(mut self, version: impl Into<String>) -> Self {
        self.config.app_version = version.into();
        self
    }

    /// The language of the system, as in `en-US`: `en` unless said otherwise.
    pub fn system_lang_code(mut self, code: impl Into<String>) -> Self {
        self.config.system_lang_code = code.into();
        self
    }

    /// The name of the translation platform that the program's texts come from, as `android`: none
    /// unless said otherwise, and right so for all but the official applications. The server
    /// refuses names that it does not know with `CONNECTION_LANG_PACK_INVALID`.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.lang_pack("no such pack").connect()?;
    /// let error = client.is_authorized().expect_err("the server does not know it");
    /// assert!(error.is("CONNECTION_LANG_PACK_INVALID"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/method/initConnection>.
    pub fn lang_pack(mut self, pack: impl Into<String>) -> Self {
        self.config.lang_pack = pack.into();
        self
    }

    /// The language of the program, as in `en`, which is it unless said otherwise.
    pub fn lang_code(mut self, code: impl Into<String>) -> Self {
        self.config.lang_code = code.into();
        self
    }

    /// The token of the bot that [`connect_and_login`](Self::connect_and_login) signs in when
    /// nobody is. Nothing else looks at it, and it is in no [`Config`].
    ///
    /// ```
    /// use ferogram_sync::Client;
    ///
    /// let builder = Client::builder().bot_token("1000:abc");
    /// assert!(!format!("{builder:?}").contains("1000:abc"));
    /// ```
    pub fn bot_token(mut self, token: impl Into<String>) -> Self {
        self.bot_token = Some(Secret::new(token.into()));
        self
    }

    /// What was said, as plain data: to look at, to change, to write into a file (with the feature
    /// `serde`), and for [`Client::connect`]. Opens nothing, and does not block.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// use ferogram_sync::Client;
    ///
    /// let mut config = builder.device_model("Raspberry Pi").build()?;
    /// config.app_version = "2.1".to_owned();
    /// let client = Client::connect(config)?;
    /// assert!(!client.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What is missing, or cannot be: each variant of [`BuilderError`] says what to do.
    pub fn build(self) -> Result<Config, BuilderError> {
        if let Some(error) = self.no_login {
            return Err(error.into());
        }
        settings::check(&self.config)?;
        Ok(self.config)
    }

    /// Loads the session and starts the client: [`build`](Self::build) and [`Client::connect`] in
    /// one.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.connect()?;
    /// assert!(!client.is_authorized()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::connect`].
    ///
    /// # Blocking
    ///
    /// Until the session is read; not for the network.
    pub fn connect(self) -> Result<Client> {
        Client::connect(self.build()?)
    }

    /// The token that [`connect_and_login`](Self::connect_and_login) signs in with.
    pub(crate) fn take_bot_token(&mut self) -> Option<Secret<String>> {
        self.bot_token.take()
    }
}

/// Neither the api hash nor a token nor a login is shown.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientBuilder").field(&self.config).finish()
    }
}
