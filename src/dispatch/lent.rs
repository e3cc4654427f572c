//! A worker that waits, and lends its turn and its place to others meanwhile.
use std::cell::{Cell, RefCell};
use std::sync::{Arc, Weak};
use std::time::Instant;

use crossbeam_channel::Receiver;

use super::lanes::Turn;

/// Whose worker a thread is.
pub(super) trait Lender: Send + Sync {
    /// Gives the turn on and lets another thread work instead of this one. `false` says that too
    /// many are lent out already.
    fn lend(self: Arc<Self>, turn: Turn) -> bool;

    /// Wants the turn back: nothing of the lane is begun any more before. Does not wait.
    fn reclaim(self: Arc<Self>, turn: Turn) -> Return;

    /// Whoever wanted the turn back does so no longer; if it is theirs already, it goes on.
    fn renounce(self: Arc<Self>, turn: Turn, back: &Return);

    /// The thread is back. Waits for the turn, at most until then; whether it has it.
    fn settle(self: Arc<Self>, turn: Turn, back: Return, until: Instant) -> bool;
}

/// A turn on its way back.
pub(super) struct Return {
    /// Under which number it is waited for; `None` where it is there already.
    pub(super) number: Option<u64>,
    pub(super) granted: Receiver<()>,
}

/// A worker that is going to wait.
#[derive(Clone)]
pub(super) struct Borrower {
    lender: Arc<dyn Lender>,
    turn: Turn,
}

impl Borrower {
    /// This thread, if it is a worker that has a turn.
    pub(super) fn here() -> Option<Self> {
        WORK.with_borrow(|work| {
            let work = work.as_ref().filter(|work| work.has_turn)?;
            let (lender, turn) = (work.lender.upgrade()?, work.turn);
            Some(Self { lender, turn })
        })
    }

    /// Wants its turn back, because what it waits for has come.
    pub(super) fn reclaim(&self) -> Return {
        Arc::clone(&self.lender).reclaim(self.turn)
    }

    pub(super) fn renounce(&self, back: &Return) {
        Arc::clone(&self.lender).renounce(self.turn, back);
    }
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
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
    static MAY_WAIT: Cell<bool> = const { Cell::new(true) };
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

/// Acts with a deadline for what is waited for on this thread. One that is nearer stays.
pub(super) fn within<T>(deadline: Instant, act: impl FnOnce() -> T) -> T {
    struct Before(Option<Instant>);
    impl Drop for Before {
        fn drop(&mut self) {
            DEADLINE.set(self.0);
        }
    }
    let before = Before(deadline_here());
    DEADLINE.set(Some(before.0.map_or(deadline, |it| it.min(deadline))));
    act()
}

/// Until when what this thread does is to be done, if somebody said so.
pub(super) fn deadline_here() -> Option<Instant> {
    DEADLINE.get()
}

/// Acts where nothing may be waited for in a conversation: this may be the thread that would have
/// to bring it. What is done does not unwind.
pub(super) fn without_waiting<T>(act: impl FnOnce() -> T) -> T {
    let before = MAY_WAIT.replace(false);
    let done = act();
    MAY_WAIT.set(before);
    done
}

/// Whether this thread may wait in a conversation now.
pub(super) fn may_wait() -> bool {
    MAY_WAIT.get()
}

/// What this thread works on, if it is a worker.
pub(super) fn own_turn() -> Option<Turn> {
    WORK.with_borrow(|work| work.as_ref().map(|work| work.turn))
}

/// Waits. If this is a worker, others do its work meanwhile: the lane's next jobs are not held up.
/// Afterwards it waits for the lane's turn, but not beyond `until`: then it goes on beside whoever
/// has the turn. With what was waited for, the turn may be on its way back already.
pub(super) fn lend_while<T>(until: Instant, wait: impl FnOnce() -> (T, Option<Return>)) -> T {
    let Some(Borrower { lender, turn }) = Borrower::here() else {
        return wait().0;
    };
    if !Arc::clone(&lender).lend(turn) {
        let (came, back) = wait();
        if let Some(back) = back {
            lender.renounce(turn, &back);
        }
        return came;
    }
    let (came, back) = wait();
    let back = back.unwrap_or_else(|| Arc::clone(&lender).reclaim(turn));
    let has_turn = lender.settle(turn, back, until);
    WORK.with_borrow_mut(|work| {
        if let Some(work) = work {
            work.has_turn = has_turn;
        }
    });
    came
}
