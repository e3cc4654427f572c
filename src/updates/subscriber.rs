//! The end of a stream that the updates thread has.
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::albums::Albums;
use super::delivery::{Slip, UpdateDelivery};
use super::door::{Door, Refused};
use super::interest::Interest;
use super::lost::Lost;
use super::shelf::Shelf;
use super::subscription::{Filter, Subscription, WhenFull};
use super::update::{Place, Update};
use crate::client::Reader;

/// How long a stream that is not the first one holds the others up, unless it is said.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A queue takes its memory when it is made: of more than this, the rest waits on this side.
const QUEUE_MAX: usize = 1024;

/// The end of a stream that the updates thread has.
pub(super) struct Subscriber {
    pub(super) name: String,
    pub(super) shelf: Arc<Shelf>,
    pub(super) door: Arc<Door>,
    /// What has not gone out yet.
    waiting: VecDeque<UpdateDelivery>,
    /// How many have made room and are told by the first one that waits.
    missed: u64,
    capacity: usize,
    /// What the stream says last.
    left: Receiver<Farewell>,
    /// Whoever takes from a receiver reads as long as there is one.
    reader: Option<Reader>,
    filter: Sieve,
    interest: Interest,
    /// What has to wait for the rest of its album.
    albums: Albums,
    own: bool,
    drops_oldest: bool,
    longest_wait: Option<Option<Duration>>,
    /// Since when it has been full, or never more than half empty.
    full_since: Option<Instant>,
    dropped: Arc<AtomicU64>,
}

/// A filter is its stream's: one that holds a client does not keep it alive when the stream is
/// gone.
enum Sieve {
    None,
    Lent(Weak<Filter>),
    Own(Arc<Filter>),
}

/// The end that the stream has.
pub(super) struct Seat {
    pub(super) queue: Receiver<UpdateDelivery>,
    pub(super) leave: Sender<Farewell>,
    /// How many have made room since it was told last.
    pub(super) dropped: Arc<AtomicU64>,
    pub(super) filter: Option<Arc<Filter>>,
}

/// What a stream says last.
pub(super) enum Farewell {
    /// It was dropped.
    Left,
    /// It goes on as a receiver.
    Turned(Door, Reader, Option<Arc<Filter>>),
}

impl Subscriber {
    pub(super) fn new(what: Subscription, shelf: Shelf) -> (Self, Seat) {
        let (queue, read) = bounded(what.capacity.min(QUEUE_MAX));
        let (leave, left) = bounded(1);
        let dropped = Arc::<AtomicU64>::default();
        let filter = what.filter;
        let subscriber = Self {
            name: what.name.unwrap_or_default(),
            shelf: Arc::new(shelf),
            door: Arc::new(Door::Queue(queue, read.clone())),
            waiting: VecDeque::new(),
            missed: 0,
            capacity: what.capacity,
            left,
            reader: None,
            filter: match &filter {
                Some(filter) => Sieve::Lent(Arc::downgrade(filter)),
                None => Sieve::None,
            },
            interest: what.interest,
            albums: Albums::default(),
            own: what.own,
            drops_oldest: what.when_full == WhenFull::DropOldest,
            longest_wait: what.longest_wait,
            full_since: None,
            dropped: Arc::clone(&dropped),
        };
        let seat = Seat {
            queue: read,
            leave,
            dropped,
            filter,
        };
        (subscriber, seat)
    }

    /// It begins, as the one of this number.
    pub(super) fn begin(&mut self, number: usize, is_first: bool) {
        if self.name.is_empty() {
            self.name = format!("stream {number}");
        }
        let usual = (!is_first).then_some(LONGEST_WAIT);
        self.longest_wait.get_or_insert(usual);
    }

    /// Whether it gets this update.
    pub(super) fn wants(&self, update: &Update, own: bool) -> bool {
        if !self.is_about(&update.place(), own) {
            return false;
        }
        let filter = match &self.filter {
            Sieve::None => return true,
            Sieve::Own(filter) => Arc::clone(filter),
            Sieve::Lent(filter) => match filter.upgrade() {
                Some(filter) => filter,
                None => return false,
            },
        };
        if matches!(update, Update::Lost(_)) {
            return true;
        }
        // A bug in it is no reason to leave anything out, or to end all streams.
        catch_unwind(AssertUnwindSafe(|| filter(update))).unwrap_or(true)
    }

    /// Gives it an update. False when nobody is there any more.
    pub(super) fn give(&mut self, update: Update, slip: Slip, now: Instant) -> bool {
        self.line_up(UpdateDelivery::new(update, slip, &self.shelf), now);
        self.flush() && self.make_room(now)
    }

    /// Goes on with what another one has left.
    pub(super) fn take_over(&mut self, old: UpdateDelivery, now: Instant) {
        match self.wants(&old, false) {
            true => self.line_up(old.moved_to(&self.shelf), now),
            false => old.ack(),
        }
    }

    /// Whether it can want an update of this kind and place.
    pub(super) fn is_about(&self, place: &Place, own: bool) -> bool {
        (self.own || !own) && self.interest.covers(place)
    }

    /// When an album has waited long enough.
    pub(super) fn album_due(&self) -> Option<Instant> {
        self.albums.due()
    }

    /// Lets albums go that have waited long enough.
    pub(super) fn release_albums(&mut self, now: Instant) {
        self.waiting.extend(self.albums.late(now));
    }

    fn line_up(&mut self, next: UpdateDelivery, now: Instant) {
        match self.interest.albums {
            true => self.waiting.extend(self.albums.take(next, now)),
            false => self.waiting.push_back(next),
        }
    }

    /// Lets out what can go out now. False when nobody is there any more.
    pub(super) fn flush(&mut self) -> bool {
        while let Some(first) = self.waiting.pop_front() {
            match self.door.try_hand(first) {
                Ok(()) => self.missed = 0,
                Err(Refused::Full(back)) => {
                    self.waiting.push_front(back);
                    break;
                }
                Err(Refused::Gone(back)) => {
                    self.waiting.push_front(back);
                    return false;
                }
            }
        }
        if self.fill() <= self.capacity / 2 {
            self.full_since = None;
        }
        true
    }

    /// What has to go out next, to be offered.
    pub(super) fn offer(&mut self) -> Option<UpdateDelivery> {
        self.waiting.pop_front()
    }

    /// It has not gone out.
    pub(super) fn keep(&mut self, back: UpdateDelivery) {
        self.waiting.push_front(back);
    }

    /// It has gone out.
    pub(super) fn handed(&mut self) {
        self.missed = 0;
    }

    /// Whether it has more than it can hold: then nobody is given anything.
    pub(super) fn is_full(&self) -> bool {
        self.fill() > self.capacity
    }

    /// When the others need not wait for it any longer.
    pub(super) fn due(&self) -> Option<Instant> {
        self.full_since?.checked_add(self.longest_wait??)
    }

    /// The oldest go, if that is what was wanted, or if the others have waited long enough. False
    /// when nobody is there any more.
    pub(super) fn make_room(&mut self, now: Instant) -> bool {
        if !self.is_full() {
            return true;
        }
        self.full_since.get_or_insert(now);
        let may_drop = self.drops_oldest || self.due().is_some_and(|due| due <= now);
        while may_drop && self.is_full() {
            self.drop_oldest();
            if !self.flush() {
                return false;
            }
        }
        true
    }

    /// What the stream has said, if it has. True when it has left.
    pub(super) fn has_left(&mut self) -> bool {
        match self.left.try_recv() {
            Ok(Farewell::Left) => true,
            Ok(Farewell::Turned(door, reader, filter)) => {
                self.turn(door, reader, filter);
                false
            }
            Err(_) => false,
        }
    }

    /// What nobody has taken.
    pub(super) fn into_unread(mut self) -> Vec<UpdateDelivery> {
        self.take_back();
        let waiting = self.waiting.into_iter();
        let mut unread: Vec<_> = waiting.flat_map(UpdateDelivery::apart).collect();
        unread.extend(self.albums.apart());
        unread.sort_by_key(|one| one.slip().ticket);
        unread
    }

    /// What waits for somebody who was signed in before is dropped.
    pub(super) fn forget_others(&mut self, login: u64) {
        let held = self.albums.apart();
        for delivery in std::mem::take(&mut self.waiting).into_iter().chain(held) {
            match delivery.slip().login == login {
                true => self.waiting.push_back(delivery),
                false => delivery.ack(),
            }
        }
        self.missed = 0;
    }

    /// Whether it is a receiver, which can be told of its end only by ending.
    pub(super) fn is_receiver(&self) -> bool {
        self.reader.is_some()
    }

    fn turn(&mut self, door: Door, reader: Reader, filter: Option<Arc<Filter>>) {
        self.take_back();
        self.door = Arc::new(door);
        self.reader = Some(reader);
        if let Some(filter) = filter {
            self.filter = Sieve::Own(filter);
        }
        let dropped = self.dropped.swap(0, Ordering::AcqRel);
        if dropped > 0 {
            self.tell_missed(dropped);
        }
    }

    /// What the queue has comes before what waits for it.
    fn take_back(&mut self) {
        if let Door::Queue(_, queue) = &*self.door {
            let queued: Vec<_> = queue.try_iter().collect();
            for delivery in queued.into_iter().rev() {
                self.waiting.push_front(delivery);
            }
        }
    }

    /// How many updates there are.
    fn fill(&self) -> usize {
        let queued = match &*self.door {
            Door::Queue(queue, _) => queue.len(),
            _ => 0,
        };
        queued + self.waiting.len() - usize::from(self.missed > 0)
    }

    /// The reader of a queue counts those that went; whoever takes from a receiver is told by what
    /// comes first.
    fn drop_oldest(&mut self) {
        if let Door::Queue(_, queue) = &*self.door {
            if let Ok(old) = queue.try_recv() {
                old.ack();
                self.dropped.fetch_add(1, Ordering::AcqRel);
            }
            return;
        }
        let told = self.missed > 0;
        if let Some(old) = self.waiting.remove(usize::from(told)) {
            if told && let Some(word) = self.waiting.pop_front() {
                word.ack();
            }
            old.ack();
            self.tell_missed(self.missed + 1);
        }
    }

    fn tell_missed(&mut self, missed: u64) {
        let next = self.waiting.front().map(|next| next.slip().login);
        let slip = Slip {
            ticket: 0,
            login: next.unwrap_or_default(),
            tells: false,
        };
        let word = Update::Lost(Lost::slow(missed));
        self.missed = missed;
        self.waiting
            .push_front(UpdateDelivery::new(word, slip, &self.shelf));
    }
}
