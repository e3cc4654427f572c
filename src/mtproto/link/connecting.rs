//! Making connections, and losing them.
use std::time::Duration;

use super::keys::END_BEFORE;
use super::link::Link;
use super::output::{Output, Reason};
use super::phase::{CONNECT_WITHIN, Phase};
use crate::mtproto::{Cause, Event, Framing, KeyKind, RestartPolicy, TransportError};
use crate::now::Now;

/// How long a temporary key may take to be bound: one answer.
pub(super) const BIND_WITHIN: Duration = Duration::from_secs(20);

impl Link {
    pub(super) fn connect(&mut self, now: Now) {
        let Some(address) = self.course.address() else {
            let problem = format!("no address of {} is known", self.config.dc);
            return self.give_up(problem);
        };
        self.phase = Phase::Connecting {
            until: now.instant + CONNECT_WITHIN,
        };
        self.unheard_since = Some(now.instant);
        let connect = Output::Connect(self.lane, address);
        self.outputs.push_back(connect);
    }

    pub(super) fn connected(&mut self, now: Now) {
        let Phase::Connecting { .. } = self.phase else {
            return;
        };
        self.framing = Some(self.new_framing());
        self.forget_expired_key(now);
        if let Some(query) = self.go_on(now) {
            self.ask(now, &query);
        }
    }

    /// For a connection that was just made.
    pub(super) fn new_framing(&mut self) -> Framing {
        // Numbers of data centres are small; one that is not will be refused by the server.
        let dc = i16::try_from(self.config.wire_dc()).unwrap_or(0);
        Framing::new(&self.config.transport, dc, &mut *self.entropy)
    }

    /// Requests can be sent, once a temporary key is bound.
    pub(super) fn run(&mut self, now: Now) {
        self.session.hold(false);
        self.session.connected(now.instant, &mut *self.entropy);
        let bound = self.session.is_bound();
        self.phase = Phase::Running {
            since: now.instant,
            bind_until: (!bound).then(|| now.instant + BIND_WITHIN),
        };
        if bound {
            self.tell(Event::Connected);
        }
    }

    pub(super) fn forget_expired_key(&mut self, now: Now) {
        let time = self.session.time(now.instant);
        let expires_at = self.keys.expires_at();
        if expires_at.is_some_and(|at| at <= time.saturating_add(END_BEFORE)) {
            self.keys.forget(KeyKind::Temporary);
        }
    }

    /// The other side has closed the connection, or there never was one.
    pub(super) fn closed(&mut self, now: Now, why: String) {
        if self.has_connection() {
            self.lost(now, why, false);
        }
    }

    pub(super) fn connect_timeout(&mut self, now: Now) {
        let seconds = CONNECT_WITHIN.as_secs();
        self.lose(now, Reason::ConnectTimeout { seconds });
    }

    pub(super) fn bind_timeout(&mut self, now: Now) {
        let seconds = BIND_WITHIN.as_secs();
        self.lose(now, Reason::BindTimeout { seconds });
    }

    /// Closes the connection from this side.
    pub(super) fn lose(&mut self, now: Now, reason: Reason) {
        let (why, refuses) = (reason.to_string(), reason.is_refusal());
        let planned = reason.is_planned();
        let disconnect = Output::Disconnect(self.lane, reason);
        self.outputs.push_back(disconnect);
        self.lost(now, why, planned);
        if refuses {
            self.backoff.hold();
        }
    }

    /// The connection is gone; the next one comes when it is wanted, after a pause if this one was
    /// of no use.
    fn lost(&mut self, now: Now, why: String, planned: bool) {
        // One on which no key could be bound was of no use, however much was said on it.
        let worked = match self.phase {
            Phase::Running {
                since,
                bind_until: None,
            } if self.session.is_proven() => Some(since),
            _ => None,
        };
        self.framing = None;
        self.session.disconnected();
        self.phase = Phase::Idle;
        let pause = if let Some(since) = worked {
            self.course.ended(why.clone());
            let lived = now.instant.saturating_duration_since(since);
            self.backoff.worked(lived);
            true
        } else {
            self.course.failed(why.clone())
        };
        let is_last = !self.promote_rival() && pause;
        if is_last {
            self.backoff.failed(now.instant, &mut *self.entropy);
        }
        self.tell(Event::Disconnected(why.clone()));
        if is_last && !planned && self.config.restarts == RestartPolicy::Never {
            self.retire(why);
        }
    }

    /// No connection is made any more.
    fn retire(&mut self, why: String) {
        self.retired = Some(why);
        self.fail_if_retired();
        if self.session.hears() {
            self.tell(Event::Retired);
        }
    }

    /// What waits for a connection that will not be made fails, whether it came before or after.
    pub(super) fn fail_if_retired(&mut self) {
        if let Some(why) = &self.retired {
            let cause = Cause::Disconnected(why.clone());
            let stage = self.stage();
            self.session.fail_all(&cause, stage.as_deref());
        }
    }

    /// The server has refused with a transport error.
    ///
    /// See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors>.
    pub(super) fn refused(&mut self, now: Now, error: TransportError) {
        let running = matches!(self.phase, Phase::Running { .. });
        match error {
            TransportError::NOT_FOUND if running => {
                self.key_refused(now, Reason::Transport(error));
            }
            TransportError::FLOOD => {
                self.lose(now, Reason::Transport(error));
                // Other addresses lead to the same server.
                self.backoff.flooded(now.instant, &mut *self.entropy);
            }
            TransportError::WRONG_DC => {
                self.lose(now, Reason::Transport(error));
                self.give_up(error.to_string());
            }
            _ => self.lose(now, Reason::Transport(error)),
        }
    }

    /// The server does not know the key in use, or so it says.
    fn key_refused(&mut self, now: Now, reason: Reason) {
        match self.keys.kind_in_use() {
            KeyKind::Temporary => self.lose_key(now, KeyKind::Temporary, reason),
            KeyKind::Permanent => self.doubt_permanent_key(now, reason),
        }
    }

    /// A login hangs on the permanent key, so it is given up only when the server refuses it a
    /// second time, on another connection, and not while it may be too new to be known everywhere.
    ///
    /// See <https://core.telegram.org/method/auth.bindTempAuthKey>.
    pub(super) fn doubt_permanent_key(&mut self, now: Now, reason: Reason) {
        if self.keys.is_fresh(now.instant) {
            return self.lose(now, reason);
        }
        if self.keys.doubted {
            return self.lose_key(now, KeyKind::Permanent, reason);
        }
        self.keys.doubted = true;
        self.lose(now, reason);
    }

    pub(super) fn lose_key(&mut self, now: Now, kind: KeyKind, reason: Reason) {
        self.keys.forget(kind);
        self.lose(now, reason);
        self.tell(Event::KeyLost(kind));
        if kind == KeyKind::Permanent {
            self.session.fail_all(&Cause::KeyLost, None);
        }
    }

    /// This configuration leads nowhere: all requests fail, and nothing is tried until the next
    /// one.
    pub(super) fn give_up(&mut self, problem: String) {
        let stage = self.stage();
        let cause = Cause::Unusable(problem);
        self.session.fail_all(&cause, stage.as_deref());
        self.hopeless = true;
    }
}
