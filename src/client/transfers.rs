//! What the parts of a file go by: they are many, under way at once, and answered in one queue.
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::call::Place;
use super::core::Core;
use super::on_wait::Waiting;
use super::paces::Way;
use super::policy::{Limits, Step, Tries, decide};
use crate::dc::DcId;
use crate::error::Result;
use crate::mtproto::{RequestId, RpcError};
use crate::net::{LinkId, Slot};
use crate::store::Change;
use crate::tl;

/// What comes next for a part that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The error is the transfer's.
    Refused,
    /// All parts wait so long: the server wants fewer.
    Rest(Duration),
    /// This part waits so long.
    Later(Duration),
    /// The file is on another data centre.
    Elsewhere(DcId),
    /// The data centre does not know who is signed in: the login has to be carried there again.
    Unknown,
}

impl Core {
    /// Hands a part over, to be answered in a queue that parts share.
    pub(crate) fn send_part(
        &self,
        link: LinkId,
        (body, method): (Vec<u8>, u32),
        deadline: Instant,
        slot: Slot,
    ) -> Result<RequestId> {
        self.hand_over(link, body, method, deadline, slot)
    }

    /// What the policy says to a refusal. The program is told of waits, as with any call.
    pub(crate) fn judge_part(
        &self,
        (dc, method): (DcId, u32),
        error: &RpcError,
        tries: &mut Tries,
        remaining: Duration,
    ) -> Verdict {
        let name = tl::name_of(method).unwrap_or("?");
        self.note_flood(name, error);
        let limits = Limits {
            policy: &*self.config.retry_policy,
            method: name,
            remaining,
            harmless: true,
        };
        match decide(error, tries, &limits) {
            Step::Wait(pause) => {
                tracing::debug!(%error, ?pause, "waiting before the same part again");
                if let Some(on_wait) = &self.config.on_wait {
                    on_wait.tell(&Waiting {
                        method: name,
                        error,
                        pause,
                    });
                }
                match error.code {
                    420 => Verdict::Rest(pause),
                    _ => Verdict::Later(pause),
                }
            }
            // Who knows nobody sends nobody anywhere.
            Step::SendTo(_) | Step::GiveUp if self.cdns.has(dc) => Verdict::Refused,
            Step::SendTo(dc) => Verdict::Elsewhere(dc),
            Step::MoveHome(_) => Verdict::Refused,
            Step::GiveUp if dc != self.home() && self.is_unknown_login(error) => Verdict::Unknown,
            Step::GiveUp => Verdict::Refused,
        }
    }

    /// A part has arrived.
    pub(crate) fn part_succeeded(&self, method: u32) {
        let method = tl::name_of(method).unwrap_or("?");
        self.config.retry_policy.succeeded(method);
    }

    /// How often the login was carried to a data centre.
    pub(crate) fn times_carried_to(&self, dc: DcId) -> u64 {
        self.times_carried(Place::Dc(dc))
    }

    /// The window of parts that a transfer ended with, the last time.
    pub(crate) fn pace(&self, dc: DcId, way: Way) -> Option<u32> {
        self.paces.get(dc, way)
    }

    /// Remembers the window of parts that a transfer ended with.
    pub(crate) fn keep_pace(self: &Arc<Self>, dc: DcId, way: Way, window: u32) {
        if let Some(note) = self.paces.set(dc, way, window) {
            self.keeper.apply(vec![Change::Note(note)]);
        }
    }
}
