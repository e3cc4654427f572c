//! Packets, in and out: where framing, envelope and session meet.
use super::connecting::BIND_WITHIN;
use super::link::Link;
use super::output::Reason;
use super::phase::Phase;
use crate::crypto::Side;
use crate::mtproto::session::BindFailure;
use crate::mtproto::{Event, KeyKind, Packet, open, seal, sealed_len};
use crate::now::Now;

/// Packets are gathered in one buffer until it is so long: then the socket has enough to do.
const TRANSMIT_ENOUGH: usize = 256 << 10;

impl Link {
    /// Bytes have come.
    pub(super) fn received(&mut self, now: Now, bytes: &[u8]) {
        // Without the connection there is nothing to receive: bytes of a closed one.
        let Some(mut framing) = self.framing.take() else {
            return;
        };
        if self.unheard_since.is_some() {
            self.heard_first();
        }
        self.session.heard(now.instant);
        framing.receive(bytes);
        loop {
            let verdict = match framing.next_packet() {
                Ok(None) => {
                    self.framing = Some(framing);
                    return;
                }
                Ok(Some(Packet::Payload(packet))) => self.packet(now, packet),
                Ok(Some(Packet::QuickAck(token))) => {
                    self.session.quick_ack(token);
                    Ok(None)
                }
                Ok(Some(Packet::Error(error))) => return self.refused(now, error),
                Err(error) => Err(Reason::Framing(error)),
            };
            match verdict {
                Ok(Some(query)) => self.send_plain(now, self.lane, &mut framing, &query),
                Ok(None) => {
                    if !self.settle(now) {
                        return;
                    }
                }
                Err(reason) => return self.reject(now, reason),
            }
        }
    }

    /// One packet. Gives a query of the key exchange that has to be sent.
    fn packet(&mut self, now: Now, packet: &mut [u8]) -> Result<Option<Vec<u8>>, Reason> {
        match self.phase {
            Phase::Exchanging { .. } => self.exchange_packet(now, packet),
            Phase::Running { .. } => {
                let Some(key) = self.keys.in_use() else {
                    return Ok(None);
                };
                let opened = open(key, Side::Server, packet)?;
                self.session.receive(
                    now.instant,
                    &opened.header,
                    opened.body,
                    &mut *self.entropy,
                )?;
                Ok(None)
            }
            Phase::Idle | Phase::Connecting { .. } | Phase::Saving | Phase::Closed => Ok(None),
        }
    }

    /// Draws the conclusions from a message. Tells whether the connection is still there.
    fn settle(&mut self, now: Now) -> bool {
        let Phase::Running { bind_until, .. } = &mut self.phase else {
            return true;
        };
        if let Some(failure) = self.session.take_bind_failure() {
            self.not_bound(now, failure);
            return false;
        }
        if !self.session.is_bound() {
            // It may have been bound before: servers forget.
            bind_until.get_or_insert(now.instant + BIND_WITHIN);
            return true;
        }
        self.keys.doubted = false;
        if bind_until.take().is_some() {
            self.tell(Event::Connected);
        }
        if self.session.is_proven() {
            self.course.succeeded();
        }
        true
    }

    fn not_bound(&mut self, now: Now, failure: BindFailure) {
        match failure {
            BindFailure::PermanentKey => {
                self.keys.forget(KeyKind::Temporary);
                let reason = Reason::NotBound("the server cannot read the proof".to_owned());
                self.doubt_permanent_key(now, reason);
            }
            BindFailure::TemporaryKey => {
                let reason = Reason::NotBound("the server does not accept the key".to_owned());
                self.lose_key(now, KeyKind::Temporary, reason);
            }
            BindFailure::Other(why) => self.lose(now, Reason::NotBound(why)),
        }
    }

    /// The server's bytes are not acceptable.
    fn reject(&mut self, now: Now, reason: Reason) {
        let hopeless = match &reason {
            Reason::Handshake(error) if error.is_configuration() => Some(error.to_string()),
            _ => None,
        };
        self.lose(now, reason);
        if let Some(problem) = hopeless {
            self.give_up(problem);
        }
    }

    /// Packets that are ready to be sent, in one buffer.
    pub(super) fn fill(&mut self, now: Now) -> Option<Vec<u8>> {
        let Phase::Running { .. } = self.phase else {
            return None;
        };
        let (Some(framing), Some(key)) = (&mut self.framing, self.keys.in_use()) else {
            return None;
        };
        let mut out = self.buffers.pop().unwrap_or_default();
        while out.len() < TRANSMIT_ENOUGH
            && let Some(plan) = self.session.plan(now.instant, &mut *self.entropy)
        {
            let padding = self.padding.draw(plan.body_len, &mut *self.entropy);
            let packet_len = sealed_len(plan.body_len, &padding);
            let frame = framing.begin(packet_len, plan.quick_ack, &mut out);
            let session = &self.session;
            let token = seal(
                key,
                Side::Client,
                &plan.header,
                plan.body_len,
                |out| session.write(out),
                &padding,
                &mut out,
            );
            framing.end(frame, &mut out, &mut *self.entropy);
            self.session.sealed(token);
        }
        if out.is_empty() {
            self.buffers.push(out);
            return None;
        }
        Some(out)
    }
}
