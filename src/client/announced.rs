//! Of which links it has been heard that they are connected.
use std::collections::BTreeSet;

use parking_lot::Mutex;

use crate::net::{Incoming, LinkId};

/// The links whose first word, that there is a connection, has been taken out of the queue. Of any
/// other it is still to come, or in the queue: whoever waits for it need not ask before.
#[derive(Default)]
pub(crate) struct Announced(Mutex<BTreeSet<LinkId>>);

impl Announced {
    /// This was taken out of the queue.
    pub(crate) fn took(&self, incoming: &Incoming) {
        if let Incoming::Lost { link } = incoming {
            self.0.lock().insert(*link);
        }
    }

    pub(super) fn has(&self, link: LinkId) -> bool {
        self.0.lock().contains(&link)
    }
}
