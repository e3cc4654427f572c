//! How ill-tempered a model server is.
use crate::dice::Dice;

/// How often something goes wrong, in a thousand times each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mood {
    pub(crate) rejects: u64,
    pub(crate) mute: u64,
    pub(crate) loses_acks: u64,
    pub(crate) withholds: u64,
    pub(crate) repeats: u64,
    pub(crate) reorders: u64,
    pub(crate) announces: u64,
    pub(crate) wraps: u64,
    pub(crate) fails: u64,
    pub(crate) slow: u64,
    /// Packets lie about before they are taken in.
    pub(crate) lags: u64,
    /// Requests are wanted once more while they are worked on.
    pub(crate) wants: u64,
    /// What comes again is refused.
    pub(crate) doubts: u64,
    /// Requests are too old all at once to tell what became of them.
    pub(crate) ages: u64,
    /// The salts change while a list of the old ones is under way.
    pub(crate) turns: u64,
}

impl Mood {
    pub(crate) fn roll(dice: &mut Dice) -> Self {
        let mut some = || {
            let often = dice.pick(&[0, 0, 0, 10, 40, 200]);
            dice.below(often + 1)
        };
        Self {
            rejects: some() / 2,
            mute: some(),
            loses_acks: some(),
            withholds: some(),
            repeats: some(),
            reorders: some(),
            announces: some(),
            wraps: some(),
            fails: some(),
            slow: some(),
            lags: some() / 2,
            wants: some(),
            doubts: some() * 2,
            ages: some() / 8,
            turns: some(),
        }
    }
}
