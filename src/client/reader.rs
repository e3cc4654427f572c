//! Somebody who reads updates: while there is one, the home link stands.
use std::sync::{Arc, Weak};

use super::core::Core;
use super::links::Reading;
use crate::net::{NetError, Process};

/// Counts as somebody who reads, until it is dropped. It does not keep the client alive.
pub(crate) struct Reader {
    core: Weak<Core>,
    process: Process,
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
            reading,
        }
    }

    /// The client, while it is there.
    pub(crate) fn core(&self) -> Option<Arc<Core>> {
        self.core.upgrade()
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
