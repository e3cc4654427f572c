//! All who are given updates.
use std::sync::Arc;

use crossbeam_channel::Receiver;

use super::delivery::UpdateDelivery;
use super::shelf::Shelf;
use super::subscriber::{Given, Subscriber};
use super::update::Update;

/// All who are given updates, and what the last one of them has left.
///
/// Nothing is taken from the network while nobody is there, so nothing is lost between two streams.
pub(super) struct Company {
    there: Vec<Subscriber>,
    /// What nobody has read: whoever comes next begins with it.
    unread: Vec<UpdateDelivery>,
    /// Nobody's.
    shelf: Arc<Shelf>,
}

impl Company {
    pub(super) fn new(shelf: Shelf) -> Self {
        Self {
            there: Vec::new(),
            unread: Vec::new(),
            shelf: Arc::new(shelf),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        !self.there.is_empty()
    }

    /// One more. What was left is theirs.
    pub(super) fn enrol(&mut self, mut subscriber: Subscriber, closed: &Receiver<()>) {
        let mut unread = std::mem::take(&mut self.unread).into_iter();
        for old in unread.by_ref() {
            let (ticket, login) = (old.ticket, old.login);
            let (update, receipt) = old.open();
            if subscriber.wants(&update, false) {
                let delivery = UpdateDelivery::new(update, ticket, login, &subscriber.shelf);
                match subscriber.give(delivery, closed) {
                    Given::Taken => {}
                    Given::Left(mut left) => {
                        left.extend(unread);
                        self.unread = left;
                        return;
                    }
                    Given::Gone | Given::Closed => return,
                }
            }
            receipt.finish();
        }
        self.there.push(subscriber);
    }

    /// Takes leave of those whose streams have been dropped.
    pub(super) fn part(&mut self) {
        for at in (0..self.there.len()).rev() {
            if let Some(unread) = self.there[at].leftovers() {
                self.lose(at, unread);
            }
        }
    }

    /// Gives an update to all who want it; false when the client has been closed meanwhile.
    pub(super) fn give(
        &mut self,
        update: &Update,
        ticket: u64,
        login: u64,
        own: bool,
        closed: &Receiver<()>,
    ) -> bool {
        if self.there.is_empty() {
            // Whoever was there has just left.
            if !own {
                let next = UpdateDelivery::new(update.clone(), ticket, login, &self.shelf);
                self.unread.push(next);
            }
            return true;
        }
        let mut at = 0;
        while let Some(one) = self.there.get_mut(at) {
            at += 1;
            if !one.wants(update, own) {
                continue;
            }
            let delivery = UpdateDelivery::new(update.clone(), ticket, login, &one.shelf);
            match one.give(delivery, closed) {
                Given::Taken => {}
                Given::Left(unread) => {
                    at -= 1;
                    self.lose(at, unread);
                }
                Given::Gone => {
                    at -= 1;
                    self.lose(at, Vec::new());
                }
                Given::Closed => return false,
            }
        }
        true
    }

    /// The first update that somebody has not finished.
    pub(super) fn unfinished(&self) -> Option<u64> {
        let there = self.there.iter().filter_map(|one| one.shelf.lowest());
        let unread = self.unread.iter().map(|one| one.ticket);
        there.chain(unread).min()
    }

    /// One goes. What the last one has not read is kept for the next.
    fn lose(&mut self, at: usize, unread: Vec<UpdateDelivery>) {
        self.there.remove(at);
        if self.there.is_empty() {
            self.unread = unread;
        }
    }
}
