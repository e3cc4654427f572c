//! A client that lives on the network thread.
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::command::{Command, LinkId};
use super::dispatch::Dispatch;
use super::ending::Ending;
use super::inbox::Inbox;
use super::lapse::Lapse;

/// Names a client of one reactor. Numbers are never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct TenantId(pub(super) usize);

/// A client that lives on the network thread, with what is its own there.
pub(super) struct Tenant {
    pub(super) commands: Inbox<Command>,
    pub(super) called: Called,
    /// Whether it is among those whose commands are to be taken.
    pub(super) is_busy: bool,
    pub(super) dispatch: Dispatch,
    pub(super) lapse: Lapse,
    pub(super) links: BTreeSet<LinkId>,
    /// Dropped last: then everything of this client is gone.
    pub(super) _ending: Ending,
}

/// Whether the reactor has been told that there are commands.
///
/// A caller puts its command into the queue and then sets this; the reactor takes it down and then
/// looks into the queue. Both swap, so whoever is later sees what the other did before.
#[derive(Clone, Default)]
pub(super) struct Called(Arc<AtomicBool>);

impl Called {
    /// For callers, after they put something into the queue: true when the reactor is to be told.
    pub(super) fn set(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }

    /// For the reactor, before it looks into the queue.
    pub(super) fn take_down(&self) {
        self.0.swap(false, Ordering::AcqRel);
    }
}

/// What clients call the reactor for.
pub(super) enum Call {
    /// There is another client.
    Enter(TenantId, Box<Tenant>),
    /// A client has commands.
    Work(TenantId),
    /// Nobody needs the thread any more.
    End,
}
