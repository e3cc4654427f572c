//! The table of connections for the parts of files.
use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::dc::DcId;
use crate::net::LinkId;

/// A connection that no transfer uses is closed after this.
pub(super) const IDLE: Duration = Duration::from_secs(15);

/// The connections for parts that are open.
#[derive(Default)]
pub(crate) struct Lanes {
    pub(super) open: Mutex<Open>,
}

/// The same, while somebody looks at them or changes them.
#[derive(Default)]
pub(super) struct Open {
    pub(super) lanes: HashMap<(DcId, usize), Entry>,
    /// Somebody looks after those that are idle.
    pub(super) is_watched: bool,
}

/// One of them.
pub(super) struct Entry {
    pub(super) link: LinkId,
    pub(super) users: usize,
    /// When the last user left.
    pub(super) idle_since: Instant,
}

impl Lanes {
    /// The login ends: all are to be closed.
    pub(super) fn leave_all(&self) -> Vec<LinkId> {
        let mut open = self.open.lock();
        open.lanes.drain().map(|(_, entry)| entry.link).collect()
    }
}
