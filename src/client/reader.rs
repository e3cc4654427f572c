//! Somebody who reads updates: while there is one, the home link stands.
use std::sync::{Arc, Weak};
use std::time::Instant;

use crossbeam_channel::{Receiver, never};

use super::core::Core;
use super::links::Reading;
use crate::net::{self, Lapse, NetError, Process};

/// Counts as somebody who reads, until it is dropped. It does not keep the client alive.
pub(crate) struct Reader {
    core: Weak<Core>,
    process: Process,
    lapse: Lapse,
    reading: Reading,
}

impl Reader {
    /// From now on somebody reads. Does not block. In a child of `fork` nothing happens.
    pub(crate) fn new(core: &Arc<Core>, reading: Reading) -> Self {
        let process = core.handle.process();
        if process.check().is_ok() {
            core.count_reader(reading, 1);
        }
        Self {
            core: Arc::downgrade(core),
            process,
            lapse: core.handle.lapse().clone(),
            reading,
        }
    }

    /// The client, while it is there.
    pub(crate) fn core(&self) -> Option<Arc<Core>> {
        self.core.upgrade()
    }

    /// Waits for the next thing in a queue that the reactor fills.
    ///
    /// # Errors
    ///
    /// As [`net::wait`], and [`NetError::LeaseLost`] when nothing comes any more because the claim
    /// to the session has ended.
    pub(crate) fn wait<T>(
        &self,
        queue: &Receiver<T>,
        until: Option<Instant>,
    ) -> Result<T, NetError> {
        net::wait(queue, until).map_err(|error| self.why(error))
    }

    /// The same, but no longer than the login lasts: `None` says that it may have ended.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub(crate) fn wait_while_signed_in<T>(
        &self,
        queue: &Receiver<T>,
        until: Option<Instant>,
    ) -> Result<Option<T>, NetError> {
        // The client is not kept alive meanwhile.
        let ended = self.core().map(|core| core.login_end.ended());
        let waited = net::wait_unless(queue, &ended.unwrap_or_else(never), until);
        waited.map_err(|error| self.why(error))
    }

    fn why(&self, error: NetError) -> NetError {
        match error {
            NetError::Closed => self.lapse.why_closed(),
            error => error,
        }
    }

    /// Whether this is the process in which something can come.
    ///
    /// # Errors
    ///
    /// [`NetError::Forked`] in a child of it.
    pub(crate) fn check(&self) -> Result<(), NetError> {
        self.process.check()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if self.process.check().is_ok()
            && let Some(core) = self.core.upgrade()
        {
            core.count_reader(self.reading, -1);
        }
    }
}
