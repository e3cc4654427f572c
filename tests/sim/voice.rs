//! What the model server says, and how: at once, twice, late, wrapped, announced or not at all.
use std::time::Duration;

use ferogram_sync::crypto::Side;
use ferogram_sync::mtproto::{Header, seal, sealed_len};

use crate::fact::Fact;
use crate::memory::Owed;
use crate::server::{Act, Chore, Server};
use crate::wire::{self, Member};
use crate::word::Word;

/// How long an acknowledgment is waited for before a message is sent again.
const RESEND_AFTER: Duration = Duration::from_secs(20);

/// So long its clock is left alone after it was moved.
const MOVED_EVERY: Duration = Duration::from_secs(10);

/// Of so many messages it says at once that they are there instead of sending them again.
const ANNOUNCED_MAX: usize = 8;

/// A message that is ready to be sealed, and what it tells the client.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) conn: Option<u32>,
    pub(crate) id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: Vec<u8>,
    pub(crate) told: Vec<Word>,
}

pub(crate) fn told(session: i64, id: i64, seq_no: i32, what: &str, body: &[u8]) -> Word {
    Word {
        session,
        id,
        carrier: id,
        content: seq_no & 1 == 1,
        what: what.to_owned(),
        lists: wire::salts_listed(body),
        answers: wire::answered(body),
        denies: wire::denied(body),
        announces: wire::announced(body),
        begins: wire::session_begins(body),
        ..Word::default()
    }
}

/// The same, about members of a container.
fn carried(mut told: Vec<Word>, container: i64) -> Vec<Word> {
    for word in &mut told {
        word.carrier = container;
    }
    told
}

impl Server {
    /// <https://core.telegram.org/mtproto/description#message-identifier-msg-id>
    pub(crate) fn next_id(&mut self, answer: bool) -> i64 {
        let time = self.seconds() << 32 | i64::from(self.now.subsec_nanos()) << 2;
        // After the clock was set back no id comes a second time: all happens on whole milliseconds.
        let time = time + (i64::from(self.era) << 14);
        self.last_id = (time & !3).max((self.last_id & !3) + 4) | if answer { 1 } else { 3 };
        self.last_id
    }

    /// The server's clock is moved, unless that has just been done: an id that was far too high
    /// a moment ago, and is under way, shall not be right again when it comes.
    pub(crate) fn jump(&mut self, seconds: i64) {
        if self.moved.is_some_and(|at| self.now < at + MOVED_EVERY) {
            return;
        }
        self.moved = Some(self.now);
        self.upheavals += 1;
        self.epoch += seconds;
        if seconds < 0 {
            self.era += 1;
            self.last_id = 0;
        }
    }

    /// Sends a message later.
    pub(crate) fn emit_later(&mut self, after: u64, session: i64, packet: Outgoing) {
        let (after, packet) = (Duration::from_millis(after), Box::new(packet));
        let era = self.era;
        self.later(
            after,
            Chore::Emit {
                session,
                packet,
                era,
            },
        );
    }

    /// Seals a message and sends it over the session's connection.
    pub(crate) fn emit(&mut self, session: i64, packet: &Outgoing) {
        let memory = self.sessions.get(&session).and_then(|m| m.conn);
        let Some(conn) = packet.conn.or(memory) else {
            return;
        };
        let header = Header {
            salt: self.salt(),
            session_id: session,
            msg_id: packet.id,
            seq_no: packet.seq_no,
        };
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        let Some(place) = socket.key else {
            return;
        };
        let mut bytes = Vec::new();
        let body = &packet.body;
        let padding = self.padding.draw(body.len(), &mut self.dice);
        let frame = socket
            .framing
            .begin(sealed_len(body.len(), &padding), &mut bytes);
        let write = |out: &mut Vec<u8>| out.extend_from_slice(body);
        seal(
            &self.keys[place].key,
            Side::Server,
            &header,
            body.len(),
            write,
            &padding,
            &mut bytes,
        );
        socket.framing.end(frame, &mut bytes, &mut self.dice);
        let told = packet.told.iter().cloned().map(Fact::Delivered).collect();
        self.acts.push(Act::Send { conn, bytes, told });
    }

    /// Says that the connection is of no use.
    pub(crate) fn transport_error(&mut self, conn: u32, code: i32) {
        if let Some(socket) = self.sockets.get_mut(&conn) {
            let mut bytes = Vec::new();
            socket.framing.write_error(code, &mut bytes, &mut self.dice);
            let told = vec![Fact::TurnsAway { code }];
            self.acts.push(Act::Send { conn, bytes, told });
        }
    }

    /// Says that a packet is here, before anything in it is looked at; sometimes of another one.
    ///
    /// <https://core.telegram.org/mtproto/mtproto-transports#quick-ack>
    pub(crate) fn hasten(&mut self, conn: u32, token: u32, tags: Vec<u64>) {
        let lies = self.dice.chance(100);
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        let (mut bytes, mut told) = (Vec::new(), Vec::new());
        let token = if lies {
            self.dice.number() as u32 | 1 << 31
        } else {
            told.push(Fact::Hastens { tags });
            token
        };
        socket
            .framing
            .write_quick_ack(token, &mut bytes, &mut self.dice);
        // Full framing has none.
        if !bytes.is_empty() {
            self.acts.push(Act::Send { conn, bytes, told });
        }
    }

    /// Says something in a session; what needs an acknowledgment is kept until that comes.
    pub(crate) fn say(
        &mut self,
        session: i64,
        body: Vec<u8>,
        content: bool,
        what: String,
        to: Option<i64>,
    ) {
        let id = self.next_id(to.is_some());
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        let seq_no = memory.next_seq(content);
        if content {
            let (body, what) = (body.clone(), what.clone());
            memory.unacked.insert(id, Owed { body, what, seq_no });
            if self.dice.chance(self.mood.withholds) {
                return self.plan_resend(session, RESEND_AFTER);
            }
            if self.dice.chance(self.mood.announces) {
                return self.announce(session, id, to);
            }
            self.plan_resend(session, RESEND_AFTER);
        }
        let told = vec![told(session, id, seq_no, &what, &body)];
        let mut packet = Outgoing {
            conn: None,
            id,
            seq_no,
            body,
            told,
        };
        if self.dice.chance(self.mood.wraps) {
            packet = self.wrapped(session, packet);
        }
        if self.dice.chance(self.mood.repeats) {
            let after = self.dice.below(3000);
            self.emit_later(after, session, packet.clone());
        }
        if self.dice.chance(self.mood.reorders) {
            let after = self.dice.below(2000);
            return self.emit_later(after, session, packet);
        }
        self.emit(session, &packet);
    }

    /// Puts a message into a container among others, perhaps many, perhaps compressed ones.
    fn wrapped(&mut self, session: i64, packet: Outgoing) -> Outgoing {
        let mut all = packet.told.clone();
        let (id, seq_no) = (packet.id, packet.seq_no);
        let mut members = vec![Member {
            id,
            seq_no,
            body: packet.body,
        }];
        let huge = self.dice.chance(3);
        let more = if huge {
            1000
        } else {
            self.dice.pick(&[0, 0, 1, 1, 3, 3, 3, 40])
        };
        for _ in 0..more {
            let id = self.next_id(false);
            let mut body = wire::update(id);
            if self.dice.chance(200) {
                body = wire::gzip(&body);
            }
            let Some(memory) = self.sessions.get_mut(&session) else {
                break;
            };
            let seq_no = memory.next_seq(true);
            let what = "update".to_owned();
            let owed = Owed {
                body: body.clone(),
                what,
                seq_no,
            };
            memory.unacked.insert(id, owed);
            all.push(told(session, id, seq_no, "update", &body));
            members.push(Member { id, seq_no, body });
        }
        self.container(session, &members, all)
    }

    fn container(&mut self, session: i64, members: &[Member], told: Vec<Word>) -> Outgoing {
        let id = self.next_id(false);
        let seq_no = self
            .sessions
            .get_mut(&session)
            .map_or(0, |m| m.next_seq(false));
        Outgoing {
            conn: None,
            id,
            seq_no,
            body: wire::container(members),
            told: carried(told, id),
        }
    }

    /// Tells that there is a message instead of sending it.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#extended-voluntary-communication-of-status-of-one-message>
    fn announce(&mut self, session: i64, answer: i64, to: Option<i64>) {
        let start = match to {
            Some(to) => wire::object(0x276d_3ec6).long(to),
            None => wire::object(0x809d_b6df),
        };
        let body = start.long(answer).int(100).int(0).0;
        let id = self.next_id(false);
        let told = vec![told(session, id, 0, &format!("there is {answer:x}"), &body)];
        self.emit(
            session,
            &Outgoing {
                conn: None,
                id,
                seq_no: 0,
                body,
                told,
            },
        );
        self.plan_resend(session, RESEND_AFTER);
    }

    /// Sends again what was not acknowledged, under the same ids.
    pub(crate) fn resend_unacked(&mut self, session: i64) {
        let now = self.now;
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        if memory.resend_at.is_none_or(|at| at > now) {
            return;
        }
        memory.resend_at = None;
        let ids: Vec<i64> = memory.unacked.keys().copied().take(500).collect();
        if ids.is_empty() || memory.conn.is_none() {
            return;
        }
        // Of some it only says that they are there.
        let (mut whole, mut named) = (Vec::new(), Vec::new());
        for id in ids {
            let some = named.len() < ANNOUNCED_MAX && self.dice.chance(self.mood.announces);
            if some { &mut named } else { &mut whole }.push(id);
        }
        self.send_kept(session, &whole);
        for id in named {
            self.announce(session, id, None);
        }
        self.plan_resend(session, RESEND_AFTER);
    }

    /// Plans to send again what will not have been acknowledged; one plan at a time.
    pub(crate) fn plan_resend(&mut self, session: i64, after: Duration) {
        let at = self.now + after;
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        if memory.resend_at.is_none_or(|planned| at < planned) {
            memory.resend_at = Some(at);
            self.later(after, Chore::Resend { session });
        }
    }

    fn send_kept(&mut self, session: i64, ids: &[i64]) {
        let top = self.next_id(false);
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        let mut members = Vec::new();
        let mut all = Vec::new();
        for (id, owed) in &mut memory.unacked {
            // After the clock was set back, an id may be too high for any container.
            if ids.contains(id) && *id < top {
                let what = format!("again: {}", owed.what);
                all.push(told(session, *id, owed.seq_no, &what, &owed.body));
                members.push(Member {
                    id: *id,
                    seq_no: owed.seq_no,
                    body: owed.body.clone(),
                });
            }
        }
        if !members.is_empty() {
            let packet = self.container(session, &members, all);
            self.emit(session, &packet);
        }
    }

    /// The client asks for messages again.
    pub(crate) fn resend(&mut self, session: i64, req: i64, ids: &[i64]) {
        let Some(memory) = self.sessions.get(&session) else {
            return;
        };
        if ids.iter().all(|id| memory.unacked.contains_key(id)) {
            return self.send_kept(session, ids);
        }
        let info = wire::state_info(req, &vec![1; ids.len()]);
        self.say(session, info, false, "resend: unknown".into(), Some(req));
        self.send_kept(session, ids);
    }

    pub(crate) fn tell_states(&mut self, session: i64, req: i64, ids: &[i64]) {
        let Some(memory) = self.sessions.get(&session) else {
            return;
        };
        let mut states: Vec<u8> = ids.iter().map(|id| memory.state(*id)).collect();
        if self.dice.chance(self.mood.mute / 2) {
            // Of which message each of them tells is anybody's guess.
            states.push(1);
        }
        let what = format!("states {states:?}");
        if !self.dice.chance(self.mood.mute) {
            self.say(
                session,
                wire::state_info(req, &states),
                false,
                what,
                Some(req),
            );
        }
    }

    /// <https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query>
    pub(crate) fn drop_answer(&mut self, session: i64, id: i64, of: i64) {
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        let running = memory.working.get_mut(&of);
        let verdict: &[u8] = match running {
            Some(work) => {
                work.dropped = true;
                &0xcd78_e586_u32.to_le_bytes()
            }
            None => &0x5e2a_d36e_u32.to_le_bytes(),
        };
        let is_running = verdict[0] == 0x86;
        let result = wire::rpc_result(id, verdict);
        self.say(session, result, true, format!("drop of {of:x}"), Some(id));
        if is_running {
            let result = wire::rpc_result(of, verdict);
            self.say(session, result, true, format!("dropped {of:x}"), Some(of));
        }
    }

    /// A request is done.
    pub(crate) fn finish(&mut self, session: i64, id: i64) {
        let Some(memory) = self.sessions.get_mut(&session) else {
            return;
        };
        let Some(work) = memory.working.remove(&id) else {
            return;
        };
        let tag = work.tag;
        if work.late && !work.fails {
            self.acts.push(Act::Fact(Fact::Executed { tag }));
        }
        if work.dropped {
            return;
        }
        if work.fails {
            let error = self.dice.pick(&[
                (420, "FLOOD_WAIT_3"),
                (500, "INTERNAL"),
                (-503, "Timeout"),
                (0, ""),
                (i32::MIN, "?"),
            ]);
            self.acts.push(Act::Fact(Fact::Errs { tag }));
            let result = wire::rpc_result(id, &wire::rpc_error(error.0, error.1));
            return self.say(session, result, true, format!("error for {tag}"), Some(id));
        }
        let size = self.dice.pick(&[0, 0, 40, 700, 30_000]);
        let mut result = wire::result(tag, size);
        if size > 40 || self.dice.chance(100) {
            result = wire::gzip(&result);
        }
        self.acts.push(Act::Fact(Fact::Answers { tag }));
        let result = wire::rpc_result(id, &result);
        self.say(session, result, true, format!("answer of {tag}"), Some(id));
    }
}
