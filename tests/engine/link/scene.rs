//! A link, its other side, and the time between them.
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::peer::{Got, Peer};
use super::tl;
use crate::given::Seeded;
use ferogram_sync::DcId;
use ferogram_sync::Now;
use ferogram_sync::crypto::AuthKey;
use ferogram_sync::mtproto::{
    Answer, Attention, CallError, Event, Input, Lane, Link, LinkConfig, Outcome, Output,
};
use ferogram_sync::mtproto::{Reason, Request, RequestId, StoredKey, Unanswered};

/// Buffers that are given back have this capacity, so that they are known when they come again.
const GIVEN_BACK: usize = 10_007;

/// When scenarios begin.
pub(super) const START: u64 = 1_800_000_000;

pub(super) struct Scene {
    pub(super) link: Link,
    pub(super) peer: Peer,
    pub(super) now: Now,
    /// Whether the link gets the server's bytes one by one.
    bytewise: bool,
    /// Where the link wants to be connected to, or is.
    pub(super) connection: Option<SocketAddr>,
    /// Whether it has been told that it is.
    open: bool,
    pub(super) lane: Lane,
    /// The address that the link tries beside it, and whether it is connected there.
    pub(super) beside: Option<(SocketAddr, bool)>,
    pub(super) tried_beside: Vec<SocketAddr>,
    /// What the link has asked there.
    pub(super) asked_beside: Vec<Vec<u8>>,
    pub(super) connects: Vec<SocketAddr>,
    pub(super) disconnects: Vec<Reason>,
    pub(super) events: Vec<Event>,
    /// What the server has got and nobody has looked at.
    pub(super) got: Vec<Got>,
    /// What was transmitted while the peer does not look.
    pub(super) raw: Vec<u8>,
    pub(super) deaf: bool,
    /// How many buffers came that had not been given back before.
    pub(super) new_buffers: usize,
    pub(super) next: Option<Instant>,
    next_request: u64,
}

pub(super) fn key() -> AuthKey {
    let mut bytes = [0; 256];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = (i * 7 + 3) as u8;
    }
    AuthKey::new(bytes)
}

pub(super) fn config() -> LinkConfig {
    let endpoints = vec![([127, 0, 0, 1], 443).into(), ([127, 0, 0, 2], 443).into()];
    let mut config = LinkConfig::new(DcId(2), endpoints, Vec::new().into());
    config.permanent = Some(StoredKey {
        key: key(),
        time_offset: 0,
        expires_at: None,
    });
    config.attention = Attention::Hears;
    config
}

/// Plays a scenario twice: with the server's bytes as they come, and one by one.
pub(super) fn play(scenario: impl Fn(&mut Scene)) {
    play_with(config(), scenario);
}

pub(super) fn play_with(config: LinkConfig, scenario: impl Fn(&mut Scene)) {
    for bytewise in [false, true] {
        let mut scene = Scene::new(config.clone());
        scene.bytewise = bytewise;
        scenario(&mut scene);
    }
}

impl Scene {
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    pub(super) fn new(config: LinkConfig) -> Self {
        let unix = Duration::from_secs(START);
        let now = Now {
            instant: Instant::now(),
            unix,
        };
        let mut scene = Self {
            link: Link::new(now, config, Box::new(Seeded::new(7))),
            peer: Peer::new(key(), unix),
            now,
            bytewise: false,
            connection: None,
            open: false,
            lane: Lane::default(),
            beside: None,
            tried_beside: Vec::new(),
            asked_beside: Vec::new(),
            connects: Vec::new(),
            disconnects: Vec::new(),
            events: Vec::new(),
            got: Vec::new(),
            raw: Vec::new(),
            deaf: false,
            new_buffers: 0,
            next: None,
            next_request: 1,
        };
        scene.drain();
        scene
    }

    /// Polls the outputs until there is nothing more, and holds them against the laws.
    pub(super) fn drain(&mut self) {
        loop {
            match self.link.poll_output(self.now) {
                Output::Connect(lane, address) if self.connection.is_none() => {
                    self.lane = lane;
                    self.connection = Some(address);
                    self.connects.push(address);
                }
                Output::Connect(lane, address) => {
                    assert_eq!(lane, self.lane.other(), "one connection on each lane");
                    assert_eq!(self.beside, None, "two connections at a time at most");
                    self.beside = Some((address, false));
                    self.tried_beside.push(address);
                }
                Output::Disconnect(lane, reason) if lane == self.lane => {
                    assert!(self.connection.is_some(), "nothing to disconnect");
                    self.hang_up();
                    self.disconnects.push(reason);
                }
                Output::Disconnect(..) => {
                    assert!(self.beside.take().is_some(), "nothing to disconnect");
                    self.peer.leave_beside();
                }
                Output::Transmit(lane, bytes) if lane != self.lane => {
                    let open = self.beside.is_some_and(|(_, open)| open);
                    assert!(open, "nothing is sent without a connection");
                    self.asked_beside.extend(self.peer.feed_beside(&bytes));
                    self.give_back(bytes);
                }
                Output::Transmit(_, bytes) => {
                    assert!(self.open, "nothing is sent without a connection");
                    assert!(!bytes.is_empty());
                    if self.deaf {
                        self.raw.extend_from_slice(&bytes);
                    } else {
                        self.got.extend(self.peer.feed(&bytes));
                    }
                    self.give_back(bytes);
                }
                Output::Event(event) => self.events.push(event),
                Output::Timeout(next) => {
                    let past = next.is_some_and(|at| at <= self.now.instant);
                    assert!(!past, "a timer lies in the past and does not fire");
                    self.next = next;
                    return;
                }
            }
        }
    }

    fn give_back(&mut self, mut bytes: Vec<u8>) {
        if bytes.capacity() < GIVEN_BACK {
            self.new_buffers += 1;
            bytes.reserve_exact(GIVEN_BACK - bytes.len());
        }
        self.link.recycle(bytes);
    }

    /// The connection is gone, and the one beside it stands in its place.
    fn hang_up(&mut self) {
        self.connection = None;
        self.open = false;
        self.peer.reconnect();
        if let Some((address, open)) = self.beside.take() {
            self.lane = self.lane.other();
            (self.connection, self.open) = (Some(address), open);
            self.connects.push(address);
        }
    }

    /// The connection that the link tries beside the other one is made.
    pub(super) fn connect_beside(&mut self) {
        let (address, _) = self.beside.expect("nothing is tried beside");
        self.beside = Some((address, true));
        self.input(Input::Connected(self.lane.other()));
    }

    /// It ends, or cannot be made.
    pub(super) fn refuse_beside(&mut self) {
        assert!(self.beside.take().is_some());
        self.peer.leave_beside();
        let why = "connection refused".to_owned();
        self.input(Input::Closed(self.lane.other(), why));
    }

    /// The server says something there.
    pub(super) fn deliver_beside(&mut self, bytes: &[u8]) {
        let lane = self.lane.other();
        if !self.bytewise {
            return self.input(Input::Received(lane, bytes));
        }
        for byte in bytes {
            self.input(Input::Received(lane, std::slice::from_ref(byte)));
        }
    }

    pub(super) fn input(&mut self, input: Input<'_>) {
        self.link.handle_input(self.now, input);
        self.drain();
    }

    /// The connection that the link wants is made.
    pub(super) fn connect(&mut self) {
        assert!(self.connection.is_some(), "no connection is wanted");
        self.open = true;
        self.input(Input::Connected(self.lane));
    }

    /// Waits until the link wants a connection, and makes it.
    pub(super) fn reconnect(&mut self) {
        self.wait_for_connect();
        self.connect();
    }

    pub(super) fn wait_for_connect(&mut self) {
        for _ in 0..10 {
            if self.connection.is_some() {
                return;
            }
            let next = self.next.expect("the link waits for something");
            self.wait(next - self.now.instant);
        }
        assert!(self.connection.is_some(), "no connection is wanted");
    }

    /// The connection is lost.
    pub(super) fn cut(&mut self) {
        assert!(self.connection.is_some());
        let lane = self.lane;
        self.hang_up();
        self.input(Input::Closed(lane, "cut".to_owned()));
    }

    /// Time passes on both sides; timers fire when they are due.
    pub(super) fn wait(&mut self, time: Duration) {
        let end = self.now.instant + time;
        while let Some(next) = self.next.filter(|next| *next < end) {
            self.pass(next - self.now.instant);
        }
        self.pass(end - self.now.instant);
    }

    pub(super) fn seconds_since_start(&self) -> u64 {
        self.now.unix.as_secs() - START
    }

    pub(super) fn seconds(&mut self, seconds: u64) {
        self.wait(Duration::from_secs(seconds));
    }

    /// Time passes, and the server does no more than to answer pings.
    pub(super) fn quiet(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.seconds(1);
            for got in std::mem::take(&mut self.got) {
                if got.name() == "ping" {
                    self.serve(&tl::pong(got.msg_id, tl::long_at(&got.body, 1)), false);
                }
            }
        }
    }

    /// The connection that the link wants cannot be made.
    pub(super) fn refuse(&mut self) {
        let lane = self.lane;
        self.hang_up();
        self.input(Input::Closed(lane, "connection refused".to_owned()));
    }

    /// Whether bytes can go to and fro.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    fn pass(&mut self, time: Duration) {
        self.now.instant += time;
        self.now.unix += time;
        self.peer.time += time;
        self.input(Input::Timeout);
    }

    /// Submits a request that may be carried out once only.
    pub(super) fn ask(&mut self) -> RequestId {
        self.ask_with(|_| {})
    }

    pub(super) fn ask_harmless(&mut self) -> RequestId {
        self.ask_with(|request| request.harmless = true)
    }

    pub(super) fn ask_with(&mut self, change: impl FnOnce(&mut Request)) -> RequestId {
        let id = self.queue_with(change);
        self.drain();
        id
    }

    /// Submits without polling.
    pub(super) fn queue_with(&mut self, change: impl FnOnce(&mut Request)) -> RequestId {
        let id = RequestId(self.next_request);
        self.next_request += 1;
        let body = tl::object(0x1111_1111).int(id.0 as i32).0;
        let deadline = self.now.instant + Duration::from_secs(3600);
        let mut request = Request::new(id, body, deadline);
        change(&mut request);
        self.link.submit(self.now, request);
        id
    }

    /// A link that runs, its first ping answered.
    pub(super) fn start(&mut self) {
        let first = self.ask();
        self.connect();
        let got = self.take("request");
        let ping = self.take("ping");
        self.peer.salt = got.salt;
        let created = tl::new_session(ping.msg_id, 5);
        self.serve(&created, true);
        let pong = tl::pong(ping.msg_id, tl::long_at(&ping.body, 1));
        self.serve(&pong, false);
        self.serve(&tl::rpc_result(got.msg_id, &answer(1)), true);
        assert_eq!(self.answer_of(first), Some(Ok(Answer::new(answer(1)))));
        self.answer_salts();
        self.quiet(11);
        self.events.clear();
        self.got.clear();
    }

    /// Answers `get_future_salts`, so that no more are asked for.
    pub(super) fn answer_salts(&mut self) {
        let query = self.take("salts");
        let now = self.peer.time.as_secs() as i32;
        let salts = tl::object(0xae50_0895).long(query.msg_id).int(now).int(2);
        let salts = salts.int(now - 100).int(now + 100_000).long(5);
        let salts = salts.int(now + 90_000).int(now + 200_000).long(6);
        self.serve(&salts.0, false);
        self.peer.salt = 5;
    }

    /// The server sends a message.
    pub(super) fn serve(&mut self, body: &[u8], content: bool) -> i64 {
        let id = self.peer.next_id(true);
        let seq_no = self.peer.next_seq(content);
        let packet = self.peer.packet(id, seq_no, body);
        self.deliver(&packet);
        id
    }

    /// The server's bytes arrive.
    pub(super) fn deliver(&mut self, bytes: &[u8]) {
        if !self.bytewise {
            return self.input(Input::Received(self.lane, bytes));
        }
        for byte in bytes {
            if self.open {
                self.input(Input::Received(self.lane, std::slice::from_ref(byte)));
            }
        }
    }

    /// Takes out the first message of this name that the server has got.
    pub(super) fn take(&mut self, name: &str) -> Got {
        let place = self.got.iter().position(|got| got.name() == name);
        let Some(place) = place else {
            let names: Vec<&str> = self.got.iter().map(Got::name).collect();
            panic!("no {name} among {names:?}");
        };
        self.got.remove(place)
    }

    /// The names of all that the server has got, which are forgotten with that.
    pub(super) fn names(&mut self) -> Vec<&'static str> {
        self.got.drain(..).map(|got| got.name()).collect()
    }

    /// Takes the outcome of a request out of the events, if it has one; never two.
    pub(super) fn answer_of(&mut self, id: RequestId) -> Option<Outcome> {
        let mut outcome = None;
        self.events.retain(|event| match event {
            Event::Answer(of, result) if *of == id => {
                assert!(outcome.is_none(), "a request is answered once");
                outcome = Some(result.clone());
                false
            }
            _ => true,
        });
        outcome
    }

    /// How a request failed without an answer.
    pub(super) fn failure_of(&mut self, id: RequestId) -> Unanswered {
        match self.answer_of(id) {
            Some(Err(CallError::Unanswered(unanswered))) => unanswered,
            other => panic!("{id:?} did not fail without an answer: {other:?}"),
        }
    }

    pub(super) fn is_waiting(&mut self, id: RequestId) -> bool {
        !self
            .events
            .iter()
            .any(|event| matches!(event, Event::Answer(of, _) if *of == id))
    }

    /// Answers a message that the server has got.
    pub(super) fn reply(&mut self, got: &Got, tag: i32) -> i64 {
        self.serve(&tl::rpc_result(got.msg_id, &answer(tag)), true)
    }

    pub(super) fn has_answer(&mut self, id: RequestId, tag: i32) -> bool {
        self.answer_of(id) == Some(Ok(Answer::new(answer(tag))))
    }

    pub(super) fn updates(&self) -> Vec<Vec<u8>> {
        let update = |event: &Event| match event {
            Event::Update(bytes) => Some(bytes.clone()),
            _ => None,
        };
        self.events.iter().filter_map(update).collect()
    }

    pub(super) fn updates_lost(&self) -> usize {
        let lost = |event: &&Event| matches!(event, Event::UpdatesLost);
        self.events.iter().filter(lost).count()
    }
}

/// Some result of the API.
pub(super) fn answer(tag: i32) -> Vec<u8> {
    tl::object(0x2222_2222).int(tag).0
}

/// Some update of the API.
pub(super) fn update(tag: i32) -> Vec<u8> {
    tl::object(0x3333_3333).int(tag).0
}
