//! What the session does about each service message.
use std::time::{Duration, Instant};

use super::acks::IDS_MAX;
use super::fault::Fault;
use super::ids::MsgId;
use super::received::Novelty;
use super::receiving::{Origin, Packet};
use super::sent::Content;
use super::service::{Notice, Service, destroy_auth_key, destroy_session};
use super::session::Session;
use crate::mtproto::{Answer, Cause, Event, FutureSalt, RequestId};

/// For so long a message may be sent again under its own id. Servers take ids of the last 300
/// seconds; the rest is for the clocks and the line.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
const REPEAT_WITHIN: Duration = Duration::from_secs(240);

/// After so long no server takes a message under its old id, however late it arrives: then it can
/// go under a new one.
const DEAD_AFTER: Duration = Duration::from_secs(330);

/// What is said about messages in `msgs_state_info`.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
pub(super) mod state {
    /// The bits that hold one of the four values below.
    pub(crate) const MASK: u8 = 7;
    /// Nothing is known about the message.
    pub(crate) const FORGOTTEN: u8 = 1;
    /// It has not been received, and it lies within what is remembered.
    pub(crate) const NOT_RECEIVED: u8 = 2;
    /// It has not been received: its id is higher than those of all that were.
    pub(crate) const NOT_YET: u8 = 3;
    /// It has been received.
    pub(crate) const RECEIVED: u8 = 4;
}

impl Session {
    /// Service messages, in the order of the official pages.
    pub(super) fn react(
        &mut self,
        packet: &mut Packet<'_>,
        origin: Origin,
        notice: Notice<'_>,
        body: &[u8],
    ) -> Result<(), Fault> {
        match notice {
            // An acknowledgment says that a message has arrived, and nothing of its answer.
            Notice::Acks(_) | Notice::Nothing => {}
            Notice::Bad { id, code, salt } => return self.bad(packet, origin, (id, code), salt),
            Notice::StateReq(ids) => self.tell_states(origin, &ids),
            Notice::StateInfo { req_msg_id, states } => {
                self.learn_asked_states(packet, origin, req_msg_id, states);
            }
            Notice::AllInfo { ids, states } => self.learn_states(packet.now, &ids, states),
            Notice::Detailed { answer } => self.fetch(packet, answer),
            Notice::ResendReq(ids) => self.send_again(packet.now, origin, &ids),
            // We keep no answers: what the server wants again is gone.
            Notice::ResendAnswersReq(ids) => self.post(Service::StateInfo {
                req_msg_id: origin.id,
                states: vec![state::FORGOTTEN; ids.len()],
            }),
            Notice::FutureSalts { req_msg_id, salts } => {
                self.future_salts(packet, origin, req_msg_id, &salts, body);
            }
            Notice::Ping(ping_id) => self.post(Service::Pong {
                msg_id: origin.id,
                ping_id,
            }),
            Notice::Pong { msg_id, ping_id } => self.pong(packet, origin, (msg_id, ping_id), body),
            Notice::NewSession { first, salt } => self.new_session(packet, origin, first, salt),
            Notice::DestroySession(id) => self.answer_bare(&destroy_session(id), body),
            Notice::DestroyKey => self.answer_bare(&destroy_auth_key(), body),
        }
        Ok(())
    }

    /// The server asks what has become of its messages.
    fn tell_states(&mut self, origin: Origin, ids: &[MsgId]) {
        let states = ids.iter().map(|id| self.state_of(*id)).collect();
        self.post(Service::StateInfo {
            req_msg_id: origin.id,
            states,
        });
    }

    fn state_of(&self, id: MsgId) -> u8 {
        if !id.is_from_server() {
            return state::FORGOTTEN;
        }
        match self.received.novelty(id) {
            Novelty::Duplicate => state::RECEIVED,
            Novelty::TooOld => state::FORGOTTEN,
            Novelty::New if self.received.latest().is_some_and(|l| id < l) => state::NOT_RECEIVED,
            Novelty::New => state::NOT_YET,
        }
    }

    fn learn_asked_states(
        &mut self,
        packet: &Packet<'_>,
        origin: Origin,
        req_msg_id: MsgId,
        states: &[u8],
    ) {
        let Some(Content::Service(Service::States(_))) =
            self.sent.get(req_msg_id).map(|m| &m.content)
        else {
            return;
        };
        self.proved(packet, origin);
        if let Some(message) = self.sent.remove(req_msg_id)
            && let Content::Service(Service::States(ids)) = message.content
        {
            self.learn_states(packet.now, &ids, states);
        }
    }

    /// The server tells what has become of our messages. Only what it has not received may go again
    /// without further thought.
    fn learn_states(&mut self, now: Instant, ids: &[MsgId], states: &[u8]) {
        if ids.len() != states.len() {
            return;
        }
        for (msg_id, state) in ids.iter().zip(states) {
            let Some(id) = self.sent_request(*msg_id) else {
                continue;
            };
            match state & state::MASK {
                state::FORGOTTEN => self.repeat_or_end(id, &Cause::Forgotten),
                state::NOT_RECEIVED | state::NOT_YET => self.repeat(now, id, *msg_id),
                // Received: its answer will come.
                _ => {}
            }
        }
    }

    /// Sends a request again that the server has not received. It goes under the same id: the bytes
    /// of a lost connection may still arrive, and then the server sees that the two are one.
    ///
    /// See <https://core.telegram.org/mtproto/description>.
    pub(super) fn repeat(&mut self, now: Instant, id: RequestId, msg_id: MsgId) {
        let harmless = self.pending.get(id).is_some_and(|e| e.request.harmless);
        let dead = msg_id.time() <= self.clock.time(now).saturating_sub(DEAD_AFTER);
        if self.may_repeat(now, msg_id) {
            self.plan_again(msg_id);
        } else if dead || harmless {
            self.pending.requeue(id, dead);
        }
        // Between the two it stays as it is, until the server is asked for the next time.
    }

    /// Sends a request again of which one copy was rejected, and an earlier one may have been
    /// accepted. What is too old for that, and must not be carried out twice, the server is asked
    /// about.
    pub(super) fn repeat_in_doubt(&mut self, now: Instant, id: RequestId, msg_id: MsgId) {
        let may_repeat = self.may_repeat(now, msg_id);
        let Some(entry) = self.pending.get_mut(id) else {
            return;
        };
        if may_repeat {
            self.plan_again(msg_id);
        } else if entry.request.harmless {
            self.pending.requeue(id, false);
        } else {
            entry.check_at = now;
            self.plan_check(now);
        }
    }

    fn may_repeat(&self, now: Instant, msg_id: MsgId) -> bool {
        let oldest = self.clock.time(now).saturating_sub(REPEAT_WITHIN);
        self.clock.is_trusted() && msg_id.time() >= oldest
    }

    fn plan_again(&mut self, msg_id: MsgId) {
        if let Err(place) = self.again.binary_search(&msg_id) {
            self.again.insert(place, msg_id);
        }
    }

    /// The server has an answer or another message for us.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn fetch(&mut self, packet: &Packet<'_>, answer: MsgId) {
        if !answer.is_from_server() {
            return;
        }
        if self.received.novelty(answer) != Novelty::New {
            self.acks.push(packet.now, answer);
            return;
        }
        match self.outbox.back_mut() {
            Some(Service::Resend(ids)) if ids.len() < IDS_MAX => ids.push(answer),
            _ => self.post(Service::Resend(vec![answer])),
        }
    }

    /// The server asks for messages once more. To want one is not to say that it never came: what
    /// must not be carried out twice is asked about first, for a server that has lost its memory
    /// since would take it for new. The others go again under the same ids.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn send_again(&mut self, now: Instant, origin: Origin, ids: &[MsgId]) {
        let states: Vec<u8> = ids
            .iter()
            .map(|id| match self.sent_request(*id) {
                Some(_) => state::RECEIVED,
                None => self.state_of(*id),
            })
            .collect();
        if !states.iter().all(|s| *s == state::RECEIVED) {
            self.post(Service::StateInfo {
                req_msg_id: origin.id,
                states,
            });
        }
        let mut doubted = Vec::new();
        for msg_id in ids {
            let entry = self
                .sent_request(*msg_id)
                .and_then(|id| self.pending.get(id));
            match entry.map(|e| e.request.harmless) {
                Some(true) if self.may_repeat(now, *msg_id) => self.plan_again(*msg_id),
                Some(false) => doubted.push(*msg_id),
                _ => {}
            }
        }
        if !doubted.is_empty() {
            self.post(Service::States(doubted));
        }
    }

    fn future_salts(
        &mut self,
        packet: &Packet<'_>,
        origin: Origin,
        req_msg_id: MsgId,
        salts: &[FutureSalt],
        body: &[u8],
    ) {
        match self.sent.get(req_msg_id).map(|m| &m.content) {
            Some(Content::Service(Service::FutureSalts(_))) => {
                self.proved(packet, origin);
                self.sent.remove(req_msg_id);
                // A list that was asked for before the last correction knows less than that.
                if req_msg_id > self.salt_from {
                    self.salts.learn(salts, self.clock.seconds(packet.now));
                    self.tell(Event::Salts(self.salts.known()));
                }
            }
            Some(Content::Request(id)) => {
                let id = *id;
                self.end(id, Ok(Answer::new(body.to_vec())));
            }
            _ => {}
        }
    }

    fn pong(
        &mut self,
        packet: &Packet<'_>,
        origin: Origin,
        (msg_id, ping_id): (MsgId, i64),
        body: &[u8],
    ) {
        match self.sent.get(msg_id).map(|m| &m.content) {
            Some(Content::Service(Service::Ping { id, .. })) if *id == ping_id => {
                self.proved(packet, origin);
                self.sent.remove(msg_id);
            }
            Some(Content::Request(id)) => {
                let id = *id;
                self.end(id, Ok(Answer::new(body.to_vec())));
            }
            _ => {}
        }
    }

    /// The server knows nothing of this session before the message `first`. What we sent earlier it
    /// has not received, or it has forgotten: the two look alike from here.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#new-session-creation-notification>.
    fn new_session(&mut self, packet: &Packet<'_>, origin: Origin, first: MsgId, salt: i64) {
        // This notification comes again until it is acknowledged: a rejection that the server sent
        // after it knows better, whichever message of ours that was about.
        if origin.id > self.salt_rejection {
            // No message of ours is younger than the last, whatever the server says: no word on the
            // salt would count any more after one about a message that never comes.
            let about = first.min(self.sequence.last());
            self.adopt_salt(packet, about, salt);
        }
        self.initialised = false;
        for id in self.pending.sent() {
            if self.pending.get(id).is_some_and(|e| e.carrier < first) {
                self.repeat_or_end(id, &Cause::Forgotten);
            }
        }
        // A connection is itself the word that updates may have been missed. What is asked for then
        // goes out with what begins the updates, or after it: where that belongs to this session
        // already, nothing was missed since.
        if !self.greeting.is_in_session_from(first) {
            self.tell_update(Event::UpdatesLost);
        }
        // Updates are sent to who has asked for something in this very session.
        self.greeting.forgotten_before(first);
    }

    /// Takes over the salt that a rejection told.
    pub(super) fn correct_salt(
        &mut self,
        packet: &Packet<'_>,
        from: Origin,
        about: MsgId,
        salt: i64,
    ) {
        if about >= self.salt_from {
            self.salt_rejection = from.id;
            self.adopt_salt(packet, about, salt);
        }
    }

    /// Takes over a salt that was told about this message of ours, unless one was about a later
    /// message. Our ids rise, whatever happens to the server's clock and on the way.
    fn adopt_salt(&mut self, packet: &Packet<'_>, about: MsgId, salt: i64) {
        if about < self.salt_from {
            return;
        }
        self.salt_from = about;
        if self.salts.correct(salt, self.clock.seconds(packet.now)) {
            self.tell(Event::Salts(self.salts.known()));
        }
    }
}
