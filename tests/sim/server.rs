//! A model server, written from the server's rules. It accepts, rejects and remembers here; what
//! it says is in `voice.rs`.
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{
    Header, PaddingPool, ServerFraming, key_id, open, open_plain, plain_len, put_plain,
};

use crate::arrivals::Late;
use crate::dice::Dice;
use crate::exchange::{Exchange, Turn};
use crate::fact::Fact;
use crate::memory::{Memory, Work};
use crate::mood::Mood;
use crate::refusals::REFUSALS;
use crate::voice::Outgoing;
use crate::wire::{self, Said};

/// How long a salt is good.
const SALT_LIFE: i64 = 1800;

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
    /// Only while the clock has not been set back since: which of two messages is the newer one,
    /// nobody could tell.
    Emit {
        session: i64,
        packet: Box<Outgoing>,
        era: u32,
    },
    /// Whether a ping has come in time.
    Hear {
        conn: u32,
    },
    Take(Box<Late>),
    /// Asks for a request once more.
    Want {
        session: i64,
        id: i64,
    },
    /// Talks to a client that it does not hear.
    Chat {
        conn: u32,
    },
}

/// A key that was agreed upon.
pub(crate) struct Known {
    pub(crate) key: AuthKey,
    pub(crate) temporary: bool,
    /// A temporary one is of use once it is bound.
    pub(crate) bound: bool,
    /// The server does not know it any more.
    pub(crate) lost: bool,
}

impl Known {
    pub(crate) fn new(key: AuthKey, temporary: bool) -> Self {
        Self {
            key,
            temporary,
            bound: !temporary,
            lost: false,
        }
    }
}

pub(crate) struct Socket {
    pub(crate) framing: ServerFraming,
    /// The place of the key that the client uses here.
    pub(crate) key: Option<usize>,
    exchange: Option<Exchange>,
    pub(crate) session: Option<i64>,
    pub(crate) shut_at: Option<Duration>,
    /// Nothing is read from it any more, and no timer runs.
    pub(crate) deaf: bool,
}

pub(crate) struct Server {
    pub(crate) keys: Vec<Known>,
    /// The login was used over two connections at once, and is lost.
    killed: bool,
    /// The newest connection over which something encrypted has come.
    newest: u32,
    pub(crate) dice: Dice,
    pub(crate) mood: Mood,
    /// No answer takes long, if the mood is not against it.
    pub(crate) swift: bool,
    pub(crate) wants_prefix: bool,
    /// The server's clock at the start of the run, in seconds since 1970; may be moved.
    pub(crate) epoch: i64,
    /// When the clock was moved last.
    pub(crate) moved: Option<Duration>,
    /// How often the clock has been set back.
    pub(crate) era: u32,
    /// How often it was moved, or all memory was lost.
    pub(crate) upheavals: u32,
    /// Until then it loses no memory.
    pub(crate) steady_until: Duration,
    /// All requests that have been seen, and in which session.
    pub(crate) heard: BTreeSet<(i64, i64)>,
    pub(crate) now: Duration,
    /// The salt now, and until when it and the one before it are good.
    salts: Vec<(i64, i64)>,
    /// First salts of new keys.
    first_salts: Vec<i64>,
    pub(crate) last_id: i64,
    pub(crate) sessions: BTreeMap<i64, Memory>,
    pub(crate) sockets: BTreeMap<u32, Socket>,
    pub(crate) padding: PaddingPool,
    pub(crate) acts: Vec<Act>,
}

impl Server {
    pub(crate) fn new(mut dice: Dice, mood: Mood, wants_prefix: bool) -> Self {
        let mut server = Self {
            keys: Vec::new(),
            killed: false,
            newest: 0,
            mood,
            swift: false,
            wants_prefix,
            epoch: 1_800_000_000,
            moved: None,
            era: 0,
            upheavals: 0,
            steady_until: Duration::ZERO,
            heard: BTreeSet::new(),
            now: Duration::ZERO,
            salts: Vec::new(),
            first_salts: Vec::new(),
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
        self.first_salts.clear();
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

    pub(crate) fn is_good(&mut self, salt: i64) -> bool {
        let now = self.seconds();
        self.salt() == salt
            || self.first_salts.contains(&salt)
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
            key: None,
            exchange: None,
            session: None,
            shut_at: None,
            deaf: false,
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
            packets.push((packet.payload.to_vec(), packet.quick_ack_wanted));
        }
        for (mut packet, hasty) in packets {
            match key_id(&packet) {
                Some(0) => self.plain(conn, &packet),
                Some(id) => self.sealed(conn, id, &mut packet, hasty),
                None => self.acts.push(Act::Shut { conn }),
            }
        }
    }

    /// The place of the key with this id.
    pub(crate) fn place(&self, id: i64) -> Option<usize> {
        self.keys.iter().position(|k| k.key.id() == id)
    }

    /// `hasty`: the client wants to know at once that it is here.
    fn sealed(&mut self, conn: u32, id: i64, packet: &mut [u8], hasty: bool) {
        let place = self.place(id).filter(|place| !self.keys[*place].lost);
        let Some(place) = place.filter(|_| !self.killed) else {
            return self.transport_error(conn, -404);
        };
        // One login sends over one connection, or not at all.
        if conn < self.newest {
            self.killed = true;
            self.acts.push(Act::Fact(Fact::Killed));
        }
        self.newest = self.newest.max(conn);
        match open(&self.keys[place].key, Side::Client, packet) {
            Ok(opened) => {
                let (header, said) = (opened.header, Said::read(opened.body));
                let token = opened.quick_ack;
                if hasty {
                    self.hasten(conn, token, said.tags());
                }
                if let Some(socket) = self.sockets.get_mut(&conn) {
                    socket.key = Some(place);
                }
                self.arrived(conn, &header, said);
            }
            Err(_) => self.acts.push(Act::Shut { conn }),
        }
    }

    /// A query of a key exchange.
    fn plain(&mut self, conn: u32, packet: &[u8]) {
        let (now, fails) = (self.seconds(), self.dice.chance(self.mood.fails));
        let mut dice = self.dice.fork();
        let id = self.next_id(true);
        let Some(socket) = self.sockets.get_mut(&conn) else {
            return;
        };
        let exchange = socket
            .exchange
            .get_or_insert_with(|| Exchange::new(dice.fork()));
        let turn = open_plain(packet)
            .ok()
            .and_then(|(_, query)| exchange.answer(query, now, fails));
        let body = match turn {
            None => return self.acts.push(Act::Shut { conn }),
            Some(Turn::Say(body)) => body,
            Some(Turn::Made(body, key, salt, temporary)) => {
                socket.exchange = None;
                self.keys.push(Known::new(key, temporary));
                self.first_salts.push(salt);
                body
            }
        };
        let mut bytes = Vec::new();
        let frame = socket.framing.begin(plain_len(body.len()), &mut bytes);
        put_plain(id, &body, &mut bytes);
        socket.framing.end(frame, &mut bytes, &mut dice);
        let told = Vec::new();
        self.acts.push(Act::Send { conn, bytes, told });
    }

    /// Whether the key of this connection may carry requests.
    pub(crate) fn is_bound(&self, conn: u32) -> bool {
        let place = self.sockets.get(&conn).and_then(|socket| socket.key);
        // What has lain about longer than its connection lasted was looked at when it came.
        place.is_none_or(|place| self.keys[place].bound)
    }

    fn bind(&mut self, conn: u32, session: i64, id: i64) {
        let body = if self.dice.chance(self.mood.fails / 2) {
            let error = self.dice.pick(&["EXPIRES_AT_INVALID", "TIMEOUT"]);
            wire::rpc_error(400, error)
        } else {
            let place = self.sockets.get(&conn).and_then(|socket| socket.key);
            if let Some(place) = place {
                self.keys[place].bound = true;
            }
            wire::object(0x9972_75b5).0
        };
        let result = wire::rpc_result(id, &body);
        self.say(session, result, true, "bound".into(), Some(id));
    }

    /// The server does not know some keys any more, or that a temporary one is bound.
    pub(crate) fn lose_keys(&mut self) {
        let all = self.dice.chance(500);
        if all {
            self.acts.push(Act::Fact(Fact::KeysLost));
        }
        for known in &mut self.keys {
            known.lost |= all;
            known.bound &= !known.temporary || self.dice.chance(300);
        }
        self.forget();
    }

    /// This session is served over this connection from now on.
    pub(crate) fn serves(&mut self, conn: u32, session: i64) {
        if let Some(socket) = self.sockets.get_mut(&conn)
            && let Some(before) = socket.session.replace(session)
            && before != session
            && let Some(memory) = self.sessions.get_mut(&before)
        {
            // What the client has left is not served any more.
            memory.conn = None;
        }
        if let Some(memory) = self.sessions.get_mut(&session)
            && memory.conn.replace(conn) != Some(conn)
        {
            self.plan_resend(session, Duration::from_millis(50));
        }
    }

    /// Whether this connection is the one of this session.
    pub(crate) fn is_served(&self, conn: u32, session: i64) -> bool {
        let socket = self.sockets.get(&conn);
        socket.is_some_and(|socket| socket.session == Some(session))
    }

    /// Takes a packet in, or refuses it. `again`: some of it has come before.
    pub(crate) fn take(&mut self, conn: u32, header: &Header, said: Said, again: bool) {
        let session = header.session_id;
        if let Some(code) = self.refusal(header, &said, again) {
            return self.refuse(conn, header, code);
        }
        let members = match said {
            Said::Container(members) => members,
            other => vec![(header.msg_id, header.seq_no, other)],
        };
        let is_served = self.is_served(conn, session);
        if let Entry::Vacant(unknown) = self.sessions.entry(session) {
            let first = members.first().map_or(header.msg_id, |m| m.0);
            unknown.insert(Memory {
                first: header.msg_id,
                conn: is_served.then_some(conn),
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
            let refused = !single && self.dice.chance(self.mood.rejects / 2);
            let Some(memory) = self.sessions.get_mut(&session) else {
                return;
            };
            // What was taken before cannot be refused any more.
            if refused && !memory.received.contains_key(&id) {
                let code = self.dice.pick(&REFUSALS);
                let member = Header {
                    msg_id: id,
                    seq_no,
                    ..*header
                };
                self.refuse(conn, &member, code);
                continue;
            }
            let known = memory.received.insert(id, seq_no).is_some();
            if !known || single {
                self.react(conn, session, (id, seq_no), said);
            }
        }
    }

    /// One message that was accepted.
    fn react(&mut self, conn: u32, session: i64, (id, seq_no): (i64, i32), said: Said) {
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
                if self.dice.chance(self.mood.turns) {
                    return self.turn_salts(session, salts);
                }
                self.say(session, salts, false, "future salts".into(), Some(id));
            }
            Said::States(ids) => self.tell_states(session, id, &ids),
            Said::Resend(ids) => self.resend(session, id, &ids),
            Said::Drop(of) => self.drop_answer(session, id, of),
            Said::Bind => self.bind(conn, session, id),
            Said::Greeting { prefixed } => self.greeted(conn, session, id, prefixed),
            Said::Request { tag, .. } if !self.is_bound(conn) => {
                self.acts.push(Act::Fact(Fact::Errs { tag }));
                let error = wire::rpc_error(401, wire::NOT_BOUND);
                let result = wire::rpc_result(id, &error);
                self.say(session, result, true, format!("not bound {tag}"), Some(id));
            }
            Said::Request { tag, prefixed } => {
                self.work(conn, session, (id, seq_no), (tag, prefixed));
            }
            Said::Container(_) | Said::Pong | Said::Info | Said::Nonsense => {}
        }
    }

    /// The request that begins updates: its answer is of no use to anybody, and may be an error.
    fn greeted(&mut self, conn: u32, session: i64, id: i64, prefixed: bool) {
        let body = if !self.is_bound(conn) {
            wire::rpc_error(401, wire::NOT_BOUND)
        } else if self.wants_prefix && !prefixed && self.dice.chance(self.mood.fails) {
            wire::rpc_error(400, wire::NOT_INITED)
        } else if self.dice.chance(self.mood.fails) {
            wire::rpc_error(401, "AUTH_KEY_UNREGISTERED")
        } else if self.dice.chance(self.mood.mute) {
            return;
        } else {
            wire::result(0, 0)
        };
        let result = wire::rpc_result(id, &body);
        self.say(session, result, true, "greeted".into(), Some(id));
    }

    fn work(
        &mut self,
        conn: u32,
        session: i64,
        (id, seq_no): (i64, i32),
        (tag, prefixed): (u64, bool),
    ) {
        if self.wants_prefix && !prefixed && self.dice.chance(self.mood.fails) {
            self.acts.push(Act::Fact(Fact::Errs { tag }));
            let error = wire::rpc_error(400, wire::NOT_INITED);
            let result = wire::rpc_result(id, &error);
            return self.say(session, result, true, format!("not inited {tag}"), Some(id));
        }
        if self.dice.chance(self.mood.ages) {
            return self.lose_track(conn, session, (id, seq_no), tag);
        }
        if self.dice.chance(self.mood.wants) {
            let after = Duration::from_millis(self.dice.below(1500));
            self.later(after, Chore::Want { session, id });
        }
        let slow = self.dice.chance(self.mood.slow);
        let most = match (slow, self.swift) {
            (true, _) => 40_000,
            (false, true) => 20,
            (false, false) => 1500,
        };
        let takes = Duration::from_millis(self.dice.below(most));
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
            Chore::Emit {
                session,
                packet,
                era,
            } => {
                if era == self.era {
                    self.emit(session, &packet);
                }
            }
            Chore::Hear { conn } => {
                let socket = self.sockets.get(&conn);
                let is_over = |s: &Socket| s.shut_at.is_some_and(|at| at <= self.now);
                if socket.is_some_and(|s| is_over(s) && !s.deaf) {
                    self.acts.push(Act::Shut { conn });
                }
            }
            Chore::Take(late) => self.take_late(*late),
            Chore::Want { session, id } => self.want(session, id),
            Chore::Chat { conn } => self.chat(conn),
        }
    }

    pub(crate) fn later(&mut self, after: Duration, chore: Chore) {
        self.acts.push(Act::Later { after, chore });
    }

    /// All memory of sessions is gone, and with it what was being worked on.
    pub(crate) fn forget(&mut self) {
        if self.now < self.steady_until {
            return;
        }
        self.upheavals += 1;
        self.sessions.clear();
        self.acts.push(Act::Fact(Fact::Forgot));
    }
}
