//! A simulator: one seed is a whole run of links against a model server over a bad network, in a
//! time of its own.
//!
//! `SIM_SEED=7 cargo test --test sim one_seed -- --nocapture` plays one run and prints it;
//! `SIM_SEEDS=100000` in the environment plays more, `SIM_FIRST` says from where on.
mod dice;
mod fact;
mod memory;
mod network;
mod referee;
mod server;
mod violations;
mod voice;
mod wire;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::referee::Tally;
use crate::world::World;

/// How many runs an ordinary test plays.
const SEEDS: u64 = 100;

/// How much of a trace a failure shows.
const TRACE_SHOWN: usize = 120;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |n| n.parse().expect("a number"))
}

/// Plays one run. A failure tells how to play it again, and what happened last.
fn play(seed: u64, whole: bool) -> (Tally, Duration) {
    let mut world = World::new(seed);
    let verdict = catch_unwind(AssertUnwindSafe(|| world.run()))
        .unwrap_or_else(|_| Err("a panic".to_owned()));
    if whole || verdict.is_err() {
        let from = if whole {
            0
        } else {
            world.trace.len().saturating_sub(TRACE_SHOWN)
        };
        for record in &world.trace[from..] {
            if whole || !matches!(record.fact, fact::Fact::Polled { .. }) {
                eprintln!("{record}");
            }
        }
    }
    verdict.unwrap_or_else(|law| {
        panic!("{law}\nSIM_SEED={seed} cargo test --test sim one_seed -- --nocapture")
    })
}

#[test]
fn promises_hold_on_many_seeds() {
    let first = number("SIM_FIRST", 0);
    let seeds = number("SIM_SEEDS", SEEDS);
    let mut sum = Tally::default();
    let mut time = Duration::ZERO;
    for seed in first..first + seeds {
        let (tally, took) = play(seed, false);
        sum.add(&tally);
        time += took;
    }
    let hours = time.as_secs_f64() / 3600.0;
    eprintln!("{seeds} seeds, {hours:.1} simulated hours: {sum:?}");
    assert!(
        sum.answered * 2 > sum.asked,
        "most requests are answered: {sum:?}"
    );
}

#[test]
fn one_seed() {
    if std::env::var("SIM_SEED").is_ok() {
        play(number("SIM_SEED", 0), true);
    }
}
