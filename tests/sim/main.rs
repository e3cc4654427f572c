//! A simulator: one seed is a whole run of links against a model server over a bad network, in a
//! time of its own.
//!
//! `SIM_SEED=7 cargo test --test sim one_seed -- --nocapture` plays one run and prints it.
//! `SIM_SEEDS=1000000` in the environment of `cargo test --test sim` plays so many, `SIM_FROM` says
//! from where on, and `SIM_THREADS` how many at a time.
mod arrivals;
mod asked;
mod boxes;
mod dialled;
mod dice;
mod exchange;
mod fact;
mod fate;
mod listening;
mod memory;
mod mood;
mod network;
mod nonsense;
mod numbering;
mod party;
mod referee;
mod refusals;
mod server;
mod tally;
mod told;
mod tries;
mod violations;
mod voice;
mod whims;
mod wire;
mod word;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::tally::Tally;
use crate::world::World;

/// How many runs an ordinary test plays.
const SEEDS: u64 = 3_000;

/// Runs that have broken a promise once.
///
/// 28513: the server's clock jumps while it refuses ids, and what follows those is not refused.
/// 5015088: a session that begins in the far future, and requests that are sent after that is told.
const REMEMBERED: [u64; 2] = [28_513, 5_015_088];

/// How much of a trace a failure shows.
const TRACE_SHOWN: usize = 120;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |n| n.parse().expect("a number"))
}

/// Plays one run. A failure tells how to play it again, and what happened last.
fn play(seed: u64, whole: bool) -> Result<(Tally, Duration), String> {
    let mut world = World::new(seed);
    let verdict = catch_unwind(AssertUnwindSafe(|| world.run()))
        .unwrap_or_else(|_| Err("a panic".to_owned()));
    if whole || verdict.is_err() {
        let shown = world
            .trace
            .iter()
            .filter(|record| whole || record.matters());
        let lines: Vec<String> = shown.map(ToString::to_string).collect();
        let from = if whole {
            0
        } else {
            lines.len().saturating_sub(TRACE_SHOWN)
        };
        eprintln!("{}", lines[from..].join("\n"));
    }
    let replay = "cargo test --test sim one_seed -- --nocapture";
    verdict.map_err(|law| format!("{law}\nSIM_SEED={seed} {replay}"))
}

#[test]
fn promises_hold_on_many_seeds() {
    let first = number("SIM_FROM", 0);
    let seeds = number("SIM_SEEDS", SEEDS);
    let cores = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let next = AtomicU64::new(first);
    let failed = AtomicBool::new(false);
    let sum = Mutex::new((Tally::default(), Duration::ZERO));
    thread::scope(|scope| {
        for _ in 0..number("SIM_THREADS", cores) {
            scope.spawn(|| {
                while !failed.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + seeds {
                        return;
                    }
                    let (tally, took) = play(seed, false).unwrap_or_else(|law| {
                        failed.store(true, Ordering::Relaxed);
                        panic!("{law}")
                    });
                    let mut sum = sum.lock().expect("nobody panics with it");
                    sum.0.add(&tally);
                    sum.1 += took;
                }
            });
        }
    });
    let (tally, time) = sum.into_inner().expect("nobody panics with it");
    let hours = time.as_secs_f64() / 3600.0;
    eprintln!("{seeds} seeds, {hours:.1} simulated hours: {tally:?}");
    assert!(
        tally.answered * 2 > tally.asked,
        "most requests are answered: {tally:?}"
    );
}

#[test]
fn promises_hold_where_they_were_broken_once() {
    for seed in REMEMBERED {
        play(seed, false).unwrap_or_else(|law| panic!("{law}"));
    }
}

#[test]
fn one_seed() {
    if std::env::var("SIM_SEED").is_ok() {
        play(number("SIM_SEED", 0), true).unwrap_or_else(|law| panic!("{law}"));
    }
}
