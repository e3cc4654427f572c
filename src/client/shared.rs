//! One answer for all who want to know the same at once.
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

/// Lets one of many threads ask what all of them want to know, while the others wait for it, each
/// until its own deadline.
pub(crate) struct Shared<K, T>(Mutex<HashMap<K, Arc<Question<T>>>>);

struct Question<T> {
    state: Mutex<State<T>>,
    over: Condvar,
}

#[derive(Clone)]
enum State<T> {
    UnderWay,
    Answered(T),
    /// Whoever has asked got no answer that is of use to others.
    GivenUp,
}

impl<K: Clone + Eq + Hash, T: Clone> Shared<K, T> {
    /// Asks, or waits for whoever is asking the same. What `ask` fails with is for who has asked
    /// alone: then the next of those who wait asks.
    ///
    /// `None` when another thread is still asking at `deadline`.
    pub(crate) fn ask<E>(
        &self,
        key: K,
        deadline: Instant,
        ask: impl FnOnce() -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let mine = loop {
            let theirs = match self.0.lock().entry(key.clone()) {
                Entry::Occupied(theirs) => Arc::clone(theirs.get()),
                Entry::Vacant(free) => break Arc::clone(free.insert(Arc::default())),
            };
            match theirs.wait(deadline) {
                State::UnderWay => return None,
                State::Answered(answer) => return Some(Ok(answer)),
                State::GivenUp => {}
            }
        };
        let asking = Asking {
            shared: self,
            key,
            question: mine,
        };
        let asked = ask();
        if let Ok(answer) = &asked {
            *asking.question.state.lock() = State::Answered(answer.clone());
        }
        Some(asked)
    }
}

impl<T: Clone> Question<T> {
    fn wait(&self, deadline: Instant) -> State<T> {
        let mut state = self.state.lock();
        while let State::UnderWay = *state {
            if self.over.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        state.clone()
    }
}

/// Ends the question when it is dropped, also by a panic.
struct Asking<'a, K: Eq + Hash, T> {
    shared: &'a Shared<K, T>,
    key: K,
    question: Arc<Question<T>>,
}

impl<K: Eq + Hash, T> Drop for Asking<'_, K, T> {
    fn drop(&mut self) {
        self.shared.0.lock().remove(&self.key);
        let mut state = self.question.state.lock();
        if let State::UnderWay = *state {
            *state = State::GivenUp;
        }
        self.question.over.notify_all();
    }
}

impl<T> Default for Question<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State::UnderWay),
            over: Condvar::new(),
        }
    }
}

impl<K, T> Default for Shared<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::net;

    fn late() -> Instant {
        net::now().instant + Duration::from_secs(60)
    }

    /// How many wait for an answer to what is under way.
    fn waiting(shared: &Shared<u8, u8>) -> usize {
        let questions = shared.0.lock();
        // The map has one, and who asks another.
        questions.get(&1).map_or(0, |it| Arc::strong_count(it) - 2)
    }

    #[test]
    fn one_asks_and_all_are_answered() {
        let shared = Shared::default();
        let asked = AtomicUsize::new(0);
        let ask = || {
            asked.fetch_add(1, Ordering::SeqCst);
            while waiting(&shared) < 7 {
                thread::yield_now();
            }
            Ok::<u8, ()>(5)
        };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(shared.ask(1, late(), ask), Some(Ok(5))));
            }
        });
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert!(shared.0.lock().is_empty());
    }

    #[test]
    fn who_waits_asks_when_the_first_has_failed_or_panicked() {
        for panics in [false, true] {
            let shared = Shared::default();
            let begun = Barrier::new(2);
            thread::scope(|scope| {
                let first = scope.spawn(|| {
                    let fail = || {
                        begun.wait();
                        while waiting(&shared) < 1 {
                            thread::yield_now();
                        }
                        assert!(!panics, "planned");
                        Err("it took too long")
                    };
                    catch_unwind(AssertUnwindSafe(|| shared.ask(1, late(), fail)))
                });
                begun.wait();
                let second = shared.ask(1, late(), || Ok::<_, &str>(6));
                assert_eq!(second, Some(Ok(6)));
                let first = first.join().expect("the panic was caught");
                assert_eq!(first.is_err(), panics);
            });
        }
    }

    #[test]
    fn nobody_waits_beyond_the_own_deadline() {
        let shared = Shared::<u8, u8>::default();
        let slow = || {
            let past = net::now().instant;
            let other = shared.ask(1, past, || Ok::<u8, ()>(7));
            assert_eq!(other, None, "somebody else is at it");
            let different = shared.ask(2, past, || Ok::<u8, ()>(8));
            assert_eq!(different, Some(Ok(8)));
            Ok::<u8, ()>(5)
        };
        assert_eq!(shared.ask(1, late(), slow), Some(Ok(5)));
    }
}
