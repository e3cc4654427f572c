//! All who are given updates.
use std::sync::Arc;
use std::time::Instant;

use super::delivery::{Slip, UpdateDelivery};
use super::door::{Door, Refused};
use super::shelf::Shelf;
use super::subscriber::Subscriber;
use super::update::{Place, Update};

/// All who are given updates, and what the last one of them has left.
///
/// Nothing is taken from the network while nobody is there, so nothing is lost between two streams.
pub(super) struct Company {
    there: Vec<Subscriber>,
    /// How many there have been.
    begun: usize,
    /// What nobody has read: whoever comes next begins with it.
    unread: Vec<UpdateDelivery>,
    /// Nobody's.
    shelf: Arc<Shelf>,
    /// Of those who have left and not finished all: a reader that panicked, for instance. What is
    /// on them comes again when the program is started anew.
    abandoned: Vec<Arc<Shelf>>,
}

/// Something that one of them can take.
pub(super) struct Offer {
    pub(super) at: usize,
    pub(super) door: Arc<Door>,
    pub(super) delivery: UpdateDelivery,
}

impl Company {
    pub(super) fn new(shelf: Shelf) -> Self {
        Self {
            there: Vec::new(),
            begun: 0,
            unread: Vec::new(),
            shelf: Arc::new(shelf),
            abandoned: Vec::new(),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        !self.there.is_empty()
    }

    /// The name of the first that has more than it can hold. While there is one, nobody is given
    /// anything.
    pub(super) fn full(&self) -> Option<&str> {
        let full = self.there.iter().find(|one| one.is_full());
        full.map(|one| &one.name[..])
    }

    /// Whether there is more than one.
    pub(super) fn are_several(&self) -> bool {
        self.there.len() > 1
    }

    /// When one that is full has to make room, or an album has waited long enough.
    pub(super) fn due(&self) -> Option<Instant> {
        let full = self.there.iter().filter(|one| one.is_full());
        let albums = self.there.iter().filter_map(Subscriber::album_due);
        full.filter_map(Subscriber::due).chain(albums).min()
    }

    /// One more. What was left is theirs.
    pub(super) fn enrol(&mut self, mut subscriber: Subscriber, now: Instant) {
        // Whoever has left before it came leaves it what is unread.
        self.look_around(now);
        self.begun += 1;
        subscriber.begin(self.begun, self.there.is_empty());
        self.there.push(subscriber);
        let unread = std::mem::take(&mut self.unread);
        if let Some(one) = self.there.last_mut() {
            unread.into_iter().for_each(|old| one.take_over(old, now));
        }
        self.look_around(now);
    }

    /// Takes leave of those whose streams have been dropped, and lets out what can go out.
    pub(super) fn look_around(&mut self, now: Instant) {
        for at in (0..self.there.len()).rev() {
            if let Some(one) = self.there.get_mut(at) {
                one.release_albums(now);
            }
            if let Some(one) = self.there.get_mut(at)
                && (one.has_left() || !one.flush() || !one.make_room(now))
            {
                self.lose(at);
            }
        }
    }

    /// Whether anybody can want what is of this kind and place: otherwise it need not be built.
    pub(super) fn is_about(&self, place: &Place, own: bool) -> bool {
        self.there.is_empty() || self.there.iter().any(|one| one.is_about(place, own))
    }

    /// Gives an update to all who want it. Says how many do.
    pub(super) fn give(&mut self, update: Update, slip: Slip, own: bool, now: Instant) -> usize {
        if self.there.is_empty() {
            // Whoever was there has just left.
            if !own {
                let next = UpdateDelivery::new(update, slip, &self.shelf);
                self.unread.push(next);
            }
            return 1;
        }
        let wanting: Vec<usize> = (0..self.there.len())
            .filter(|at| self.there[*at].wants(&update, own))
            .collect();
        let (mut update, mut gone) = (Some(update), Vec::new());
        for (place, at) in wanting.iter().enumerate() {
            let its = match place + 1 == wanting.len() {
                true => update.take(),
                false => update.clone(),
            };
            if let Some(its) = its
                && !self.there[*at].give(its, slip, now)
            {
                gone.push(*at);
            }
        }
        gone.into_iter().rev().for_each(|at| self.lose(at));
        wanting.len()
    }

    /// What can be taken now. Each is to be given back by [`taken`](Self::taken) or
    /// [`keep`](Self::keep), before anything else happens.
    pub(super) fn offers(&mut self) -> Vec<Offer> {
        let all = self.there.iter_mut().enumerate();
        let offers = all.filter_map(|(at, one)| {
            let delivery = one.offer()?;
            let door = Arc::clone(&one.door);
            Some(Offer { at, door, delivery })
        });
        offers.collect()
    }

    /// Nobody has taken it.
    pub(super) fn keep(&mut self, offer: Offer) {
        self.there[offer.at].keep(offer.delivery);
    }

    /// Somebody has, or nobody is there any more.
    pub(super) fn taken(&mut self, at: usize, refused: Result<(), Refused>) {
        match refused {
            Ok(()) => self.there[at].handed(),
            Err(Refused::Full(back)) => self.there[at].keep(back),
            Err(Refused::Gone(back)) => {
                self.there[at].keep(back);
                self.lose(at);
            }
        }
    }

    /// The first update that somebody has not finished.
    pub(super) fn unfinished(&mut self) -> Option<u64> {
        self.abandoned.retain(|shelf| shelf.lowest().is_some());
        let there = self.there.iter().map(|one| &one.shelf);
        let shelves = there.chain(&self.abandoned).chain([&self.shelf]);
        shelves.filter_map(|shelf| shelf.lowest()).min()
    }

    /// Those that have been finished since this was asked last, of which that has to be known.
    pub(super) fn told(&self) -> Vec<u64> {
        let there = self.there.iter().map(|one| &one.shelf);
        let shelves = there.chain(&self.abandoned).chain([&self.shelf]);
        shelves.flat_map(|shelf| shelf.told()).collect()
    }

    /// Receivers end with the login, as they cannot say why they bring nothing any more.
    pub(super) fn end_receivers(&mut self) {
        for at in (0..self.there.len()).rev() {
            if self.there[at].is_receiver() {
                self.lose(at);
            }
        }
    }

    /// Somebody else is signed in: what was not theirs is dropped.
    pub(super) fn forget_others(&mut self, login: u64) {
        for old in std::mem::take(&mut self.unread) {
            match old.slip().login == login {
                true => self.unread.push(old),
                false => old.ack(),
            }
        }
        self.there
            .iter_mut()
            .for_each(|one| one.forget_others(login));
        self.abandoned.clear();
    }

    /// One goes. What the last one has not read is kept for the next.
    fn lose(&mut self, at: usize) {
        let gone = self.there.remove(at);
        let shelf = Arc::clone(&gone.shelf);
        let unread = gone.into_unread();
        match self.there.is_empty() {
            true => self.unread = unread,
            false => unread.into_iter().for_each(UpdateDelivery::ack),
        }
        if shelf.lowest().is_some() {
            self.abandoned.push(shelf);
        }
    }
}
