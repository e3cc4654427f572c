//! The place of one answer, and of the thread that sleeps for it.
use std::time::Instant;

use super::park::{Thread, current, park_until};
use super::swap::Swap;

/// Takes an answer somewhere else.
type Forward<T> = Box<dyn FnOnce(T) + Send>;

/// The place of one answer. One thread puts it in; one thread at a time may wait for it.
///
/// Nobody spins. No wake-up is lost: who waits (1) says so in `sleeper`, (2) looks for the answer
/// once more, (3) parks. Who answers (a) puts the answer in, (b) takes the sleeper and unparks it.
/// If (2) finds nothing it comes before (a) in the order of that place, so (1) comes before (b),
/// and the sleeper is found. An unpark that comes before (3) ends the park at once.
pub(crate) struct Reply<T> {
    there: Swap<Box<T>>,
    sleeper: Swap<Thread>,
    forward: Swap<Box<Forward<T>>>,
}

impl<T> Reply<T> {
    pub(crate) fn new() -> Self {
        Self {
            there: Swap::new(),
            sleeper: Swap::new(),
            forward: Swap::new(),
        }
    }

    /// Puts the answer in. Who sleeps for it comes back, and has to be woken.
    #[must_use = "it sleeps until it is woken"]
    pub(crate) fn answer(&self, answer: T) -> Option<Thread> {
        self.there.put(Box::new(answer));
        if let Some(forward) = self.forward.take()
            && let Some(answer) = self.there.take()
        {
            forward(*answer);
        }
        self.sleeper.take()
    }

    /// The answer, if it is here. It comes out once.
    pub(crate) fn take(&self) -> Option<T> {
        self.there.take().map(|answer| *answer)
    }

    /// The answer goes there instead, be it here already or not.
    pub(crate) fn forward(&self, there: impl Fn(T) + Clone + Send + 'static) {
        let forward: Forward<T> = Box::new(there.clone());
        self.forward.put(Box::new(forward));
        // Who answered before, or at the same time and saw no forward, has left it here.
        if let Some(answer) = self.take() {
            there(answer);
            self.forward.take();
        }
    }

    /// Waits for the answer: `None` when it is not here by `until`.
    pub(crate) fn wait(&self, until: Instant) -> Option<T> {
        loop {
            if let Some(answer) = self.take() {
                return Some(answer);
            }
            self.sleeper.put(current());
            let answer = self.take();
            let in_time = answer.is_some() || park_until(until);
            self.sleeper.take();
            if answer.is_some() || !in_time {
                return answer.or_else(|| self.take());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net;
    use crossbeam_channel::bounded;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    fn soon() -> Instant {
        net::after(Duration::from_secs(60))
    }

    #[test]
    fn who_sleeps_is_woken_however_the_two_meet() {
        for round in 0..2_000_u32 {
            let reply = Arc::new(Reply::new());
            let other = Arc::clone(&reply);
            let answering = thread::spawn(move || {
                (0..round % 97).for_each(|_| thread::yield_now());
                if let Some(sleeper) = other.answer(round) {
                    sleeper.unpark();
                }
            });
            assert_eq!(reply.wait(soon()), Some(round));
            answering.join().unwrap();
            assert_eq!(reply.take(), None, "it comes out once");
        }
    }

    #[test]
    fn who_gives_up_is_not_woken_later() {
        let reply = Reply::new();
        assert_eq!(reply.wait(net::now().instant), None);
        assert!(reply.answer(1).is_none(), "nobody sleeps any more");
        assert_eq!(reply.wait(net::now().instant), Some(1));
    }

    #[test]
    fn an_answer_is_forwarded_be_it_early_or_late() {
        for early in [true, false] {
            let (sender, receiver) = bounded(1);
            let reply = Reply::new();
            let put = || assert!(reply.answer(7).is_none());
            let forward = move |answer| sender.send(answer).unwrap();
            if early {
                put();
                reply.forward(forward);
            } else {
                reply.forward(forward);
                put();
            }
            assert_eq!(receiver.try_recv(), Ok(7));
            assert_eq!(reply.take(), None);
        }
    }
}
