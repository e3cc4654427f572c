//! Sockets, and the one thread that owns them.
//!
//! Callers hand commands over through a [`Handle`]; the reactor's thread drives every link, and
//! knows nothing of the protocol: it carries bytes, time and answers. What the
//! thread works on belongs to it alone, and everything else goes through channels, or through
//! places and queues that are swapped at once.
mod bounded;
mod buffer;
mod carrier;
mod clock;
mod command;
mod dispatch;
mod ending;
mod error;
mod handle;
mod holds;
mod inbox;
mod lapse;
mod machine;
mod network;
mod overflow;
mod own;
mod own_thread;
mod park;
mod process;
mod promise;
mod random;
mod raw_update;
mod reactor;
mod reply;
mod sleepers;
mod slot;
mod socket;
mod swap;
mod tap;
mod tenant;
#[cfg(test)]
mod testing;
mod wake;

pub(crate) use clock::{LONGEST, after, now};
pub(crate) use command::{Incoming, LinkId, Notice, Outgoing};
pub(crate) use dispatch::Notices;
pub(crate) use ending::{Ended, Ending};
pub use error::NetError;
pub(crate) use handle::{Handle, wait, wait_for, wait_unless};
pub(crate) use inbox::{Empty, Inbox, Inlet, inbox};
pub(crate) use lapse::Lapse;
pub(crate) use network::Network;
pub(crate) use own::is_own_thread;
pub(crate) use own_thread::OwnThread;
pub(crate) use process::Process;
pub(crate) use random::OsEntropy;
pub use raw_update::RawUpdate;
pub(crate) use reply::Reply;
pub(crate) use slot::Slot;
pub(crate) use tap::Tapped;
