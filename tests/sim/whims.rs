//! What the model server does that nobody has asked it for.
use std::time::Duration;

use ferogram_sync::mtproto::Header;

use crate::fact::Fact;
use crate::memory::Memory;
use crate::server::{Act, Chore, Server};
use crate::voice::{Outgoing, told};
use crate::wire::{self, Member};

/// How often it talks to a client that it does not hear.
const CHAT_EVERY: Duration = Duration::from_secs(7);

impl Server {
    /// Says something that nobody has asked for.
    pub(crate) fn whim(&mut self) {
        let Some((&session, memory)) = self.sessions.iter().next_back() else {
            return;
        };
        let conn = memory.conn;
        let theirs: Vec<i64> = memory.working.keys().copied().collect();
        let ours: Vec<i64> = memory.unacked.keys().copied().take(100).collect();
        match self.dice.below(14) {
            0 => {
                let ping = wire::object(0x7abe_77ec).long(5).0;
                self.say(session, ping, false, "ping".into(), None);
            }
            1 => self.say(
                session,
                wire::ids(0xda69_fb52, &ours),
                false,
                "states?".into(),
                None,
            ),
            2 => {
                let wanted = wire::ids(0x7d86_1a08, &theirs);
                self.say(session, wanted, false, "resend!".into(), None);
                // What comes then may be new to it.
                if self.dice.chance(300) {
                    self.forget();
                }
            }
            3 => {
                let states: Vec<u8> = vec![4; theirs.len()];
                let body = wire::Object(wire::ids(0x8cc0_d131, &theirs))
                    .bytes(&states)
                    .0;
                self.say(session, body, false, "all info".into(), None);
            }
            4 => self.say(
                session,
                wire::ids(0x62d6_b459, &theirs),
                false,
                "acks".into(),
                None,
            ),
            5 => self.nest(session),
            6 => {
                let code = self.dice.pick(&[-429, -429, -444, -500, -404]);
                if let Some(conn) = conn {
                    self.transport_error(conn, code);
                }
            }
            8 => {
                // Nothing was forgotten, but the client cannot know that.
                let first = self.sessions[&session].received.keys().next_back();
                let mut first = first.copied().unwrap_or_default();
                if self.dice.chance(200) {
                    // It cannot be forgotten further back than that.
                    first = i64::MAX;
                }
                let (unique, salt) = (self.dice.number() as i64, self.salt());
                let body = wire::new_session(first, unique, salt);
                let what = format!("new session from {first:x}");
                self.say(session, body, true, what, None);
            }
            7 => {
                let body = wire::update(0);
                let (id, told) = (self.next_id(false), Vec::new());
                let foreign = session ^ 1;
                self.emit(
                    foreign,
                    &Outgoing {
                        conn,
                        id,
                        seq_no: 1,
                        body,
                        told,
                    },
                );
            }
            9..12 => self.babble(session),
            _ => {
                let body = wire::update(self.next_id(false));
                self.say(session, body, true, "update".into(), None);
            }
        }
    }

    /// The salts change while a notice with the old one is still on its way.
    pub(crate) fn correct_salts(&mut self) {
        let (unique, salt) = (self.dice.number() as i64, self.salt());
        let (id, after) = (self.next_id(false), self.dice.below(4000));
        self.change_salts();
        let Some((&session, memory)) = self.sessions.iter_mut().next_back() else {
            return;
        };
        let first = memory.received.keys().next().copied().unwrap_or_default();
        let (body, seq_no) = (
            wire::new_session(first, unique, salt),
            memory.next_seq(true),
        );
        let told = vec![told(session, id, seq_no, "a late notice", &body)];
        let packet = Outgoing {
            conn: None,
            id,
            seq_no,
            body,
            told,
        };
        self.emit_later(after, session, packet);
    }

    /// The salts change while a list of the old ones is still on its way.
    pub(crate) fn turn_salts(&mut self, session: i64, list: Vec<u8>) {
        let (id, after) = (self.next_id(true), 500 + self.dice.below(6000));
        self.change_salts();
        let packet = Outgoing {
            conn: None,
            id,
            seq_no: 0,
            told: vec![told(session, id, 0, "a late list of salts", &list)],
            body: list,
        };
        self.emit_later(after, session, packet);
    }

    /// A request was received and perhaps carried out; then all that is left of it is too old to
    /// tell.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
    pub(crate) fn lose_track(
        &mut self,
        conn: u32,
        session: i64,
        (msg_id, seq_no): (i64, i32),
        tag: u64,
    ) {
        if self.dice.chance(700) {
            self.acts.push(Act::Fact(Fact::Executed { tag }));
        }
        if let Some(memory) = self.sessions.get_mut(&session) {
            memory.vague.insert(msg_id);
        }
        let header = Header {
            salt: 0,
            session_id: session,
            msg_id,
            seq_no,
        };
        self.refuse(conn, &header, 20);
    }

    /// Asks for a request once more while it is worked on.
    pub(crate) fn want(&mut self, session: i64, id: i64) {
        let memory = self.sessions.get(&session);
        if memory.is_some_and(|memory| memory.working.contains_key(&id)) {
            let wanted = wire::ids(0x7d86_1a08, &[id]);
            self.say(session, wanted, false, "resend!".into(), None);
        }
    }

    /// From now on it hears nothing over this connection, and talks on.
    pub(crate) fn deafen(&mut self, conn: u32) {
        if let Some(socket) = self.sockets.get_mut(&conn) {
            socket.deaf = true;
            self.later(CHAT_EVERY, Chore::Chat { conn });
        }
    }

    /// Says something to a client that it does not hear.
    pub(crate) fn chat(&mut self, conn: u32) {
        let session = self.sockets.get(&conn).and_then(|socket| socket.session);
        let Some(session) = session else {
            return;
        };
        let here = |memory: &Memory| memory.conn == Some(conn);
        if self.sessions.get(&session).is_some_and(here) {
            let ping = wire::object(0x7abe_77ec).long(5).0;
            self.say(session, ping, false, "ping".into(), None);
            self.later(CHAT_EVERY, Chore::Chat { conn });
        }
    }

    /// Containers in containers are against the rules.
    fn nest(&mut self, session: i64) {
        let mut body = wire::update(0);
        for _ in 0..2 + self.dice.below(30) {
            let member = Member {
                id: self.next_id(false),
                seq_no: 0,
                body,
            };
            body = wire::container(&[member]);
            if self.dice.chance(100) {
                body = wire::gzip(&body);
            }
        }
        let id = self.next_id(false);
        self.emit(
            session,
            &Outgoing {
                conn: None,
                id,
                seq_no: 0,
                body,
                told: Vec::new(),
            },
        );
    }
}
