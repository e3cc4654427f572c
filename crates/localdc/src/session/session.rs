//! One session of a client.
use std::sync::Arc;
use std::time::Duration;

use ferogram_sync::crypto::AuthKey;

use super::history::{Entry, History, State};
use super::unacked::Unacked;
use crate::line::{Item, Letter, Line};
use crate::wire::ids::{MSG_DETAILED_INFO, NEW_SESSION_CREATED, UPDATES_TOO_LONG};
use crate::wire::{Kind, Lead, Message, MsgIds};

/// A larger answer is not sent again for a query that comes twice: the client is told of it.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
const SMALL_ANSWER: usize = 1024;

/// What is needed to make a message at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Stamp<'a> {
    pub(crate) now: Duration,
    /// The key's current salt.
    pub(crate) salt: i64,
    pub(crate) ids: &'a MsgIds,
}

/// What a query came to.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The result, or the `rpc_error`.
    pub(crate) body: Vec<u8>,
    pub(crate) failed: bool,
    /// The constructor id of the method.
    pub(crate) method: u32,
}

/// What the server remembers of a session: what came, what was not acknowledged, where to send.
pub(crate) struct Session {
    id: i64,
    key: Arc<AuthKey>,
    pub(super) history: History,
    pub(super) unacked: Unacked,
    /// The smallest id of a message of the client.
    first_msg_id: i64,
    /// How many messages the server has made that need an acknowledgment.
    contents: i32,
    line: Option<Arc<Line>>,
    /// The connection over which something ordinary was asked for last: no updates go over others;
    /// 0 for none.
    updates_over: u64,
    /// Updates were dropped while the client was away; it will be told when it comes.
    missed_updates: bool,
    /// When it was last heard of, by the steady order of messages under its key.
    pub(super) heard: u64,
}

impl Session {
    pub(super) fn new(id: i64, key: Arc<AuthKey>, first_msg_id: i64) -> Self {
        Self {
            id,
            key,
            history: History::default(),
            unacked: Unacked::default(),
            first_msg_id,
            contents: 0,
            line: None,
            updates_over: 0,
            missed_updates: false,
            heard: 0,
        }
    }

    /// Tells the client that the server knows nothing of the session from before a message.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#new-session-creation-notification>.
    pub(super) fn announce(&mut self, unique_id: i64, stamp: Stamp<'_>) {
        let mut body = NEW_SESSION_CREATED.to_le_bytes().to_vec();
        body.extend(self.first_msg_id.to_le_bytes());
        body.extend(unique_id.to_le_bytes());
        body.extend(stamp.salt.to_le_bytes());
        self.send(Kind::Answer, true, Lead::Whole, body, stamp);
    }

    /// Lowers the first id; true if it was higher.
    pub(super) fn lower_first(&mut self, msg_id: i64) -> bool {
        let lower = msg_id < self.first_msg_id;
        if lower {
            self.first_msg_id = msg_id;
        }
        lower
    }

    /// The session is at this connection now: what is not acknowledged goes there, but for updates.
    pub(super) fn attach(&mut self, line: &Arc<Line>, stamp: Stamp<'_>) {
        if self.line.as_ref().is_some_and(|old| old.id == line.id) {
            return;
        }
        self.line = Some(Arc::clone(line));
        for (message, again) in self.unacked.take_for(line.id, false) {
            self.post(message, again, stamp);
        }
    }

    /// Something ordinary was asked for over the connection that the session is at: from now on
    /// updates go there, first those that have waited. On a connection where nothing was asked for
    /// the client gets none, whatever it got on those before.
    ///
    /// The page says that a client has to call a method to begin; that this holds after each
    /// reconnection is what others count on who make a call then, as Telethon does.
    ///
    /// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
    pub(crate) fn begin_updates(&mut self, stamp: Stamp<'_>) {
        let Some(line) = self.line().map(|line| line.id) else {
            return;
        };
        if self.updates_over == line {
            return;
        }
        self.updates_over = line;
        self.missed_updates = false;
        for (message, _) in self.unacked.take_for(line, true) {
            // They have waited: clients take old messages only within a container.
            self.post(message, true, stamp);
        }
    }

    /// Whether updates go out at once.
    pub(crate) fn takes_updates(&self) -> bool {
        self.line().is_some_and(|line| line.id == self.updates_over)
    }

    /// A connection has ended; if the session was there it is nowhere now.
    pub(crate) fn detach(&mut self, line: &Line) {
        if self.line.as_ref().is_some_and(|old| old.id == line.id) {
            self.line = None;
        }
    }

    /// Whether the session is at a connection.
    pub(crate) fn is_attached(&self) -> bool {
        self.line().is_some()
    }

    /// The connection the session is at, while it lasts.
    pub(crate) fn line(&self) -> Option<&Arc<Line>> {
        self.line.as_ref().filter(|line| !line.has_ended())
    }

    /// The sequence number of a message that needs no acknowledgment.
    ///
    /// See <https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno>.
    pub(super) fn even_seq_no(&self) -> i32 {
        self.contents.wrapping_mul(2)
    }

    /// Makes a message and queues it, if the session is at a connection. If it needs an
    /// acknowledgment it is kept until that comes.
    pub(crate) fn send(
        &mut self,
        kind: Kind,
        content: bool,
        lead: Lead,
        body: Vec<u8>,
        stamp: Stamp<'_>,
    ) {
        self.send_about(0, (kind, content, lead), body, stamp);
    }

    /// The same for a message that answers a call of this method.
    fn send_about(
        &mut self,
        method: u32,
        (kind, content, lead): (Kind, bool, Lead),
        body: Vec<u8>,
        stamp: Stamp<'_>,
    ) {
        let mut seq_no = self.even_seq_no();
        if content {
            seq_no |= 1;
            self.contents = self.contents.wrapping_add(1);
        }
        let message = Arc::new(Message {
            msg_id: stamp.ids.next(stamp.now, kind),
            seq_no,
            lead,
            method,
            body,
        });
        let goes_out = !message.is_update() || self.takes_updates();
        if content {
            let line = self.line().filter(|_| goes_out).map_or(0, |line| line.id);
            self.unacked.push(Arc::clone(&message), line);
        }
        if goes_out {
            self.post(message, false, stamp);
        }
    }

    /// Sends a service message that answers one of the client.
    pub(crate) fn reply(&mut self, body: Vec<u8>, stamp: Stamp<'_>) {
        self.send(Kind::Answer, false, Lead::Whole, body, stamp);
    }

    fn post(&self, message: Arc<Message>, again: bool, stamp: Stamp<'_>) {
        if let Some(line) = self.line() {
            line.queue(Item::Letter(Letter {
                key: Arc::clone(&self.key),
                session_id: self.id,
                salt: stamp.salt,
                message,
                container_seq_no: self.even_seq_no(),
                again,
                is_judged: false,
            }));
        }
    }

    /// Answers a query, unless its answer was dropped meanwhile.
    pub(crate) fn answer(&mut self, query: i64, answer: Answer, stamp: Stamp<'_>) {
        if !self.is_running(query) {
            return;
        }
        let done = State::Done {
            failed: answer.failed,
        };
        self.history.set_state(query, done);
        let manner = (Kind::Answer, true, Lead::Result(query));
        self.send_about(answer.method, manner, answer.body, stamp);
    }

    /// Ends a query without an answer, as if the client had it already.
    pub(crate) fn end_silently(&mut self, query: i64) {
        if self.is_running(query) {
            self.history.set_state(query, State::Done { failed: false });
        }
    }

    /// Whether a query is being worked on.
    pub(crate) fn is_running(&self, query: i64) -> bool {
        let entry = self.history.find(query);
        entry.is_some_and(|entry| entry.state == State::Running)
    }

    /// A message that came.
    pub(crate) fn received(&self, msg_id: i64) -> Option<&Entry> {
        self.history.find(msg_id)
    }

    /// How the query ended: true if it failed, none if it did not end or did not come.
    pub(crate) fn ended_badly(&self, query: i64) -> Option<bool> {
        match self.history.find(query)?.state {
            State::Done { failed } => Some(failed),
            State::Handled | State::Running => None,
        }
    }

    /// Takes the answer to a query out of what is kept, and back from the connection if it is
    /// there.
    pub(crate) fn drop_answer(&mut self, query: i64) -> Option<Arc<Message>> {
        let msg_id = self.unacked.answer_to(query)?.msg_id;
        if let Some(line) = self.line() {
            line.withdraw(msg_id);
        }
        self.unacked.ack(msg_id)
    }

    /// The client has a message.
    pub(crate) fn ack(&mut self, msg_id: i64) {
        self.unacked.ack(msg_id);
    }

    /// Sends kept messages again as they were. False, and nothing is sent, unless all are there.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    pub(crate) fn send_again(&mut self, msg_ids: &[i64], stamp: Stamp<'_>) -> bool {
        let found: Option<Vec<_>> = msg_ids
            .iter()
            .map(|msg_id| self.unacked.find(*msg_id).map(Arc::clone))
            .collect();
        let Some(messages) = found else {
            return false;
        };
        for message in messages {
            self.post(message, true, stamp);
        }
        true
    }

    /// A query came twice: its answer goes out again, or word of it. False if there is none.
    pub(crate) fn answer_again(&mut self, query: i64, stamp: Stamp<'_>) -> bool {
        let Some(message) = self.unacked.answer_to(query).map(Arc::clone) else {
            return false;
        };
        if message.len() <= SMALL_ANSWER {
            self.post(message, true, stamp);
            return true;
        }
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        let mut body = MSG_DETAILED_INFO.to_le_bytes().to_vec();
        body.extend(query.to_le_bytes());
        body.extend(message.msg_id.to_le_bytes());
        body.extend(length.to_le_bytes());
        body.extend(0_i32.to_le_bytes());
        self.reply(body, stamp);
        true
    }

    /// Whether the client has not acknowledged the answer to a query.
    pub(crate) fn keeps_answer_to(&self, query: i64) -> bool {
        self.unacked.answer_to(query).is_some()
    }

    /// Whether a message of the server is kept.
    pub(crate) fn keeps(&self, msg_id: i64) -> bool {
        self.unacked.find(msg_id).is_some()
    }

    /// Sends an update, or keeps it until the client asks for them. When too many wait, one
    /// `updatesTooLong` takes the place of all.
    pub(crate) fn push(&mut self, updates: &[u8], stamp: Stamp<'_>) {
        let mut body = updates.to_vec();
        if !self.takes_updates() {
            if self.missed_updates {
                return;
            }
            if self.unacked.too_many_updates() {
                self.unacked.drop_updates();
                self.missed_updates = true;
                body = UPDATES_TOO_LONG.to_le_bytes().to_vec();
            }
        }
        self.send(Kind::Notice, true, Lead::Whole, body, stamp);
    }

    /// Whether a message may have come and been forgotten.
    pub(crate) fn may_have_forgotten(&self, msg_id: i64) -> bool {
        msg_id < self.first_msg_id || self.history.may_have_forgotten(msg_id)
    }

    /// The highest id of a message of the client.
    pub(crate) fn highest(&self) -> i64 {
        self.history.highest().unwrap_or(self.first_msg_id)
    }
}
