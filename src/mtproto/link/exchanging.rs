//! Key exchanges, and waiting until the new key is stored.
use std::sync::Arc;
use std::time::Duration;

use super::exchange::{EXCHANGE_WITHIN, Exchange, Turn};
use super::keys::TEMPORARY_LIFE;
use super::lane::Lane;
use super::link::Link;
use super::output::{Output, Reason};
use super::phase::Phase;
use crate::mtproto::{
    Cause, Event, Framing, Handshake, HandshakeConfig, KeyKind, plain_len, put_plain,
};
use crate::now::Now;

impl Link {
    /// Begins a key exchange, or for no key only its first step, and gives the query that has to be
    /// sent.
    pub(super) fn exchange(&mut self, now: Now, kind: Option<KeyKind>) -> (Phase, Vec<u8>) {
        let config = HandshakeConfig {
            keys: Arc::clone(&self.config.rsa_keys),
            dc: self.config.wire_dc(),
            expires_in: (kind == Some(KeyKind::Temporary)).then_some(TEMPORARY_LIFE),
        };
        let (handshake, query) = Handshake::start(config, &mut *self.entropy);
        let exchange = Box::new(Exchange {
            handshake,
            kind,
            prepared: false,
        });
        let until = now.instant + EXCHANGE_WITHIN;
        (Phase::Exchanging { exchange, until }, query)
    }

    /// The connection is there: on with a key exchange, whose query it gives, or with requests.
    pub(super) fn go_on(&mut self, now: Now) -> Option<Vec<u8>> {
        let Some(kind) = self.keys.missing() else {
            self.run(now);
            return None;
        };
        let (phase, query) = self.exchange(now, Some(kind));
        self.phase = phase;
        Some(query)
    }

    /// Sends a query of the key exchange.
    pub(super) fn ask(&mut self, now: Now, query: &[u8]) {
        if let Some(mut framing) = self.framing.take() {
            self.send_plain(now, self.lane, &mut framing, query);
            self.framing = Some(framing);
        }
    }

    /// The same, where the framing is in use.
    pub(super) fn send_plain(&mut self, now: Now, lane: Lane, framing: &mut Framing, query: &[u8]) {
        let mut out = self.buffers.pop().unwrap_or_default();
        let msg_id = self.session.plain_id(now.instant);
        let frame = framing.begin(plain_len(query.len()), false, &mut out);
        put_plain(msg_id, query, &mut out);
        framing.end(frame, &mut out, &mut *self.entropy);
        self.outputs.push_back(Output::Transmit(lane, out));
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
        let turn = exchange.take(now, packet, &mut *self.entropy)?;
        Ok(self.follow(now, turn))
    }

    /// Gives the next query.
    pub(super) fn follow(&mut self, now: Now, turn: Turn) -> Option<Vec<u8>> {
        match turn {
            Turn::Send(query) => Some(query),
            Turn::Made(kind, new) => {
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
                None
            }
            Turn::Answered => {
                self.forget_expired_key(now);
                self.go_on(now)
            }
        }
    }

    /// Computes the next step of an exchange ahead.
    pub(super) fn prepare(&mut self) {
        if let Phase::Exchanging { exchange, .. } = &mut self.phase
            && exchange.is_for_a_key()
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
        if let Phase::Saving = self.phase
            && let Some(query) = self.go_on(now)
        {
            self.ask(now, &query);
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
