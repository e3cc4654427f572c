//! One run: links, their servers, the network between them, and the time.
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{
    Attention, CallError, Event, Input, Lane, Link, LinkConfig, Outcome, Output, StoredKey, key_id,
    open,
};
use ferogram_sync::{Cause, DcId, Delivery, Entropy, Now, Tag, Transport};

use crate::dialled::Dialled;
use crate::dice::Dice;
use crate::exchange::public_key;
use crate::fact::{End, Fact, Record, Sent};
use crate::mood::Mood;
use crate::network::Wires;
use crate::referee::{FAIR_WITHIN, Referee};
use crate::server::{Act, Chore, Known, Server};
use crate::tally::Tally;
use crate::wire::{self, Said};

/// After the storm, before the last requests: time to find out that connections are dead.
const CALM: Duration = Duration::from_secs(120);

/// The same, where a server does not hear, and has first to give its last answers to what it had
/// heard.
pub(crate) const DEAF_CALM: Duration = Duration::from_secs(220);

/// So many facts are no ordinary run any more.
const TRACE_MAX: usize = 400_000;

/// What updates may mean to a link.
pub(crate) const ATTENTIONS: [Attention; 4] = [
    Attention::Deaf,
    Attention::Hears,
    Attention::Listens,
    Attention::Listens,
];

/// Something that is going to happen.
pub(crate) enum Coming {
    Up {
        conn: u32,
        bytes: Vec<u8>,
    },
    Down {
        conn: u32,
        bytes: Vec<u8>,
        told: Vec<Fact>,
    },
    /// `mute`: nobody is there who says anything.
    Open {
        conn: u32,
        mute: bool,
    },
    Refuse {
        conn: u32,
    },
    Hangup {
        conn: u32,
        why: &'static str,
    },
    ServerHears {
        conn: u32,
    },
    Chore(Chore),
    /// The store has done with a key, well or badly.
    Saved {
        well: bool,
    },
    Wake,
    Whim,
    /// The server's clock goes back, just when a key would be about to expire.
    Ebb,
    Last,
    /// A connection ends in the fairest weather.
    Cut,
}

/// A link and all that belongs to it.
pub(crate) struct Party {
    pub(crate) link: Link,
    pub(crate) server: Server,
    dialled: [Option<Dialled>; 2],
    /// An address where nobody says anything, in fair weather neither.
    mute: Option<SocketAddr>,
    pub(crate) wires: BTreeMap<u32, Wires>,
    next: Option<Duration>,
    pub(crate) waiting: Vec<u64>,
    /// Keys can be lost and made here.
    pub(crate) exchanges: bool,
    /// How many bytes a second its line to the server carries; 0: as many as come.
    pub(crate) rate: u64,
    pub(crate) attention: Attention,
    /// When the one who asks has had enough.
    pub(crate) closes: Option<Duration>,
    /// When the server's clock goes back because a temporary key is about to expire.
    ebbs: Option<Duration>,
}

impl Party {
    /// The connection that has something to carry, if any has.
    pub(crate) fn conn(&self) -> Option<u32> {
        let dialled = || self.dialled.iter().flatten();
        let busy = dialled().find(|d| d.sealed).or_else(|| dialled().next());
        busy.map(|dialled| dialled.conn)
    }

    fn lane_of(&self, conn: u32) -> Option<Lane> {
        let is_it = |lane: &Lane| {
            let dialled = &self.dialled[lane.index()];
            dialled.as_ref().is_some_and(|d| d.conn == conn)
        };
        Lane::BOTH.into_iter().find(is_it)
    }
}

pub(crate) struct World {
    pub(crate) base: Instant,
    pub(crate) now: Duration,
    pub(crate) wall: i64,
    pub(crate) dice: Dice,
    pub(crate) parties: Vec<Party>,
    queue: BinaryHeap<Reverse<(Duration, u64)>>,
    coming: BTreeMap<u64, (usize, Coming)>,
    order: u64,
    conns: u32,
    pub(crate) tags: u64,
    pub(crate) storm: Duration,
    pub(crate) calm: Duration,
    pub(crate) bad_network: u64,
    pub(crate) busy: u64,
    /// Sometimes very much is asked at once.
    pub(crate) crowded: bool,
    /// Nothing takes long on the way.
    swift: bool,
    /// Nobody listens at the server's addresses.
    pub(crate) down: bool,
    referee: Referee,
    pub(crate) trace: Vec<Record>,
}

pub(crate) type Verdict = Result<(), String>;

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut world = Self::empty(seed);
        for _ in 0..world.dice.pick(&[1, 1, 1, 1, 2, 3]) {
            let party = world.party();
            let index = world.parties.len();
            world.plan(Duration::ZERO, index, Coming::Whim);
            if let Some(at) = party.ebbs {
                world.plan(at, index, Coming::Ebb);
            }
            world.parties.push(party);
        }
        world
    }

    /// One link that listens, with a key that the server knows. Server and network are quick, and
    /// nothing goes wrong by itself.
    pub(crate) fn fair(seed: u64) -> Self {
        let mut world = Self::empty(seed);
        let mut party = loop {
            let party = world.party();
            if !party.exchanges && party.ebbs.is_none() {
                break party;
            }
        };
        (world.storm, world.bad_network, world.swift) = (Duration::ZERO, 0, true);
        (party.server.mood, party.server.swift) = (Mood::default(), true);
        (party.mute, party.closes, party.rate) = (None, None, 0);
        party.attention = Attention::Listens;
        let listens = Input::Attention(party.attention);
        party.link.handle_input(world.clock(), listens);
        world.parties.push(party);
        world
    }

    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn empty(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        Self {
            base: Instant::now(),
            now: Duration::ZERO,
            wall: dice.pick(&[0, 0, -4000, 100, 4000]),
            parties: Vec::new(),
            queue: BinaryHeap::new(),
            coming: BTreeMap::new(),
            order: 0,
            conns: 0,
            tags: 0,
            storm: Duration::from_secs(dice.pick(&[5, 15, 15, 30, 30, 120])),
            calm: CALM,
            bad_network: dice.pick(&[0, 20, 60, 150]),
            busy: dice.pick(&[400, 2000, 4000, 4000, 8000, 8000]),
            crowded: dice.chance(8),
            swift: false,
            down: false,
            referee: Referee::default(),
            trace: Vec::new(),
            dice,
        }
    }

    fn party(&mut self) -> Party {
        let exchanges = self.dice.chance(40);
        let endpoints: Vec<SocketAddr> =
            vec![([127, 0, 0, 1], 443).into(), ([127, 0, 0, 2], 443).into()];
        let mute = self.dice.pick(&[None, None, None, Some(0), Some(1)]);
        let mute = mute.map(|place: usize| endpoints[place]);
        let mut config = LinkConfig::new(DcId(2), endpoints, vec![public_key()].into());
        let prefixed = self.dice.chance(500);
        let mut mood = Mood::roll(&mut self.dice);
        // After so long a temporary key is about to expire, and then it is not.
        let ebbs = (!exchanges && self.dice.chance(30)).then(|| {
            // What is out then keeps the key in use.
            mood.slow = 700;
            let expires = 2 + self.dice.below(self.storm.as_secs());
            (expires, Duration::from_secs(expires + self.dice.below(12)))
        });
        let mut server = Server::new(self.dice.fork(), mood, prefixed);
        if !exchanges || self.dice.chance(500) {
            config.permanent = Some(self.stored_key(&mut server, None));
        }
        config.pfs = ebbs.is_some() || self.dice.chance(if exchanges { 500 } else { 50 });
        // Some are about to expire: then the next one is made.
        let life = self.dice.below(if exchanges { 120 } else { 1 }) as i64;
        if config.pfs && config.permanent.is_some() {
            let life = match ebbs {
                Some((expires, _)) => 600 + expires as i64,
                None if life == 0 => 20_000,
                None => 600 + life,
            };
            config.temporary = Some(self.stored_key(&mut server, Some(life)));
        }
        config.attention = self.dice.pick(&ATTENTIONS);
        config.greeting = wire::greeting();
        config.transport = self.dice.pick(&[
            Transport::Abridged,
            Transport::Intermediate,
            Transport::PaddedIntermediate,
            Transport::Full,
            Transport::Obfuscated(Tag::Abridged),
            Transport::Obfuscated(Tag::PaddedIntermediate),
        ]);
        if prefixed {
            config.prefix = wire::PREFIX.to_le_bytes().to_vec();
        }
        let closes = Duration::from_secs(1 + self.dice.below(60));
        let slow = self.dice.chance(15);
        let rate = if slow {
            // What is under way when the storm ends has to end first.
            self.calm = DEAF_CALM;
            self.dice.pick(&[9_000, 15_000, 40_000])
        } else {
            0
        };
        Party {
            attention: config.attention,
            link: Link::new(self.clock(), config, Box::new(self.dice.fork())),
            server,
            dialled: [None, None],
            mute,
            wires: BTreeMap::new(),
            next: None,
            waiting: Vec::new(),
            exchanges,
            rate,
            closes: self.dice.chance(50).then_some(closes),
            ebbs: ebbs.map(|(_, at)| at),
        }
    }

    /// A key from an earlier run, which the server knows.
    fn stored_key(&mut self, server: &mut Server, life: Option<i64>) -> StoredKey {
        let key = AuthKey::new((&mut self.dice as &mut dyn Entropy).array());
        server.keys.push(Known::new(key.clone(), life.is_some()));
        StoredKey {
            key,
            time_offset: 0,
            expires_at: life.map(|life| (server.seconds() + life) as i32),
        }
    }

    pub(crate) fn clock(&self) -> Now {
        let unix = (1_800_000_000 + self.wall) as u64;
        Now {
            instant: self.base + self.now,
            unix: Duration::from_secs(unix) + self.now,
        }
    }

    pub(crate) fn plan(&mut self, after: Duration, party: usize, coming: Coming) {
        self.order += 1;
        self.queue.push(Reverse((self.now + after, self.order)));
        self.coming.insert(self.order, (party, coming));
    }

    pub(crate) fn note(&mut self, link: usize, fact: Fact) -> Verdict {
        if self.trace.len() > TRACE_MAX {
            return Err("the run has no end".to_owned());
        }
        let record = Record {
            at: self.now,
            link,
            fact,
        };
        let verdict = self.referee.see(&record);
        self.trace.push(record);
        verdict
    }

    /// The whole run. Gives what it amounts to and how long it took in its own time.
    pub(crate) fn run(&mut self) -> Result<(Tally, Duration), String> {
        for index in 0..self.parties.len() {
            self.note(index, Fact::Attends(self.parties[index].attention))?;
        }
        let mut fair = false;
        while let Some(Reverse((at, order))) = self.queue.pop() {
            if at > self.storm + self.calm + FAIR_WITHIN + Duration::from_secs(10) {
                break;
            }
            if !fair && at >= self.storm {
                fair = true;
                self.clear_up()?;
            }
            self.now = self.now.max(at);
            if let Some((party, coming)) = self.coming.remove(&order) {
                self.happen(party, coming)?;
            }
        }
        self.referee.finish()?;
        assert_eq!(self.referee.waiting(), 0, "`finish` has looked");
        Ok((self.referee.tally, self.now))
    }

    /// Lets the next thing happen, if it happens by then; if none does, it is that time.
    pub(crate) fn step(&mut self, until: Duration) -> Result<bool, String> {
        let next = self.queue.peek().map(|Reverse(next)| *next);
        let Some((at, order)) = next.filter(|(at, _)| *at <= until) else {
            self.now = self.now.max(until);
            return Ok(false);
        };
        self.queue.pop();
        self.now = self.now.max(at);
        if let Some((party, coming)) = self.coming.remove(&order) {
            self.happen(party, coming)?;
        }
        Ok(true)
    }

    /// The storm is over.
    fn clear_up(&mut self) -> Verdict {
        self.now = self.now.max(self.storm);
        self.bad_network = 0;
        for index in 0..self.parties.len() {
            self.parties[index].server.mood = Mood::default();
            self.plan(self.calm, index, Coming::Last);
            self.note(index, Fact::Fair)?;
        }
        Ok(())
    }

    fn happen(&mut self, p: usize, coming: Coming) -> Verdict {
        self.parties[p].server.now = self.now;
        match coming {
            Coming::Up { conn, bytes } => {
                let party = &mut self.parties[p];
                if party.wires.get(&conn).is_some_and(|w| !w.up.dead) {
                    party.server.receive(conn, &bytes);
                }
                self.serve(p)
            }
            Coming::Down { conn, bytes, told } => {
                let alive = self.parties[p]
                    .wires
                    .get(&conn)
                    .is_some_and(|w| !w.down.dead);
                let Some(lane) = self.parties[p].lane_of(conn).filter(|_| alive) else {
                    return Ok(());
                };
                if let Some(dialled) = &mut self.parties[p].dialled[lane.index()]
                    && !std::mem::replace(&mut dialled.heard, true)
                {
                    self.note(p, Fact::Heard { conn })?;
                }
                for fact in told {
                    self.note(p, fact)?;
                }
                self.input(p, Input::Received(lane, &bytes))
            }
            Coming::Open { conn, .. } if self.down => self.hangup(p, conn, "refused"),
            Coming::Open { conn, mute } => self.opened(p, conn, mute),
            Coming::Refuse { conn } => self.hangup(p, conn, "refused"),
            Coming::Hangup { conn, why } => self.hangup(p, conn, why),
            Coming::ServerHears { conn } => {
                self.parties[p].server.closed(conn);
                Ok(())
            }
            Coming::Chore(chore) => {
                self.parties[p].server.chore(chore);
                self.serve(p)
            }
            Coming::Saved { well } => {
                let (fact, input) = if well {
                    (Fact::KeySaved, Input::KeySaved)
                } else {
                    let why = "the disk is full".to_owned();
                    (Fact::KeyNotSaved, Input::KeyNotSaved(why))
                };
                self.note(p, fact)?;
                self.input(p, input)
            }
            Coming::Wake if self.parties[p].next == Some(self.now) => {
                let clock = self.clock();
                self.parties[p].link.handle_input(clock, Input::Timeout);
                self.drain(p, true)
            }
            Coming::Whim => self.whim(p),
            Coming::Ebb => self.ebb(p),
            Coming::Last => self.last(p),
            Coming::Cut => self.cut(p),
            Coming::Wake => Ok(()),
        }
    }

    pub(crate) fn hangup(&mut self, p: usize, conn: u32, why: &str) -> Verdict {
        let Some(lane) = self.parties[p].lane_of(conn) else {
            return Ok(());
        };
        self.parties[p].dialled[lane.index()] = None;
        self.note(
            p,
            Fact::Closed {
                conn,
                ours: false,
                why: why.to_owned(),
            },
        )?;
        self.input(p, Input::Closed(lane, why.to_owned()))
    }

    fn input(&mut self, p: usize, input: Input<'_>) -> Verdict {
        let clock = self.clock();
        self.parties[p].link.handle_input(clock, input);
        self.drain(p, false)
    }

    /// Takes all outputs.
    pub(crate) fn drain(&mut self, p: usize, woken: bool) -> Verdict {
        let mut outputs = usize::from(!woken);
        loop {
            let clock = self.clock();
            match self.parties[p].link.poll_output(clock) {
                Output::Connect(lane, address) => self.dial(p, lane, address)?,
                Output::Disconnect(lane, reason) => {
                    self.disconnect(p, lane, reason.to_string())?;
                }
                Output::Transmit(lane, bytes) => {
                    self.transmit(p, lane, &bytes)?;
                    self.parties[p].link.recycle(bytes);
                }
                Output::Event(Event::Answer(id, outcome)) => {
                    self.parties[p].waiting.retain(|tag| *tag != id.0);
                    self.note(
                        p,
                        Fact::Ended {
                            tag: id.0,
                            end: end_of(&outcome),
                        },
                    )?;
                }
                Output::Event(Event::NewKey { .. }) => {
                    self.note(p, Fact::KeyMade)?;
                    let well = self.now >= self.storm || !self.dice.chance(100);
                    let after = Duration::from_millis(self.dice.below(400));
                    self.plan(after, p, Coming::Saved { well });
                }
                Output::Event(Event::Update(body)) => {
                    let id = wire::update_of(&body).ok_or("an update is damaged")?;
                    self.note(p, Fact::Updated { id })?;
                }
                Output::Event(Event::UpdatesLost) => self.note(p, Fact::UpdatesLost)?,
                Output::Event(Event::Connected) => self.note(p, Fact::Ready)?,
                Output::Event(Event::QuickAck(id)) => {
                    self.note(p, Fact::Hastened { tag: id.0 })?;
                }
                Output::Event(event) => {
                    let text: String = format!("{event:?}").chars().take(120).collect();
                    self.note(p, Fact::Note(text))?;
                }
                Output::Timeout(next) => {
                    let next = next.map(|next| next - self.base);
                    self.parties[p].next = next;
                    if let Some(next) = next.filter(|next| *next > self.now) {
                        self.plan(next - self.now, p, Coming::Wake);
                    }
                    return self.note(p, Fact::Polled { next, outputs });
                }
            }
            outputs += 1;
            if outputs > 100_000 {
                return Err("the outputs never end".to_owned());
            }
        }
    }

    fn opened(&mut self, p: usize, conn: u32, mute: bool) -> Verdict {
        let party = &mut self.parties[p];
        let Some(lane) = party.lane_of(conn) else {
            return Ok(());
        };
        let mut wires = Wires::default();
        wires.up.rate = party.rate;
        (wires.up.swift, wires.down.swift) = (self.swift, self.swift);
        (wires.up.dead, wires.down.dead) = (mute, mute);
        party.wires.insert(conn, wires);
        if !mute {
            party.server.opened(conn);
        }
        if let Some(dialled) = &mut party.dialled[lane.index()] {
            dialled.open = true;
        }
        self.note(p, Fact::Opened { conn })?;
        self.input(p, Input::Connected(lane))
    }

    fn dial(&mut self, p: usize, lane: Lane, address: SocketAddr) -> Verdict {
        self.conns += 1;
        let conn = self.conns;
        self.note(p, Fact::Dials { conn })?;
        let before = self.parties[p].dialled[lane.index()].replace(Dialled::new(conn));
        if before.is_some() {
            return Err("a connection is made where one is already".to_owned());
        }
        let mute = self.parties[p].mute == Some(address);
        let far = if self.swift { 100 } else { 300 };
        let after = Duration::from_millis(5 + self.dice.below(far));
        if self.down {
            self.plan(after, p, Coming::Refuse { conn });
            return Ok(());
        }
        if mute && self.dice.chance(300) || self.dice.chance(self.bad_network * 5) {
            // Refused, or never answered.
            if self.dice.chance(700) {
                self.plan(after, p, Coming::Refuse { conn });
            }
            return Ok(());
        }
        self.plan(after, p, Coming::Open { conn, mute });
        Ok(())
    }

    fn disconnect(&mut self, p: usize, lane: Lane, why: String) -> Verdict {
        let Some(Dialled { conn, .. }) = self.parties[p].dialled[lane.index()].take() else {
            return Err("a connection is closed that is not there".to_owned());
        };
        let lost = self.dice.chance(300);
        if let Some(wires) = self.parties[p].wires.get_mut(&conn) {
            wires.down.dead = true;
            wires.up.dead |= lost;
        }
        if self.dice.chance(800) {
            let after = Duration::from_millis(500 + self.dice.below(2000));
            self.plan(after, p, Coming::ServerHears { conn });
        }
        self.note(
            p,
            Fact::Closed {
                conn,
                ours: true,
                why,
            },
        )
    }

    fn transmit(&mut self, p: usize, lane: Lane, bytes: &[u8]) -> Verdict {
        let party = &mut self.parties[p];
        let dialled = party.dialled[lane.index()].as_mut().filter(|d| d.open);
        let Some(dialled) = dialled else {
            return Err("something is sent without a connection".to_owned());
        };
        let conn = dialled.conn;
        dialled.tap.receive(bytes);
        let (mut sent, mut asks_for_key) = (Vec::new(), false);
        loop {
            match dialled.tap.next_packet() {
                Ok(None) => break,
                Ok(Some(packet)) => {
                    let id = key_id(packet.payload).unwrap_or_default();
                    if id == 0 {
                        asks_for_key |= wire::asks_for_key(packet.payload);
                        continue;
                    }
                    if !std::mem::replace(&mut dialled.sealed, true) {
                        // What is still under way on older connections comes too late: which of
                        // two connections a server hears first no client can choose.
                        let older = party.wires.iter_mut().filter(|(c, _)| **c != conn);
                        older.for_each(|(_, wires)| wires.up.dead = true);
                    }
                    let Some(place) = party.server.place(id) else {
                        return Err("a packet is sealed with an unknown key".to_owned());
                    };
                    let (key, len) = (&party.server.keys[place].key, packet.payload.len());
                    let opened = open(key, Side::Client, packet.payload)
                        .map_err(|e| format!("the client's packet cannot be opened: {e}"))?;
                    let header = opened.header;
                    let said = Said::read(opened.body);
                    let record = |id, seq_no, inside, said| Sent {
                        conn,
                        session: header.session_id,
                        salt: header.salt,
                        id,
                        seq_no,
                        inside,
                        carrier: header.msg_id,
                        len,
                        said,
                    };
                    if let Said::Container(members) = &said {
                        let inner = members.iter().cloned();
                        sent.extend(inner.map(|(id, seq, said)| record(id, seq, true, said)));
                    }
                    sent.push(record(header.msg_id, header.seq_no, false, said));
                }
                Err(error) => return Err(format!("the client's framing is broken: {error}")),
            }
        }
        if asks_for_key {
            self.note(p, Fact::AsksForKey)?;
        }
        for sent in sent {
            self.note(p, Fact::Sent(sent))?;
        }
        let dice = &mut self.dice;
        let Some(wires) = self.parties[p].wires.get_mut(&conn) else {
            return Ok(());
        };
        let parts = wires.up.carry(self.now, bytes, dice);
        for (at, bytes) in parts {
            self.plan(at - self.now, p, Coming::Up { conn, bytes });
        }
        Ok(())
    }

    /// Does what the server wants done.
    pub(crate) fn serve(&mut self, p: usize) -> Verdict {
        for act in std::mem::take(&mut self.parties[p].server.acts) {
            match act {
                Act::Fact(fact) => self.note(p, fact)?,
                Act::Later { after, chore } => self.plan(after, p, Coming::Chore(chore)),
                Act::Shut { conn } => {
                    self.parties[p].server.closed(conn);
                    let last = self.parties[p].wires.get_mut(&conn).map(|w| {
                        w.up.dead = true;
                        w.down.arrives
                    });
                    let after = last.unwrap_or_default().saturating_sub(self.now);
                    self.plan(
                        after,
                        p,
                        Coming::Hangup {
                            conn,
                            why: "closed by the server",
                        },
                    );
                }
                Act::Send { conn, bytes, told } => {
                    let Some(wires) = self.parties[p].wires.get_mut(&conn) else {
                        continue;
                    };
                    let all = bytes.len();
                    let mut parts = wires.down.carry(self.now, &bytes, &mut self.dice);
                    let cut = wires.down.is_cut();
                    let carried: usize = parts.iter().map(|part| part.1.len()).sum();
                    let last = parts.pop();
                    for (at, bytes) in parts {
                        let coming = Coming::Down {
                            conn,
                            bytes,
                            told: Vec::new(),
                        };
                        self.plan(at - self.now, p, coming);
                    }
                    if let Some((at, bytes)) = last {
                        let whole = carried == all;
                        let told = if whole { told } else { Vec::new() };
                        self.plan(at - self.now, p, Coming::Down { conn, bytes, told });
                        if cut {
                            let why = "cut inside a frame";
                            self.plan(at - self.now, p, Coming::Hangup { conn, why });
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn end_of(outcome: &Outcome) -> End {
    match outcome {
        Ok(answer) => End::Answer(wire::tag_of(answer.as_ref())),
        Err(CallError::Rpc(error)) => End::Error(error.to_string()),
        Err(CallError::Unanswered(u)) => {
            let deadline = u.cause == Cause::Deadline;
            let cause = u.to_string();
            match u.delivery {
                Delivery::NotSent => End::NotSent { cause, deadline },
                Delivery::Unknown => End::Unknown { cause, deadline },
            }
        }
    }
}
