//! What is to be done a little later: one thread for all of it, begun when first needed.
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::clock::Clock;

/// Does things later. [`Later::close`] has to be called in the end.
pub(crate) struct Later {
    clock: Arc<Clock>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    jobs: Vec<(Duration, Job)>,
    is_closed: bool,
    thread: Option<JoinHandle<()>>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Later {
    /// Nothing to be done yet.
    pub(crate) fn new(clock: Arc<Clock>) -> Self {
        Self {
            clock,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Does something after a while, unless it is closed before.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub(crate) fn after(self: &Arc<Self>, while_: Duration, job: Job) -> io::Result<()> {
        let mut state = self.state.lock();
        if state.is_closed {
            return Ok(());
        }
        state.jobs.push((self.clock.steady() + while_, job));
        if state.thread.is_none() {
            let later = Arc::clone(self);
            let builder = thread::Builder::new().name("localdc-later".to_owned());
            state.thread = Some(builder.spawn(move || later.run())?);
        }
        self.changed.notify_one();
        Ok(())
    }

    /// Drops what is left, and waits for the thread.
    pub(crate) fn close(&self) {
        let mut state = self.state.lock();
        state.is_closed = true;
        state.jobs.clear();
        let thread = state.thread.take();
        drop(state);
        self.changed.notify_one();
        if let Some(thread) = thread {
            // A thread that panicked has said so on the standard error stream.
            let _ = thread.join();
        }
    }

    fn run(&self) {
        let mut state = self.state.lock();
        while !state.is_closed {
            let now = self.clock.steady();
            let earliest = (0..state.jobs.len()).min_by_key(|at| state.jobs[*at].0);
            match earliest.map(|at| (at, state.jobs[at].0)) {
                None => self.changed.wait(&mut state),
                Some((at, due)) if due <= now => {
                    // Not swapped: of those that are due at one time the first goes first.
                    let (_, job) = state.jobs.remove(at);
                    drop(state);
                    job();
                    state = self.state.lock();
                }
                Some((_, due)) => {
                    self.changed.wait_for(&mut state, due - now);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn in_the_order_of_their_times_and_not_after_the_end() {
        let later = Arc::new(Later::new(Arc::new(Clock::new())));
        let (tell, told) = mpsc::channel();
        let job = |number: i32| -> Job {
            let tell = tell.clone();
            Box::new(move || tell.send(number).unwrap())
        };
        // All from one moment, however long this thread is kept from adding the next.
        let now = later.clock.steady();
        let at = |milliseconds| now + Duration::from_millis(milliseconds);
        let jobs = [(at(60), job(3)), (at(20), job(1)), (at(40), job(2))];
        later.state.lock().jobs.extend(jobs);
        later.after(Duration::from_millis(80), job(4)).unwrap();
        let order: Vec<i32> = told.iter().take(4).collect();
        assert_eq!(order, [1, 2, 3, 4]);
        let long = Duration::from_secs(3600);
        later
            .after(long, Box::new(move || tell.send(5).unwrap()))
            .unwrap();
        later.close();
        assert!(told.recv().is_err(), "the job is gone");
        later.after(long, Box::new(|| ())).unwrap();
        assert!(later.state.lock().jobs.is_empty());
    }
}
