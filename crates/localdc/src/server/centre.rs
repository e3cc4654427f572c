//! One data centre.
use std::sync::Arc;

use super::hub::Hub;
use crate::exchange::Exchanges;
use crate::session::Keys;

/// A number, keys, exchanges under way; the rest is shared by all.
pub(crate) struct Centre {
    pub(crate) dc: i32,
    pub(crate) hub: Arc<Hub>,
    pub(crate) keys: Keys,
    pub(crate) exchanges: Exchanges,
}

impl Centre {
    /// A data centre without keys.
    pub(crate) fn new(dc: i32, hub: Arc<Hub>) -> Self {
        Self {
            dc,
            hub,
            keys: Keys::default(),
            exchanges: Exchanges::default(),
        }
    }
}
