//! Mixtures of faults, each grown from a seed.
use std::time::Duration;

use localdc::{Direction, Effect, Faults, Rule};

/// How often the rules of a mixture may end connections in all: between two of them a client waits
/// for up to two seconds.
const BREAKS: u64 = 6;

/// Adds the rules of one mixture. They leave signing in alone: they are added after it.
pub(crate) fn add(faults: &Faults, seed: u64) {
    // What differs from one mixture to the next is what the seed's bits choose.
    let has = |bit: u64| (seed >> bit) & 1 == 1;
    let rule = |effect, chance, stream| Rule::new(effect).chance(chance, seed * 100 + stream);
    let breaks = BREAKS / 2;

    for (stream, method) in METHODS.iter().enumerate() {
        let stream = stream as u64 * 10;
        let calls = |effect, chance, n| rule(effect, chance, stream + n).method(*method);
        faults.add(calls(Effect::flood_wait(0), 0.02, 1));
        faults.add(calls(Effect::flood_wait(1), 0.001, 2));
        faults.add(calls(Effect::migrate("FILE", 1), 0.01, 3));
        faults.add(calls(Effect::internal(-503, false), 0.002, 4));
        faults.add(calls(Effect::internal(500, true), 0.002, 5));
        faults.add(calls(Effect::DropAnswer, 0.0005, 6));
    }
    faults.add(rule(Effect::Duplicate, 0.05, 61));
    faults.add(rule(Effect::Reorder, 0.05, 62));
    let moment = Duration::from_millis(1 + seed % 40);
    faults.add(rule(Effect::Delay(moment), 0.05, 63));
    faults.add(rule(Effect::WrongSalt, 0.02, 64));
    faults.add(rule(Effect::ChangeSalt, 0.002, 65));
    faults.add(rule(Effect::WrongSession, 0.002, 66).times(breaks));
    faults.add(rule(Effect::Refuse, 0.3, 67).times(2));

    let way = if has(0) {
        Direction::In
    } else {
        Direction::Out
    };
    let tear = Effect::Tear { after: seed % 120 };
    faults.add(rule(tear, 0.002, 68).direction(way).times(breaks));
    let cut = Effect::Cut {
        after: 3000 + seed % 50_000,
    };
    faults.add(rule(cut, 0.5, 69).times(breaks));
    if has(1) {
        faults.add(rule(Effect::Corrupt, 0.0005, 70).times(2));
    }
    if has(2) {
        faults.add(rule(Effect::ForgetSession, 0.0005, 71).times(4));
    }
}

/// What a storm calls.
const METHODS: [&str; 4] = [
    "messages.sendMessage",
    "messages.createChat",
    "account.checkUsername",
    "users.getUsers",
];
