//! From where on a stream is given what happens.
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

/// Without a word of the server in this time a stream begins all the same: it is given what happens
/// from the first word on.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// From where on a stream is given what happens. The server is asked where things stand, and what
/// happened before it has answered is not told of: so whoever begins a stream waits for that.
#[derive(Default)]
pub(super) struct Beginning {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The thread that is waited for.
    courier: Option<ThreadId>,
    /// The login of which it is known where things stood.
    login: Option<u64>,
    is_over: bool,
}

impl Beginning {
    /// This thread will tell.
    pub(super) fn begin(&self) {
        self.state.lock().courier = Some(thread::current().id());
    }

    /// It is known of this login, or there is nothing to be known.
    pub(super) fn note(&self, login: u64) {
        if self.state.lock().login.replace(login) != Some(login) {
            self.changed.notify_all();
        }
    }

    /// Nothing more will be told.
    pub(super) fn end(&self) {
        self.state.lock().is_over = true;
        self.changed.notify_all();
    }

    /// Waits until it is known of this login; the thread that would tell does not wait.
    pub(super) fn wait(&self, login: u64, until: Instant) {
        let mut state = self.state.lock();
        while state.login != Some(login) && !state.is_over {
            let is_mine = state.courier == Some(thread::current().id());
            if is_mine || self.changed.wait_until(&mut state, until).timed_out() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::net;

    fn far() -> Instant {
        net::after(Duration::from_secs(3600))
    }

    #[test]
    fn who_waits_goes_on_with_the_word_of_its_login_and_with_the_end() {
        for ends in [false, true] {
            let beginning = Arc::new(Beginning::default());
            beginning.note(1);
            let waits = Arc::clone(&beginning);
            let waiting = thread::spawn(move || waits.wait(2, far()));
            match ends {
                true => beginning.end(),
                false => beginning.note(2),
            }
            waiting.join().expect("it goes on");
        }
    }

    #[test]
    fn nobody_waits_for_itself_or_for_ever() {
        let beginning = Beginning::default();
        beginning.wait(1, net::after(Duration::ZERO));
        beginning.begin();
        beginning.wait(1, far());
    }
}
