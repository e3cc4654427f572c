//! Many threads, many calls, many faults: each promise is held against the server's own count.
#![expect(
    clippy::disallowed_methods,
    reason = "a test outside the library may read the clock"
)]
use std::collections::BTreeSet;
use std::str::FromStr;
use std::thread;
use std::time::{Duration, Instant};

use ferogram_sync::{Client, NoUpdate, Update, Updates, tl};

use super::mix;
use super::referee::{Asked, Record, Said, Tally};
use super::stage::Stage;

const THREADS: u64 = 16;
const CALLS: u64 = 500;
/// How many mixtures `cargo test` tries.
const ROUNDS: u64 = 3;
const AT_ONCE: usize = 3;
const TIMEOUT: Duration = Duration::from_secs(4);
/// Far beyond what a busy machine delays a thread by: a call that takes so long hangs.
const HANGS: Duration = Duration::from_secs(60);
/// What comes twice has come the second time within this time, mostly.
const QUIET: Duration = Duration::from_secs(2);
/// An update that is on its way has come within this time, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn promises_are_kept_under_faults() {
    let rounds = from_environment("FAULTS_ROUNDS").unwrap_or(ROUNDS);
    let seed = from_environment("FAULTS_SEED").unwrap_or(5);
    let mut total = Tally::default();
    let seeds: Vec<u64> = (seed..seed + rounds).collect();
    // Most of a round is waiting, so some run at once.
    for seeds in seeds.chunks(AT_ONCE) {
        let ended = thread::scope(|scope| {
            let rounds: Vec<_> = seeds
                .iter()
                .map(|seed| scope.spawn(|| round(*seed)))
                .collect();
            let ended = rounds.into_iter().map(|round| round.join());
            let ended: Vec<_> = ended.collect();
            ended
        });
        for (seed, ended) in seeds.iter().zip(ended) {
            let (tally, wrong) = ended.expect("no round panics");
            println!("mixture {seed}: {tally}");
            assert!(
                wrong.is_empty(),
                "mixture {seed} (FAULTS_SEED={seed} FAULTS_ROUNDS=1): {} promises broken:\n{}",
                wrong.len(),
                wrong.join("\n")
            );
            total.add(&tally);
        }
    }
    println!("in all: {total}");
    // Whoever fails every call breaks no promise: but most can be answered.
    assert!(total.answered * 2 > total.calls, "{total}");
    assert!(total.fired > 100 * rounds, "{total}");
}

/// One mixture of faults; gives the counts and every broken promise.
fn round(seed: u64) -> (Tally, Vec<String>) {
    let stage = Stage::new();
    let mut updates = stage.bob.updates();
    mix::add(&stage.dc.faults(), seed);
    let client = stage.ann.with_timeout(TIMEOUT);
    let mut tally = Tally::default();
    let mut records = Vec::new();
    let mut received = Received::default();
    thread::scope(|scope| {
        let callers: Vec<_> = (0..THREADS)
            .map(|number| {
                let (client, stage) = (&client, &stage);
                scope.spawn(move || calls(client, stage, number))
            })
            .collect();
        while !callers.iter().all(thread::ScopedJoinHandle::is_finished) {
            received.read(&mut updates, Duration::from_millis(20));
        }
        for caller in callers {
            let (longest, own) = caller.join().expect("no call panics");
            tally.longest = tally.longest.max(longest);
            records.extend(own);
        }
    });
    let faults = stage.dc.faults();
    faults.clear();
    tally.fired = faults.counts().iter().map(|(_, fired)| fired).sum();
    // Another connection brings what a lost message had in it.
    stage.dc.cut_connections();
    stage.bob.get_me().expect("no faults are set");
    let mailbox = stage.mailbox();
    received.read_all(&mut updates, &mailbox);
    while received.read(&mut updates, QUIET) {}

    let judged = records.iter().filter_map(|r| tally.judge(&stage.dc, r));
    let mut wrong: Vec<String> = judged.collect();
    if tally.longest > HANGS {
        wrong.push(format!("a call took {:?}", tally.longest));
    }
    compare(&records, &mailbox, &received, &mut wrong);
    (tally, wrong)
}

/// The calls of one thread, and how long the longest took.
fn calls(client: &Client, stage: &Stage, thread: u64) -> (Duration, Vec<Record>) {
    let mut longest = Duration::ZERO;
    let records = (0..CALLS).map(|number| {
        let began = Instant::now();
        let record = call(client, stage, thread * CALLS + number);
        longest = longest.max(began.elapsed());
        record
    });
    let records = records.collect();
    (longest, records)
}

/// One call that no other is like.
fn call(client: &Client, stage: &Stage, number: u64) -> Record {
    let own = format!("storm{number}");
    let (asked, said) = match number % 4 {
        0 | 1 => {
            let request = tl::functions::messages::SendMessage {
                peer: stage.to_bob.clone().into(),
                message: own,
                random_id: number.cast_signed() + 1,
                ..Default::default()
            };
            let said = Said::of(&client.invoke(&request));
            (Asked::Send(Box::new(request)), said)
        }
        2 => {
            let bob = tl::types::InputUser {
                user_id: stage.to_bob.user_id,
                access_hash: stage.to_bob.access_hash,
            };
            let request = tl::functions::messages::CreateChat {
                users: vec![bob.into()],
                title: own,
                ..Default::default()
            };
            let said = Said::of(&client.invoke(&request));
            (Asked::Found(request), said)
        }
        _ => {
            let request = tl::functions::account::CheckUsername { username: own };
            let said = Said::of(&client.invoke(&request));
            (Asked::Read(request), said)
        }
    };
    Record { asked, said }
}

/// What the other account was told.
#[derive(Default)]
struct Received {
    texts: Vec<String>,
    /// The stream said that something may be missing.
    lost: bool,
}

impl Received {
    /// Takes one update; false if none came.
    fn read(&mut self, updates: &mut Updates, patience: Duration) -> bool {
        match updates.next_timeout(patience) {
            Ok(Update::NewMessage(message)) => self.texts.push(message.text().to_owned()),
            Ok(Update::Lost(_)) => self.lost = true,
            Ok(_) => {}
            Err(NoUpdate::TimedOut) => return false,
            Err(ended) => panic!("the stream ended: {ended}"),
        }
        true
    }

    /// Takes updates until all is here, or it was said that something is not, or nothing comes.
    fn read_all(&mut self, updates: &mut Updates, mailbox: &[String]) {
        let mut missing: BTreeSet<&str> = mailbox.iter().map(String::as_str).collect();
        let mut seen = 0;
        loop {
            for text in &self.texts[seen..] {
                missing.remove(&text[..]);
            }
            seen = self.texts.len();
            if missing.is_empty() || self.lost || !self.read(updates, PATIENCE) {
                return;
            }
        }
    }
}

/// What was sent, what the receiver has, and what he was told are one.
fn compare(records: &[Record], mailbox: &[String], received: &Received, wrong: &mut Vec<String>) {
    let has: BTreeSet<&str> = mailbox.iter().map(String::as_str).collect();
    let told: BTreeSet<&str> = received.texts.iter().map(String::as_str).collect();
    if has.len() != mailbox.len() {
        wrong.push("a message was sent twice".to_owned());
    }
    if told.len() != received.texts.len() {
        wrong.push("a message was received twice".to_owned());
    }
    for record in records {
        let Asked::Send(request) = &record.asked else {
            continue;
        };
        let text = &request.message[..];
        match record.said {
            Said::Answered if !has.contains(text) => {
                wrong.push(format!("{text} was answered and is not there"));
            }
            Said::NotSent if has.contains(text) => {
                wrong.push(format!("{text} was not sent and is there"));
            }
            _ => {}
        }
    }
    for text in &told {
        if !has.contains(text) {
            wrong.push(format!("{text} was received and never sent"));
        }
    }
    if !received.lost {
        for text in has.difference(&told) {
            wrong.push(format!("{text} was never received, and nobody said so"));
        }
    }
}

fn from_environment<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
