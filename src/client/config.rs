//! The settings of a client, as plain data.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::network::Network;
use super::on_wait::OnWait;
use super::retry_policy::RetryPolicy;
use super::session_place::SessionPlace;
use crate::dc::DcId;
use crate::mtproto::{RestartPolicy, Transport};
use crate::secret::Secret;

const SESSION: &str = "ferogram.session";
const TIMEOUT: Duration = Duration::from_secs(60);
const FLOOD_THRESHOLD: Duration = Duration::from_secs(60);
pub(super) const UPDATE_QUEUE: usize = 2048;
/// Some 4 MiB with their names.
pub(super) const PEER_CACHE: usize = 16 * 1024;

/// The settings of a client, as plain data: what [`ClientBuilder::build`] makes and
/// [`Client::connect`] takes. The builder's methods say more of each.
///
/// Write it with `..Config::new(..)`, so that settings to come break nothing. `Debug` shows neither
/// the api hash nor a login.
///
/// ```
/// use ferogram_sync::{Client, Config, SessionPlace};
///
/// # fn main() -> ferogram_sync::Result<()> {
/// let config = Config {
///     session: SessionPlace::Memory,
///     device_model: "Raspberry Pi".to_owned(),
///     ..Config::new(12345, "0123456789abcdef")
/// };
/// let client = Client::connect(config)?;
/// assert_eq!(client.my_id(), None);
/// # Ok(())
/// # }
/// ```
///
/// # As text
///
/// With the feature `serde` it can be read from a settings file and written to one. What is left
/// out is as in [`Config::default`]; a setting that there is not is an error, so that a slip of the
/// pen does not go unnoticed. Durations are in seconds, a session is `{"file": "bot.session"}`,
/// `"memory"` or `{"login": "..."}`.
///
/// **Secrets are read, and never written.** A settings file is looked at, sent around and put under
/// version control, and whoever writes one seldom thinks of what is in it. So the api hash is left
/// out: after reading, set it from where you keep secrets, or connecting says that it is missing. A
/// login cannot be left out without becoming another session: a `Config` that holds one, or a store
/// of your own, is not written but refused. What is code, a retry policy or whom to tell of waits,
/// is left out.
///
/// [`Client::connect`]: crate::Client::connect
/// [`ClientBuilder::build`]: crate::ClientBuilder::build
#[derive(Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Config {
    /// The number of the application, from <https://my.telegram.org>.
    pub api_id: i32,
    /// The secret of the application, from <https://my.telegram.org>.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing, deserialize_with = "super::config_text::read_secret")
    )]
    pub api_hash: Secret<String>,
    /// Where the session is kept: in the file `ferogram.session` unless said otherwise.
    pub session: SessionPlace,
    /// Whether to talk to Telegram's test environment. `None` goes where the session belongs.
    pub test_servers: Option<bool>,
    /// The data centre that a new session tries first.
    pub first_dc: Option<DcId>,
    /// The data centre to go to whatever the session knows.
    pub dc_id_override: Option<DcId>,
    /// Addresses of data centres of one's own; if there are any, no others are known.
    pub dc_addrs: Vec<(DcId, SocketAddr)>,
    /// Server keys, as PEM; if there are any, Telegram's own are not accepted.
    pub rsa_keys: Vec<String>,
    /// How packets are laid out on the wire.
    pub transport: Transport,
    /// Whether Telegram's IPv6 addresses are preferred to those of IPv4.
    pub ipv6: bool,
    /// Whether to encrypt with keys that last a day.
    pub pfs: bool,
    /// How long a call may take, whatever it waits for: 60 s.
    #[cfg_attr(feature = "serde", serde(with = "super::config_text::seconds"))]
    pub timeout: Duration,
    /// How long one call may wait in all when the server says "too many requests": 60 s.
    #[cfg_attr(feature = "serde", serde(with = "super::config_text::seconds"))]
    pub flood_sleep_threshold: Duration,
    /// Whether a call goes on waiting: as [`AutoSleep`](crate::AutoSleep) with the threshold above,
    /// unless there is one.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub retry_policy: Option<Arc<dyn RetryPolicy>>,
    /// Who is told that a call begins to wait.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub on_wait: Option<OnWait>,
    /// Whether a connection that is lost is made again, and when.
    #[cfg_attr(feature = "serde", serde(with = "super::config_text::Restarts"))]
    pub restart_policy: RestartPolicy,
    /// The network thread to share with other clients: one of its own, unless there is one.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub network: Option<Network>,
    /// How many containers of updates may wait to be read: 2048, and at least one.
    pub update_queue: usize,
    /// Whether what was missed while the program was not there is asked for.
    pub catch_up: bool,
    /// How many updates at most are asked for then: `None` for all that the server has kept.
    pub catch_up_limit: Option<i32>,
    /// Whether an update counts as handled before it is given out, rather than afterwards.
    pub at_most_once: bool,
    /// How long to wait at least between two writes of how far the program is: not at all.
    #[cfg_attr(feature = "serde", serde(with = "super::config_text::seconds"))]
    pub save_pause: Duration,
    /// How many peers, and as many names, are known without asking the store: 16,384, and at least
    /// two.
    pub peer_cache: usize,
    /// Whether methods refuse what this account, being a bot or being none, may not call.
    pub check_callers: bool,
    /// The device, in the account's list of devices: the operating system's name.
    pub device_model: String,
    /// The version of the system, in the account's list of devices: the processor's kind.
    pub system_version: String,
    /// The version of the program, in the account's list of devices: this library's.
    pub app_version: String,
    /// The language of the system: `en`.
    pub system_lang_code: String,
    /// The name of the language pack: empty.
    pub lang_pack: String,
    /// The language of the program: `en`.
    pub lang_code: String,
}

impl Config {
    /// The settings of an application, the rest as in [`Config::default`].
    ///
    /// ```
    /// use ferogram_sync::Config;
    ///
    /// let config = Config::new(12345, "0123456789abcdef");
    /// assert_eq!(config.timeout.as_secs(), 60);
    /// assert!(!format!("{config:?}").contains("0123456789abcdef"));
    /// ```
    #[must_use]
    pub fn new(api_id: i32, api_hash: impl Into<String>) -> Self {
        Self {
            api_id,
            api_hash: Secret::new(api_hash.into()),
            ..Self::default()
        }
    }
}

/// Everything as it is unless said otherwise. The api id and hash are missing.
impl Default for Config {
    fn default() -> Self {
        Self {
            api_id: 0,
            api_hash: Secret::new(String::new()),
            session: SESSION.into(),
            test_servers: None,
            first_dc: None,
            dc_id_override: None,
            dc_addrs: Vec::new(),
            rsa_keys: Vec::new(),
            transport: Transport::default(),
            ipv6: false,
            pfs: false,
            timeout: TIMEOUT,
            flood_sleep_threshold: FLOOD_THRESHOLD,
            retry_policy: None,
            on_wait: None,
            restart_policy: RestartPolicy::default(),
            network: None,
            update_queue: UPDATE_QUEUE,
            catch_up: true,
            catch_up_limit: None,
            at_most_once: false,
            save_pause: Duration::ZERO,
            peer_cache: PEER_CACHE,
            check_callers: true,
            device_model: std::env::consts::OS.to_owned(),
            system_version: std::env::consts::ARCH.to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            system_lang_code: "en".to_owned(),
            lang_pack: String::new(),
            lang_code: "en".to_owned(),
        }
    }
}
