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
    pub(super) ticket: u64,
    /// Whose update it is.
    pub(super) login: u64,
    shelf: Arc<Shelf>,
}

impl UpdateDelivery {
    /// Puts the update onto the shelf.
    pub(super) fn new(update: Update, ticket: u64, login: u64, shelf: &Arc<Shelf>) -> Self {
        shelf.put(ticket);
        Self {
            update,
            ticket,
            login,
            shelf: Arc::clone(shelf),
        }
    }

    /// The program has done with it what it wanted to do. Does not block.
    pub fn ack(self) {
        self.shelf.finish(self.ticket);
    }

    /// The update, and what finishes it.
    pub(super) fn open(self) -> (Update, Receipt) {
        let receipt = Receipt {
            ticket: self.ticket,
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
    ticket: u64,
    shelf: Arc<Shelf>,
}

impl Receipt {
    pub(super) fn finish(self) {
        self.shelf.finish(self.ticket);
    }
}
