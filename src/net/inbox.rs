//! A queue from many threads to one that is called when there is something in it.
use std::collections::VecDeque;
use std::mem;
use std::ops::RangeInclusive;
use std::sync::Arc;

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
    let queue = Arc::new(Mutex::new(Queue {
        waiting: VecDeque::new(),
        is_written: true,
        is_read: true,
    }));
    let inlet = Inlet(Arc::clone(&queue));
    let taken = VecDeque::new();
    (inlet, Inbox { queue, taken })
}

/// Where things are put into the queue, by all who share it.
pub(crate) struct Inlet<T>(Arc<Mutex<Queue<T>>>);

/// The reader's end.
pub(crate) struct Inbox<T> {
    queue: Arc<Mutex<Queue<T>>>,
    /// What was taken over and is the next to be given.
    taken: VecDeque<T>,
}

struct Queue<T> {
    waiting: VecDeque<T>,
    /// Whether the inlet is still there.
    is_written: bool,
    is_read: bool,
}

/// There is nothing to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    /// Now.
    Yet,
    /// Nor will there ever be: the inlet is gone.
    Ended,
}

impl<T> Inlet<T> {
    /// Puts something in, and waits for nobody but who is just doing the same or taking it over.
    ///
    /// # Errors
    ///
    /// The thing itself, when nobody reads any more.
    pub(crate) fn put(&self, thing: T) -> Result<(), T> {
        let mut queue = self.0.lock();
        if !queue.is_read {
            return Err(thing);
        }
        queue.waiting.push_back(thing);
        Ok(())
    }
}

impl<T> Drop for Inlet<T> {
    fn drop(&mut self) {
        self.0.lock().is_written = false;
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
        if !ROOM_KEPT.contains(&self.taken.capacity()) {
            self.taken = VecDeque::new();
        }
        let mut queue = self.queue.lock();
        mem::swap(&mut queue.waiting, &mut self.taken);
        self.taken.pop_front().ok_or(match queue.is_written {
            true => Empty::Yet,
            false => Empty::Ended,
        })
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        let mut queue = self.queue.lock();
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
        for thing in 1..4 {
            assert_eq!(inbox.take(), Ok(thing));
        }
        assert_eq!(inbox.take(), Err(Empty::Yet), "the inlet is there");
        inlet.put(4).unwrap();
        drop(inlet);
        assert_eq!(inbox.take(), Ok(4));
        assert_eq!(inbox.take(), Err(Empty::Ended));
    }

    #[test]
    fn each_writers_things_come_out_once_and_in_its_order() {
        const EACH: u32 = 10_000;
        let (inlet, mut inbox) = inbox();
        let inlet = Arc::new(inlet);
        let writers: Vec<_> = (0..4_usize)
            .map(|writer| {
                let inlet = Arc::clone(&inlet);
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
            assert_eq!(inlet.0.lock().waiting.capacity(), 0, "{many}");
        }
    }
}
