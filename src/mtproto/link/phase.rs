//! Where a link stands.
use std::time::{Duration, Instant};

use super::exchange::Exchange;

/// How long one address is tried.
pub(super) const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// What the link is doing.
pub(super) enum Phase {
    /// There is no connection.
    Idle,
    /// One is being made.
    Connecting { until: Instant },
    /// Keys are being exchanged.
    Exchanging {
        exchange: Box<Exchange>,
        until: Instant,
    },
    /// The connection waits until the new key is stored.
    Saving,
    /// Messages go to and fro.
    Running {
        since: Instant,
        /// Until when a temporary key has to be bound. `None` once that is done.
        bind_until: Option<Instant>,
    },
    /// For good.
    Closed,
}
