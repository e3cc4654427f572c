//! How a client is set up, once the builder is done.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::crypto::RsaPublicKey;
use crate::dc::DcId;
use crate::mtproto::Transport;
use crate::secret::Secret;

/// What every part of a client may look up. `Debug` does not show the api hash.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) api_id: i32,
    pub(crate) api_hash: Secret<String>,
    pub(crate) identity: Identity,
    pub(crate) test: bool,
    /// The data centre of a session that does not know its own yet.
    pub(crate) first_dc: DcId,
    /// Addresses known before the server tells any.
    pub(crate) addresses: Vec<(DcId, SocketAddr)>,
    /// The addresses were given by the user: those that the server tells are not taken.
    pub(crate) fixed_addresses: bool,
    pub(crate) rsa_keys: Arc<[RsaPublicKey]>,
    pub(crate) transport: Transport,
    pub(crate) ipv6: bool,
    pub(crate) pfs: bool,
    pub(crate) timeout: Duration,
    pub(crate) flood_threshold: Duration,
    pub(crate) update_queue: usize,
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

impl Default for Identity {
    fn default() -> Self {
        Self {
            device_model: std::env::consts::OS.to_owned(),
            system_version: std::env::consts::ARCH.to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            system_lang_code: "en".to_owned(),
            lang_pack: String::new(),
            lang_code: "en".to_owned(),
        }
    }
}
