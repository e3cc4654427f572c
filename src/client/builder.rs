//! Setting a client up.
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::client::Client;
use super::config::{Config, Identity};
use super::core::Core;
use super::servers;
use crate::crypto::RsaPublicKey;
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::Transport;
use crate::secret::Secret;
use crate::store::{FileStore, MemoryStore, Store, StoreError, StringSession};

const TIMEOUT: Duration = Duration::from_secs(60);
const FLOOD_THRESHOLD: Duration = Duration::from_secs(60);
const UPDATE_QUEUE: usize = 2048;
const SESSION: &str = "ferogram.session";

/// What a session can be kept in: a path, or any [`Store`].
pub trait IntoStore {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// As the store says: in use, damaged, foreign, or refused by the operating system.
    fn into_store(self) -> Result<Box<dyn Store>, StoreError>;

    /// Whether it is a login of Telegram's test environment, if that is known before it is opened.
    fn test_servers(&self) -> Option<bool> {
        None
    }
}

impl<S: Store + 'static> IntoStore for S {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(self))
    }
}

/// It lives in memory from then on. Another store keeps it after [`StringSession::changes`].
impl IntoStore for StringSession {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        let mut store = MemoryStore::default();
        store.apply(&self.changes())?;
        store.into_store()
    }

    fn test_servers(&self) -> Option<bool> {
        self.test
    }
}

impl IntoStore for &str {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        Path::new(self).into_store()
    }
}

impl IntoStore for String {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        Path::new(&self).into_store()
    }
}

impl IntoStore for &Path {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(FileStore::open(self)?))
    }
}

impl IntoStore for PathBuf {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        self.as_path().into_store()
    }
}

impl IntoStore for &PathBuf {
    fn into_store(self) -> Result<Box<dyn Store>, StoreError> {
        self.as_path().into_store()
    }
}

impl Client {
    /// Starts setting a client up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

/// Sets a client up. Only [`api_id`](Self::api_id) and [`api_hash`](Self::api_hash) are needed.
#[must_use]
pub struct ClientBuilder {
    api_id: i32,
    api_hash: Secret<String>,
    store: Option<Result<Box<dyn Store>, StoreError>>,
    identity: Identity,
    /// What the caller has said, and what the session says.
    test: Option<bool>,
    session_test: Option<bool>,
    first_dc: Option<DcId>,
    addresses: Vec<(DcId, SocketAddr)>,
    rsa_keys: Vec<String>,
    transport: Transport,
    ipv6: bool,
    pfs: bool,
    timeout: Duration,
    flood_threshold: Duration,
    update_queue: usize,
}

impl ClientBuilder {
    fn new() -> Self {
        Self {
            api_id: 0,
            api_hash: Secret::new(String::new()),
            store: None,
            identity: Identity::default(),
            test: None,
            session_test: None,
            first_dc: None,
            addresses: Vec::new(),
            rsa_keys: Vec::new(),
            transport: Transport::default(),
            ipv6: false,
            pfs: false,
            timeout: TIMEOUT,
            flood_threshold: FLOOD_THRESHOLD,
            update_queue: UPDATE_QUEUE,
        }
    }

    /// The number of the application, from <https://my.telegram.org>.
    pub fn api_id(mut self, api_id: i32) -> Self {
        self.api_id = api_id;
        self
    }

    /// The secret of the application, from <https://my.telegram.org>. Blanks around it are left
    /// out.
    pub fn api_hash(mut self, api_hash: impl Into<String>) -> Self {
        let mut api_hash: String = api_hash.into();
        // In place, as a copy of it would not be wiped.
        api_hash.truncate(api_hash.trim_end().len());
        api_hash.drain(..api_hash.len() - api_hash.trim_start().len());
        self.api_hash = Secret::new(api_hash);
        self
    }

    /// Where the session is kept: a path, or any [`Store`]. Unless said otherwise, in the file
    /// `ferogram.session` of the current folder.
    ///
    /// What can go wrong with it is said by [`connect`](Self::connect).
    pub fn session(mut self, session: impl IntoStore) -> Self {
        self.session_test = session.test_servers();
        self.store = Some(session.into_store());
        self
    }

    /// Keeps the session in memory only: it is gone with the client.
    pub fn in_memory(self) -> Self {
        self.session(MemoryStore::default())
    }

    /// Talks to Telegram's test environment, which has accounts of its own. Unless said otherwise,
    /// it does if the session is a text that says so.
    ///
    /// See <https://core.telegram.org/api/auth#test-accounts>.
    pub fn test_servers(mut self, test: bool) -> Self {
        self.test = Some(test);
        self
    }

    /// Adds the address of a data centre of one's own, such as a local one. Once one is given, no
    /// others are known, and what the server tells of addresses is not believed.
    pub fn dc_addr(mut self, dc: i32, address: SocketAddr) -> Self {
        self.addresses.push((DcId(dc), address));
        self
    }

    /// Adds a server key, as PEM. Once one is given, Telegram's own are not accepted.
    pub fn rsa_key(mut self, pem: impl Into<String>) -> Self {
        self.rsa_keys.push(pem.into());
        self
    }

    /// The data centre that a new session tries first: 2 unless said otherwise. The server sends
    /// the account to the right one.
    pub fn first_dc(mut self, dc: i32) -> Self {
        self.first_dc = Some(DcId(dc));
        self
    }

    /// How packets are laid out on the wire.
    ///
    /// See <https://core.telegram.org/mtproto/mtproto-transports>.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    /// Uses Telegram's IPv6 addresses instead of those of IPv4.
    pub fn ipv6(mut self, ipv6: bool) -> Self {
        self.ipv6 = ipv6;
        self
    }

    /// Encrypts with keys that last a day, so that a stolen session file opens no recorded
    /// traffic.
    ///
    /// See <https://core.telegram.org/api/pfs>.
    pub fn pfs(mut self, pfs: bool) -> Self {
        self.pfs = pfs;
        self
    }

    /// How long a call may take, whatever it waits for: 60 s unless said otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long one call may wait in all when the server says "too many requests": 60 s unless said
    /// otherwise. Longer waits are errors at once; zero makes every one an error.
    ///
    /// See <https://core.telegram.org/api/errors#420-flood>.
    pub fn flood_sleep_threshold(mut self, threshold: Duration) -> Self {
        self.flood_threshold = threshold;
        self
    }

    /// How many containers of updates may wait to be read: 2048 unless said otherwise, at least
    /// one. However many, no more are taken in once those that wait have 64 MiB.
    pub fn update_queue(mut self, capacity: usize) -> Self {
        self.update_queue = capacity.max(1);
        self
    }

    /// What the account's list of devices shows as the device.
    pub fn device_model(mut self, model: impl Into<String>) -> Self {
        self.identity.device_model = model.into();
        self
    }

    /// What the account's list of devices shows as the version of the system.
    pub fn system_version(mut self, version: impl Into<String>) -> Self {
        self.identity.system_version = version.into();
        self
    }

    /// What the account's list of devices shows as the version of the program.
    pub fn app_version(mut self, version: impl Into<String>) -> Self {
        self.identity.app_version = version.into();
        self
    }

    /// The language of the program, as in `en`.
    pub fn lang_code(mut self, code: impl Into<String>) -> Self {
        self.identity.lang_code = code.into();
        self
    }

    /// The language of the system, as in `en-US`.
    pub fn system_lang_code(mut self, code: impl Into<String>) -> Self {
        self.identity.system_lang_code = code.into();
        self
    }

    /// Loads the session and starts the client. The connection is made in the background: the first
    /// call tells when it cannot be.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when api id or hash are missing or a key is none; [`Error::Store`] when
    /// the session is in use, damaged, or not to be written; [`Error::Net`] when the threads cannot
    /// be started.
    ///
    /// # Blocking
    ///
    /// Until the session is read; not for the network.
    pub fn connect(self) -> Result<Client> {
        if self.api_id <= 0 || self.api_hash.expose().is_empty() {
            return Err(Error::Config(
                "api_id and api_hash are needed: get yours at https://my.telegram.org".to_owned(),
            ));
        }
        let test = self.on_test_servers()?;
        let rsa_keys: Vec<RsaPublicKey> = match &self.rsa_keys[..] {
            [] if test => vec![RsaPublicKey::test()],
            [] => vec![RsaPublicKey::production()],
            pems => pems
                .iter()
                .map(|pem| RsaPublicKey::from_pem(pem))
                .collect::<Result<_, _>>()
                .map_err(|error| {
                    Error::Config(format!("the server key cannot be used: {error}"))
                })?,
        };
        let store = self.store.unwrap_or_else(|| SESSION.into_store())?;
        let fixed_addresses = !self.addresses.is_empty();
        let addresses = match fixed_addresses {
            true => self.addresses,
            false => servers::addresses(test),
        };
        let lowest = addresses.iter().map(|(dc, _)| *dc).min();
        let known = addresses.iter().any(|(dc, _)| *dc == servers::FIRST);
        let first_dc = match (self.first_dc, lowest) {
            (Some(dc), _) => dc,
            (None, Some(lowest)) if !known => lowest,
            (None, _) => servers::FIRST,
        };
        let config = Config {
            api_id: self.api_id,
            api_hash: self.api_hash,
            identity: self.identity,
            test,
            first_dc,
            addresses,
            fixed_addresses,
            rsa_keys: rsa_keys.into(),
            transport: self.transport,
            ipv6: self.ipv6,
            pfs: self.pfs,
            timeout: self.timeout,
            flood_threshold: self.flood_threshold,
            update_queue: self.update_queue,
        };
        Ok(Client::new(Arc::new(Core::start(config, store)?)))
    }

    /// A key of the one environment is no key in the other, and would be taken for a lost one.
    fn on_test_servers(&self) -> Result<bool> {
        match (self.test, self.session_test) {
            (Some(said), Some(login)) if said != login => {
                let kind = if login { "the test" } else { "the ordinary" };
                Err(Error::Config(format!(
                    "the session is a login on {kind} servers: call `test_servers({login})`"
                )))
            }
            (said, login) => Ok(said.or(login).unwrap_or_default()),
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api_id", &self.api_id)
            .field("test", &self.test)
            .field("addresses", &self.addresses)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
