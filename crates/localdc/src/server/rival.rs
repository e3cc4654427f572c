//! One key used over two connections at once.
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::peer::Peer;
use crate::session::Key;

/// How long the connection before is given to show that its client has closed it.
const PATIENCE: Duration = Duration::from_secs(1);

impl Peer {
    /// Notes that an ordinary request of a logged-in key comes over this connection. True if
    /// another connection has such requests unanswered, and its client has not closed it:
    /// production then ends the login, so that a copied session is of no use to the thief.
    ///
    /// See <https://core.telegram.org/api/errors#406-not-acceptable>.
    pub(super) fn has_rival(&self, key: &Key) -> bool {
        let mut state = key.lock();
        match &state.ordinary {
            Some(line) if line.id == self.line.id => return false,
            _ => {}
        }
        let before = state.ordinary.replace(Arc::clone(&self.line));
        drop(state);
        let enabled = &self.centre.hub.options.duplicate_check;
        enabled.load(Ordering::Relaxed)
            && before.is_some_and(|line| line.is_busy() && line.is_held_open(PATIENCE))
    }
}
