//! An update that counts as finished when its receiver says so.
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::shelf::Shelf;
use super::update::Update;

/// An update that counts as finished when [`ack`](Self::ack) says so: for several workers that take
/// from one receiver.
///
/// How far the account's updates are is saved only up to the first one that is not finished. So one
/// that is dropped without an `ack`, by a panic for instance, comes again when the program is
/// started anew, with those after it.
#[must_use = "it is not finished before `ack`"]
pub struct UpdateDelivery {
    update: Update,
    slip: Slip,
    shelf: Arc<Shelf>,
}

/// What is written on a delivery.
#[derive(Clone, Copy)]
pub(super) struct Slip {
    pub(super) ticket: u64,
    /// Whose update it is.
    pub(super) login: u64,
    /// Whether it has to be known of this one alone that it is finished.
    pub(super) tells: bool,
}

impl UpdateDelivery {
    /// Puts the update onto the shelf.
    pub(super) fn new(update: Update, slip: Slip, shelf: &Arc<Shelf>) -> Self {
        shelf.put(slip.ticket, slip.tells);
        Self {
            update,
            slip,
            shelf: Arc::clone(shelf),
        }
    }

    /// The program has done with it what it wanted to do. Does not block.
    pub fn ack(self) {
        self.shelf.finish(self.slip.ticket);
    }

    /// It is somebody else's now.
    pub(super) fn moved_to(mut self, shelf: &Arc<Shelf>) -> Self {
        shelf.put(self.slip.ticket, self.slip.tells);
        let old = std::mem::replace(&mut self.shelf, Arc::clone(shelf));
        old.hand_on(self.slip.ticket);
        self
    }

    pub(super) fn slip(&self) -> Slip {
        self.slip
    }

    /// The update, and what finishes it.
    pub(super) fn open(self) -> (Update, Receipt) {
        let receipt = Receipt {
            slip: self.slip,
            shelf: self.shelf,
        };
        (self.update, receipt)
    }
}

impl Deref for UpdateDelivery {
    type Target = Update;

    fn deref(&self) -> &Update {
        &self.update
    }
}

impl fmt::Debug for UpdateDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UpdateDelivery").field(&self.update).finish()
    }
}

/// What is left of a delivery when its update is with the program.
pub(super) struct Receipt {
    slip: Slip,
    shelf: Arc<Shelf>,
}

impl Receipt {
    pub(super) fn finish(self) {
        self.shelf.finish(self.slip.ticket);
    }

    /// Nobody has taken the update after all.
    pub(super) fn back(self, update: Update) -> UpdateDelivery {
        UpdateDelivery {
            update,
            slip: self.slip,
            shelf: self.shelf,
        }
    }
}
