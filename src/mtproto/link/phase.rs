//! Where a link stands.
use std::time::Instant;

use crate::mtproto::{Handshake, KeyKind};

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

/// A key exchange on its way.
pub(super) struct Exchange {
    pub(super) handshake: Handshake,
    pub(super) kind: KeyKind,
    /// Whether the next step was computed ahead.
    pub(super) prepared: bool,
}
