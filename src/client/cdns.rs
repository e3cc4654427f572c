//! The servers of strangers that hold copies of files, as far as they are known.
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use parking_lot::Mutex;

use super::kept::Kept;
use crate::crypto::RsaPublicKey;
use crate::dc::DcId;
use crate::tl::types;

/// The CDN data centres that files were found on, with their public keys.
///
/// They are treated as any stranger's: nobody is signed in there, and the device is not told.
///
/// See <https://core.telegram.org/cdn>.
#[derive(Default)]
pub(super) struct Cdns {
    pub(super) keys: Mutex<HashMap<DcId, Arc<[RsaPublicKey]>>>,
    /// Those that have forgotten the key that the session has: the next link makes another.
    pub(super) forgetful: Mutex<HashSet<DcId>>,
    pub(super) config: Kept<types::CdnConfig>,
}

impl Cdns {
    /// The public keys of a data centre, if it is a CDN's.
    pub(super) fn keys(&self, dc: DcId) -> Option<Arc<[RsaPublicKey]>> {
        self.keys.lock().get(&dc).map(Arc::clone)
    }

    /// Whether the next link has to make a key, whatever the session has. It is said once.
    pub(super) fn wants_new_key(&self, dc: DcId) -> bool {
        self.forgetful.lock().remove(&dc)
    }

    /// Whether a data centre is a CDN's.
    pub(super) fn has(&self, dc: DcId) -> bool {
        self.keys.lock().contains_key(&dc)
    }
}
