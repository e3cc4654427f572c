//! Where updates come in: for those who wait for them, and else for the workers.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::Instant;

use crossbeam_channel::RecvTimeoutError;
use parking_lot::Mutex;

use super::claims::{Claims, Waiting, Wants, is_wanted};
use super::lanes::Turn;
use super::lent::{self, Borrower, Return};
use super::pool::{Job, Pool};
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
    /// Held while an update that nobody who waits has wanted goes to the workers, and while
    /// somebody who has found nothing among those begins to wait: so none slips through between.
    /// `None` when it is over.
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

    /// Waits until there is room for an update, and says for how many there is.
    pub(super) fn room(&self) -> usize {
        self.pool.room()
    }

    /// Takes updates in, in their order. `false` says that it is over.
    pub(super) fn take_in(&self, deliveries: Vec<UpdateDelivery>) -> Result<bool> {
        let jobs: Vec<_> = deliveries.into_iter().map(|it| self.job(it)).collect();
        match &*self.claims.lock() {
            None => return Ok(false),
            Some(claims) if claims.is_empty() => {
                self.pool.push(jobs)?;
                return Ok(true);
            }
            Some(_) => {}
        }
        for job in jobs {
            if !self.put(job)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Gives an update to who has waited for it longest, and to the workers if nobody wants it.
    /// `false` says that it is over.
    fn put(&self, job: Job<UpdateDelivery>) -> Result<bool> {
        let (lane, number, mut delivery) = job;
        // Nobody waits for what is of no chat.
        let chat = delivery.chat_id().unwrap_or_default();
        let mut asked = 0;
        let mut wanted = false;
        loop {
            let wants = {
                let mut claims = self.claims.lock();
                let Some(claims) = &mut *claims else {
                    return Ok(false);
                };
                if wanted {
                    match claims.give(chat, asked, delivery) {
                        Some(back) => delivery = back,
                        None => return Ok(true),
                    }
                }
                let Some((next, wants)) = claims.next(chat, asked) else {
                    self.pool.push([(lane, number, delivery)])?;
                    return Ok(true);
                };
                asked = next;
                wants
            };
            wanted = is_wanted(&wants, &delivery);
        }
    }

    /// Somebody wants an update of a chat: one that waits for a worker, or the next one that comes.
    pub(super) fn claim(&self, chat: i64, wants: Wants) -> Claimed {
        let own_lane = match lent::own_turn() {
            Some(Turn::Lane(lane)) => Some(lane),
            _ => None,
        };
        let lanes = [own_lane, Some(chat).filter(|chat| own_lane != Some(*chat))];
        let mut seen: Vec<_> = lanes.into_iter().flatten().map(|it| (it, None)).collect();
        let of_chat = |it: &UpdateDelivery| (it.chat_id() == Some(chat)).then(|| (**it).clone());
        loop {
            let (lane, number, update) = {
                let mut claims = self.claims.lock();
                let Some(claims) = &mut *claims else {
                    return Claimed::Over;
                };
                let next = seen.iter_mut().find_map(|(lane, last)| {
                    let (number, update) = self.pool.find(*lane, *last, of_chat)?;
                    *last = Some(number);
                    Some((*lane, number, update))
                });
                match next {
                    Some(next) => next,
                    None => return Claimed::Waiting(claims.add(chat, wants)),
                }
            };
            if is_wanted(&wants, &update)
                && let Some(delivery) = self.pool.take(lane, number)
            {
                return Claimed::Found(delivery);
            }
        }
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

    /// Who has claimed something does not wait for it: what came meanwhile is for others.
    pub(super) fn give_back(&self, claimed: Claimed) {
        let came = match claimed {
            Claimed::Found(delivery) => Some(delivery),
            Claimed::Waiting(waiting) => self.give_up(&waiting).map(|(delivery, back)| {
                // It was not lent out yet.
                if let (Some(own), Some(back)) = (Borrower::here(), back) {
                    own.renounce(&back);
                }
                delivery
            }),
            Claimed::Over => None,
        };
        if let Some(delivery) = came {
            // Where the workers have ended, it comes again.
            self.put(self.job(delivery)).ok();
        }
    }

    /// An update with its lane, and its number among all.
    fn job(&self, delivery: UpdateDelivery) -> Job<UpdateDelivery> {
        (self.lane(&delivery), delivery.number(), delivery)
    }

    fn lane(&self, update: &Update) -> Option<i64> {
        // A bug in it is no reason to end all.
        catch_unwind(AssertUnwindSafe(|| (self.order)(update))).unwrap_or_default()
    }

    /// Somebody waits no longer; what has come at the last moment is theirs.
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
