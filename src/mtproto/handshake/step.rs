//! What goes into a key exchange and what comes out of it.
use std::fmt;
use std::sync::Arc;

use crate::crypto::{AuthKey, RsaPublicKey};

/// What a key exchange needs to know.
#[derive(Clone, Debug)]
pub struct HandshakeConfig {
    /// The servers' public keys.
    pub keys: Arc<[RsaPublicKey]>,
    /// The number of the data centre as the protocol carries it
    /// ([`DcId::on_the_wire`](crate::DcId::on_the_wire)).
    pub dc: i32,
    /// For a temporary key: after how many seconds the server forgets it. `None` makes a permanent
    /// key. See <https://core.telegram.org/api/pfs>.
    pub expires_in: Option<i32>,
}

/// What a step of the exchange leads to.
#[derive(Debug)]
pub enum Step {
    /// The next query: to be sent as an unencrypted message.
    Send(Vec<u8>),
    /// The key is made.
    Done(NewKey),
}

/// A key that was just made with a server, and what else the exchange tells.
#[derive(Clone)]
pub struct NewKey {
    /// The key.
    pub key: AuthKey,
    /// The first salt for messages under this key.
    pub salt: i64,
    /// The server's clock when it answered: seconds since the Unix epoch.
    pub server_time: i32,
    /// By how many seconds the server's clock is ahead of ours.
    pub time_offset: i32,
    /// For a temporary key: when the server forgets it, in seconds since the Unix epoch by the
    /// server's clock. It errs on the early side.
    pub expires_at: Option<i32>,
}

/// The salt is left out: it is made of the secret nonce.
impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewKey")
            .field("key", &self.key)
            .field("server_time", &self.server_time)
            .field("time_offset", &self.time_offset)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
