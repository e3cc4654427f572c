//! The session through time: connections come and go, timers fire, keys and sessions begin anew.
use std::time::{Duration, Instant};

use super::binding::{Binding, Progress};
use super::fault::Fault;
use super::ids::{MsgId, Sequence};
use super::liveness::{DISCONNECT_DELAY, Liveness};
use super::pending::Entry;
use super::received::Received;
use super::salts::{ASKED, Salts};
use super::service::Service;
use super::session::Session;
use crate::crypto::AuthKey;
use crate::entropy::Entropy;
use crate::mtproto::timers::earlier;
use crate::mtproto::{Cause, FutureSalt, RequestId};

/// After so long without an answer the server is asked what has become of a request, and later on
/// three times as seldom.
pub(super) const STATE_AFTER: Duration = Duration::from_secs(10);
const STATE_AGAIN: Duration = Duration::from_secs(30);

/// The key of a new session, as far as the session has to know it.
pub(crate) struct NewSession<'a> {
    pub(crate) salt: Option<i64>,
    pub(crate) salts: &'a [FutureSalt],
    /// When the key is a temporary one.
    pub(crate) binding: Option<NewBinding<'a>>,
}

/// What a temporary key is bound to.
pub(crate) struct NewBinding<'a> {
    pub(crate) permanent: &'a AuthKey,
    pub(crate) temporary: &'a AuthKey,
    pub(crate) expires_at: i32,
}

impl Session {
    /// A key is in use that nothing was sent under: another session with other salts.
    pub(crate) fn begin(&mut self, now: Instant, key: NewSession<'_>, entropy: &mut dyn Entropy) {
        let time = self.clock.seconds(now);
        self.salts = Salts::new(key.salts, time);
        if let Some(salt) = key.salt {
            self.salts.correct(salt, time);
        }
        self.binding = key.binding.map(|b| {
            let (permanent, temporary) = (b.permanent.clone(), b.temporary.clone());
            Binding::new(permanent, temporary, b.expires_at)
        });
        self.end_stranded(|_| true);
        self.renew(&Cause::SessionLost, entropy);
        self.previous = None;
    }

    /// Begins another session. What was out in the old one can neither be answered nor asked about
    /// any more: what is harmless goes again, the rest ends.
    /// But for what is stranded: of that the old session may still tell.
    pub(super) fn renew(&mut self, cause: &Cause, entropy: &mut dyn Entropy) {
        self.previous = Some(self.id);
        self.id = i64::from_le_bytes(entropy.array());
        self.sequence = Sequence::new();
        self.corrected = MsgId::NONE;
        self.salt_from = MsgId::NONE;
        self.salt_rejection = MsgId::NONE;
        self.received = Received::new();
        self.acks.clear();
        self.outbox.clear();
        self.again.clear();
        self.quick_acks.clear();
        self.initialised = false;
        self.greeting.begin_anew();
        for id in self.pending.sent() {
            self.repeat_or_end(id, cause);
        }
        let stranded = self.pending.stranded();
        let ids: Vec<MsgId> = stranded
            .iter()
            .filter_map(|id| Some(self.pending.get(*id)?.current))
            .collect();
        self.sent.keep(&ids);
        self.pending.forget_ids();
        if let Some(binding) = &mut self.binding {
            binding.progress = Progress::Needed;
        }
    }

    /// Nobody can tell what became of a request that is out: it goes again if that is harmless.
    pub(super) fn repeat_or_end(&mut self, id: RequestId, cause: &Cause) {
        let Some(entry) = self.pending.get(id) else {
            return;
        };
        if entry.request.harmless {
            self.pending.requeue(id, false);
        } else {
            self.fail(id, cause.clone(), None);
        }
    }

    /// Ends those of the session before this one that are chosen: nothing more will be heard of
    /// them, and in this session the server cannot be asked.
    pub(super) fn end_stranded(&mut self, chosen: impl Fn(&Entry) -> bool) {
        for id in self.pending.stranded() {
            if self.pending.get(id).is_some_and(&chosen) {
                self.repeat_or_end(id, &Cause::SessionLost);
            }
        }
    }

    /// A connection is there, and its key may be used.
    pub(crate) fn connected(&mut self, now: Instant, entropy: &mut dyn Entropy) {
        self.live = true;
        self.connection += 1;
        self.previous = None;
        self.proven = false;
        self.initialised = false;
        self.greeting.begin_anew();
        self.liveness = Liveness::new(now);
        self.quick_acks.clear();
        self.ping(now, entropy);
        self.ask_for_states(now, |_| true);
        if let Some(binding) = &mut self.binding
            && binding.progress == Progress::Asked
        {
            binding.progress = Progress::Needed;
        }
    }

    /// The connection is gone. Everything that needs an answer is kept.
    pub(crate) fn disconnected(&mut self) {
        self.live = false;
        self.outbox.clear();
        self.again.clear();
        self.sent.forget_services();
        self.bind_failure = None;
    }

    /// Does what is due. Only to be called while the session is live.
    pub(crate) fn tick(&mut self, now: Instant, entropy: &mut dyn Entropy) -> Result<(), Fault> {
        if self.dead_at().is_some_and(|at| at <= now) {
            return Err(Fault::Silent);
        }
        if self.liveness.ping_at(self.is_impatient()) <= now {
            self.ping(now, entropy);
        }
        if self.check_at.is_some_and(|at| at <= now) {
            self.ask_for_states(now, |entry| entry.check_at <= now);
        }
        if self.salts_at(now).is_some_and(|at| at <= now) {
            self.salts.note_asked(now);
            self.post(Service::FutureSalts(ASKED));
        }
        Ok(())
    }

    /// When the next `tick` or acknowledgment is due.
    pub(crate) fn tick_at(&self, now: Instant) -> Option<Instant> {
        let ping = Some(self.liveness.ping_at(self.is_impatient()));
        let liveness = earlier(ping, self.dead_at());
        let service = earlier(self.check_at, self.acks.due());
        earlier(liveness, earlier(service, self.salts_at(now)))
    }

    /// Pings now, because the network may have changed.
    pub(crate) fn ping(&mut self, now: Instant, entropy: &mut dyn Entropy) {
        self.liveness.note_ping(now);
        self.post(Service::Ping {
            id: i64::from_le_bytes(entropy.array()),
            disconnect_delay: DISCONNECT_DELAY,
        });
    }

    fn dead_at(&self) -> Option<Instant> {
        self.liveness.dead_at(self.pending.in_flight_bytes())
    }

    fn is_impatient(&self) -> bool {
        self.pending.in_flight() > 0
    }

    /// New salts are asked for once the server has shown that it understands us.
    fn salts_at(&self, now: Instant) -> Option<Instant> {
        let time = self.clock.seconds(now);
        self.proven.then(|| self.salts.ask_at(now, time))
    }

    /// Asks what has become of those requests that are out and chosen, and plans the next check.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    fn ask_for_states(&mut self, now: Instant, chosen: impl Fn(&Entry) -> bool) {
        self.end_stranded(&chosen);
        let mut ids = Vec::new();
        self.check_at = None;
        for id in self.pending.stranded() {
            let check_at = self.pending.get(id).map(|entry| entry.check_at);
            self.check_at = earlier(self.check_at, check_at);
        }
        for id in self.pending.sent() {
            let Some(entry) = self.pending.get_mut(id) else {
                continue;
            };
            if chosen(entry) {
                ids.push(entry.current);
                entry.check_at = now + STATE_AGAIN;
            }
            self.check_at = earlier(self.check_at, Some(entry.check_at));
        }
        if !ids.is_empty() {
            self.post(Service::States(ids));
        }
    }

    /// A request has gone out.
    pub(super) fn plan_check(&mut self, at: Instant) {
        self.check_at = earlier(self.check_at, Some(at));
    }
}
