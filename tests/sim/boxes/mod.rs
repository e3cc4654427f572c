//! The boxes of updates: a tracker against a model server that drops, delays, repeats, reorders,
//! restarts, forgets and refuses, in a time of its own.
//!
//! `SIM_SEED=7 cargo test --test sim boxes::one_seed -- --nocapture` plays one run and prints it.
mod history;
mod mood;
mod outage;
mod referee;
mod server;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use world::{QUIET_TIMES, Tally, World};

/// How many runs an ordinary test plays of each kind.
const SEEDS: u64 = 1_000;

/// How much of a trace a failure shows.
const SHOWN: usize = 100;

/// Plays one run. One that fails is played again, and shows what happened last.
fn play(seed: u64, calm: bool) -> Tally {
    let mut world = World::new(seed, calm);
    let played = catch_unwind(AssertUnwindSafe(|| world.run()));
    played.unwrap_or_else(|panic| {
        let again = catch_unwind(|| show(seed, calm, SHOWN));
        assert!(again.is_err(), "a run is the same each time");
        let kind = if calm { "SIM_CALM=1 " } else { "" };
        eprintln!("{kind}SIM_SEED={seed} cargo test --test sim boxes::one_seed -- --nocapture");
        resume_unwind(panic)
    })
}

fn show(seed: u64, calm: bool, lines: usize) {
    let mut world = World::new(seed, calm);
    world.traced = true;
    let played = catch_unwind(AssertUnwindSafe(|| world.run()));
    let from = world.trace.len().saturating_sub(lines);
    eprintln!("{}", world.trace[from..].join("\n"));
    assert!(played.is_ok(), "this run breaks a law");
}

#[test]
fn every_counted_update_is_given_once_and_in_order() {
    let first = crate::number("SIM_FROM", 0);
    let mut sum = Tally::default();
    for seed in first..first + crate::number("SIM_SEEDS", SEEDS) {
        sum.add(&play(seed, false));
    }
    eprintln!("{sum:?}");
    assert!(sum.given > 0 && sum.differences > 0 && sum.channel_differences > 0);
    assert!(sum.lost > 0 && sum.crashes > 0 && sum.resets > 0);
}

/// What is late or comes twice is no reason to ask: one difference for each connection, and no
/// other.
#[test]
fn no_difference_is_asked_for_without_need() {
    let first = crate::number("SIM_FROM", 0);
    let seeds = crate::number("SIM_SEEDS", SEEDS);
    let mut sum = Tally::default();
    for seed in first..first + seeds {
        sum.add(&play(seed, true));
    }
    eprintln!("{sum:?}");
    assert!(sum.given > 0);
    assert_eq!(sum.quiet, seeds * QUIET_TIMES, "in the silence at the end");
    assert_eq!(sum.differences, sum.connections + sum.quiet);
    assert_eq!(sum.channel_differences, 0);
}

#[test]
fn one_seed() {
    if std::env::var("SIM_SEED").is_ok() {
        let calm = std::env::var("SIM_CALM").is_ok();
        show(crate::number("SIM_SEED", 0), calm, usize::MAX);
    }
}
