//! A worker that waits, and lends its turn and its place to others meanwhile.
use std::cell::RefCell;
use std::sync::{Arc, Weak};
use std::time::Instant;

use super::lanes::Turn;

/// Whose worker a thread is.
pub(super) trait Lender: Send + Sync {
    /// Gives the turn on and lets another thread work instead of this one. `false` says that too
    /// many are lent out already.
    fn lend(self: Arc<Self>, turn: Turn) -> bool;

    /// The thread is back. Waits for the turn, at most until then; whether it has it.
    fn take_back(self: Arc<Self>, turn: Turn, until: Instant) -> bool;
}

/// What this thread works on.
struct Work {
    lender: Weak<dyn Lender>,
    turn: Turn,
    /// Whether the turn is this thread's.
    has_turn: bool,
}

thread_local! {
    static WORK: RefCell<Option<Work>> = const { RefCell::new(None) };
}

/// A job begins.
pub(super) fn begin(lender: Weak<dyn Lender>, turn: Turn) {
    WORK.set(Some(Work {
        lender,
        turn,
        has_turn: true,
    }));
}

/// The job has ended. Whether the turn was still this thread's.
pub(super) fn end() -> bool {
    WORK.take().is_some_and(|work| work.has_turn)
}

/// What this thread works on, if it is a worker.
pub(super) fn own_turn() -> Option<Turn> {
    WORK.with_borrow(|work| work.as_ref().map(|work| work.turn))
}

/// Waits. If this is a worker, others do its work meanwhile: the lane's next jobs are not held up.
/// Afterwards it waits for the lane's turn, but not beyond `until`: then it goes on beside whoever
/// has the turn.
pub(super) fn lend_while<T>(until: Instant, wait: impl FnOnce() -> T) -> T {
    let work = WORK.with_borrow(|work| {
        let work = work.as_ref().filter(|work| work.has_turn)?;
        Some((work.lender.upgrade()?, work.turn))
    });
    let Some((lender, turn)) = work.filter(|(lender, turn)| Arc::clone(lender).lend(*turn)) else {
        return wait();
    };
    let _back = Back {
        lender,
        turn,
        until,
    };
    wait()
}

/// Takes the turn back, also when what was waited for panics.
struct Back {
    lender: Arc<dyn Lender>,
    turn: Turn,
    until: Instant,
}

impl Drop for Back {
    fn drop(&mut self) {
        let has_turn = Arc::clone(&self.lender).take_back(self.turn, self.until);
        WORK.with_borrow_mut(|work| {
            if let Some(work) = work {
                work.has_turn = has_turn;
            }
        });
    }
}
