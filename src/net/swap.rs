//! A place that threads put things into and take things from, without a lock.
use crossbeam_utils::atomic::AtomicCell;

/// Holds one thing or nothing.
///
/// Each operation reads and writes at once, and they form one order. Whoever finds nothing where
/// another puts something later has therefore done before it what it did before: that is what
/// [`Reply`](super::reply::Reply) rests on, and a plain store would not give.
pub(super) struct Swap<T>(AtomicCell<Option<T>>);

impl<T> Swap<T> {
    pub(super) const fn new() -> Self {
        Self(AtomicCell::new(None))
    }

    /// What was there before is dropped.
    pub(super) fn put(&self, it: T) {
        self.0.swap(Some(it));
    }

    pub(super) fn take(&self) -> Option<T> {
        self.0.swap(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::{self, Thread};

    #[test]
    fn what_is_put_in_is_taken_once() {
        let place = Swap::new();
        assert_eq!(place.take(), None);
        place.put(Box::new(1));
        place.put(Box::new(2));
        assert_eq!(place.take(), Some(Box::new(2)));
        assert_eq!(place.take(), None);
    }

    #[test]
    fn nothing_waits_for_a_lock() {
        assert!(AtomicCell::<Option<Box<[u64; 9]>>>::is_lock_free());
        assert!(AtomicCell::<Option<Thread>>::is_lock_free());
        Swap::new().put(thread::current());
    }
}
