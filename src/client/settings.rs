//! The settings that a client works with, once they have been checked.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::config::Config;
use super::network::Network;
use super::on_wait::OnWait;
use super::retry_policy::{AutoSleep, RetryPolicy};
use super::servers;
use super::session_place::SessionPlace;
use crate::crypto::RsaPublicKey;
use crate::dc::DcId;
use crate::error::BuilderError;
use crate::mtproto::{RestartPolicy, Transport};
use crate::secret::Secret;

/// What every part of a client may look up. `Debug` does not show the api hash.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) api_id: i32,
    pub(crate) api_hash: Secret<String>,
    pub(crate) identity: Identity,
    pub(crate) test: bool,
    /// The data centre of a session that does not know its own yet.
    pub(crate) first_dc: DcId,
    /// The data centre to go to whatever the session knows.
    pub(crate) home_override: Option<DcId>,
    /// Addresses known before the server tells any.
    pub(crate) addresses: Vec<(DcId, SocketAddr)>,
    /// The addresses were given by the user: those that the server tells are not taken.
    pub(crate) fixed_addresses: bool,
    pub(crate) rsa_keys: Arc<[RsaPublicKey]>,
    pub(crate) transport: Transport,
    /// Whether that family is preferred.
    pub(crate) ipv6: bool,
    pub(crate) pfs: bool,
    pub(crate) timeout: Duration,
    pub(crate) retry_policy: Arc<dyn RetryPolicy>,
    pub(crate) on_wait: Option<OnWait>,
    pub(crate) restarts: RestartPolicy,
    pub(crate) network: Option<Network>,
    pub(crate) update_queue: usize,
    pub(crate) catch_up: bool,
    pub(crate) catch_up_limit: Option<i32>,
    pub(crate) at_most_once: bool,
    pub(crate) save_pause: Duration,
    pub(crate) peer_cache: usize,
    /// Methods of the library refuse what this account may not call.
    pub(crate) check_callers: bool,
}

/// What the program tells the server of itself.
///
/// See <https://core.telegram.org/method/initConnection>.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) device_model: String,
    pub(crate) system_version: String,
    pub(crate) app_version: String,
    pub(crate) system_lang_code: String,
    pub(crate) lang_pack: String,
    pub(crate) lang_code: String,
}

impl Settings {
    /// Checks what was set, and completes it. The session is not opened yet.
    pub(crate) fn new(config: Config) -> Result<(Self, SessionPlace), BuilderError> {
        let Checked { test, rsa_keys } = check(&config)?;
        let fixed_addresses = !config.dc_addrs.is_empty();
        let addresses = match fixed_addresses {
            true => config.dc_addrs,
            false => servers::addresses(test),
        };
        let lowest = addresses.iter().map(|(dc, _)| *dc).min();
        let known = addresses.iter().any(|(dc, _)| *dc == servers::FIRST);
        let first_dc = match (config.first_dc, lowest) {
            (Some(dc), _) => dc,
            (None, Some(lowest)) if !known => lowest,
            (None, _) => servers::FIRST,
        };
        let retry_policy = config.retry_policy.unwrap_or_else(|| {
            Arc::new(AutoSleep {
                threshold: config.flood_sleep_threshold,
            })
        });
        let settings = Self {
            api_id: config.api_id,
            api_hash: Secret::new(config.api_hash.expose().trim().to_owned()),
            identity: Identity {
                device_model: config.device_model,
                system_version: config.system_version,
                app_version: config.app_version,
                system_lang_code: config.system_lang_code,
                lang_pack: config.lang_pack,
                lang_code: config.lang_code,
            },
            test,
            first_dc,
            home_override: config.dc_id_override,
            addresses,
            fixed_addresses,
            rsa_keys,
            transport: config.transport,
            ipv6: config.ipv6,
            pfs: config.pfs,
            timeout: config.timeout,
            retry_policy,
            on_wait: config.on_wait,
            restarts: config.restart_policy,
            network: config.network,
            update_queue: config.update_queue.max(1),
            catch_up: config.catch_up,
            catch_up_limit: config.catch_up_limit.map(|limit| limit.max(1)),
            at_most_once: config.at_most_once,
            save_pause: config.save_pause,
            peer_cache: config.peer_cache,
            check_callers: config.check_callers,
        };
        Ok((settings, config.session))
    }
}

/// What comes out of checking.
pub(crate) struct Checked {
    test: bool,
    rsa_keys: Arc<[RsaPublicKey]>,
}

/// Whether a client can be set up so, as far as that can be told before anything is opened.
pub(crate) fn check(config: &Config) -> Result<Checked, BuilderError> {
    if config.api_id <= 0 {
        return Err(BuilderError::MissingApiId);
    }
    if config.api_hash.expose().trim().is_empty() {
        return Err(BuilderError::MissingApiHash);
    }
    check_identity(config)?;
    let test = on_test_servers(config)?;
    let rsa_keys = match &config.rsa_keys[..] {
        [] if test => vec![RsaPublicKey::test()],
        [] => vec![RsaPublicKey::production()],
        pems => pems
            .iter()
            .map(|pem| RsaPublicKey::from_pem(pem))
            .collect::<Result<_, _>>()?,
    };
    Ok(Checked {
        test,
        rsa_keys: rsa_keys.into(),
    })
}

/// The server would refuse every call: `CONNECTION_DEVICE_MODEL_EMPTY` and the like.
///
/// See <https://core.telegram.org/method/initConnection>.
fn check_identity(config: &Config) -> Result<(), BuilderError> {
    let fields = [
        ("device_model", &config.device_model),
        ("system_version", &config.system_version),
        ("app_version", &config.app_version),
        ("system_lang_code", &config.system_lang_code),
    ];
    match fields.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((setting, _)) => Err(BuilderError::Empty { setting }),
        None => Ok(()),
    }
}

/// A key of the one environment is no key in the other, and would be taken for a lost one.
fn on_test_servers(config: &Config) -> Result<bool, BuilderError> {
    match (config.test_servers, config.session.test_servers()) {
        (Some(said), Some(login)) if said != login => {
            Err(BuilderError::OtherServers { test: login })
        }
        (said, login) => Ok(said.or(login).unwrap_or_default()),
    }
}
