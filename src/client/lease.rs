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

/// The claim to the session. The reactor closes everything when it ends; here it is kept from
/// ending.
pub(super) struct Lease {
    /// When it is to be renewed; never where the session is held for as long as the store is open.
    due: Option<Instant>,
    held: Duration,
}

impl Lease {
    /// Makes sure of the claim before anything is sent under it.
    pub(super) fn begin(ledger: &mut Ledger, handle: &Handle) -> Result<Self, StoreError> {
        let mut lease = Self {
            due: None,
            held: Duration::ZERO,
        };
        let asked = net::now();
        if let Some(held) = ledger.renew()? {
            lease.hold(asked, held, handle);
        }
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
            Ok(Some(held)) => self.hold(asked, held, handle),
            Ok(None) => self.due = None,
            Err(error @ StoreError::LeaseLost { .. }) => {
                tracing::error!(%error, "the session is another client's");
                handle.hold_until(asked);
                self.due = None;
            }
            Err(error) => {
                tracing::warn!(%error, "the claim to the session could not be renewed");
                self.due = Some(net::now().instant + self.held / TRIED_AFTER);
            }
        }
    }

    /// It holds for so long from the moment on at which it was asked for.
    fn hold(&mut self, asked: Now, held: Duration, handle: &Handle) {
        self.held = held.min(HELD_MAX);
        self.due = Some(asked.instant + self.held / RENEWED_AFTER);
        handle.hold_until(Now {
            instant: asked.instant + self.held,
            unix: asked.unix + self.held,
        });
    }
}
