//! Which data centres know the login already.
use std::collections::HashMap;
use std::mem;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

use crate::dc::DcId;
use crate::net;

/// Whose turn it is to carry the login over to a data centre.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The caller's: [`Imports::carry`] is to follow.
    Yours,
    /// Somebody has done it.
    Done,
    /// Somebody is still at it, and time is up.
    TimedOut,
    /// Somebody is still at it, and the client is closed.
    Closed,
}

/// Sees to it that each data centre is told once, however many threads ask.
#[derive(Default)]
pub(crate) struct Imports {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    dcs: HashMap<DcId, Import>,
    /// How often a login was carried over to each.
    times: HashMap<DcId, u64>,
    /// Counts the logins: whatever belongs to an earlier one is void.
    login: u64,
    closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Import {
    UnderWay,
    Done,
}

impl Imports {
    /// Blocks while another thread carries the login over, until `deadline`.
    pub(crate) fn turn(&self, dc: DcId, deadline: Instant) -> Turn {
        let mut state = self.state.lock();
        loop {
            match state.dcs.get(&dc) {
                None => {
                    state.dcs.insert(dc, Import::UnderWay);
                    return Turn::Yours;
                }
                Some(Import::Done) => return Turn::Done,
                Some(Import::UnderWay) if state.closed => return Turn::Closed,
                Some(Import::UnderWay) => {
                    let left = deadline.saturating_duration_since(net::now().instant);
                    if left.is_zero() || self.changed.wait_for(&mut state, left).timed_out() {
                        return Turn::TimedOut;
                    }
                }
            }
        }
    }

    /// Does it, when it is the caller's turn. Where it fails, or panics, the turn passes on.
    pub(crate) fn carry<E>(
        &self,
        dc: DcId,
        carry: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let passing_on = PassingOn {
            imports: self,
            dc,
            login: self.login(),
        };
        carry()?;
        self.done(dc, passing_on.login);
        mem::forget(passing_on);
        Ok(())
    }

    fn done(&self, dc: DcId, login: u64) {
        let mut state = self.state.lock();
        if state.login == login {
            state.dcs.insert(dc, Import::Done);
            *state.times.entry(dc).or_default() += 1;
        }
        self.changed.notify_all();
    }

    /// Which login it is: another account, or nobody signed in, is another one.
    pub(crate) fn login(&self) -> u64 {
        self.state.lock().login
    }

    /// How often the login was carried over: a request that is refused compares it.
    pub(crate) fn times(&self, dc: DcId) -> u64 {
        self.state.lock().times.get(&dc).copied().unwrap_or(0)
    }

    /// The data centre refused a request that was sent when the login had been carried over so
    /// often: unless somebody has done it again since, it has to be done again.
    pub(crate) fn refused(&self, dc: DcId, times: u64) {
        let mut state = self.state.lock();
        let unchanged = state.times.get(&dc).copied().unwrap_or(0) == times;
        if unchanged && state.dcs.get(&dc) == Some(&Import::Done) {
            state.dcs.remove(&dc);
        }
    }

    pub(crate) fn is_under_way(&self, dc: DcId) -> bool {
        self.state.lock().dcs.get(&dc) == Some(&Import::UnderWay)
    }

    fn failed(&self, dc: DcId, login: u64) {
        let mut state = self.state.lock();
        if state.login == login {
            state.dcs.remove(&dc);
        }
        self.changed.notify_all();
    }

    /// The login has changed: no other data centre knows it, and where an earlier one is being
    /// carried to, that does not count.
    pub(crate) fn forget(&self) {
        let mut state = self.state.lock();
        state.dcs.clear();
        state.login += 1;
        self.changed.notify_all();
    }

    /// Nobody waits any longer.
    pub(crate) fn close(&self) {
        self.state.lock().closed = true;
        self.changed.notify_all();
    }
}

/// Passes the turn on when it is dropped.
struct PassingOn<'a> {
    imports: &'a Imports,
    dc: DcId,
    login: u64,
}

impl Drop for PassingOn<'_> {
    fn drop(&mut self) {
        self.imports.failed(self.dc, self.login);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_thread_does_it_and_the_others_wait() {
        let imports = Imports::default();
        let deadline = net::now().instant + Duration::from_secs(60);
        let turns = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| match imports.turn(DcId(2), deadline) {
                    Turn::Yours => {
                        turns.fetch_add(1, Ordering::SeqCst);
                        imports.done(DcId(2), imports.login());
                    }
                    other => assert_eq!(other, Turn::Done),
                });
            }
        });
        assert_eq!(turns.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn many_refusals_of_one_login_carry_it_over_once() {
        let imports = Imports::default();
        let past = net::now().instant;
        let sent_at = imports.times(DcId(3));
        assert_eq!(imports.turn(DcId(3), past), Turn::Yours);
        imports.done(DcId(3), imports.login());
        imports.refused(DcId(3), sent_at);
        assert_eq!(imports.turn(DcId(3), past), Turn::Done);
        imports.refused(DcId(3), imports.times(DcId(3)));
        assert_eq!(imports.turn(DcId(3), past), Turn::Yours);
    }

    #[test]
    fn a_failure_passes_the_turn_on_and_time_runs_out() {
        let imports = Imports::default();
        let past = net::now().instant;
        assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
        assert_eq!(imports.turn(DcId(1), past), Turn::TimedOut);
        imports.failed(DcId(1), imports.login());
        assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
        imports.done(DcId(1), imports.login());
        imports.forget();
        assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
    }

    #[test]
    fn what_was_carried_for_an_earlier_login_does_not_count() {
        let imports = Imports::default();
        let past = net::now().instant;
        for ended in [Ok(()), Err(())] {
            assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
            let carried = imports.carry(DcId(1), || {
                imports.forget();
                assert_eq!(
                    imports.turn(DcId(1), past),
                    Turn::Yours,
                    "nobody else is at it"
                );
                ended
            });
            assert_eq!(carried, ended);
            assert_eq!(imports.times(DcId(1)), 0);
            assert!(
                imports.is_under_way(DcId(1)),
                "for the new login, by who has the turn"
            );
            imports.forget();
        }
    }

    #[test]
    fn a_panic_passes_the_turn_on_too() {
        let imports = Imports::default();
        let past = net::now().instant;
        for _ in 0..2 {
            assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
            let panicked = catch_unwind(AssertUnwindSafe(|| {
                imports.carry(DcId(1), || -> Result<(), ()> {
                    panic!("a subscriber's bug")
                })
            }));
            assert!(panicked.is_err());
        }
        assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
        assert_eq!(imports.carry(DcId(1), || Err("refused")), Err("refused"));
        assert_eq!(imports.turn(DcId(1), past), Turn::Yours);
        assert_eq!(imports.carry(DcId(1), || Ok::<_, ()>(())), Ok(()));
        assert_eq!(imports.turn(DcId(1), past), Turn::Done);
    }

    #[test]
    fn who_waits_for_a_turn_is_told_when_the_client_closes() {
        let imports = Imports::default();
        let late = net::now().instant + Duration::from_secs(3600);
        assert_eq!(imports.turn(DcId(1), late), Turn::Yours);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| imports.turn(DcId(1), late));
            imports.close();
            assert_eq!(waiting.join().unwrap(), Turn::Closed);
        });
    }
}
