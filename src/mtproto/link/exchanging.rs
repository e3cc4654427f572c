//! Key exchanges, and waiting until the new key is stored.
use std::sync::Arc;
use std::time::Duration;

use super::keys::TEMPORARY_LIFE;
use super::link::Link;
use super::output::{Output, Reason};
use super::phase::{Exchange, Phase};
use crate::mtproto::{Cause, Event, Framing, Handshake, HandshakeConfig, KeyKind, Step};
use crate::mtproto::{open_plain, plain_len, put_plain};
use crate::now::Now;

/// How long a key exchange may take: three answers over a slow line.
const EXCHANGE_WITHIN: Duration = Duration::from_secs(30);

impl Link {
    /// Begins a key exchange on this connection.
    pub(super) fn exchange(&mut self, now: Now, kind: KeyKind) {
        let config = HandshakeConfig {
            keys: Arc::clone(&self.config.rsa_keys),
            dc: self.config.wire_dc(),
            expires_in: (kind == KeyKind::Temporary).then_some(TEMPORARY_LIFE),
        };
        let (handshake, query) = Handshake::start(config, &mut *self.entropy);
        let exchange = Box::new(Exchange {
            handshake,
            kind,
            prepared: false,
        });
        self.phase = Phase::Exchanging {
            exchange,
            until: now.instant + EXCHANGE_WITHIN,
        };
        if let Some(mut framing) = self.framing.take() {
            self.send_plain(now, &mut framing, &query);
            self.framing = Some(framing);
        }
    }

    /// Sends a query of the key exchange.
    pub(super) fn send_plain(&mut self, now: Now, framing: &mut Framing, query: &[u8]) {
        let mut out = self.buffers.pop().unwrap_or_default();
        let msg_id = self.session.plain_id(now.instant);
        let frame = framing.begin(plain_len(query.len()), false, &mut out);
        put_plain(msg_id, query, &mut out);
        framing.end(frame, &mut out, &mut *self.entropy);
        self.outputs.push_back(Output::Transmit(out));
    }

    /// A packet has come during a key exchange. Gives the next query.
    pub(super) fn exchange_packet(
        &mut self,
        now: Now,
        packet: &[u8],
    ) -> Result<Option<Vec<u8>>, Reason> {
        let Phase::Exchanging { exchange, .. } = &mut self.phase else {
            return Ok(None);
        };
        let (_, body) = open_plain(packet)?;
        match exchange.handshake.handle(now, body, &mut *self.entropy)? {
            Step::Send(query) => {
                exchange.prepared = false;
                Ok(Some(query))
            }
            Step::Done(new) => {
                let kind = exchange.kind;
                self.session
                    .set_time(now.instant, server_time(now, new.time_offset));
                self.tell(Event::NewKey {
                    kind,
                    key: new.key.clone(),
                    time_offset: new.time_offset,
                    expires_at: new.expires_at,
                });
                self.keys.made(kind, new);
                self.phase = Phase::Saving;
                Ok(None)
            }
        }
    }

    /// Computes the next step of an exchange ahead.
    pub(super) fn prepare(&mut self) {
        if let Phase::Exchanging { exchange, .. } = &mut self.phase
            && !exchange.prepared
        {
            exchange.prepared = true;
            exchange.handshake.prepare();
        }
    }

    pub(super) fn exchange_timeout(&mut self, now: Now) {
        let seconds = EXCHANGE_WITHIN.as_secs();
        self.lose(now, Reason::HandshakeTimeout { seconds });
    }

    /// The new key is stored and may be used.
    pub(super) fn key_saved(&mut self, now: Now) {
        let Some(salt) = self.keys.saved(now.instant) else {
            return;
        };
        if self.keys.missing().is_none() {
            self.begin_session(now.instant, Some(salt), &[]);
        }
        if let Phase::Saving = self.phase {
            match self.keys.missing() {
                Some(kind) => self.exchange(now, kind),
                None => self.run(now),
            }
        }
    }

    /// The new key could not be stored: it must not be used, or a login could hang on a key that is
    /// gone after the next start.
    pub(super) fn key_not_saved(&mut self, now: Now, why: String) {
        if !self.keys.is_saving() {
            return;
        }
        let stage = self.stage();
        self.keys.not_saved();
        let cause = Cause::KeyNotSaved(why.clone());
        self.session.fail_all(&cause, stage.as_deref());
        if self.has_connection() {
            self.lose(now, Reason::KeyNotSaved(why));
        }
    }
}

/// The server's time since 1970.
fn server_time(now: Now, offset: i32) -> Duration {
    let difference = Duration::from_secs(offset.unsigned_abs().into());
    if offset < 0 {
        now.unix.saturating_sub(difference)
    } else {
        now.unix.saturating_add(difference)
    }
}
