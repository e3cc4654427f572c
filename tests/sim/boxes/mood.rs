//! How likely each misfortune is in a run.
use crate::dice::Dice;

/// Chances in a thousand. Each is nought in half of the runs.
#[derive(Debug)]
pub(super) struct Mood {
    pub(super) drop: u64,
    pub(super) repeat: u64,
    pub(super) late: u64,
    pub(super) restart: u64,
    pub(super) crash: u64,
    pub(super) refuse: u64,
    pub(super) forbid: u64,
    pub(super) reset: u64,
    pub(super) forget: u64,
    pub(super) too_long: u64,
    pub(super) no_hash: u64,
    /// How many updates a difference brings at most.
    pub(super) slice: usize,
    /// How many users the client does not know at first.
    pub(super) strangers: bool,
}

impl Mood {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let mut chance = |most| {
            if dice.chance(500) {
                0
            } else {
                1 + dice.below(most)
            }
        };
        Self {
            drop: chance(300),
            repeat: chance(200),
            late: chance(300),
            restart: chance(40),
            crash: chance(40),
            refuse: chance(300),
            forbid: chance(20),
            reset: chance(15),
            forget: chance(30),
            too_long: chance(40),
            no_hash: chance(300),
            slice: dice.pick(&[1, 2, 5, 100]),
            strangers: dice.chance(500),
        }
    }

    /// Nothing worse than what every network does.
    pub(super) fn calm(dice: &mut Dice) -> Self {
        Self {
            repeat: dice.below(200),
            ..Self::fair()
        }
    }

    pub(super) fn fair() -> Self {
        Self {
            drop: 0,
            repeat: 0,
            late: 0,
            restart: 0,
            crash: 0,
            refuse: 0,
            forbid: 0,
            reset: 0,
            forget: 0,
            too_long: 0,
            no_hash: 0,
            slice: 100,
            strangers: false,
        }
    }
}
