//! Who waits for an update that has not come yet.
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::lent::{self, Borrower, Return};
use crate::updates::Update;

/// Which update somebody waits for.
pub(super) type Wants = Arc<dyn Fn(&Update) -> bool + Send + Sync>;

/// Whether somebody wants an update. A panic means that they do not.
///
/// That may be the program's code, and it may call the client: no lock is held here.
pub(super) fn is_wanted(wants: &Wants, update: &Update) -> bool {
    let asked = || catch_unwind(AssertUnwindSafe(|| wants(update)));
    lent::without_waiting(asked).unwrap_or(false)
}

/// Those who wait, by the chat that they wait for. Each is given one update.
pub(super) struct Claims<D> {
    chats: HashMap<i64, Vec<Claim<D>>>,
    next: u64,
}

struct Claim<D> {
    /// Whoever has waited longer has a lower one.
    number: u64,
    wants: Wants,
    /// The worker that waits, if it is one.
    borrower: Option<Borrower>,
    slot: Sender<(D, Option<Return>)>,
}

/// The end of a claim that the one who waits has.
pub(super) struct Waiting<D> {
    pub(super) chat: i64,
    pub(super) number: u64,
    /// What has come, and the turn that is on its way back with it.
    pub(super) slot: Receiver<(D, Option<Return>)>,
}

impl<D> Default for Claims<D> {
    fn default() -> Self {
        Self {
            chats: HashMap::new(),
            next: 0,
        }
    }
}

impl<D> Claims<D> {
    /// This thread begins to wait.
    pub(super) fn add(&mut self, chat: i64, wants: Wants) -> Waiting<D> {
        self.next += 1;
        let (number, (sender, slot)) = (self.next, bounded(1));
        self.chats.entry(chat).or_default().push(Claim {
            number,
            wants,
            borrower: Borrower::here(),
            slot: sender,
        });
        Waiting { chat, number, slot }
    }

    /// Somebody waits no longer.
    pub(super) fn remove(&mut self, waiting: &Waiting<D>) {
        self.take(waiting.chat, waiting.number);
    }

    /// Whether nobody waits.
    pub(super) fn is_empty(&self) -> bool {
        self.chats.is_empty()
    }

    /// Who has waited longest for something of a chat, of those behind this number.
    pub(super) fn next(&self, chat: i64, behind: u64) -> Option<(u64, Wants)> {
        let mut claims = self.chats.get(&chat)?.iter();
        let next = claims.find(|claim| claim.number > behind)?;
        Some((next.number, Arc::clone(&next.wants)))
    }

    /// Gives an update to who waits under this number; it comes back when nobody does any more.
    pub(super) fn give(&mut self, chat: i64, number: u64, delivery: D) -> Option<D> {
        let Some(claim) = self.take(chat, number) else {
            return Some(delivery);
        };
        // Before anything else of its lane is begun.
        let back = claim.borrower.as_ref().map(Borrower::reclaim);
        let Err(refused) = claim.slot.try_send((delivery, back)) else {
            return None;
        };
        // Who waited has gone.
        let (again, back) = refused.into_inner();
        if let (Some(borrower), Some(back)) = (&claim.borrower, back) {
            borrower.renounce(&back);
        }
        Some(again)
    }

    fn take(&mut self, chat: i64, number: u64) -> Option<Claim<D>> {
        let claims = self.chats.get_mut(&chat)?;
        let at = claims.iter().position(|claim| claim.number == number)?;
        let claim = claims.remove(at);
        if claims.is_empty() {
            self.chats.remove(&chat);
        }
        Some(claim)
    }
}
