//! A second connection, tried beside one that says nothing.
//!
//! It carries nothing encrypted, as a login that sends over two connections at once is lost: it
//! asks for what a key exchange begins with, which every server answers, and whichever connection
//! is the first to bring anything stays.
use std::time::Instant;

use super::exchange::{EXCHANGE_WITHIN, Turn};
use super::output::Reason;
use super::phase::{CONNECT_WITHIN, Phase};
use crate::entropy::Entropy;
use crate::mtproto::{Framing, Packet};
use crate::now::Now;

/// A connection that has not brought anything yet.
pub(super) struct Rival {
    /// It is being made, or its first question is out.
    pub(super) phase: Phase,
    /// There while the connection is.
    pub(super) framing: Option<Framing>,
}

impl Rival {
    /// Until when that may take.
    pub(super) fn until(&self) -> Option<Instant> {
        match self.phase {
            Phase::Connecting { until } | Phase::Exchanging { until, .. } => Some(until),
            _ => None,
        }
    }

    /// Why it ends when that time is over.
    pub(super) fn timeout(&self) -> Reason {
        match self.phase {
            Phase::Exchanging { .. } => Reason::HandshakeTimeout {
                seconds: EXCHANGE_WITHIN.as_secs(),
            },
            _ => Reason::ConnectTimeout {
                seconds: CONNECT_WITHIN.as_secs(),
            },
        }
    }

    /// Bytes have come. Gives what follows when they are the answer.
    pub(super) fn hear(
        &mut self,
        now: Now,
        bytes: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Turn>, Reason> {
        let (Phase::Exchanging { exchange, .. }, Some(framing)) =
            (&mut self.phase, &mut self.framing)
        else {
            return Ok(None);
        };
        framing.receive(bytes);
        match framing.next_packet()? {
            Some(Packet::Payload(packet)) => exchange.take(now, packet, entropy).map(Some),
            Some(Packet::Error(error)) => Err(Reason::Transport(error)),
            Some(Packet::QuickAck(_)) | None => Ok(None),
        }
    }
}
