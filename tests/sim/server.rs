//! A model server, written from the server's rules. It accepts, rejects and remembers here; what
//! it says is in `voice.rs`.
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Duration;

use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{Header, PaddingPool, ServerFraming, open};

use crate::dice::Dice;
use crate::fact::Fact;
use crate::memory::{Memory, Work};
use crate::voice::Outgoing;
use crate::wire::{self, Said};

/// How long a salt is good.
const SALT_LIFE: i64 = 1800;

/// How often something goes wrong, in a thousand times each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mood {
    pub(crate) rejects: u64,
    pub(crate) mute: u64,
    pub(crate) loses_acks: u64,
    pub(crate) withholds: u64,
    pub(crate) repeats: u64,
    pub(crate) reorders: u64,
    pub(crate) announces: u64,
    pub(crate) wraps: u64,
    pub(crate) fails: u64,
    pub(crate) slow: u64,
}

impl Mood {
    pub(crate) fn roll(dice: &mut Dice) -> Self {
        let mut some = || {
            let often = dice.pick(&[0, 0, 0, 10, 40, 200]);
            dice.below(often + 1)
        };
        Self {
            rejects: some() / 2,
            mute: some(),
            loses_acks: some(),
            withholds: some(),
            repeats: some(),
            reorders: some(),
            announces: some(),
            wraps: some(),
            fails: some(),
            slow: some(),
        }
    }
}

/// What the server wants done.
pub(crate) enum Act {
    /// Bytes for a connection, and what they tell once the last has arrived.
    Send {
        conn: u32,
        bytes: Vec<u8>,
        told: Vec<Fact>,
    },
    Shut {
        conn: u32,
    },
    Fact(Fact),
    Later {
        after: Duration,
        chore: Chore,
    },
}

/// Something that the server does later.
#[derive(Clone, Debug)]
pub(crate) enum Chore {
    Finish {
        session: i64,
        id: i64,
    },
    Resend {
        session: i64,
    },
    Emit {
        session: i64,
        packet: Box<Outgoing>,
    },
    /// Whether a ping has come in time.
    Hear {
        conn: u32,
    },
}

pub(crate) struct Socket {
    pub(crate) framing: ServerFraming,
    pub(crate) session: Option<i64>,
    pub(crate) shut_at: Option<Duration>,
}

pub(crate) struct Server {
    pub(crate) key: AuthKey,
    pub(crate) dice: Dice,
    pub(crate) mood: Mood,
    pub(crate) wants_prefix: bool,
    /// The server's clock at the start of the run, in seconds since 1970; may be moved.
    pub(crate) epoch: i64,
    pub(crate) now: Duration,
    /// The salt now, and until when it and the one before it are good.
    salts: Vec<(i64, i64)>,
    pub(crate) last_id: i64,
    pub(crate) sessions: BTreeMap<i64, Memory>,
    pub(crate) sockets: BTreeMap<u32, Socket>,
    pub(crate) padding: PaddingPool,
    pub(crate) acts: Vec<Act>,
}

impl Server {
    pub(crate) fn new(key: AuthKey, mut dice: Dice, mood: Mood, wants_prefix: bool) -> Self {
        let mut server = Self {
            key,
            mood,
            wants_prefix,
            epoch: 1_800_000_000,
            now: Duration::ZERO,
            salts: Vec::new(),
            last_id: 0,
            sessions: BTreeMap::new(),
            sockets: BTreeMap::new(),
            padding: PaddingPool::new(),
            acts: Vec::new(),
            dice: dice.fork(),
        };
        server.change_salts();
        server
    }

    /// The server's clock.
    pub(crate) fn seconds(&self) -> i64 {
        self.epoch + self.now.as_secs() as i64
    }

    /// New salts from now on; the old ones are not good any more.
    pub(crate) fn change_salts(&mut self) {
        let now = self.seconds();
        self.salts = (0..64)
            .map(|i| (now + i * SALT_LIFE, self.dice.number() as i64))
            .collect();
    }

    /// A salt for each half hour.
    pub(crate) fn salt(&mut self) -> i64 {
        let now = self.seconds();
        if self.salts.last().is_none_or(|s| s.0 <= now) || self.salts[0].0 > now {
            self.change_salts();
        }
        let place = self.salts.partition_point(|s| s.0 <= now);
        self.salts[place - 1].1
    }

    fn is_good(&mut self, salt: i64) -> bool {
        let now = self.seconds();
        self.salt() == salt
            || self
                .salts
                .iter()
                .any(|s| s.1 == salt && s.0 <= now && now < s.0 + 2 * SALT_LIFE)
    }

    /// <https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts>
    pub(crate) fn future_salts(&mut self, req_msg_id: i64, count: i32) -> Vec<u8> {
        self.salt();
        let now = self.seconds();
        let salts: Vec<(i64, i64)> = self
            .salts
            .iter()
            .copied()
            .filter(|s| s.0 + SALT_LIFE > now)
            .take(count.clamp(1, 64) as usize)
            .collect();
        let start = wire::object(0xae50_0895)
            .long(req_msg_id)
            .int(now as i32)
            .int(salts.len() as i32);
        let put = |o: wire::Object, s: &(i64, i64)| {
            o.int(s.0 as i32)
                .int((s.0 + SALT_LIFE * 2) as i32)
                .long(s.1)
        };
        salts.iter().fold(start, put).0
    }

    pub(crate) fn opened(&mut self, conn: u32) {
        let socket = Socket {
            framing: ServerFraming::new(),
            session: None,
            shut_at: None,
        };
        self.sockets.insert(conn, socket);
    }

    pub(crate) fn closed(&mut self, conn: u32) {
        self.sockets.remove(&conn);
    }

    /// Bytes have come.
    pub(crate) fn receive(&mut self, conn: u32, bytes: &[u8]) {
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        socket.framing.receive(bytes);
        let mut packets = Vec::new();
        while let Ok(Some(packet)) = socket.framing.next_packet() {
            packets.push(packet.payload.to_vec());
        }
        for mut packet in packets {
            match open(&self.key, Side::Client, &mut packet) {
                Ok(opened) => {
                    let (header, said) = (opened.header, Said::read(opened.body));
                    self.packet(conn, &header, said);
                }
                Err(_) => self.acts.push(Act::Shut { conn }),
            }
        }
    }

    fn packet(&mut self, conn: u32, header: &Header, said: Said) {
        let session = header.session_id;
        if let Some(socket) = self.sockets.get_mut(&conn) {
            socket.session = Some(session);
        }
        if let Some(memory) = self.sessions.get_mut(&session)
            && memory.conn.replace(conn) != Some(conn)
        {
            self.plan_resend(session, Duration::from_millis(50));
        }
        if let Some(code) = self.refusal(header, &said) {
            return self.refuse(conn, header, code);
        }
        let members = match said {
            Said::Container(members) => members,
            other => vec![(header.msg_id, header.seq_no, other)],
        };
        if let Entry::Vacant(unknown) = self.sessions.entry(session) {
            let first = members.first().map_or(header.msg_id, |m| m.0);
            unknown.insert(Memory {
                first: header.msg_id,
                conn: Some(conn),
                ..Memory::default()
            });
            let (unique, salt) = (self.dice.number() as i64, self.salt());
            let created = wire::new_session(first, unique, salt);
            self.say(
                session,
                created,
                true,
                format!("new session from {first:x}"),
                None,
            );
        }
        if let Some(memory) = self.sessions.get_mut(&session) {
            memory.received.insert(header.msg_id, header.seq_no);
        }
        let single = members.len() == 1 && members[0].0 == header.msg_id;
        for (id, seq_no, said) in members {
            let Some(memory) = self.sessions.get_mut(&session) else {
                return;
            };
            let known = memory.received.insert(id, seq_no).is_some();
            if !known || single {
                self.react(conn, session, id, said);
            }
        }
    }

    /// Why a message or a container is not accepted.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
    fn refusal(&mut self, header: &Header, said: &Said) -> Option<i32> {
        let age = self.seconds() - (header.msg_id >> 32);
        if header.msg_id & 3 != 0 {
            return Some(18);
        }
        if !self.is_good(header.salt) {
            return Some(48);
        }
        if age > 300 {
            return Some(16);
        }
        if age < -30 {
            return Some(17);
        }
        if self.dice.chance(self.mood.rejects) {
            let codes = [16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64];
            return Some(self.dice.pick(&codes));
        }
        let memory = self.sessions.get(&header.session_id)?;
        if memory.received.contains_key(&header.msg_id) {
            return Some(19);
        }
        if let Said::Container(members) = said {
            let fresh = |m: &&(i64, i32, Said)| !memory.received.contains_key(&m.0);
            let wrong = members.iter().filter(fresh).find_map(|m| {
                memory
                    .wrong_number(m.0, m.1)
                    .or_else(|| wrong_parity(m.1, &m.2))
            });
            if wrong.is_some() {
                return wrong;
            }
            if members.iter().any(|m| m.0 >= header.msg_id) {
                return Some(64);
            }
        }
        wrong_parity(header.seq_no, said)
            .or_else(|| memory.wrong_number(header.msg_id, header.seq_no))
    }

    /// One message that was accepted.
    fn react(&mut self, conn: u32, session: i64, id: i64, said: Said) {
        match said {
            Said::Acks(ids) => {
                if !self.dice.chance(self.mood.loses_acks)
                    && let Some(memory) = self.sessions.get_mut(&session)
                {
                    memory.unacked.retain(|id, _| !ids.contains(id));
                }
            }
            Said::Ping(ping_id, delay) => {
                let after = Duration::from_secs(delay.max(0) as u64);
                if let Some(socket) = self.sockets.get_mut(&conn) {
                    socket.shut_at = Some(self.now + after);
                }
                self.later(after, Chore::Hear { conn });
                if !self.dice.chance(self.mood.mute) {
                    self.say(
                        session,
                        wire::pong(id, ping_id),
                        false,
                        "pong".into(),
                        Some(id),
                    );
                }
            }
            Said::FutureSalts(count) => {
                let salts = self.future_salts(id, count);
                self.say(session, salts, false, "future salts".into(), Some(id));
            }
            Said::States(ids) => self.tell_states(session, id, &ids),
            Said::Resend(ids) => self.resend(session, id, &ids),
            Said::Drop(of) => self.drop_answer(session, id, of),
            Said::Request { tag, prefixed } => self.work(session, id, tag, prefixed),
            Said::Container(_) | Said::Pong | Said::Info | Said::Nonsense => {}
        }
    }

    fn work(&mut self, session: i64, id: i64, tag: u64, prefixed: bool) {
        if self.wants_prefix && !prefixed && self.dice.chance(self.mood.fails) {
            let error = wire::rpc_error(400, "CONNECTION_NOT_INITED");
            let result = wire::rpc_result(id, &error);
            return self.say(session, result, true, format!("not inited {tag}"), Some(id));
        }
        let slow = self.dice.chance(self.mood.slow);
        let takes = Duration::from_millis(self.dice.below(if slow { 40_000 } else { 1500 }));
        let work = Work {
            tag,
            late: self.dice.chance(300),
            fails: self.dice.chance(self.mood.fails),
            dropped: false,
        };
        if !work.late && !work.fails {
            self.acts.push(Act::Fact(Fact::Executed { tag }));
        }
        if let Some(memory) = self.sessions.get_mut(&session) {
            memory.working.insert(id, work);
        }
        self.later(takes, Chore::Finish { session, id });
    }

    /// Something that was put off.
    pub(crate) fn chore(&mut self, chore: Chore) {
        match chore {
            Chore::Finish { session, id } => self.finish(session, id),
            Chore::Resend { session } => self.resend_unacked(session),
            Chore::Emit { session, packet } => self.emit(session, &packet),
            Chore::Hear { conn } => {
                let socket = self.sockets.get(&conn);
                if socket.is_some_and(|s| s.shut_at.is_some_and(|at| at <= self.now)) {
                    self.acts.push(Act::Shut { conn });
                }
            }
        }
    }

    pub(crate) fn later(&mut self, after: Duration, chore: Chore) {
        self.acts.push(Act::Later { after, chore });
    }

    /// All memory of sessions is gone, and with it what was being worked on.
    pub(crate) fn forget(&mut self) {
        self.sessions.clear();
        self.acts.push(Act::Fact(Fact::Forgot));
    }
}

/// <https://core.telegram.org/mtproto/description#content-related-message>
fn wrong_parity(seq_no: i32, said: &Said) -> Option<i32> {
    match said {
        Said::Request { .. } => (seq_no & 1 == 0).then_some(35),
        Said::Acks(_) | Said::Container(_) => (seq_no & 1 == 1).then_some(34),
        _ => None,
    }
}
