//! How far the updates are, and how far that may be saved.
use std::collections::VecDeque;
use std::mem;

use crate::store::Change;

/// So many states wait for the updates before them. Of more, only the newest of each counter do:
/// the program may then be given more twice after a crash.
const STATES_MAX: usize = 4096;

/// Numbers updates, and keeps states back until the updates before them are finished.
#[derive(Debug, Default)]
pub(super) struct Progress {
    given: u64,
    /// Each with the last update before it.
    states: VecDeque<(u64, Change)>,
}

impl Progress {
    /// The ticket of the next update.
    pub(super) fn ticket(&mut self) -> u64 {
        self.given += 1;
        self.given
    }

    /// To be saved when all updates that were given so far are finished.
    pub(super) fn keep(&mut self, state: Change) {
        if self.states.len() >= STATES_MAX {
            let states = newest(mem::take(&mut self.states));
            self.states = states.into();
        }
        self.states.push_back((self.given, state));
    }

    /// What can be saved, if this is the first update that is not finished.
    /// Each with the last update before it.
    pub(super) fn ready(&mut self, unfinished: Option<u64>) -> Vec<(u64, Change)> {
        let is_ready = |(last, _): &(u64, Change)| unfinished.is_none_or(|first| *last < first);
        let ready = self.states.iter().take_while(|it| is_ready(it)).count();
        newest(self.states.drain(..ready).collect())
    }

    /// Whether something is to be saved, now or later.
    pub(super) fn has_states(&self) -> bool {
        !self.states.is_empty()
    }

    /// Somebody else is signed in: what was to be saved was not theirs.
    pub(super) fn forget(&mut self) {
        self.states.clear();
    }
}

/// The last one of each counter, in their order.
fn newest(states: VecDeque<(u64, Change)>) -> Vec<(u64, Change)> {
    let mut seen = std::collections::HashSet::new();
    let mut newest: Vec<_> = states
        .into_iter()
        .rev()
        .filter(|(_, state)| seen.insert(counter(state)))
        .collect();
    newest.reverse();
    newest
}

/// `None` for the account's own counters.
pub(super) fn counter(state: &Change) -> Option<i64> {
    match state {
        Change::Channel { id, .. } => Some(*id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::UpdateState;

    fn common(pts: i32) -> Change {
        let state = UpdateState {
            pts,
            ..UpdateState::default()
        };
        Change::Updates(state)
    }

    fn channel(id: i64, pts: i32) -> Change {
        Change::Channel { id, pts: Some(pts) }
    }

    fn words(changes: Vec<(u64, Change)>) -> Vec<(i64, i32)> {
        let word = |(_, change)| match change {
            Change::Updates(state) => (0, state.pts),
            Change::Channel { id, pts } => (id, pts.unwrap()),
            other => panic!("{other:?}"),
        };
        changes.into_iter().map(word).collect()
    }

    #[test]
    fn nothing_is_saved_past_what_is_not_finished() {
        let mut progress = Progress::default();
        let first = progress.ticket();
        progress.keep(common(1));
        let second = progress.ticket();
        progress.keep(common(2));
        progress.keep(channel(5, 9));
        assert!(progress.ready(Some(first)).is_empty());
        assert_eq!(words(progress.ready(Some(second))), [(0, 1)]);
        assert!(progress.ready(Some(second)).is_empty());
        assert_eq!(words(progress.ready(None)), [(0, 2), (5, 9)]);
    }

    #[test]
    fn what_is_saved_at_once_is_saved_once() {
        let mut progress = Progress::default();
        for pts in 1..10 {
            progress.ticket();
            progress.keep(common(pts));
        }
        assert_eq!(words(progress.ready(None)), [(0, 9)]);
    }

    #[test]
    fn an_update_that_nobody_finishes_costs_no_memory() {
        let mut progress = Progress::default();
        let stuck = progress.ticket();
        for pts in 1..100_000 {
            progress.ticket();
            progress.keep(common(pts));
        }
        assert!(progress.states.len() <= STATES_MAX);
        assert!(progress.ready(Some(stuck)).is_empty());
        assert_eq!(words(progress.ready(None)), [(0, 99_999)]);
    }
}
