//! A listener whose line was cut: how soon it has all that it has missed, once the server is back.
//!
//! Here a tracker hangs on a link: both machines of a client that only reads, and both servers.
//! `SIM_SEED=7 cargo test --test sim outage::one_seed -- --nocapture` plays one run and prints it.
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use ferogram_sync::store::Account;
use ferogram_sync::tl::enums::updates as answers;
use ferogram_sync::tracker::{Counter, Failure, Output, Tracker, TrackerConfig};

use super::history::{ME, What};
use super::referee::Referee;
use super::server::{CHANNELS, Server};
use crate::dice::Dice;
use crate::fact::{End, Fact};
use crate::referee::must;
use crate::world::{Verdict, World};

/// How many runs an ordinary test plays.
const SEEDS: u64 = 200;

/// How many outages there are in one.
const OUTAGES: u64 = 3;

/// After an outage of up to a minute all is known by then: the longest pause of its first minute,
/// and some answers.
const SOON: Duration = Duration::from_secs(2);

/// Such an outage.
const BRIEF: u64 = 60_000;

/// The same for longer ones, as long as it is looked so often whether the server is back.
const LATER: Duration = Duration::from_secs(4);

/// After so long a link takes its time.
const LONG: u64 = 590_000;

/// The link, of which there is one.
const LINK: usize = 0;

/// More than one connection is worth.
const OUTPUTS_MAX: usize = 1000;

#[derive(Clone, Copy)]
enum Asked {
    Difference(i32, i32, i32),
    ChannelDifference(i64, i32),
}

#[derive(Clone)]
enum Answer {
    Difference(answers::Difference),
    ChannelDifference(i64, answers::ChannelDifference),
}

struct Listener {
    world: World,
    tracker: Tracker,
    server: Server,
    referee: Referee,
    dice: Dice,
    wake: Option<Instant>,
    /// How much of the trace has been looked at.
    seen: usize,
    asked: BTreeMap<u64, Asked>,
    /// As the server wrote them down.
    answers: BTreeMap<u64, Answer>,
    /// Of the account, since the last outage began, and how often there was a connection.
    differences: u64,
    connections: u64,
}

impl Listener {
    fn new(seed: u64) -> Self {
        let (world, server) = (World::fair(seed), Server::new());
        let account = Account {
            user_id: ME,
            bot: false,
        };
        let mut config = TrackerConfig::new(account);
        config.state = Some(server.state());
        let at = |id| (id, server.at(Counter::Channel(id)));
        config.channels = CHANNELS.map(at).collect();
        Self {
            tracker: Tracker::new(world.clock(), config),
            world,
            server,
            referee: Referee::default(),
            dice: Dice::new(!seed),
            wake: None,
            seen: 0,
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            differences: 0,
            connections: 0,
        }
    }

    fn run(&mut self) -> Verdict {
        let attention = self.world.parties[LINK].attention;
        self.world.note(LINK, Fact::Attends(attention))?;
        self.world.drain(LINK, false)?;
        // By then the link knows the server's clock and its salts.
        self.play(Duration::from_secs(5))?;
        for _ in 0..OUTAGES {
            self.outage()?;
            let millis = self.dice.below(30_000);
            self.play(Duration::from_millis(millis))?;
        }
        Ok(())
    }

    fn outage(&mut self) -> Verdict {
        (self.differences, self.connections) = (0, 0);
        self.world.down = true;
        self.world.cut(LINK)?;
        let happens = 1 + self.dice.below(20);
        (0..happens).for_each(|_| self.happen());
        let (millis, within) = match self.dice.chance(700) {
            true => (self.dice.below(BRIEF), SOON),
            false => (BRIEF + self.dice.below(LONG - BRIEF), LATER),
        };
        self.play(Duration::from_millis(millis))?;
        if self.dice.chance(500) {
            // It has restarted.
            self.world.parties[LINK].server.forget();
        }
        if self.dice.chance(300) {
            self.world.parties[LINK].server.change_salts();
        }
        self.world.down = false;
        self.play(within)?;
        let seconds = within.as_secs();
        must(self.knows_all(), || {
            format!("{seconds} seconds after an outage something is still missed")
        })?;
        self.referee.rest();
        let (asked, connections) = (self.differences, self.connections);
        must(asked == connections && connections > 0, || {
            format!("{asked} differences for {connections} connections")
        })
    }

    /// Something happens that nobody is told of.
    fn happen(&mut self) {
        let channel = CHANNELS.start + self.dice.below(5) as i64;
        let counter = self
            .dice
            .pick(&[Counter::Common, Counter::Channel(channel)]);
        let what = self.dice.pick(&[What::Message, What::Edit, What::Deletion]);
        let happening = self.server.happen(counter, what, 1, ME);
        self.referee.happened(happening);
    }

    fn knows_all(&self) -> bool {
        let (mine, theirs) = (self.tracker.state(), self.server.state());
        let same = |id| self.tracker.channel_pts(id) == Some(self.server.at(Counter::Channel(id)));
        let account = mine.map(|it| (it.pts, it.qts)) == Some((theirs.pts, theirs.qts));
        account && CHANNELS.into_iter().all(same)
    }

    /// Lets time go by.
    fn play(&mut self, time: Duration) -> Verdict {
        let until = self.world.now + time;
        loop {
            self.drain()?;
            let wake = self.wake.map(|at| at - self.world.base);
            let next = wake.map_or(until, |wake| wake.min(until));
            if !self.world.step(next)? && next == until {
                return Ok(());
            }
            self.look();
        }
    }

    /// Takes to the tracker what the link has told.
    fn look(&mut self) {
        while let Some(record) = self.world.trace.get(self.seen) {
            self.seen += 1;
            let now = self.world.clock();
            match &record.fact {
                Fact::Ready => {
                    self.connections += 1;
                    self.tracker.handle_connected(now);
                }
                Fact::UpdatesLost => self.tracker.handle_connected(now),
                Fact::Executed { tag } => {
                    let tag = *tag;
                    if let Some(asked) = self.asked.get(&tag).copied() {
                        let answer = self.execute(asked);
                        self.answers.insert(tag, answer);
                    }
                }
                Fact::Ended { tag, end } => {
                    let (tag, answered) = (*tag, matches!(end, End::Answer(_)));
                    let answer = self.answers.remove(&tag).filter(|_| answered);
                    if let Some(asked) = self.asked.remove(&tag) {
                        self.answer(asked, answer);
                    }
                }
                _ => {}
            }
        }
    }

    fn execute(&mut self, asked: Asked) -> Answer {
        let tracker = &self.tracker;
        let client = |id| tracker.channel_pts(id);
        match asked {
            Asked::Difference(pts, qts, date) => {
                let from = (pts, qts, date);
                let answer = self.server.difference(from, 100, &client, &mut self.dice);
                Answer::Difference(answer.expect("it is fair"))
            }
            Asked::ChannelDifference(id, pts) => {
                let answer = self.server.channel_difference(id, pts, 100);
                Answer::ChannelDifference(id, answer.expect("it is fair"))
            }
        }
    }

    fn answer(&mut self, asked: Asked, answer: Option<Answer>) {
        let now = self.world.clock();
        match (asked, answer) {
            (_, Some(Answer::Difference(it))) => self.tracker.handle_difference(now, it),
            (_, Some(Answer::ChannelDifference(id, it))) => {
                self.tracker.handle_channel_difference(now, id, it);
            }
            (Asked::Difference(..), None) => {
                self.tracker
                    .handle_difference_error(now, Failure::Unanswered);
            }
            (Asked::ChannelDifference(id, _), None) => {
                let failure = Failure::Unanswered;
                self.tracker.handle_channel_error(now, id, failure);
            }
        }
    }

    /// Does what the tracker wants.
    fn drain(&mut self) -> Verdict {
        for _ in 0..OUTPUTS_MAX {
            match self.tracker.poll_output(self.world.clock()) {
                Output::Updates(batch) => {
                    for event in &batch.events {
                        self.referee.event(event, batch.origin);
                    }
                }
                Output::GetDifference(from) => {
                    self.differences += 1;
                    self.referee.asked();
                    self.ask(Asked::Difference(from.pts, from.qts, from.date))?;
                }
                Output::GetChannelDifference { channel, pts, .. } => {
                    self.referee.asked();
                    self.ask(Asked::ChannelDifference(channel, pts))?;
                }
                Output::State(change) => self.referee.saved(&change),
                Output::Timeout(at) => {
                    self.wake = at;
                    return Ok(());
                }
                other => return Err(format!("nothing else is to be wanted: {other:?}")),
            }
        }
        Err("the outputs have no end".to_owned())
    }

    fn ask(&mut self, asked: Asked) -> Verdict {
        let tag = self.world.ask_again_if_lost(LINK, 60)?;
        self.asked.insert(tag, asked);
        Ok(())
    }
}

/// Plays one run. A failure tells how to play it again.
fn play(seed: u64) {
    let mut listener = Listener::new(seed);
    let played = catch_unwind(AssertUnwindSafe(|| listener.run()));
    let verdict = played.unwrap_or_else(|_| Err("a law of the boxes is broken".to_owned()));
    if verdict.is_err() || std::env::var("SIM_SEED").is_ok() {
        let shown = listener.world.trace.iter().filter(|it| it.matters());
        let lines: Vec<String> = shown.map(ToString::to_string).collect();
        eprintln!("{}", lines[lines.len().saturating_sub(200)..].join("\n"));
    }
    if let Err(law) = verdict {
        let again = "cargo test --test sim outage::one_seed -- --nocapture";
        panic!("{law}\nSIM_SEED={seed} {again}");
    }
}

#[test]
fn what_was_missed_is_known_soon_after_as_many_outages_as_there_are() {
    let first = crate::number("SIM_FROM", 0);
    for seed in first..first + crate::number("SIM_SEEDS", SEEDS) {
        play(seed);
    }
}

#[test]
fn one_seed() {
    if std::env::var("SIM_SEED").is_ok() {
        play(crate::number("SIM_SEED", 0));
    }
}
