//! An answer that somebody waits for, and gets whatever happens.
use crossbeam_channel::TrySendError;

use super::lapse::Lapse;
use super::park::Thread;
use super::slot::Slot;
use crate::mtproto::{CallError, Cause, Delivery, Outcome, Unanswered};

/// The duty to answer a slot exactly once.
///
/// When it is dropped instead (the link is gone, the client is closed, the reactor's thread
/// panicked) the slot is told so. That is why a caller may wait without looking at the
/// reactor's health.
pub(super) struct Promise {
    slot: Option<Slot>,
    delivery: Delivery,
    lapse: Lapse,
}

impl Promise {
    pub(super) fn new(slot: Slot, lapse: Lapse) -> Self {
        Self {
            slot: Some(slot),
            delivery: Delivery::NotSent,
            lapse,
        }
    }

    /// From here on a link may have sent the request.
    pub(super) fn handed_over(&mut self) {
        self.delivery = Delivery::Unknown;
    }

    /// Answers. Who sleeps for it comes back, to be woken.
    #[must_use = "it sleeps until it is woken"]
    pub(super) fn keep(mut self, outcome: Outcome) -> Option<Thread> {
        let slot = self.slot.take()?;
        answer(&slot, outcome.map_err(|failure| self.told(failure)))
    }

    /// Ends the duty: the caller learns it in another way.
    pub(super) fn withdraw(mut self) {
        self.slot = None;
    }
}

impl Promise {
    /// The failure with the reason for which a link was closed.
    fn told(&self, failure: CallError) -> CallError {
        match failure {
            CallError::Unanswered(closed)
                if closed.cause == Cause::Closed && self.lapse.has_passed() =>
            {
                CallError::Unanswered(Unanswered {
                    cause: Cause::LeaseLost,
                    ..closed
                })
            }
            failure => failure,
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            let closed = Unanswered {
                delivery: self.delivery,
                cause: Cause::Closed,
                waiting_for: String::from("the network thread, which has ended"),
            };
            let closed = self.told(CallError::Unanswered(closed));
            if let Some(sleeper) = answer(&slot, Err(closed)) {
                sleeper.unpark();
            }
        }
    }
}

/// Never waits. A caller that has gone away wants no answer, and one that made its queue too small
/// for its own requests has lost this one: see [`Slot`].
fn answer(slot: &Slot, outcome: Outcome) -> Option<Thread> {
    match slot {
        Slot::Own(reply) => reply.answer(outcome),
        Slot::Shared { queue, token } => {
            if let Err(TrySendError::Full(_)) = queue.try_send((*token, outcome)) {
                tracing::error!(token, "no room for an answer in the caller's queue");
            }
            None
        }
    }
}
