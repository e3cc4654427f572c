//! What a link has to know from the start.
use std::net::SocketAddr;
use std::sync::Arc;

use crate::crypto::{AuthKey, RsaPublicKey};
use crate::dc::DcId;
use crate::mtproto::{Attention, FutureSalt, RestartPolicy, Transport};

/// Describes one link.
#[derive(Clone)]
pub struct LinkConfig {
    /// The data centre.
    pub dc: DcId,
    /// Whether it belongs to the test environment.
    pub test: bool,
    /// Whether it serves media only.
    pub media: bool,
    /// Where it can be reached; tried in turn.
    pub endpoints: Vec<SocketAddr>,
    /// How packets travel.
    pub transport: Transport,
    /// The public keys of the servers, for the key exchange.
    pub rsa_keys: Arc<[RsaPublicKey]>,
    /// The stored permanent key, if there is one.
    pub permanent: Option<StoredKey>,
    /// The stored temporary key, if there is one.
    pub temporary: Option<StoredKey>,
    /// The salts that were stored for the key in use: the temporary one with `pfs`.
    pub salts: Vec<FutureSalt>,
    /// Whether to send everything under temporary keys.
    ///
    /// See <https://core.telegram.org/api/pfs>.
    pub pfs: bool,
    /// What stands before the first requests of a connection: `invokeWithLayer` and
    /// `initConnection` up to the inner query, serialised. It may be empty.
    ///
    /// See <https://core.telegram.org/api/invoking#saving-client-info>.
    pub prefix: Vec<u8>,
    /// What updates mean to it at first; [`Input::Attention`](crate::mtproto::Input::Attention)
    /// changes it.
    pub attention: Attention,
    /// The harmless request, serialised, that begins the updates of each connection while the link
    /// listens: servers send none before they are asked for something. Nobody gets its answer. It
    /// may be empty: then none is sent.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
    pub greeting: Vec<u8>,
    /// When a connection that is lost is made again.
    pub restarts: RestartPolicy,
}

impl LinkConfig {
    /// A link to a data centre of the production environment, with everything else as simple as
    /// possible: no stored keys, no prefix, no updates, intermediate transport.
    #[must_use]
    pub fn new(dc: DcId, endpoints: Vec<SocketAddr>, rsa_keys: Arc<[RsaPublicKey]>) -> Self {
        Self {
            dc,
            test: false,
            media: false,
            endpoints,
            transport: Transport::default(),
            rsa_keys,
            permanent: None,
            temporary: None,
            salts: Vec::new(),
            pfs: false,
            prefix: Vec::new(),
            attention: Attention::Deaf,
            greeting: Vec::new(),
            restarts: RestartPolicy::default(),
        }
    }

    /// The number of the data centre as the protocol carries it.
    pub(super) fn wire_dc(&self) -> i32 {
        self.dc.on_the_wire(self.test, self.media)
    }
}

/// A key from an earlier run.
#[derive(Clone, Debug)]
pub struct StoredKey {
    /// The key.
    pub key: AuthKey,
    /// What has to be added to this machine's time to get the server's, in seconds.
    pub time_offset: i32,
    /// When the server forgets it, in seconds since 1970 by the server's clock. `None` for a
    /// permanent one.
    pub expires_at: Option<i32>,
}
