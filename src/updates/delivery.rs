//! An update that counts as finished when its receiver says so.
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::shelf::Shelf;
use super::update::{Album, Update};

/// An update that counts as finished when [`ack`](Self::ack) says so: for several workers that take
/// from one receiver.
///
/// One that is dropped without an `ack`, by a panic for instance, comes again when the program is
/// started anew, however many after it were finished: those are noted in the session.
#[must_use = "it is not finished before `ack`"]
pub struct UpdateDelivery {
    update: Update,
    slip: Slip,
    shelf: Arc<Shelf>,
    /// Of an album: those of its other messages, which are finished with the first one.
    more: Option<Box<More>>,
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

/// Few deliveries have any.
struct More(Vec<Slip>);

impl UpdateDelivery {
    /// Puts the update onto the shelf.
    pub(super) fn new(update: Update, slip: Slip, shelf: &Arc<Shelf>) -> Self {
        shelf.put(slip.ticket, slip.tells);
        Self {
            update,
            slip,
            shelf: Arc::clone(shelf),
            more: None,
        }
    }

    /// The program has done with it what it wanted to do. Does not block.
    pub fn ack(self) {
        finish(&self.shelf, self.slip, rest(&self.more));
    }

    /// The messages of an album as one. `None` of none.
    pub(super) fn together(parts: Vec<Self>) -> Option<Self> {
        let first = parts.first()?;
        let (slip, shelf) = (first.slip, Arc::clone(&first.shelf));
        let more = More(parts.iter().skip(1).map(|part| part.slip).collect());
        let messages = parts.into_iter().filter_map(|part| match part.update {
            Update::NewMessage(message) => Some(message),
            _ => None,
        });
        let update = Update::Album(Album::new(messages.collect())?);
        Some(Self {
            update,
            slip,
            shelf,
            more: Some(more.into()),
        })
    }

    /// The messages of an album one by one; of everything else, itself.
    pub(super) fn apart(self) -> Vec<Self> {
        let Update::Album(album) = &self.update else {
            return vec![self];
        };
        let slips = [&[self.slip], rest(&self.more)].concat();
        let parts = album.messages().iter().zip(slips);
        let parts = parts.map(|(message, slip)| Self {
            update: Update::NewMessage(message.clone()),
            slip,
            shelf: Arc::clone(&self.shelf),
            more: None,
        });
        parts.collect()
    }

    /// It is somebody else's now.
    pub(super) fn moved_to(mut self, shelf: &Arc<Shelf>) -> Self {
        let old = std::mem::replace(&mut self.shelf, Arc::clone(shelf));
        for slip in rest(&self.more).iter().chain([&self.slip]) {
            shelf.put(slip.ticket, slip.tells);
            old.hand_on(slip.ticket);
        }
        self
    }

    /// What came later has a higher one.
    pub(crate) fn number(&self) -> u64 {
        self.slip.ticket
    }

    pub(super) fn slip(&self) -> Slip {
        self.slip
    }

    /// The update, and what finishes it.
    pub(super) fn open(self) -> (Update, Receipt) {
        let receipt = Receipt {
            slip: self.slip,
            shelf: self.shelf,
            more: self.more,
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
    more: Option<Box<More>>,
}

impl Receipt {
    pub(super) fn finish(self) {
        finish(&self.shelf, self.slip, rest(&self.more));
    }

    /// Nobody has taken the update after all.
    pub(super) fn back(self, update: Update) -> UpdateDelivery {
        UpdateDelivery {
            update,
            slip: self.slip,
            shelf: self.shelf,
            more: self.more,
        }
    }
}

fn rest(more: &Option<Box<More>>) -> &[Slip] {
    more.as_ref().map_or(&[], |more| &more.0)
}

fn finish(shelf: &Shelf, slip: Slip, more: &[Slip]) {
    shelf.finish(slip.ticket);
    more.iter().for_each(|slip| shelf.finish(slip.ticket));
}
