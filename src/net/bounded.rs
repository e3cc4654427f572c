//! A queue that a slow reader cannot make grow.
use std::collections::VecDeque;

use crossbeam_channel::Sender;

/// So many bytes wait for their reader, however few things they are: a small packet can unpack into
/// an update of many megabytes. A queue full of ordinary ones takes a twentieth of it.
const BYTES_MAX: usize = 64 << 20;

/// The writer's end of a queue. Who writes never waits: it asks first whether there is room.
pub(super) struct Bounded<T> {
    queue: Sender<T>,
    capacity: usize,
    bytes_max: usize,
    /// How many bytes each thing in the queue has; longer than the queue by what was taken since.
    sizes: VecDeque<usize>,
    /// The sum of these.
    bytes: usize,
    /// How many things were ever put into the queue.
    sent: u64,
}

impl<T> Bounded<T> {
    /// It holds at most `capacity` things, and none more once they have so many bytes. The queue
    /// itself must have no limit, or the same.
    pub(super) fn new(queue: Sender<T>, capacity: usize) -> Self {
        Self {
            queue,
            capacity,
            bytes_max: BYTES_MAX,
            sizes: VecDeque::new(),
            bytes: 0,
            sent: 0,
        }
    }

    /// Whether there is room for one more, however large.
    pub(super) fn has_room(&mut self) -> bool {
        self.look_what_was_taken();
        // Only this thread puts things in, so the queue can only be shorter by now.
        self.queue.len() < self.capacity && self.bytes < self.bytes_max
    }

    /// Puts something in, whether there is room for it or not.
    pub(super) fn put(&mut self, size: usize, thing: T) {
        // Without a reader there is nothing to count: the queue stays empty.
        if self.queue.send(thing).is_ok() {
            self.sent += 1;
            self.sizes.push_back(size);
            self.bytes += size;
        }
    }

    /// How many things were ever put in.
    pub(super) fn sent(&self) -> u64 {
        self.sent
    }

    /// How many of them were taken out.
    pub(super) fn taken(&mut self) -> u64 {
        self.look_what_was_taken();
        self.sent - self.sizes.len() as u64
    }

    fn look_what_was_taken(&mut self) {
        while self.sizes.len() > self.queue.len() {
            self.bytes -= self.sizes.pop_front().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;

    #[test]
    fn few_large_things_fill_it_too() {
        let (sender, queue) = unbounded();
        let mut bounded = Bounded::new(sender, 100);
        bounded.bytes_max = 1000;
        let fill = |bounded: &mut Bounded<usize>| {
            while bounded.has_room() {
                bounded.put(400, 400);
            }
        };
        for _ in 0..5 {
            fill(&mut bounded);
            // What was taken makes room, and is not counted for ever.
            assert_eq!(queue.try_iter().collect::<Vec<_>>(), [400, 400, 400]);
        }
        assert!(bounded.sizes.len() <= 3);
        assert_eq!((bounded.sent(), bounded.taken()), (15, 15));
    }

    #[test]
    fn many_small_things_fill_it() {
        let (sender, queue) = unbounded();
        let mut bounded = Bounded::new(sender, 2);
        while bounded.has_room() {
            bounded.put(1, ());
        }
        assert_eq!(queue.len(), 2);
        queue.recv().unwrap();
        assert!(bounded.has_room());
        assert_eq!(bounded.taken(), 1);
    }

    #[test]
    fn without_a_reader_nothing_is_counted() {
        let mut bounded = Bounded::new(unbounded().0, 1);
        for _ in 0..10 {
            bounded.put(7, ());
        }
        assert!(bounded.has_room() && bounded.sizes.is_empty());
    }
}
