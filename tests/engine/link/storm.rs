//! Storms: random requests over a random network to a server that forgets, and what must hold
//! whatever happens.
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use super::peer::Got;
use super::scene::{Scene, answer, config};
use super::tl;
use crate::given::Seeded;
use ferogram_sync::mtproto::{Attention, CallError, Delivery, Event, LinkConfig, RequestId};

/// What the server knows of one session.
#[derive(Default)]
struct Memory {
    received: HashSet<i64>,
    /// Requests that are being worked on: when they are done, and their number.
    working: Vec<(Instant, i64, i32)>,
    /// Answers that are not acknowledged.
    unacked: BTreeMap<i64, Vec<u8>>,
}

/// A request as the one who asks sees it.
struct Asked {
    harmless: bool,
    deadline: Instant,
}

struct Storm {
    scene: Scene,
    dice: Seeded,
    memory: HashMap<i64, Memory>,
    executed: HashMap<i32, u32>,
    asked: HashMap<RequestId, Asked>,
    ended: HashMap<RequestId, Option<Delivery>>,
    /// Nothing of the server arrives any more, or nothing of the client.
    down_broken: bool,
    up_broken: bool,
    /// What was on the way when a connection was lost, and arrives all the same, later.
    stragglers: Vec<(Instant, Got)>,
    /// Connections are lost and salts change, and nothing worse.
    mild: bool,
    trace: Vec<String>,
}

impl Storm {
    fn new(seed: u64, mild: bool, config: LinkConfig) -> Self {
        Self {
            mild,
            scene: Scene::new(config),
            dice: Seeded::new(seed),
            memory: HashMap::new(),
            executed: HashMap::new(),
            asked: HashMap::new(),
            ended: HashMap::new(),
            down_broken: false,
            up_broken: false,
            stragglers: Vec::new(),
            trace: Vec::new(),
        }
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.dice.below(100) < percent
    }

    fn note(&mut self, text: String) {
        self.trace.push(text);
    }

    fn step(&mut self) {
        if self.scene.connection.is_some() && !self.scene.is_open() {
            if self.chance(80) {
                self.up_broken = false;
                self.down_broken = false;
                self.note("connect".to_owned());
                self.scene.connect();
                self.wake();
            } else {
                self.scene.refuse();
            }
        }
        match self.dice.below(100) {
            0..35 => self.ask(),
            38..41 => self.cut(),
            48..50 => self.change_salt(),
            _ if self.mild => self.scene.wait(Duration::from_millis(200)),
            35..38 => self.cancel(),
            41..43 => self.up_broken = true,
            43..45 => self.down_broken = true,
            45..48 => self.forget(),
            50..52 => self.jump(),
            _ => {
                let time = [10, 100, 1000, 7000][self.dice.below(4)];
                self.scene.wait(Duration::from_millis(time));
            }
        }
        // Now and then the server is slow, so that something is on the way.
        if self.chance(70) {
            self.look();
        }
        self.arrive();
        self.work();
        self.check();
    }

    fn ask(&mut self) {
        let harmless = self.chance(50);
        let time = Duration::from_secs(5 + self.dice.below(60) as u64);
        let deadline = self.scene.now.instant + time;
        let id = self.scene.queue_with(|request| {
            request.harmless = harmless;
            request.deadline = deadline;
        });
        self.asked.insert(id, Asked { harmless, deadline });
        if self.chance(60) {
            self.scene.drain();
        }
    }

    fn cancel(&mut self) {
        let waiting: Vec<RequestId> = self
            .asked
            .keys()
            .filter(|id| !self.ended.contains_key(id))
            .copied()
            .collect();
        if let Some(id) = waiting.iter().min() {
            self.scene.link.cancel(self.scene.now, *id);
            self.scene.drain();
        }
    }

    fn cut(&mut self) {
        if self.scene.connection.is_none() {
            return;
        }
        self.note("cut".to_owned());
        if !self.up_broken {
            let late = Duration::from_millis(self.dice.below(20_000) as u64);
            let arrival = self.scene.now.instant + late;
            let got = std::mem::take(&mut self.scene.got);
            self.stragglers
                .extend(got.into_iter().map(|got| (arrival, got)));
        }
        self.scene.cut();
    }

    /// What was on the way for long arrives.
    fn arrive(&mut self) {
        let now = self.scene.now.instant;
        let (here, later) = std::mem::take(&mut self.stragglers)
            .into_iter()
            .partition(|(at, _)| *at <= now);
        self.stragglers = later;
        let mut rejected = HashSet::new();
        for (_, got) in here {
            if !rejected.contains(&got.carrier()) && !self.take(&got) {
                rejected.insert(got.carrier());
            }
        }
    }

    /// The server loses its memory of all sessions; what it works on is lost as well, and what
    /// was on the way over connections of before.
    fn forget(&mut self) {
        self.look();
        self.stragglers.clear();
        self.note("forget".to_owned());
        self.memory.clear();
    }

    fn change_salt(&mut self) {
        self.look();
        self.scene.peer.salt = self.dice.number() as i64;
    }

    /// The server's clock is moved.
    fn jump(&mut self) {
        self.look();
        let seconds = self.dice.below(1200) as u64;
        if self.chance(50) {
            self.scene.peer.time += Duration::from_secs(seconds);
        } else {
            self.scene.peer.time -= Duration::from_secs(seconds);
            self.scene.peer.rewind();
        }
        self.note(format!("clock {seconds}"));
    }

    /// The server looks at what has arrived.
    fn look(&mut self) {
        for _ in 0..50 {
            let got = std::mem::take(&mut self.scene.got);
            if got.is_empty() {
                return;
            }
            if self.up_broken {
                continue;
            }
            let mut rejected = HashSet::new();
            for message in got {
                if !rejected.contains(&message.carrier()) && !self.take(&message) {
                    rejected.insert(message.carrier());
                }
            }
        }
    }

    /// One message. Tells whether its carrier is accepted.
    fn take(&mut self, got: &Got) -> bool {
        let time = self.scene.peer.time.as_secs() as i64;
        let age = time - (got.carrier() >> 32);
        let code = match age {
            301.. => Some(16),
            ..-30 => Some(17),
            _ => None,
        };
        if let Some(code) = code {
            self.note(format!("reject {:x} {code}", got.carrier()));
            self.tell(got.session, &tl::bad_msg(got.carrier(), code), false);
            return false;
        }
        if got.salt != self.scene.peer.salt {
            let salt = self.scene.peer.salt;
            self.tell(got.session, &tl::bad_salt(got.carrier(), salt), false);
            return false;
        }
        if !self.memory.contains_key(&got.session) {
            self.note(format!("session {:x} from {:x}", got.session, got.msg_id));
            let salt = self.scene.peer.salt;
            self.memory.insert(got.session, Memory::default());
            self.tell(got.session, &tl::new_session(got.msg_id, salt), true);
        }
        let memory = self.memory.get_mut(&got.session).unwrap();
        if !memory.received.insert(got.msg_id) {
            return true;
        }
        self.react(got);
        true
    }

    fn react(&mut self, got: &Got) {
        let memory = self.memory.get_mut(&got.session).unwrap();
        match got.name() {
            "ping" => {
                let pong = tl::pong(got.msg_id, tl::long_at(&got.body, 1));
                self.tell(got.session, &pong, false);
            }
            "ack" => {
                for id in tl::ids(&got.body) {
                    memory.unacked.remove(&id);
                }
            }
            "states" => {
                let ids = tl::ids(&got.body);
                let state = |id: &i64| if memory.received.contains(id) { 4 } else { 2 };
                // What this memory cannot know, because it is younger.
                let oldest = memory.received.iter().min().copied().unwrap_or(0);
                let states: Vec<u8> = ids
                    .iter()
                    .map(|id| if *id < oldest { 1 } else { state(id) })
                    .collect();
                self.tell(got.session, &tl::state_info(got.msg_id, &states), false);
            }
            "greeting" => {
                let result = tl::rpc_result(got.msg_id, &answer(0));
                self.tell(got.session, &result, true);
            }
            "request" => {
                let tag = i32::from_le_bytes(got.body[4..8].try_into().unwrap());
                *self.executed.entry(tag).or_default() += 1;
                let takes = Duration::from_millis(self.dice.below(3000) as u64);
                let done = self.scene.now.instant + takes;
                memory.working.push((done, got.msg_id, tag));
                self.note(format!("execute {tag} as {:x}", got.msg_id));
            }
            _ => {}
        }
    }

    /// What is done by now is answered.
    fn work(&mut self) {
        let now = self.scene.now.instant;
        let mut done = Vec::new();
        for (session, memory) in &mut self.memory {
            memory.working.retain(|(at, msg_id, tag)| {
                if *at <= now {
                    done.push((*session, *msg_id, *tag));
                }
                *at > now
            });
        }
        done.sort_unstable();
        for (session, msg_id, tag) in done {
            let result = tl::rpc_result(msg_id, &answer(tag));
            self.tell(session, &result, true);
        }
    }

    /// The server says something; what is content-related it says again until it is acknowledged.
    fn tell(&mut self, session: i64, body: &[u8], content: bool) {
        let id = self.scene.peer.next_id(true);
        if content && let Some(memory) = self.memory.get_mut(&session) {
            memory.unacked.insert(id, body.to_vec());
        }
        if !self.scene.is_open() || self.down_broken || self.scene.peer.session != session {
            return;
        }
        let seq_no = i32::from(content);
        let packet = self.scene.peer.packet(id, seq_no, body);
        self.scene.deliver(&packet);
    }

    /// A client is there again: it gets what it has not acknowledged.
    fn wake(&mut self) {
        self.look();
        let session = self.scene.peer.session;
        let Some(memory) = self.memory.get(&session) else {
            return;
        };
        let members: Vec<(i64, i32, Vec<u8>)> = memory
            .unacked
            .iter()
            .map(|(id, body)| (*id, 1, body.clone()))
            .collect();
        let id = self.scene.peer.next_id(false);
        let members: Vec<_> = members.into_iter().filter(|m| m.0 < id).collect();
        if !members.is_empty() && self.scene.is_open() && !self.down_broken {
            let packet = self.scene.peer.packet(id, 0, &tl::container(&members));
            self.scene.deliver(&packet);
        }
    }

    fn check(&mut self) {
        for event in std::mem::take(&mut self.scene.events) {
            let Event::Answer(id, outcome) = event else {
                continue;
            };
            let ended = match outcome {
                Ok(bytes) => {
                    assert_eq!(bytes.as_ref(), answer(id.0 as i32), "the wrong answer");
                    assert!(self.executed[&(id.0 as i32)] > 0);
                    None
                }
                Err(CallError::Unanswered(u)) => Some(u.delivery),
                Err(CallError::Rpc(error)) => panic!("{error}"),
            };
            let before = self.ended.insert(id, ended);
            assert!(before.is_none(), "{id:?} ended twice");
        }
        for (id, asked) in &self.asked {
            let late = asked.deadline <= self.scene.now.instant;
            assert!(
                !late || self.ended.contains_key(id),
                "{id:?} is past its deadline"
            );
            let executed = self.executed.get(&(id.0 as i32)).copied().unwrap_or(0);
            let trace = || self.trace[self.trace.len().saturating_sub(60)..].join("\n");
            assert!(
                executed <= 1 || asked.harmless,
                "{id:?} ran twice:\n{}",
                trace()
            );
            if self.ended.get(id) == Some(&Some(Delivery::NotSent)) {
                assert_eq!(executed, 0, "{id:?} was not sent, and ran:\n{}", trace());
            }
        }
    }
}

/// Gives how many requests were answered, and how many there were.
fn storm(seed: u64, mild: bool, steps: usize) -> (usize, usize) {
    let mut config = config();
    if seed.is_multiple_of(2) {
        config.attention = Attention::Listens;
        config.greeting = tl::object(tl::GREETING).0;
    }
    let mut storm = Storm::new(seed, mild, config);
    storm.scene.peer.salt = 1;
    for _ in 0..steps {
        storm.step();
    }
    // In the end the sun shines: what waits is answered or ends in time.
    storm.down_broken = false;
    storm.up_broken = false;
    for _ in 0..200 {
        if storm.scene.connection.is_some() && !storm.scene.is_open() {
            storm.scene.connect();
            storm.wake();
        }
        storm.scene.seconds(1);
        storm.look();
        storm.work();
        storm.check();
    }
    assert_eq!(storm.ended.len(), storm.asked.len());
    assert_eq!(storm.scene.link.remembered(), 0, "nothing is left behind");
    let answered = storm.ended.values().filter(|e| e.is_none()).count();
    (answered, storm.asked.len())
}

/// Plays many storms. `STORM_SEEDS` and `STORM_FIRST` in the environment choose others, and more.
fn storms(mild: bool) -> (usize, usize) {
    let number = |name, default| std::env::var(name).map_or(default, |n| n.parse().unwrap());
    let (mut answered, mut asked) = (0, 0);
    let first: u64 = number("STORM_FIRST", 0);
    for seed in first..first + number("STORM_SEEDS", 100) {
        let run = std::panic::catch_unwind(|| storm(seed, mild, 120));
        let (a, b) = run.unwrap_or_else(|_| panic!("storm {seed} broke a promise"));
        answered += a;
        asked += b;
    }
    (answered, asked)
}

#[test]
fn promises_hold_in_any_weather() {
    let (answered, asked) = storms(false);
    assert!(
        answered * 100 > asked * 50,
        "{answered} of {asked} answered"
    );
}

#[test]
fn everything_is_answered_in_mild_weather() {
    let (answered, asked) = storms(true);
    assert!(
        answered * 100 > asked * 97,
        "{answered} of {asked} answered"
    );
}
