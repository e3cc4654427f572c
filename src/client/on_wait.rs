//! Who is told that a call begins to wait.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::mtproto::RpcError;

/// A wait that begins, because the server has said "too many requests" or has failed inside.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Waiting<'a> {
    /// The method's name in the schema, such as `messages.sendMessage`.
    pub method: &'static str,
    /// What the server said.
    pub error: &'a RpcError,
    /// How long the call waits now, before its request is sent again.
    pub pause: Duration,
}

/// What a program does when a call begins to wait:
/// [`ClientBuilder::on_wait`](crate::ClientBuilder::on_wait).
#[derive(Clone)]
pub struct OnWait(Arc<dyn Fn(&Waiting<'_>) + Send + Sync>);

impl OnWait {
    /// It runs on the thread that waits for the call, before it does, and should not take long.
    pub fn new(act: impl Fn(&Waiting<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(act))
    }

    pub(super) fn tell(&self, waiting: &Waiting<'_>) {
        (self.0)(waiting);
    }
}

impl fmt::Debug for OnWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnWait(..)")
    }
}
