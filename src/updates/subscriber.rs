//! The end of a stream that the updates thread has.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_channel::{Receiver, Select, SendError, Sender, TrySendError, bounded, never};

use super::delivery::UpdateDelivery;
use super::shelf::Shelf;
use super::subscription::{Filter, Subscription, WhenFull};
use super::update::Update;
use crate::client::Reader;

/// The end of a stream that the updates thread has.
pub(super) struct Subscriber {
    pub(super) shelf: Arc<Shelf>,
    queue: Sender<UpdateDelivery>,
    /// What the stream says last.
    left: Receiver<Farewell>,
    /// Whoever takes from a receiver reads as long as there is one.
    reader: Option<Reader>,
    filter: Option<Filter>,
    own: bool,
    /// The other end of the queue, if the oldest are to make room.
    oldest: Option<Receiver<UpdateDelivery>>,
    dropped: Arc<AtomicU64>,
}

/// The end that the stream has.
pub(super) struct Seat {
    pub(super) queue: Receiver<UpdateDelivery>,
    pub(super) leave: Sender<Farewell>,
    /// How many have made room since it was told last.
    pub(super) dropped: Arc<AtomicU64>,
}

/// What a stream says last.
pub(super) enum Farewell {
    /// It was dropped: this is what nobody has read of it.
    Left(Receiver<UpdateDelivery>),
    /// It goes on as a receiver.
    Receiver(Reader),
}

/// What became of an update that was given to a subscriber.
pub(super) enum Given {
    Taken,
    /// The stream has been dropped: what nobody has read of it.
    Left(Vec<UpdateDelivery>),
    /// Its receiver has been dropped.
    Gone,
    /// The client has been closed.
    Closed,
}

impl Subscriber {
    pub(super) fn new(what: Subscription, shelf: Shelf) -> (Self, Seat) {
        let (queue, read) = bounded(what.capacity);
        let (leave, left) = bounded(1);
        let dropped = Arc::<AtomicU64>::default();
        let subscriber = Self {
            shelf: Arc::new(shelf),
            queue,
            left,
            reader: None,
            filter: what.filter,
            own: what.own,
            oldest: (what.when_full == WhenFull::DropOldest).then(|| read.clone()),
            dropped: Arc::clone(&dropped),
        };
        let seat = Seat {
            queue: read,
            leave,
            dropped,
        };
        (subscriber, seat)
    }

    /// Whether it gets this update.
    pub(super) fn wants(&self, update: &Update, own: bool) -> bool {
        if own && !self.own {
            return false;
        }
        match (&self.filter, update) {
            (None, _) | (_, Update::Lost(_)) => true,
            // A bug in it is no reason to leave anything out, or to end all streams.
            (Some(filter), update) => {
                catch_unwind(AssertUnwindSafe(|| filter(update))).unwrap_or(true)
            }
        }
    }

    /// Hands an update over, and waits for room if that was chosen, but not beyond the client's
    /// end.
    pub(super) fn give(&mut self, delivery: UpdateDelivery, closed: &Receiver<()>) -> Given {
        let delivery = match self.queue.try_send(delivery) {
            Ok(()) => return Given::Taken,
            // Perhaps it was dropped just now; then its queue is with this end too.
            Err(TrySendError::Disconnected(_)) => return Given::Gone,
            Err(TrySendError::Full(delivery)) => delivery,
        };
        if let Some(oldest) = &self.oldest {
            return self.make_room(delivery, oldest);
        }
        loop {
            let mut select = Select::new();
            select.send(&self.queue);
            let left = select.recv(&self.left);
            let end = select.recv(closed);
            let ready = select.select();
            match ready.index() {
                index if index == end => {
                    ready.recv(closed).ok();
                    return Given::Closed;
                }
                index if index == left => match ready.recv(&self.left) {
                    Ok(Farewell::Left(queue)) => {
                        let unread = queue.try_iter().chain([delivery]);
                        return Given::Left(unread.collect());
                    }
                    Ok(Farewell::Receiver(reader)) => self.reader = Some(reader),
                    // All was said.
                    Err(_) => self.left = never(),
                },
                _ => match ready.send(&self.queue, delivery) {
                    Ok(()) => return Given::Taken,
                    Err(SendError(back)) => {
                        drop(back);
                        return Given::Gone;
                    }
                },
            }
        }
    }

    /// What nobody has read, if the stream was dropped.
    pub(super) fn leftovers(&mut self) -> Option<Vec<UpdateDelivery>> {
        match self.left.try_recv().ok()? {
            Farewell::Left(queue) => Some(queue.try_iter().collect()),
            Farewell::Receiver(reader) => {
                self.reader = Some(reader);
                None
            }
        }
    }

    /// The oldest go until there is room. The reader counts them.
    fn make_room(&self, mut delivery: UpdateDelivery, oldest: &Receiver<UpdateDelivery>) -> Given {
        loop {
            if let Ok(old) = oldest.try_recv() {
                old.ack();
                self.dropped.fetch_add(1, Ordering::AcqRel);
            }
            delivery = match self.queue.try_send(delivery) {
                Ok(()) => return Given::Taken,
                Err(TrySendError::Disconnected(_)) => return Given::Gone,
                Err(TrySendError::Full(back)) => back,
            };
        }
    }
}
