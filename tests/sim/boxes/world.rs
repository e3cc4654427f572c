//! One run: the clock, the network, the client around its tracker.
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use ferogram_sync::Now;
use ferogram_sync::store::{Account, Change, PeerKey, UpdateState};
use ferogram_sync::tl::enums::{self, updates as answers};
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{
    Affected, Batch, CHANNEL_DIFFERENCES_MAX, Counter, Failure, HELD_MAX, Lost, Origin, Output,
    Tracker, TrackerConfig, Why,
};

use super::history::{Happening, ME, Row, What};
use super::mood::Mood;
use super::referee::Referee;
use super::server::{CHANNELS, Refusal, Server, UNKNOWN, channel, users, wire};
use crate::dice::Dice;

/// How many times the server does something.
const ACTS: u32 = 250;

/// After the last of it, the weather is fair for so long: longer than the tracker is content to
/// hear nothing.
const FAIR: Duration = Duration::from_secs(40 * 60);

/// By then the client knows all that has happened, without having to be content with silence first.
const KNOWN_AFTER: u64 = 3 * 60 * 1000;

/// How often the server is asked in that time whether nothing has happened.
pub(super) const QUIET_TIMES: u64 = 2;

/// How often, of a thousand times, a channel's dialog is listed.
const LISTED: u64 = 30;

/// More outputs than any input is worth.
const OUTPUTS_MAX: usize = 20_000;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) given: u64,
    pub(super) differences: u64,
    pub(super) channel_differences: u64,
    pub(super) connections: u64,
    /// Differences while nothing happens any more.
    pub(super) quiet: u64,
    pub(super) lost: u64,
    pub(super) crashes: u64,
    pub(super) resets: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.given += other.given;
        self.differences += other.differences;
        self.channel_differences += other.channel_differences;
        self.connections += other.connections;
        self.quiet += other.quiet;
        self.lost += other.lost;
        self.crashes += other.crashes;
        self.resets += other.resets;
    }
}

/// What is going to happen.
#[derive(Clone, Debug)]
enum Thing {
    Act,
    Push(u64, enums::Updates),
    Own(enums::Updates),
    Sent(Box<(types::UpdateShortSentMessage, types::Message)>),
    Affected(Affected),
    Connect,
    Execute(u64, Request),
    Answer(u64, Answer),
    Hash(i64),
    /// How far a channel was when its dialog was listed.
    Dialog(i64, i32),
    Allow(i64),
    /// Whether the client knows everything by now.
    Check,
}

#[derive(Clone, Copy, Debug)]
enum Request {
    State,
    Difference(i32, i32, i32),
    ChannelState(i64),
    ChannelDifference(i64, i32, i32),
}

#[derive(Clone, Debug)]
enum Answer {
    State(UpdateState),
    Difference(answers::Difference),
    ChannelState(i64, i32),
    ChannelDifference(i64, answers::ChannelDifference),
    /// Of a channel or of the account.
    Refused(Option<i64>, Refusal),
    Unanswered(Option<i64>),
    NoHash(i64),
}

pub(super) struct World {
    dice: Dice,
    mood: Mood,
    calm: bool,
    begin: Instant,
    time: Duration,
    queue: BTreeMap<(Duration, u64), Thing>,
    serial: u64,
    acts: u32,
    server: Server,
    /// Which connection it is; `None` while there is none.
    connection: Option<u64>,
    connections: u64,
    tracker: Tracker,
    /// Which client it is: one that has crashed gets no answers.
    client: u64,
    wake: Option<Instant>,
    channels_asked: BTreeSet<i64>,
    known: BTreeSet<i64>,
    hashes: BTreeSet<i64>,
    saved: Option<UpdateState>,
    saved_channels: BTreeMap<i64, i32>,
    referee: Referee,
    tally: Tally,
    pub(super) trace: Vec<String>,
    /// Whether to write down what happens.
    pub(super) traced: bool,
}

impl World {
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    pub(super) fn new(seed: u64, calm: bool) -> Self {
        let mut dice = Dice::new(seed);
        let mood = if calm {
            Mood::calm(&mut dice)
        } else {
            Mood::new(&mut dice)
        };
        let server = Server::new();
        let known: BTreeSet<i64> = (ME..if mood.strangers { 3 } else { 20 }).collect();
        let channels = CHANNELS.filter(|id| calm || *id != UNKNOWN);
        let saved_channels: BTreeMap<_, _> = channels
            .map(|id| (id, server.at(Counter::Channel(id))))
            .collect();
        let saved = (calm || dice.chance(800)).then(|| server.state());
        let hashes = CHANNELS.filter(|_| !dice.chance(mood.no_hash)).collect();
        let begin = Instant::now();
        let mut referee = Referee::default();
        if !calm {
            referee.loose(Row::Counted(Counter::Channel(UNKNOWN)));
        }
        if saved.is_none() {
            let account = [Counter::Common, Counter::Secret].map(Row::Counted);
            for row in account.into_iter().chain([Row::Plain]) {
                referee.loose(row);
            }
        }
        let tracker = tracker(begin, saved, &saved_channels);
        Self {
            dice,
            mood,
            calm,
            begin,
            time: Duration::ZERO,
            queue: BTreeMap::new(),
            serial: 0,
            acts: ACTS,
            server,
            connection: None,
            connections: 0,
            tracker,
            client: 0,
            wake: None,
            channels_asked: BTreeSet::new(),
            known,
            hashes,
            saved,
            saved_channels,
            referee,
            tally: Tally::default(),
            trace: Vec::new(),
            traced: false,
        }
    }

    pub(super) fn run(&mut self) -> Tally {
        self.later(0, Thing::Connect);
        // The first difference is over by then: what is pushed before would be asked for again.
        self.later(1000, Thing::Act);
        let mut end = None;
        loop {
            let next = self.queue.keys().next().map(|(at, _)| *at);
            let wake = self.wake.map(|at| at.saturating_duration_since(self.begin));
            let Some(at) = next.into_iter().chain(wake).min() else {
                break;
            };
            if self.acts == 0 && end.is_none() {
                end = Some(self.time + FAIR);
            }
            if end.is_some_and(|end| at > end) {
                break;
            }
            self.time = at.max(self.time);
            if next == Some(at)
                && let Some(((..), thing)) = self.queue.pop_first()
            {
                self.happen(thing);
            }
            self.drain();
        }
        self.rest();
        self.tally.given = self.referee.given;
        self.tally
    }

    fn now(&self) -> Now {
        Now {
            instant: self.begin + self.time,
            unix: Duration::from_secs(1_800_000_000) + self.time,
        }
    }

    fn note(&mut self, line: impl FnOnce() -> String) {
        if self.traced {
            let line = format!("{:>10.3} {}", self.time.as_secs_f64(), line());
            self.trace.push(line);
        }
    }

    fn later(&mut self, millis: u64, thing: Thing) {
        self.serial += 1;
        let at = self.time + Duration::from_millis(millis);
        self.queue.insert((at, self.serial), thing);
    }

    fn happen(&mut self, thing: Thing) {
        self.note(|| format!("{thing:?}"));
        let now = self.now();
        match thing {
            Thing::Act => self.act(),
            Thing::Push(connection, updates) => {
                if self.connection == Some(connection) {
                    self.hand(updates, Origin::Push);
                }
            }
            Thing::Own(updates) => self.hand(updates, Origin::Answer),
            Thing::Sent(sent) => self.tracker.handle_sent(now, sent.0, sent.1),
            Thing::Affected(affected) => self.tracker.handle_affected(now, affected),
            Thing::Connect => {
                self.connections += 1;
                self.tally.connections += 1;
                self.connection = Some(self.connections);
                self.tracker.handle_connected(now);
            }
            Thing::Execute(client, request) => self.execute(client, request),
            Thing::Answer(client, answer) if client == self.client => self.answer(answer),
            Thing::Answer(..) => {}
            Thing::Hash(channel) => {
                self.hashes.insert(channel);
                self.tracker.handle_access_hash(now, channel);
            }
            Thing::Dialog(channel, pts) => self.tracker.handle_dialog(now, channel, pts),
            Thing::Check => self.rest(),
            Thing::Allow(channel) => {
                self.server.forbidden.remove(&channel);
            }
        }
    }

    fn hand(&mut self, updates: enums::Updates, origin: Origin) {
        let known = &self.known;
        let mut knows = |peer| match peer {
            PeerKey::User(id) => known.contains(&id),
            PeerKey::Chat(_) | PeerKey::Channel(_) => true,
        };
        let now = Now {
            instant: self.begin + self.time,
            unix: Duration::ZERO,
        };
        self.tracker
            .handle_updates(now, updates, origin, &mut knows);
    }

    // What the server does.

    fn act(&mut self) {
        self.acts -= 1;
        if self.acts == 0 {
            self.mood = Mood::fair();
            for channel in CHANNELS {
                self.later(0, Thing::Allow(channel));
                self.later(0, Thing::Hash(channel));
            }
            if !self.calm || self.connection.is_none() {
                self.later(1, Thing::Connect);
            }
            return self.later(KNOWN_AFTER, Thing::Check);
        }
        let pause = 1 + self.dice.below(300);
        self.later(pause, Thing::Act);
        self.mischief();
        if self.dice.chance(200) {
            return self.own();
        }
        let happened: Vec<Happening> = (0..1 + self.dice.below(4))
            .filter_map(|_| self.something())
            .collect();
        self.tell(happened);
    }

    fn something(&mut self) -> Option<Happening> {
        let counter = match self.dice.below(5) {
            0 | 1 => Counter::Common,
            2 => Counter::Secret,
            _ => Counter::Channel(CHANNELS.start + self.dice.below(5) as i64),
        };
        let forbidden = |id| self.server.forbidden.contains(&id);
        let (what, count) = match (counter, self.dice.below(3)) {
            (Counter::Channel(id), _) if forbidden(id) => return None,
            (Counter::Secret, 0) => (What::Encrypted, 1),
            (Counter::Secret, _) => (What::Stopped, 1),
            (_, 0) => (What::Deletion, 1 + self.dice.below(3) as i32),
            (_, 1) => (What::Edit, 1),
            _ => (What::Message, 1),
        };
        let user = 2 + self.dice.below(18) as i64;
        let happening = self.server.happen(counter, what, count, user);
        self.referee.happened(happening);
        Some(happening)
    }

    /// Sends what has happened, in one of the forms that there are.
    fn tell(&mut self, mut happened: Vec<Happening>) {
        let plain = self.dice.below(3) as usize;
        if let [one] = happened[..]
            && plain == 0
        {
            let updates = self.short(&one);
            return self.push(updates);
        }
        let (mut seq, mut date) = (0, 1);
        let mut start = 0;
        if plain > 0 || self.dice.chance(300) {
            let containers = 1 + self.dice.below(2);
            for _ in 0..containers {
                let (number, at, more) = self.server.container(plain);
                for one in &more {
                    self.referee.happened(*one);
                }
                happened.extend(more);
                (seq, date) = (number, at);
            }
            start = seq - (containers as i32 - 1);
        }
        // Plain ones keep their order; counted ones come in any.
        let mut updates: Vec<_> = happened.iter().map(Happening::update).collect();
        let counted = happened.iter().filter(|one| one.row != Row::Plain).count();
        for place in 1..counted {
            let other = self.dice.below(place as u64 + 1) as usize;
            updates.swap(place, other);
        }
        let users = users(&happened);
        let chats: Vec<_> = happened
            .iter()
            .filter_map(|one| match one.row {
                Row::Counted(Counter::Channel(id)) => Some(channel(id)),
                _ => None,
            })
            .collect();
        // Where hashes are missing, they are seldom shown.
        let shown = if self.mood.no_hash > 0 { 20 } else { 500 };
        let chats = if self.dice.chance(shown) {
            chats
        } else {
            vec![]
        };
        let updates = if start == seq {
            types::Updates {
                updates,
                users,
                chats,
                date,
                seq,
            }
            .into()
        } else {
            types::UpdatesCombined {
                updates,
                users,
                chats,
                date,
                seq_start: start,
                seq,
            }
            .into()
        };
        self.push(updates);
    }

    fn short(&mut self, one: &Happening) -> enums::Updates {
        let common = one.row == Row::Counted(Counter::Common);
        match self.dice.below(3) {
            0 if common && one.what == What::Message => types::UpdateShortMessage {
                id: one.id,
                user_id: one.user,
                pts: one.end,
                pts_count: one.count,
                ..Default::default()
            }
            .into(),
            1 if common && one.what == What::Message => types::UpdateShortChatMessage {
                id: one.id,
                from_id: one.user,
                chat_id: 7,
                pts: one.end,
                pts_count: one.count,
                ..Default::default()
            }
            .into(),
            _ => types::UpdateShort {
                update: one.update(),
                date: 1,
            }
            .into(),
        }
    }

    fn push(&mut self, updates: enums::Updates) {
        let Some(connection) = self.connection else {
            return;
        };
        if self.dice.chance(self.mood.drop) {
            return self.note(|| "dropped".to_owned());
        }
        let copies = if self.dice.chance(self.mood.repeat) {
            2
        } else {
            1
        };
        for _ in 0..copies {
            let delay = self.delay();
            self.later(delay, Thing::Push(connection, updates.clone()));
        }
    }

    fn delay(&mut self) -> u64 {
        if self.dice.chance(self.mood.late) {
            self.dice.below(3000)
        } else if self.dice.chance(500) {
            self.dice.below(400)
        } else {
            self.dice.below(5)
        }
    }

    /// The client does something; its answer says so, and nothing is pushed.
    fn own(&mut self) {
        let channel = CHANNELS.start + self.dice.below(4) as i64;
        let kind = self.dice.below(4);
        let counter = match kind {
            3 if !self.server.forbidden.contains(&channel) => Counter::Channel(channel),
            _ => Counter::Common,
        };
        let (what, count) = match kind {
            0 | 1 => (What::Message, 1),
            _ => (What::Deletion, 1 + self.dice.below(3) as i32),
        };
        let one = self.server.happen(counter, what, count, ME);
        self.referee.happened(one);
        let (pts, pts_count) = (one.end, one.count);
        let thing = match kind {
            0 => Thing::Own(
                types::Updates {
                    updates: vec![one.update()],
                    ..Default::default()
                }
                .into(),
            ),
            1 => {
                let sent = types::UpdateShortSentMessage {
                    out: true,
                    id: one.id,
                    pts,
                    pts_count,
                    ..Default::default()
                };
                let draft = types::Message {
                    peer_id: one.peer(),
                    ..Default::default()
                };
                Thing::Sent(Box::new((sent, draft)))
            }
            _ => {
                self.referee.silent(&one);
                let affected = types::messages::AffectedMessages { pts, pts_count };
                let affected = Affected::from(affected);
                Thing::Affected(match counter {
                    Counter::Channel(id) => affected.in_channel(id),
                    _ => affected,
                })
            }
        };
        if !self.dice.chance(self.mood.drop) {
            let delay = self.delay();
            self.later(delay, thing);
        }
    }

    /// What goes wrong besides.
    fn mischief(&mut self) {
        if self.dice.chance(self.mood.restart) && self.connection.take().is_some() {
            let pause = self.dice.below(2000);
            self.later(pause, Thing::Connect);
        }
        if self.dice.chance(self.mood.crash) {
            self.crash();
        }
        let id = CHANNELS.start + self.dice.below(5) as i64;
        if self.dice.chance(self.mood.forbid) && self.server.forbidden.insert(id) {
            let pause = self.dice.below(20_000);
            self.later(pause, Thing::Allow(id));
        }
        let any = match self.dice.below(3) {
            0 => Counter::Common,
            _ => Counter::Channel(id),
        };
        if self.dice.chance(self.mood.too_long) {
            let keep = self.dice.below(5) as usize;
            self.server.forget(any, keep);
        }
        if self.dice.chance(self.mood.reset) && self.server.reset(any) {
            self.reset(any);
        }
        if self.dice.chance(LISTED) && !self.server.forbidden.contains(&id) {
            let pts = self.server.at(Counter::Channel(id));
            let delay = self.delay();
            self.later(delay, Thing::Dialog(id, pts));
        }
        if self.dice.chance(self.mood.forget) {
            self.push(enums::Updates::TooLong);
        }
    }

    /// A counter begins anew. What is still on its way was counted before.
    fn reset(&mut self, counter: Counter) {
        self.tally.resets += 1;
        self.note(|| format!("{counter:?} begins anew"));
        self.referee.reset(Row::Counted(counter));
        self.queue.retain(|_, thing| {
            !matches!(
                thing,
                Thing::Push(..)
                    | Thing::Own(_)
                    | Thing::Sent(..)
                    | Thing::Affected(_)
                    | Thing::Dialog(..)
            )
        });
        if counter == Counter::Common
            && let Some(connection) = self.connection
        {
            let updates = types::Updates {
                updates: vec![enums::Update::PtsChanged],
                ..Default::default()
            };
            self.later(0, Thing::Push(connection, updates.into()));
        }
    }

    fn crash(&mut self) {
        self.tally.crashes += 1;
        self.note(|| "the client crashes".to_owned());
        self.client += 1;
        self.channels_asked.clear();
        self.referee.crashed(self.saved, &self.saved_channels);
        let now = self.now().instant;
        self.tracker = tracker(now, self.saved, &self.saved_channels);
        self.queue.retain(|_, thing| {
            !matches!(
                thing,
                Thing::Push(..)
                    | Thing::Own(_)
                    | Thing::Sent(..)
                    | Thing::Affected(_)
                    | Thing::Dialog(..)
            )
        });
        if self.connection.take().is_some() {
            self.later(10, Thing::Connect);
        }
    }

    // Requests.

    fn execute(&mut self, client: u64, request: Request) {
        let channel = match request {
            Request::ChannelState(id) | Request::ChannelDifference(id, ..) => Some(id),
            _ => None,
        };
        let tracker = &self.tracker;
        let refused = |refusal| Answer::Refused(channel, refusal);
        let slice = self.mood.slice;
        let answer = if self.dice.chance(self.mood.refuse) {
            self.refusal(channel)
        } else {
            match request {
                Request::State => Answer::State(self.server.state()),
                Request::Difference(pts, qts, date) => {
                    let client = |id| tracker.channel_pts(id);
                    let dice = &mut self.dice;
                    (self
                        .server
                        .difference((pts, qts, date), slice, &client, dice))
                    .map_or_else(refused, Answer::Difference)
                }
                Request::ChannelState(id) => (self.server.channel_pts(id))
                    .map_or_else(refused, |pts| Answer::ChannelState(id, pts)),
                Request::ChannelDifference(id, pts, limit) => {
                    let limit = slice.min(limit as usize);
                    (self.server.channel_difference(id, pts, limit))
                        .map_or_else(refused, |answer| Answer::ChannelDifference(id, answer))
                }
            }
        };
        let delay = self.dice.below(300);
        self.later(delay, Thing::Answer(client, answer));
    }

    fn refusal(&mut self, channel: Option<i64>) -> Answer {
        match self.dice.below(4) {
            0 => Answer::Unanswered(channel),
            1 => Answer::Refused(channel, Refusal(420, "FLOOD_WAIT_3")),
            2 => Answer::Refused(channel, Refusal(500, "PERSISTENT_TIMESTAMP_OUTDATED")),
            _ => Answer::Refused(channel, Refusal(-503, "Timeout")),
        }
    }

    fn answer(&mut self, answer: Answer) {
        let now = self.now();
        let channel = match &answer {
            Answer::ChannelState(id, _) | Answer::ChannelDifference(id, _) => Some(*id),
            Answer::Refused(channel, _) | Answer::Unanswered(channel) => *channel,
            Answer::NoHash(id) => Some(*id),
            Answer::State(_) | Answer::Difference(_) => None,
        };
        if let Some(channel) = channel {
            self.channels_asked.remove(&channel);
        }
        let failure = match answer {
            Answer::State(state) => return self.tracker.handle_state(now, wire(state).into()),
            Answer::Difference(answer) => return self.tracker.handle_difference(now, answer),
            Answer::ChannelState(id, pts) => {
                return self.tracker.handle_channel_state(now, id, pts);
            }
            Answer::ChannelDifference(id, answer) => {
                return self.tracker.handle_channel_difference(now, id, answer);
            }
            Answer::Refused(_, Refusal(code, name)) => Failure::Refused { code, name },
            Answer::Unanswered(_) => Failure::Unanswered,
            Answer::NoHash(_) => Failure::NoAccessHash,
        };
        match channel {
            Some(channel) => self.tracker.handle_channel_error(now, channel, failure),
            None => self.tracker.handle_difference_error(now, failure),
        }
    }

    // What the tracker wants.

    fn drain(&mut self) {
        for _ in 0..OUTPUTS_MAX {
            let now = self.now();
            let output = self.tracker.poll_output(now);
            self.note(|| format!("    {output:?}"));
            match output {
                Output::Updates(batch) => self.given(&batch),
                Output::Lost(lost) => {
                    self.tally.lost += 1;
                    self.lost(lost);
                }
                Output::GetState => self.ask(Request::State),
                Output::GetDifference(ask) => {
                    self.tally.differences += 1;
                    if self.acts == 0 {
                        self.tally.quiet += 1;
                    }
                    self.referee.asked();
                    self.ask(Request::Difference(ask.pts, ask.qts, ask.date));
                }
                Output::GetChannelState { channel } => {
                    self.ask_channel(channel, Request::ChannelState(channel));
                }
                Output::GetChannelDifference {
                    channel,
                    pts,
                    limit,
                } => {
                    self.tally.channel_differences += 1;
                    self.referee.asked();
                    self.ask_channel(channel, Request::ChannelDifference(channel, pts, limit));
                }
                Output::State(change) => self.save(change),
                Output::Timeout(at) => {
                    assert!(at.is_none_or(|at| at > now.instant), "the time has passed");
                    self.wake = at;
                    assert!(self.tracker.held() <= HELD_MAX);
                    return;
                }
                other => panic!("not known here: {other:?}"),
            }
        }
        panic!("the outputs have no end");
    }

    fn given(&mut self, batch: &Batch) {
        for user in &batch.company.users {
            if let enums::User::User(user) = user {
                self.known.insert(user.id);
            }
        }
        for chat in &batch.company.chats {
            if let enums::Chat::Channel(channel) = chat {
                self.hashes.insert(channel.id);
            }
        }
        for event in &batch.events {
            self.referee.event(event, batch.origin);
        }
    }

    fn lost(&mut self, lost: Lost) {
        if let Counter::Channel(id) = lost.counter {
            let is_saved = self.saved_channels.contains_key(&id);
            assert!(
                lost.why != Why::Unknown || !is_saved,
                "it is known: {lost:?}"
            );
        }
        self.referee.lost(lost);
    }

    fn save(&mut self, change: Change) {
        self.referee.saved(&change);
        match change {
            Change::Updates(state) => self.saved = Some(state),
            Change::Channel { id, pts: Some(pts) } => drop(self.saved_channels.insert(id, pts)),
            Change::Channel { id, pts: None } => drop(self.saved_channels.remove(&id)),
            _ => {}
        }
    }

    fn ask(&mut self, request: Request) {
        let delay = self.dice.below(300);
        self.later(delay, Thing::Execute(self.client, request));
    }

    fn ask_channel(&mut self, channel: i64, request: Request) {
        assert!(self.channels_asked.insert(channel), "asked twice at once");
        assert!(self.channels_asked.len() <= CHANNEL_DIFFERENCES_MAX);
        if self.hashes.contains(&channel) {
            return self.ask(request);
        }
        self.later(0, Thing::Answer(self.client, Answer::NoHash(channel)));
        if self.dice.chance(500) {
            let pause = self.dice.below(60_000);
            self.later(pause, Thing::Hash(channel));
        }
    }

    /// Nothing happens any more: what the client knows is what the server knows.
    fn rest(&mut self) {
        self.referee.rest();
        let (mine, theirs) = (self.tracker.state(), self.server.state());
        assert_eq!(mine.map(|it| it.pts), Some(theirs.pts));
        assert_eq!(mine.map(|it| it.qts), Some(theirs.qts));
        assert_eq!(mine.map(|it| it.seq), Some(theirs.seq));
        assert_eq!(self.saved, mine, "what is known is saved");
        for id in CHANNELS {
            if let Some(pts) = self.tracker.channel_pts(id) {
                assert_eq!(pts, self.server.at(Counter::Channel(id)), "channel {id}");
                assert_eq!(self.saved_channels.get(&id), Some(&pts));
            }
        }
        assert_eq!(self.tracker.held(), 0, "nothing waits any more");
    }
}

fn tracker(now: Instant, state: Option<UpdateState>, channels: &BTreeMap<i64, i32>) -> Tracker {
    let account = Account {
        user_id: ME,
        bot: false,
    };
    let mut config = TrackerConfig::new(account);
    config.state = state;
    config.channels.clone_from(channels);
    let unix = Duration::from_secs(1_800_000_000);
    let now = Now { instant: now, unix };
    Tracker::new(now, config)
}
