//! What is counted.

/// What a run amounts to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) asked: u64,
    pub(crate) answered: u64,
    pub(crate) errors: u64,
    pub(crate) not_sent: u64,
    pub(crate) unknown: u64,
    pub(crate) executed: u64,
    pub(crate) messages: u64,
    /// Requests of which the server has told at once that it has them.
    pub(crate) hastened: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.answered += other.answered;
        self.errors += other.errors;
        self.not_sent += other.not_sent;
        self.unknown += other.unknown;
        self.executed += other.executed;
        self.messages += other.messages;
        self.hastened += other.hastened;
    }
}
