//! The end of something, and waiting for it.
use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

/// Held by what is to end: with it goes the word.
pub(crate) struct Ending(Arc<Place>);

/// For whoever waits. Any number may, any number of times.
///
/// A channel that nothing is sent over does the same and takes half a kilobyte.
pub(crate) struct Ended(Arc<Place>);

#[derive(Default)]
struct Place {
    has_ended: Mutex<bool>,
    told: Condvar,
}

impl Ending {
    pub(crate) fn new() -> (Self, Ended) {
        let place = Arc::<Place>::default();
        (Self(Arc::clone(&place)), Ended(place))
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        *self.0.has_ended.lock() = true;
        self.0.told.notify_all();
    }
}

impl Ended {
    /// Blocks until the [`Ending`] is gone.
    pub(crate) fn wait(&self) {
        let mut has_ended = self.0.has_ended.lock();
        while !*has_ended {
            self.0.told.wait(&mut has_ended);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn all_who_wait_are_told_and_who_comes_late_too() {
        let (ending, ended) = Ending::new();
        let ended = Arc::new(ended);
        let wait = |ended: &Arc<Ended>| {
            let ended = Arc::clone(ended);
            thread::spawn(move || ended.wait())
        };
        let waiting = [wait(&ended), wait(&ended)];
        assert!(!waiting.iter().any(thread::JoinHandle::is_finished));
        drop(ending);
        for thread in waiting {
            thread.join().unwrap();
        }
        ended.wait();
    }
}
