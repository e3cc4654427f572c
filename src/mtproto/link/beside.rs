//! Trying another address beside one that says nothing.
use std::time::{Duration, Instant};

use super::link::Link;
use super::output::{Output, Reason};
use super::phase::{CONNECT_WITHIN, Phase};
use super::rival::Rival;
use crate::mtproto::timers::earlier;
use crate::now::Now;

/// So long an address may say nothing, from the first attempt on, before the next one is tried
/// beside it: a lost packet of a connection's beginning is sent again after one second, and a far
/// server takes up to half a second for each of two answers.
///
/// See <https://www.rfc-editor.org/rfc/rfc6298#section-2>.
const PATIENCE: Duration = Duration::from_millis(2500);

impl Link {
    /// When something is due because nothing was heard yet.
    pub(super) fn rival_at(&self) -> Option<Instant> {
        let unheard_since = self.unheard_since?;
        let until = self.rival.as_deref().and_then(Rival::until);
        let others = self.course.others(self.rival.is_some());
        earlier(until, others.then_some(unheard_since + PATIENCE))
    }

    /// Tries the next address beside the one that says nothing, in the place of the last one that
    /// was tried so.
    pub(super) fn try_beside(&mut self, now: Now) {
        if let Some(rival) = &self.rival
            && rival.until().is_some_and(|until| until <= now.instant)
        {
            self.leave_rival(rival.timeout());
        }
        let last = self.unheard_since;
        let patient = last.is_none_or(|last| last + PATIENCE > now.instant);
        if patient || !self.course.others(self.rival.is_some()) {
            return;
        }
        self.leave_rival(Reason::Overtaken);
        if let Some(address) = self.course.next_beside() {
            self.unheard_since = Some(now.instant);
            let phase = Phase::Connecting {
                until: now.instant + CONNECT_WITHIN,
            };
            let framing = None;
            self.rival = Some(Box::new(Rival { phase, framing }));
            let connect = Output::Connect(self.lane.other(), address);
            self.outputs.push_back(connect);
        }
    }

    /// The second connection is there: it asks.
    pub(super) fn rival_connected(&mut self, now: Now) {
        let rival = self.rival.as_deref();
        if rival.is_some_and(|it| matches!(it.phase, Phase::Connecting { .. })) {
            let mut framing = self.new_framing();
            let (phase, query) = self.exchange(now, self.keys.missing());
            self.send_plain(now, self.lane.other(), &mut framing, &query);
            let framing = Some(framing);
            self.rival = Some(Box::new(Rival { phase, framing }));
        }
    }

    /// Bytes have come over the second connection: if they are an answer, it is the only one from
    /// now on.
    pub(super) fn rival_received(&mut self, now: Now, bytes: &[u8]) {
        let Some(rival) = &mut self.rival else {
            return;
        };
        match rival.hear(now, bytes, &mut *self.entropy) {
            Ok(None) => {}
            Ok(Some(turn)) => {
                self.lose(now, Reason::Overtaken);
                self.unheard_since = None;
                if let Some(query) = self.follow(now, turn) {
                    self.ask(now, &query);
                }
                // What may have come with it.
                self.received(now, &[]);
            }
            Err(reason) => self.leave_rival(reason),
        }
    }

    /// The second connection has ended by itself.
    pub(super) fn rival_closed(&mut self) {
        self.rival = None;
    }

    /// The first connection says something: it is the only one from now on.
    pub(super) fn heard_first(&mut self) {
        self.unheard_since = None;
        self.leave_rival(Reason::Overtaken);
    }

    /// The first connection is gone, and the second one stands in its place. Tells whether there
    /// was one.
    pub(super) fn promote_rival(&mut self) -> bool {
        let Some(rival) = self.rival.take() else {
            self.unheard_since = None;
            return false;
        };
        self.lane = self.lane.other();
        self.phase = rival.phase;
        self.framing = rival.framing;
        self.course.promoted();
        true
    }

    pub(super) fn leave_rival(&mut self, reason: Reason) {
        if self.rival.take().is_some() {
            let lane = self.lane.other();
            self.outputs.push_back(Output::Disconnect(lane, reason));
        }
    }
}
