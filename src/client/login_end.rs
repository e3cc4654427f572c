//! What the server has said of the end of the login, and who has to know at once.
use crossbeam_channel::{Receiver, Sender, bounded};
use parking_lot::Mutex;

use crate::error::AccountTrouble;

/// What the server has said of the login.
pub(crate) struct LoginEnd(Mutex<State>);

struct State {
    trouble: Option<AccountTrouble>,
    /// The connection to the account's data centre is lost, and no other is made.
    cut_off: bool,
    /// Dropped when the login ends: whoever waits on `ended` wakes up.
    open: Option<Sender<()>>,
    ended: Receiver<()>,
}

impl Default for LoginEnd {
    fn default() -> Self {
        Self(Mutex::new(State::new()))
    }
}

impl State {
    fn new() -> Self {
        let (open, ended) = bounded(0);
        Self {
            trouble: None,
            cut_off: false,
            open: Some(open),
            ended,
        }
    }
}

impl LoginEnd {
    /// Somebody has signed in, or out: what was said before is of no account.
    pub(super) fn forget(&self) {
        let mut state = self.0.lock();
        if state.trouble.is_some() && !state.cut_off {
            *state = State::new();
        }
    }

    /// Whether it is over is new.
    pub(super) fn over(&self, trouble: AccountTrouble) -> bool {
        let mut state = self.0.lock();
        state.open = None;
        state.trouble.replace(trouble).is_none()
    }

    /// Nobody will hear of the login any more.
    pub(super) fn cut_off(&self) {
        let mut state = self.0.lock();
        state.cut_off = true;
        state.open = None;
    }

    /// Whether nobody will.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.0.lock().cut_off
    }

    /// Why it is over, if it is.
    pub(crate) fn trouble(&self) -> Option<AccountTrouble> {
        self.0.lock().trouble
    }

    /// Says nothing, and ends with the login.
    pub(crate) fn ended(&self) -> Receiver<()> {
        self.0.lock().ended.clone()
    }
}
