//! The link itself: its inputs, its outputs, its clockwork.
use std::collections::VecDeque;
use std::mem;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::backoff::{Backoff, STABLE};
use super::config::LinkConfig;
use super::course::Course;
use super::keys::{END_BEFORE, HELD_MAX, Keys, RENEW_BEFORE, is_held};
use super::lane::Lane;
use super::output::{Input, Output, Reason};
use super::phase::Phase;
use super::rival::Rival;
use crate::entropy::Entropy;
use crate::mtproto::session::{NewBinding, NewSession, Session, SessionConfig};
use crate::mtproto::timers::earlier;
use crate::mtproto::{Attention, Cause, Event, Framing, FutureSalt, KeyKind, PaddingPool};
use crate::mtproto::{Request, RequestId};
use crate::now::Now;

/// How many empty buffers are kept for later use.
const BUFFERS_MAX: usize = 4;

/// A buffer that has grown larger than the largest message is given back to the system.
const BUFFER_KEPT_MAX: usize = 2 << 20;

/// A lasting session with one server. It outlives its connections, and has at most one at a time
/// that carries anything encrypted: a login that sends over two at once is lost.
///
/// It has no socket, no clock and no thread: bytes, time and chance come in, bytes and events come
/// out. After each call of [`submit`](Self::submit), [`cancel`](Self::cancel),
/// [`handle_input`](Self::handle_input) and [`close`](Self::close) the outputs have to be polled
/// until [`Output::Timeout`].
pub struct Link {
    pub(super) config: LinkConfig,
    pub(super) entropy: Box<dyn Entropy>,
    pub(super) padding: PaddingPool,
    pub(super) phase: Phase,
    pub(super) course: Course,
    pub(super) backoff: Backoff,
    pub(super) keys: Keys,
    pub(super) session: Session,
    /// The connection that all this is about.
    pub(super) lane: Lane,
    /// There while a connection is there.
    pub(super) framing: Option<Framing>,
    /// The connection that is tried beside it: rarely, and it is large.
    pub(super) rival: Option<Box<Rival>>,
    /// When a connection was begun last, while none has brought anything.
    pub(super) unheard_since: Option<Instant>,
    pub(super) outputs: VecDeque<Output>,
    pub(super) buffers: Vec<Vec<u8>>,
    /// The last attempt has shown that this configuration leads nowhere: only a new request, or
    /// somebody new who listens, is reason for another one.
    pub(super) hopeless: bool,
    /// Why no connection is made any more.
    pub(super) retired: Option<String>,
}

impl Link {
    /// A link that has not done anything yet.
    #[must_use]
    pub fn new(now: Now, mut config: LinkConfig, mut entropy: Box<dyn Entropy>) -> Self {
        let restarts = config.restarts;
        let stored = if config.pfs {
            config.temporary.as_ref().or(config.permanent.as_ref())
        } else {
            config.permanent.as_ref()
        };
        let time_offset = stored.map_or(0, |s| s.time_offset);
        // What only the beginning needs is not kept: of idle links there may be thousands.
        let keys = Keys::new(&mut config);
        let salts = mem::take(&mut config.salts);
        let session = SessionConfig {
            prefix: mem::take(&mut config.prefix),
            attention: config.attention,
            greeting: mem::take(&mut config.greeting),
            salts: salts.clone(),
            time_offset,
            peer: config.dc.to_string(),
        };
        let session = Session::new(now, session, &mut *entropy);
        let mut link = Self {
            course: Course::new(mem::take(&mut config.endpoints)),
            config,
            entropy,
            padding: PaddingPool::new(),
            phase: Phase::Idle,
            backoff: Backoff::new(now.instant, restarts),
            keys,
            session,
            lane: Lane::default(),
            framing: None,
            rival: None,
            unheard_since: None,
            outputs: VecDeque::new(),
            buffers: Vec::new(),
            hopeless: false,
            retired: None,
        };
        if link.keys.to_bind().is_some() {
            link.begin_session(now.instant, None, &salts);
        }
        link
    }

    /// Takes a request in. Its outcome comes as [`Event::Answer`], exactly once.
    ///
    /// # Panics
    /// When a request with the same id is waiting already.
    pub fn submit(&mut self, now: Now, request: Request) {
        if let Phase::Closed = self.phase {
            return self.session.refuse(request.id, Cause::Closed);
        }
        self.hopeless = false;
        self.session.submit(now.instant, request);
        self.fail_if_retired();
    }

    /// Ends a request whose answer nobody wants any more, if it still waits. What the server has
    /// begun it finishes.
    pub fn cancel(&mut self, _now: Now, id: RequestId) {
        let stage = self.stage();
        self.session.cancel(id, stage.as_deref());
    }

    /// Takes in what has happened. Nothing that a server does can make this fail; it can make the
    /// link close its connection and make another one.
    pub fn handle_input(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Connected(lane) if lane == self.lane => self.connected(now),
            Input::Connected(_) => self.rival_connected(now),
            Input::Received(lane, bytes) if lane == self.lane => self.received(now, bytes),
            Input::Received(_, bytes) => self.rival_received(now, bytes),
            Input::Closed(lane, why) if lane == self.lane => self.closed(now, why),
            Input::Closed(..) => self.rival_closed(),
            // Whatever is due is done when the outputs are polled.
            Input::Timeout => {}
            Input::KeySaved => self.key_saved(now),
            Input::KeyNotSaved(why) => self.key_not_saved(now, why),
            Input::Attention(attention) => self.attend(attention),
            Input::NetworkRestored => {
                self.backoff.reset(now.instant);
                if let Phase::Running { .. } = self.phase {
                    self.session.ping(now.instant, &mut *self.entropy);
                }
            }
        }
    }

    fn attend(&mut self, attention: Attention) {
        let listened = self.session.listens();
        self.session.attend(attention);
        if self.session.listens() && !listened {
            self.hopeless = false;
        }
    }

    /// What the link wants done next. `Timeout` says that there is nothing else for now.
    pub fn poll_output(&mut self, now: Now) -> Output {
        self.advance(now);
        if let Some(output) = self.outputs.pop_front() {
            return output;
        }
        if let Some(event) = self.session.next_event() {
            return Output::Event(event);
        }
        if let Some(bytes) = self.fill(now) {
            return Output::Transmit(self.lane, bytes);
        }
        // While the server thinks, there is time for arithmetic.
        self.prepare();
        Output::Timeout(self.next_at(now))
    }

    /// Ends everything: all requests fail, and nothing is connected any more.
    pub fn close(&mut self, _now: Now) {
        let stage = self.stage();
        self.session.fail_all(&Cause::Closed, stage.as_deref());
        if self.has_connection() {
            let disconnect = Output::Disconnect(self.lane, Reason::Closed);
            self.outputs.push_back(disconnect);
        }
        self.leave_rival(Reason::Closed);
        self.unheard_since = None;
        self.session.disconnected();
        self.framing = None;
        self.phase = Phase::Closed;
    }

    /// Takes the buffer of an [`Output::Transmit`] back, to be filled again.
    pub fn recycle(&mut self, mut buffer: Vec<u8>) {
        // Those of a key exchange are of no use afterwards.
        if let Phase::Running { .. } = self.phase
            && self.buffers.len() < BUFFERS_MAX
            && buffer.capacity() <= BUFFER_KEPT_MAX
        {
            buffer.clear();
            self.buffers.push(buffer);
        }
    }

    /// The address that is used or tried now.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.course.address()
    }

    /// Under how many message ids requests are remembered: none is, once all have ended and the
    /// server has been told so.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.session.remembered()
    }

    /// Does whatever is due.
    fn advance(&mut self, now: Now) {
        if self.session.deadline().is_some_and(|at| at <= now.instant) {
            let stage = self.stage();
            self.session.expire(now.instant, stage.as_deref());
        }
        if self.rival_at().is_some_and(|at| at <= now.instant) {
            self.try_beside(now);
        }
        match &self.phase {
            Phase::Idle if self.wants_connection_now(now) => self.connect(now),
            Phase::Connecting { until } if *until <= now.instant => self.connect_timeout(now),
            Phase::Exchanging { until, .. } if *until <= now.instant => {
                self.exchange_timeout(now);
            }
            Phase::Running { bind_until, .. } => {
                if bind_until.is_some_and(|until| until <= now.instant) {
                    return self.bind_timeout(now);
                }
                match self.session.tick(now.instant, &mut *self.entropy) {
                    Err(fault) => self.lose(now, Reason::Session(fault)),
                    Ok(()) => self.renew_key(now),
                }
            }
            _ => {}
        }
    }

    /// When something is due next.
    fn next_at(&self, now: Now) -> Option<Instant> {
        let due = match &self.phase {
            Phase::Idle if self.wants_connection() => Some(self.may_connect_at()),
            Phase::Connecting { until } | Phase::Exchanging { until, .. } => Some(*until),
            Phase::Running { bind_until, .. } => {
                let tick = self.session.tick_at(now.instant);
                earlier(earlier(tick, *bind_until), self.renew_at(now))
            }
            Phase::Idle | Phase::Saving | Phase::Closed => None,
        };
        earlier(earlier(due, self.rival_at()), self.session.deadline())
    }

    fn wants_connection(&self) -> bool {
        let wanted = !self.session.is_idle() || self.session.listens();
        wanted && !self.hopeless && self.retired.is_none() && !self.keys.is_saving()
    }

    fn wants_connection_now(&self, now: Now) -> bool {
        self.wants_connection() && self.may_connect_at() <= now.instant
    }

    fn may_connect_at(&self) -> Instant {
        self.backoff.not_before(!self.session.is_idle())
    }

    pub(super) fn has_connection(&self) -> bool {
        !matches!(self.phase, Phase::Idle | Phase::Closed)
    }

    /// What requests wait for that cannot be sent now.
    pub(super) fn stage(&self) -> Option<String> {
        let dc = self.config.dc;
        match &self.phase {
            _ if self.keys.is_saving() => Some(format!("the new key of {dc} to be saved")),
            Phase::Idle | Phase::Connecting { .. } => {
                Some(format!("a connection to {}", self.course.words()))
            }
            Phase::Exchanging { exchange, .. } if !exchange.is_for_a_key() => {
                Some(format!("an answer of {}", self.course.words()))
            }
            Phase::Exchanging { .. } | Phase::Saving => Some(format!(
                "the key exchange with {dc} at {}",
                self.course.words()
            )),
            Phase::Running {
                bind_until: None, ..
            } => None,
            Phase::Running { .. } => Some(format!("the temporary key of {dc} to be bound")),
            Phase::Closed => Some("nothing".to_owned()),
        }
    }

    /// Begins a session under the key in use.
    pub(super) fn begin_session(&mut self, now: Instant, salt: Option<i64>, salts: &[FutureSalt]) {
        let binding = self
            .keys
            .to_bind()
            .map(|(permanent, temporary)| NewBinding {
                permanent,
                temporary: &temporary.key,
                expires_at: temporary.expires_at,
            });
        let new = NewSession {
            salt,
            salts,
            binding,
        };
        self.session.begin(now, new, &mut *self.entropy);
    }

    /// Before a temporary key expires, requests are held back for a while, so that nothing is out;
    /// then the next one is made on another connection.
    fn renew_key(&mut self, now: Now) {
        let Some(expires_at) = self.keys.expires_at() else {
            return;
        };
        let left = expires_at.saturating_sub(self.session.time(now.instant));
        // The server's clock may have been set back since requests were held.
        self.session.hold(is_held(left));
        if left > RENEW_BEFORE {
            return;
        }
        if left <= END_BEFORE || self.session.in_flight() == 0 {
            let served = self.has_served(now);
            self.session.hold(false);
            self.keys.forget(KeyKind::Temporary);
            self.lose(now, Reason::KeyExpires);
            if served {
                self.backoff.reset(now.instant);
            }
        }
    }

    /// Whether this connection's key has been of use for a while. A server that sees every key
    /// expire as soon as it is made shall not be asked for the next one without a pause.
    fn has_served(&self, now: Now) -> bool {
        let Phase::Running {
            since,
            bind_until: None,
        } = self.phase
        else {
            return false;
        };
        now.instant.saturating_duration_since(since) >= STABLE
    }

    fn renew_at(&self, now: Now) -> Option<Instant> {
        let time = self.session.time(now.instant);
        let left = self.keys.expires_at()?.saturating_sub(time);
        let mut turns = [RENEW_BEFORE, RENEW_BEFORE - HELD_MAX, END_BEFORE + HELD_MAX].into_iter();
        let before = turns.find(|turn| left > *turn).unwrap_or(END_BEFORE);
        let wait = u64::try_from(left.saturating_sub(before)).unwrap_or(0);
        // The clock of the server runs in whole seconds here; one more makes sure that it is over.
        Some(now.instant + Duration::from_secs(wait + 1))
    }

    /// Tells the outside.
    pub(super) fn tell(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dc::DcId;
    use crate::mtproto::testing::Seeded;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn few_buffers_are_kept_and_no_huge_ones() {
        let now = Now {
            instant: Instant::now(),
            unix: Duration::from_secs(1_800_000_000),
        };
        let config = LinkConfig::new(DcId(2), Vec::new(), Vec::new().into());
        let mut link = Link::new(now, config, Box::new(Seeded::new(1)));
        link.recycle(vec![7; 1000]);
        assert!(link.buffers.is_empty(), "no messages go to and fro");
        link.phase = Phase::Running {
            since: now.instant,
            bind_until: None,
        };
        link.recycle(Vec::with_capacity(BUFFER_KEPT_MAX + 1));
        assert!(link.buffers.is_empty());
        for _ in 0..10 {
            link.recycle(vec![7; 1000]);
        }
        assert_eq!(link.buffers.len(), BUFFERS_MAX);
        assert!(link.buffers.iter().all(Vec::is_empty));
    }
}
