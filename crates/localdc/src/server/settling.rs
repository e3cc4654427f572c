//! The calls that are answered when somebody else has answered.
use std::collections::HashMap;
use std::sync::Weak;
use std::time::Duration;

use parking_lot::Mutex;

use crate::session::Key;

/// How long a bot may take to answer, unless it is said otherwise.
const PATIENCE: Duration = Duration::from_secs(15);

/// A call that waits for its answer.
pub(super) struct Waiting {
    pub(super) key: Weak<Key>,
    pub(super) session_id: i64,
    pub(super) msg_id: i64,
    pub(super) method: u32,
}

/// The calls that wait, by what they wait for.
pub(crate) struct Settling {
    calls: Mutex<HashMap<i64, Waiting>>,
    patience: Mutex<Duration>,
}

impl Default for Settling {
    fn default() -> Self {
        Self {
            calls: Mutex::default(),
            patience: Mutex::new(PATIENCE),
        }
    }
}

impl Settling {
    /// A call waits for this.
    pub(super) fn put(&self, query_id: i64, call: Waiting) {
        self.calls.lock().insert(query_id, call);
    }

    /// The call that waits for this, if it does still.
    pub(super) fn take(&self, query_id: i64) -> Option<Waiting> {
        self.calls.lock().remove(&query_id)
    }

    /// How long a bot may take.
    pub(super) fn patience(&self) -> Duration {
        *self.patience.lock()
    }

    /// From now on a bot may take so long.
    pub(crate) fn set_patience(&self, patience: Duration) {
        *self.patience.lock() = patience;
    }
}
