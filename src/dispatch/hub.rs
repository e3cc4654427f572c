//! Where updates come in: for those who wait for them, and else for the workers.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::Instant;

use crossbeam_channel::RecvTimeoutError;
use parking_lot::Mutex;

use super::claims::{Claims, Waiting, Wants, is_wanted};
use super::lanes::Turn;
use super::lent::{self, Return};
use super::pool::Pool;
use crate::client::Client;
use crate::error::Result;
use crate::updates::{Update, UpdateDelivery};

/// Which updates are handled one after the other: those with the same number. `None` needs no
/// order.
pub(super) type Order = Arc<dyn Fn(&Update) -> Option<i64> + Send + Sync>;

/// Where the updates of a running dispatcher come in.
pub(super) struct Hub {
    pool: Pool<UpdateDelivery>,
    order: Order,
    /// Held while an update is looked at for those who wait, or while somebody looks at the updates
    /// that wait: so none slips through between. `None` when it is over.
    claims: Mutex<Option<Claims<UpdateDelivery>>>,
}

/// What somebody gets who begins to wait.
pub(super) enum Claimed {
    /// It is here already.
    Found(UpdateDelivery),
    /// It is to be waited for.
    Waiting(Waiting<UpdateDelivery>),
    /// The dispatcher has ended.
    Over,
}

impl Hub {
    pub(super) fn new(pool: Pool<UpdateDelivery>, order: Order) -> Self {
        Self {
            pool,
            order,
            claims: Mutex::new(Some(Claims::default())),
        }
    }

    /// Takes an update in, when there is room for it. `false` says that it is over.
    pub(super) fn take_in(&self, delivery: UpdateDelivery) -> Result<bool> {
        // Before the claims: who holds them is waited for by workers.
        if !self.pool.wait_for_room() {
            return Ok(false);
        }
        let update = (*delivery).clone();
        let lane = self.lane(&update);
        let mut claims = self.claims.lock();
        let Some(claims) = &mut *claims else {
            return Ok(false);
        };
        if let Some(delivery) = claims.offer(update.chat_id(), &update, delivery) {
            self.pool.push(lane, delivery)?;
        }
        Ok(true)
    }

    /// Somebody wants an update of a chat: one that waits for a worker, or the next one that comes.
    pub(super) fn claim(&self, chat: i64, wants: Wants) -> Claimed {
        let own_lane = match lent::own_turn() {
            Some(Turn::Lane(lane)) => Some(lane),
            _ => None,
        };
        let lanes = [own_lane, Some(chat).filter(|chat| own_lane != Some(*chat))];
        let mut claims = self.claims.lock();
        let Some(claims) = &mut *claims else {
            return Claimed::Over;
        };
        let of_chat = |it: &UpdateDelivery| it.chat_id() == Some(chat) && is_wanted(&wants, it);
        for lane in lanes.into_iter().flatten() {
            if let Some(delivery) = self.pool.pick(lane, of_chat) {
                return Claimed::Found(delivery);
            }
        }
        Claimed::Waiting(claims.add(chat, wants))
    }

    /// Waits for what was claimed, at most until then. A worker is lent out meanwhile.
    pub(super) fn wait(
        &self,
        waiting: &Waiting<UpdateDelivery>,
        until: Instant,
    ) -> Result<UpdateDelivery, RecvTimeoutError> {
        lent::lend_while(until, || {
            let came = match waiting.slot.recv_deadline(until) {
                Err(RecvTimeoutError::Timeout) => {
                    self.give_up(waiting).ok_or(RecvTimeoutError::Timeout)
                }
                came => came,
            };
            match came {
                Ok((delivery, back)) => (Ok(delivery), back),
                Err(error) => (Err(error), None),
            }
        })
    }

    /// Somebody waits no longer; what has come at the last moment is theirs.
    /// Who has claimed something does not wait for it: what came meanwhile is for the workers.
    pub(super) fn give_back(&self, claimed: Claimed) {
        let came = match claimed {
            Claimed::Found(delivery) => Some(delivery),
            Claimed::Waiting(waiting) => self.give_up(&waiting).map(|(delivery, _)| delivery),
            Claimed::Over => None,
        };
        if let Some(delivery) = came {
            // Where the workers have ended, it comes again.
            self.pool.push(self.lane(&delivery), delivery).ok();
        }
    }

    fn lane(&self, update: &Update) -> Option<i64> {
        // A bug in it is no reason to end all.
        catch_unwind(AssertUnwindSafe(|| (self.order)(update))).unwrap_or_default()
    }

    fn give_up(
        &self,
        waiting: &Waiting<UpdateDelivery>,
    ) -> Option<(UpdateDelivery, Option<Return>)> {
        if let Some(claims) = &mut *self.claims.lock() {
            claims.remove(waiting);
        }
        waiting.slot.try_recv().ok()
    }

    /// Nothing more is begun, and nobody waits any longer. Does not wait.
    pub(super) fn stop(&self) {
        self.claims.lock().take();
        self.pool.stop();
    }

    /// Waits until the handlers at work have ended.
    pub(super) fn join(&self) {
        self.pool.join();
    }
}

/// Which dispatcher a client has, for the conversations of that client.
#[derive(Default)]
pub(super) struct Exchange(Mutex<Weak<Hub>>);

impl Exchange {
    /// The client's.
    pub(super) fn of(client: &Client) -> Arc<Self> {
        client.core.annex.of()
    }

    /// From now on this one takes the updates.
    pub(super) fn connect(&self, hub: &Arc<Hub>) {
        *self.0.lock() = Arc::downgrade(hub);
    }

    /// The one that takes the updates, if there is one.
    pub(super) fn hub(&self) -> Option<Arc<Hub>> {
        let hub = self.0.lock().upgrade()?;
        let is_open = hub.claims.lock().is_some();
        is_open.then_some(hub)
    }
}
