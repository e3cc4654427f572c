//! Putting packets together.
use std::time::Instant;

use super::batch::Wrapping;
use super::binding::Progress;
use super::ids::MsgId;
use super::pending::{Entry, Stage};
use super::sent::{Content, Message};
use super::service::Service;
use super::session::Session;
use super::upkeep::STATE_AFTER;
use crate::entropy::Entropy;
use crate::mtproto::{Header, RequestId};

/// `invokeWithoutUpdates`: this session shall not get the account's updates.
///
/// See <https://core.telegram.org/api/invoking#inhibiting-updates>.
const INVOKE_WITHOUT_UPDATES: u32 = 0xbf94_59b7;

/// How many quick acks are waited for; they come within a round trip or never.
const QUICK_ACKS_MAX: usize = 256;

/// A packet that is ready to be sealed.
pub(crate) struct Plan {
    pub(crate) header: Header,
    pub(crate) body_len: usize,
    pub(crate) quick_ack: bool,
}

impl Session {
    /// Chooses the messages of the next packet and gives them their ids. `None`: nothing has to be
    /// sent now.
    pub(crate) fn plan(&mut self, now: Instant, entropy: &mut dyn Entropy) -> Option<Plan> {
        if !self.is_live() {
            return None;
        }
        self.batch.clear();
        if !self.gather_binding(now, entropy) {
            self.gather(now);
        }
        if self.batch.is_empty() {
            return None;
        }
        Some(self.address(now))
    }

    /// The request that binds a temporary key travels alone.
    fn gather_binding(&mut self, now: Instant, entropy: &mut dyn Entropy) -> bool {
        let Some(binding) = &mut self.binding else {
            return false;
        };
        if binding.progress != Progress::Needed {
            return false;
        }
        binding.progress = Progress::Asked;
        let id = self.sequence.next(self.clock.time(now), true);
        binding.asked = id.0;
        let session_id = self.id;
        self.batch
            .push_bind(id, |out| binding.request(id.0, session_id, entropy, out));
        true
    }

    fn gather(&mut self, now: Instant) {
        let may_request = self.may_request();
        let may_greet = may_request && self.listens() && self.greeting.is_due();
        let idle = self.outbox.is_empty()
            && self.again.is_empty()
            && !self.acks.is_due(now)
            && !may_greet
            && !(may_request && self.pending.next().is_some());
        if idle {
            return;
        }
        // The ids of what is repeated are the lowest.
        while self.add_again() {}
        // Beside a large message that is repeated there may be no room for thousands of them.
        if !self.acks.is_empty() && self.batch.fits(self.acks.next_len()) {
            let acks = Service::Acks(self.acks.take());
            self.add_service(now, acks);
        }
        // No service message is long enough not to fit.
        while self.batch.has_room(0)
            && let Some(service) = self.outbox.pop_front()
        {
            self.add_service(now, service);
        }
        while may_request && self.add_request(now) {}
        // After the requests that somebody waits for.
        if may_greet {
            self.add_greeting(now);
        }
    }

    fn add_greeting(&mut self, now: Instant) {
        let prefix: &[u8] = if self.initialised { &[] } else { &self.prefix };
        let body = self.greeting.body();
        if !self.batch.has_room(prefix.len() + body.len()) {
            return; // The next packet takes it.
        }
        let (id, seq_no) = self.sequence.next(self.clock.time(now), true);
        self.batch.push_greeting((id, seq_no), |out| {
            out.extend_from_slice(prefix);
            out.extend_from_slice(body);
        });
        let prefixed = !prefix.is_empty();
        self.greeting.send(id, prefixed);
    }

    fn add_service(&mut self, now: Instant, service: Service) {
        let id = self.sequence.next(self.clock.time(now), false);
        self.batch.push_service(id, service);
    }

    /// Sends a message once more as it was, within a container.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn add_again(&mut self) -> bool {
        let Some(&msg_id) = self.again.first() else {
            return false;
        };
        let out = self
            .sent_request(msg_id)
            .and_then(|id| self.pending.get(id));
        let Some(entry) = out else {
            self.again.remove(0);
            return true;
        };
        let (id, seq_no) = (entry.request.id, entry.seq_no);
        let (wrapping, len) = self.wrapping(entry);
        if !self.batch.has_room(len) {
            return false;
        }
        self.again.remove(0);
        if let Some(entry) = self.pending.get_mut(id) {
            entry.repeated = true;
            if wrapping.prefix {
                entry.prefixed = self.connection;
            }
        }
        self.batch
            .push_request((msg_id, seq_no), (id, wrapping), len, true);
        true
    }

    /// The request that is out under this id, if it was not sent under another one since.
    pub(super) fn sent_request(&self, msg_id: MsgId) -> Option<RequestId> {
        let Content::Request(id) = self.sent.get(msg_id)?.content else {
            return None;
        };
        let entry = self.pending.get(id)?;
        (entry.current == msg_id && entry.stage == Stage::Sent).then_some(id)
    }

    /// The request that was sent under this id in the session before this one.
    pub(super) fn stranded_request(&self, msg_id: MsgId) -> Option<RequestId> {
        let Content::Request(id) = self.sent.get(msg_id)?.content else {
            return None;
        };
        let entry = self.pending.get(id)?;
        (entry.current == msg_id && entry.stage == Stage::Stranded).then_some(id)
    }

    fn add_request(&mut self, now: Instant) -> bool {
        let Some(id) = self.pending.next() else {
            return false;
        };
        let entry = self.pending.get(id).expect("it has just been named");
        let quick_ack = entry.request.quick_ack;
        let (wrapping, len) = self.wrapping(entry);
        if !self.batch.has_room(len) {
            return false;
        }
        let (msg_id, seq_no) = self.sequence.next(self.clock.time(now), true);
        let check_at = now + STATE_AFTER;
        if self.pending.in_flight() == 0 {
            self.liveness.note_asked(now);
        }
        if let Some(forgotten) = self.pending.send_next(msg_id, seq_no, check_at) {
            self.sent.remove(forgotten);
        }
        if wrapping.prefix
            && let Some(entry) = self.pending.get_mut(id)
        {
            entry.prefixed = self.connection;
        }
        self.plan_check(check_at);
        if quick_ack {
            self.batch.quick.push(id);
        }
        self.batch
            .push_request((msg_id, seq_no), (id, wrapping), len, false);
        true
    }

    /// What stands before a request, and how long it is with that.
    fn wrapping(&self, entry: &Entry) -> (Wrapping, usize) {
        let bare = entry.request.no_prefix;
        let wrapping = Wrapping {
            prefix: !bare && !self.initialised && !self.prefix.is_empty(),
            without_updates: !bare && !self.hears(),
        };
        let prefix = if wrapping.prefix {
            self.prefix.len()
        } else {
            0
        };
        let without_updates = if wrapping.without_updates { 4 } else { 0 };
        let len = prefix + without_updates + entry.request.body.len();
        (wrapping, len)
    }

    /// Decides how the messages travel, and notes what was sent under which id.
    fn address(&mut self, now: Instant) -> Plan {
        let time = self.clock.time(now);
        let single = self.batch.single();
        self.batch.in_container = single.is_none();
        let (carrier, seq_no) = single.unwrap_or_else(|| self.sequence.next(time, false));
        let salt = self.salts.at(self.clock.seconds(now));
        for part in &mut self.batch.parts {
            let Some(message) = part.record(carrier) else {
                continue;
            };
            match message.content {
                Content::Request(id) => {
                    if let Some(entry) = self.pending.get_mut(id) {
                        entry.carrier = carrier;
                    }
                }
                Content::Greeting => self.greeting.carried_by(carrier),
                Content::Container | Content::Service(_) | Content::Bind => {}
            }
            self.sent.insert(part.msg_id, message);
        }
        if self.batch.in_container {
            let message = Message {
                content: Content::Container,
                carrier,
            };
            self.sent.insert(carrier, message);
        }
        Plan {
            header: Header {
                salt,
                session_id: self.id,
                msg_id: carrier.0,
                seq_no,
            },
            body_len: self.batch.body_len(),
            quick_ack: !self.batch.quick.is_empty(),
        }
    }

    /// Appends the body of the packet that was planned last.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        self.batch.write(out, |id, wrapping, out| {
            let entry = self.pending.get(id).expect("it was planned just now");
            if wrapping.prefix {
                out.extend_from_slice(&self.prefix);
            }
            if wrapping.without_updates {
                out.extend_from_slice(&INVOKE_WITHOUT_UPDATES.to_le_bytes());
            }
            out.extend_from_slice(&entry.request.body);
        });
    }

    /// The packet that was planned last has been sealed; the server would acknowledge it quickly by
    /// this token.
    pub(crate) fn sealed(&mut self, token: u32) {
        for id in self.batch.quick.drain(..) {
            if self.quick_acks.len() >= QUICK_ACKS_MAX {
                self.quick_acks.pop_front();
            }
            self.quick_acks.push_back((token, id));
        }
    }
}
