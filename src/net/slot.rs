//! Where the answer of a request goes.
use crossbeam_channel::Sender;

use crate::mtproto::Outcome;

/// Where the answer of a request goes. It gets exactly one, unless `submit` itself failed.
///
/// The reactor never waits for room: the queue must have a place for each request that is under
/// way with it. One that is full loses the answer.
pub(crate) struct Slot {
    /// The queue; many requests may share it.
    pub(crate) reply: Sender<(u64, Outcome)>,
    /// Tells the caller which of its requests was answered.
    pub(crate) token: u64,
}
