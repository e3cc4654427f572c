//! A queue from many threads to one that is called when there is something in it.
use std::collections::VecDeque;
use std::mem;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

/// How much room a queue keeps for what comes next once it is empty. Less is soon made again, and
/// idle clients may be many.
const ROOM_KEPT: RangeInclusive<usize> = 5..=256;

/// Makes a queue of any length. It takes memory for what is in it, and next to none while it is
/// empty: there are several to a client, most of them idle, and a channel takes its first block of
/// thirty-one places with its first message.
///
/// Nobody can wait at its end: who writes says so by a bell.
pub(crate) fn inbox<T>() -> (Inlet<T>, Inbox<T>) {
    let shared = Arc::new(Shared {
        queue: Mutex::new(Queue {
            waiting: VecDeque::new(),
            is_read: true,
        }),
        inlets: AtomicUsize::new(1),
    });
    let inlet = Inlet(Arc::clone(&shared));
    let taken = VecDeque::new();
    (inlet, Inbox { shared, taken })
}

/// Where things are put into the queue.
pub(crate) struct Inlet<T>(Arc<Shared<T>>);

/// The reader's end.
pub(crate) struct Inbox<T> {
    shared: Arc<Shared<T>>,
    /// What was taken over and is the next to be given.
    taken: VecDeque<T>,
}

struct Shared<T> {
    queue: Mutex<Queue<T>>,
    inlets: AtomicUsize,
}

struct Queue<T> {
    waiting: VecDeque<T>,
    is_read: bool,
}

/// There is nothing to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    /// Now.
    Yet,
    /// Nor will there ever be: all inlets are gone.
    Ended,
}

impl<T> Inlet<T> {
    /// Puts something in, and never waits for longer than it takes to swap two queues.
    ///
    /// # Errors
    ///
    /// The thing itself, when nobody reads any more.
    pub(crate) fn put(&self, thing: T) -> Result<(), T> {
        let mut queue = self.0.queue.lock();
        if !queue.is_read {
            return Err(thing);
        }
        queue.waiting.push_back(thing);
        Ok(())
    }
}

impl<T> Clone for Inlet<T> {
    fn clone(&self) -> Self {
        self.0.inlets.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Inlet<T> {
    fn drop(&mut self) {
        // Whoever sees none left sees what each of them has put in.
        self.0.inlets.fetch_sub(1, Ordering::Release);
    }
}

impl<T> Inbox<T> {
    /// The next thing, in the order in which they were put in.
    ///
    /// # Errors
    ///
    /// [`Empty`].
    pub(crate) fn take(&mut self) -> Result<T, Empty> {
        if let Some(next) = self.taken.pop_front() {
            return Ok(next);
        }
        // Before the look into the queue: what the last inlet has put in is there then.
        let has_ended = self.shared.inlets.load(Ordering::Acquire) == 0;
        self.refill();
        self.taken.pop_front().ok_or(match has_ended {
            true => Empty::Ended,
            false => Empty::Yet,
        })
    }

    fn refill(&mut self) {
        if !ROOM_KEPT.contains(&self.taken.capacity()) {
            self.taken = VecDeque::new();
        }
        mem::swap(&mut self.shared.queue.lock().waiting, &mut self.taken);
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        let mut queue = self.shared.queue.lock();
        queue.is_read = false;
        let left = mem::take(&mut queue.waiting);
        // What is dropped may put something in.
        drop(queue);
        drop(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn things_come_out_in_their_order_and_then_the_end() {
        let (inlet, mut inbox) = inbox();
        assert_eq!(inbox.take(), Err(Empty::Yet));
        for thing in 0..3 {
            inlet.put(thing).unwrap();
        }
        assert_eq!(inbox.take(), Ok(0));
        inlet.put(3).unwrap();
        let other = inlet.clone();
        drop(inlet);
        for thing in 1..4 {
            assert_eq!(inbox.take(), Ok(thing));
        }
        assert_eq!(inbox.take(), Err(Empty::Yet), "there is an inlet left");
        other.put(4).unwrap();
        drop(other);
        assert_eq!(inbox.take(), Ok(4));
        assert_eq!(inbox.take(), Err(Empty::Ended));
    }

    #[test]
    fn each_writers_things_come_out_once_and_in_its_order() {
        const EACH: u32 = 10_000;
        let (inlet, mut inbox) = inbox();
        let writers: Vec<_> = (0..4_usize)
            .map(|writer| {
                let inlet = inlet.clone();
                thread::spawn(move || (0..EACH).for_each(|at| inlet.put((writer, at)).unwrap()))
            })
            .collect();
        drop(inlet);
        let mut seen = [0; 4];
        loop {
            match inbox.take() {
                Ok((writer, at)) => {
                    assert_eq!(seen[writer], at);
                    seen[writer] += 1;
                }
                Err(Empty::Yet) => thread::yield_now(),
                Err(Empty::Ended) => break,
            }
        }
        assert_eq!(seen, [EACH; 4]);
        for writer in writers {
            writer.join().unwrap();
        }
    }

    #[test]
    fn what_nobody_reads_comes_back_and_nothing_is_kept() {
        let thing = Arc::new(());
        let (inlet, inbox) = inbox();
        inlet.put(Arc::clone(&thing)).unwrap();
        drop(inbox);
        assert_eq!(Arc::strong_count(&thing), 1);
        assert!(inlet.put(Arc::clone(&thing)).is_err());
        assert_eq!(Arc::strong_count(&thing), 1);
    }

    #[test]
    fn neither_a_rush_nor_a_few_leave_room_behind() {
        for many in [100_000, 3] {
            let (inlet, mut inbox) = inbox();
            for _ in 0..3 {
                (0..many).for_each(|thing| inlet.put(thing).unwrap());
                while inbox.take().is_ok() {}
            }
            assert_eq!(inbox.take(), Err(Empty::Yet));
            assert_eq!(inbox.taken.capacity(), 0, "{many}");
            assert_eq!(inlet.0.queue.lock().waiting.capacity(), 0, "{many}");
        }
    }
}
