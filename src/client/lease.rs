//! The claim to the session, as the store's thread renews it.
use std::time::{Duration, Instant};

use super::ledger::Ledger;
use crate::net::{self, Handle};
use crate::now::Now;
use crate::store::StoreError;

/// No claim is believed to hold for longer: a moment must be there to be reckoned with.
const HELD_MAX: Duration = Duration::from_secs(365 * 24 * 3600);

/// A claim is renewed when this part of it has passed.
const RENEWED_AFTER: u32 = 3;

/// When that fails it is tried again after this part.
const TRIED_AFTER: u32 = 12;

/// A lock has no end, but somebody may take it away: it is looked at so often. That costs a look at
/// a file's name, and until it is noticed two clients use one key.
pub(super) const LOOKED_AT_EVERY: Duration = Duration::from_secs(5);

/// The claim to the session. The reactor closes everything when it ends; here it is kept from
/// ending.
pub(super) struct Lease {
    /// When it is to be renewed, or looked at; never once it is lost.
    due: Option<Instant>,
    /// When renewing it fails, it is tried again after so long.
    again_after: Duration,
}

impl Lease {
    /// Makes sure of the claim before anything is sent under it.
    pub(super) fn begin(ledger: &mut Ledger, handle: &Handle) -> Result<Self, StoreError> {
        let mut lease = Self {
            due: None,
            again_after: LOOKED_AT_EVERY,
        };
        let asked = net::now();
        let held = ledger.renew()?;
        lease.hold(asked, held, handle);
        Ok(lease)
    }

    /// When it is to be renewed.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    pub(super) fn is_due(&self) -> bool {
        self.due.is_some_and(|due| due <= net::now().instant)
    }

    pub(super) fn renew(&mut self, ledger: &mut Ledger, handle: &Handle) {
        if handle.lapse().has_passed() {
            self.due = None; // Others wait for it to end.
            return;
        }
        let asked = net::now();
        match ledger.renew() {
            Ok(held) => self.hold(asked, held, handle),
            Err(error @ StoreError::LeaseLost { .. }) => {
                tracing::error!(%error, "the session is another client's");
                handle.hold_until(asked);
                self.due = None;
            }
            Err(error) => {
                tracing::warn!(%error, "the claim to the session could not be renewed");
                self.due = Some(net::now().instant + self.again_after);
            }
        }
    }

    /// It holds for so long from the moment on at which it was asked for, or has no end.
    fn hold(&mut self, asked: Now, held: Option<Duration>, handle: &Handle) {
        let Some(held) = held.map(|held| held.min(HELD_MAX)) else {
            self.due = Some(asked.instant + LOOKED_AT_EVERY);
            return;
        };
        self.again_after = held / TRIED_AFTER;
        self.due = Some(asked.instant + held / RENEWED_AFTER);
        handle.hold_until(Now {
            instant: asked.instant + held,
            unix: asked.unix + held,
        });
    }
}
