//! A lasting session with one server: what is waiting, what is out, what is known.
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::acks::Acks;
use super::batch::Batch;
use super::binding::{BindFailure, Binding, Progress};
use super::clock::ServerClock;
use super::greeting::Greeting;
use super::gzip;
use super::ids::{MsgId, Sequence};
use super::liveness::Liveness;
use super::pending::{Entry, Pending, Stage};
use super::received::Received;
use super::salts::Salts;
use super::sent::Sent;
use super::service::Service;
use crate::entropy::Entropy;
use crate::mtproto::{Attention, CallError, Cause, Delivery, Event, FutureSalt, Outcome};
use crate::mtproto::{Request, RequestId, Unanswered};
use crate::now::Now;

/// The largest message body that is sent: the largest container, less what travels beside a large
/// request.
///
/// See <https://core.telegram.org/mtproto/service_messages#simple-container>.
const BODY_MAX: usize = (1 << 20) - (1 << 14);

/// How many service messages wait to be sent: more than a full house of requests can cause.
const OUTBOX_MAX: usize = 2048;

/// What a session has to know from outside.
pub(crate) struct SessionConfig {
    /// What stands before the first requests on a connection: `invokeWithLayer` and
    /// `initConnection`.
    pub(crate) prefix: Vec<u8>,
    /// What updates mean here.
    pub(crate) attention: Attention,
    /// The request that begins them on each connection.
    pub(crate) greeting: Vec<u8>,
    pub(crate) salts: Vec<FutureSalt>,
    pub(crate) time_offset: i32,
    /// The server in words.
    pub(crate) peer: String,
}

/// The state of a session. It knows nothing of keys, packets and sockets.
///
/// See <https://core.telegram.org/mtproto/description#session>.
pub(crate) struct Session {
    pub(super) id: i64,
    /// The session before this one on the same connection: its last messages may still come.
    pub(super) previous: Option<i64>,
    /// Counts the connections.
    pub(super) connection: u32,
    /// Whether messages can be sent now.
    pub(super) live: bool,
    /// Whether the server has answered anything on this connection.
    pub(super) proven: bool,
    pub(super) clock: ServerClock,
    pub(super) sequence: Sequence,
    pub(super) salts: Salts,
    /// The message of ours about which the server told the current salt.
    pub(super) salt_from: MsgId,
    /// The last rejection of the server's that told a salt.
    pub(super) salt_rejection: MsgId,
    pub(super) acks: Acks,
    pub(super) received: Received,
    pub(super) pending: Pending,
    pub(super) sent: Sent,
    pub(super) outbox: VecDeque<Service>,
    /// Messages to be sent once more under the same ids, sorted.
    pub(super) again: Vec<MsgId>,
    events: VecDeque<Event>,
    pub(super) prefix: Vec<u8>,
    attention: Attention,
    pub(super) greeting: Greeting,
    /// Whether the server has taken the prefix on this connection.
    pub(super) initialised: bool,
    pub(super) liveness: Liveness,
    /// How many rejections have come in a row, each of something sent after the one before.
    pub(super) strikes: u32,
    /// What was sent last when the server last corrected us.
    pub(super) corrected: MsgId,
    pub(super) check_at: Option<Instant>,
    pub(super) batch: Batch,
    pub(super) quick_acks: VecDeque<(u32, RequestId)>,
    pub(super) binding: Option<Binding>,
    pub(super) bind_failure: Option<BindFailure>,
    held: bool,
    peer: String,
}

impl Session {
    pub(crate) fn new(now: Now, config: SessionConfig, entropy: &mut dyn Entropy) -> Self {
        let clock = ServerClock::new(now, config.time_offset);
        let salts = Salts::new(&config.salts, clock.seconds(now.instant));
        Self {
            id: i64::from_le_bytes(entropy.array()),
            previous: None,
            connection: 0,
            live: false,
            proven: false,
            clock,
            sequence: Sequence::new(),
            salts,
            salt_from: MsgId::NONE,
            salt_rejection: MsgId::NONE,
            acks: Acks::new(),
            received: Received::new(),
            pending: Pending::new(),
            sent: Sent::new(),
            outbox: VecDeque::new(),
            again: Vec::new(),
            events: VecDeque::new(),
            prefix: config.prefix,
            attention: config.attention,
            greeting: Greeting::new(config.greeting),
            initialised: false,
            liveness: Liveness::new(now.instant),
            strikes: 0,
            corrected: MsgId::NONE,
            check_at: None,
            batch: Batch::new(),
            quick_acks: VecDeque::new(),
            binding: None,
            bind_failure: None,
            held: false,
            peer: config.peer,
        }
    }

    /// Takes a request in. What is wrong with it comes out as its outcome.
    pub(crate) fn submit(&mut self, now: Instant, mut request: Request) {
        let (id, size) = (request.id, request.body.len());
        if size % 4 != 0 || size == 0 {
            let problem = "a request is not a whole number of words".to_owned();
            return self.refuse(id, Cause::Protocol(problem));
        }
        if request.compress
            && let Some(packed) = gzip::pack(&request.body)
        {
            request.body = packed;
        }
        if request.body.len() + self.prefix.len() > BODY_MAX {
            let limit = BODY_MAX.saturating_sub(self.prefix.len());
            return self.refuse(id, Cause::TooLarge { size, limit });
        }
        if let Err(cause) = self.pending.insert(now, request) {
            self.refuse(id, cause);
        }
    }

    /// Answers a request that never got in.
    pub(crate) fn refuse(&mut self, id: RequestId, cause: Cause) {
        let unanswered = Unanswered {
            delivery: Delivery::NotSent,
            cause,
            waiting_for: "a place in the queue".to_owned(),
        };
        self.events
            .push_back(Event::Answer(id, Err(unanswered.into())));
    }

    /// The caller does not want the answer any more.
    pub(crate) fn cancel(&mut self, id: RequestId, stage: Option<&str>) {
        self.drop_request(id, Cause::Cancelled, stage);
    }

    /// Ends the requests whose time is up. `stage` says what the link is waiting for if it cannot
    /// send now.
    pub(crate) fn expire(&mut self, now: Instant, stage: Option<&str>) {
        while let Some(id) = self.pending.pop_due(now) {
            self.drop_request(id, Cause::Deadline, stage);
        }
    }

    /// Ends a request and tells the server that nobody waits for its answer, if it may work on it.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query>.
    fn drop_request(&mut self, id: RequestId, cause: Cause, stage: Option<&str>) {
        let Some(entry) = self.pending.get(id) else {
            return;
        };
        if self.live && entry.stage == Stage::Sent {
            let service = Service::DropAnswer(entry.current);
            self.post(service);
        }
        self.fail(id, cause, stage);
    }

    /// Ends all requests.
    pub(crate) fn fail_all(&mut self, cause: &Cause, stage: Option<&str>) {
        let mut ids = self.pending.ids();
        ids.sort_unstable();
        for id in ids {
            self.fail(id, cause.clone(), stage);
        }
    }

    /// Ends a request without an answer.
    pub(super) fn fail(&mut self, id: RequestId, cause: Cause, stage: Option<&str>) {
        let Some(entry) = self.pending.get(id) else {
            return;
        };
        let delivery = if entry.perhaps_done {
            Delivery::Unknown
        } else {
            Delivery::NotSent
        };
        let unanswered = Unanswered {
            delivery,
            cause,
            waiting_for: self.waiting_for(entry, stage),
        };
        self.end(id, Err(CallError::Unanswered(unanswered)));
    }

    fn waiting_for(&self, entry: &Entry, stage: Option<&str>) -> String {
        match (stage, entry.stage) {
            (Some(stage), _) => stage.to_owned(),
            (None, Stage::Sent | Stage::Stranded) => format!("the answer of {}", self.peer),
            (None, Stage::Queued) => {
                let out = self.pending.in_flight();
                format!(
                    "its turn to be sent to {} ({out} requests are out)",
                    self.peer
                )
            }
        }
    }

    /// Ends a request. All ids under which it was sent are forgotten.
    pub(super) fn end(&mut self, id: RequestId, outcome: Outcome) {
        let Some(entry) = self.pending.remove(id) else {
            return;
        };
        self.sent.remove(entry.current);
        for older in &entry.older {
            self.sent.remove(*older);
        }
        self.events.push_back(Event::Answer(id, outcome));
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// From now on updates mean this.
    pub(crate) fn attend(&mut self, attention: Attention) {
        self.attention = attention;
        if attention == Attention::Deaf {
            // Its requests from now on say that no updates are wanted, so they have to be begun
            // again.
            self.greeting.begin_anew();
        }
    }

    /// Whether somebody waits for updates.
    pub(crate) fn listens(&self) -> bool {
        self.attention == Attention::Listens
    }

    /// Whether updates matter at all.
    pub(crate) fn hears(&self) -> bool {
        self.attention != Attention::Deaf
    }

    /// Hands an update out. A server may send them to links that have asked for none: only those
    /// of one link count, or each would be there several times.
    pub(super) fn tell_update(&mut self, update: Event) {
        if self.hears() {
            self.tell(update);
        }
    }

    pub(crate) fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Queues a service message.
    pub(super) fn post(&mut self, service: Service) {
        if self.outbox.len() < OUTBOX_MAX {
            self.outbox.push_back(service);
        }
    }

    /// Whether any request waits.
    pub(crate) fn is_idle(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether any request is out.
    pub(crate) fn in_flight(&self) -> usize {
        self.pending.in_flight()
    }

    /// Whether the server has answered anything on this connection.
    pub(crate) fn is_proven(&self) -> bool {
        self.proven
    }

    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    /// Under how many ids requests are remembered.
    pub(crate) fn remembered(&self) -> usize {
        self.sent.requests()
    }

    /// The server's time in seconds since 1970.
    pub(crate) fn time(&self, now: Instant) -> i32 {
        self.clock.seconds(now)
    }

    /// An id for an unencrypted message.
    pub(crate) fn plain_id(&mut self, now: Instant) -> i64 {
        MsgId::at(self.clock.time(now)).0
    }

    /// Sets the clock by the server's time.
    pub(crate) fn set_time(&mut self, now: Instant, time: Duration) {
        self.clock.set(now, time);
    }

    /// The earliest deadline of a request.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.pending.deadline()
    }

    /// Bytes have come, whatever they say.
    pub(crate) fn heard(&mut self, now: Instant) {
        self.liveness.note_heard(now);
    }

    /// Whether requests shall stay in the queue for now.
    pub(crate) fn hold(&mut self, hold: bool) {
        self.held = hold;
    }

    /// Whether requests may go out now.
    pub(super) fn may_request(&self) -> bool {
        self.is_bound() && !self.held
    }

    /// Whether requests may be sent: a temporary key has to be bound first.
    pub(crate) fn is_bound(&self) -> bool {
        self.binding
            .as_ref()
            .is_none_or(|binding| binding.progress == Progress::Bound)
    }

    /// Why the temporary key could not be bound, if that has happened.
    pub(crate) fn take_bind_failure(&mut self) -> Option<BindFailure> {
        self.bind_failure.take()
    }

    /// The server has received the packet with this token.
    pub(crate) fn quick_ack(&mut self, token: u32) {
        while let Some(place) = self.quick_acks.iter().position(|(t, _)| *t == token) {
            if let Some((_, id)) = self.quick_acks.remove(place)
                && self.pending.get(id).is_some()
            {
                self.tell(Event::QuickAck(id));
            }
        }
    }
}
