//! A key exchange on its way.
use std::time::Duration;

use super::output::Reason;
use crate::entropy::Entropy;
use crate::mtproto::{Handshake, HandshakeError, KeyKind, NewKey, Step, open_plain};
use crate::now::Now;

/// How long a key exchange may take: three answers over a slow line.
pub(super) const EXCHANGE_WITHIN: Duration = Duration::from_secs(30);

/// A key exchange on its way, or its first step alone.
pub(super) struct Exchange {
    pub(super) handshake: Handshake,
    /// The key that is wanted. `None`: only to see whether anybody answers.
    pub(super) kind: Option<KeyKind>,
    /// Whether the next step was computed ahead.
    pub(super) prepared: bool,
}

/// What follows from a packet of a key exchange.
pub(super) enum Turn {
    /// This has to be sent.
    Send(Vec<u8>),
    /// There is a key.
    Made(KeyKind, NewKey),
    /// Somebody answers, and more was not wanted.
    Answered,
}

impl Exchange {
    /// A packet has come.
    pub(super) fn take(
        &mut self,
        now: Now,
        packet: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Turn, Reason> {
        let (_, body) = open_plain(packet)?;
        let Some(kind) = self.kind else {
            return match self.handshake.is_answered(body) {
                true => Ok(Turn::Answered),
                false => Err(HandshakeError::Nonce.into()),
            };
        };
        match self.handshake.handle(now, body, entropy)? {
            Step::Send(query) => {
                self.prepared = false;
                Ok(Turn::Send(query))
            }
            Step::Done(new) => Ok(Turn::Made(kind, new)),
        }
    }

    pub(super) fn is_for_a_key(&self) -> bool {
        self.kind.is_some()
    }
}
