//! Where the answer of a request goes.
use std::sync::Arc;

use crossbeam_channel::Sender;

use super::reply::Reply;
use crate::mtproto::Outcome;

/// Where the answer of a request goes. It gets exactly one, unless `submit` itself failed.
pub(crate) enum Slot {
    /// To the one thread that waits for it.
    Own(Arc<Reply<Outcome>>),
    /// Into a queue that many requests share.
    ///
    /// The reactor never waits for room: the queue must have a place for each request that is
    /// under way with it. One that is full loses the answer.
    Shared {
        /// The queue.
        queue: Sender<(u64, Outcome)>,
        /// Tells the caller which of its requests was answered.
        token: u64,
    },
}
