//! A network thread that clients share.
use std::fmt;

use crate::error::Result;
use crate::net;

/// A network thread that clients share: for programs that keep many of them.
///
/// A client has a thread of its own for its connections unless it is given one of these. Whichever
/// it is, calls, updates and deadlines are the client's own: each has its turn, and one that asks
/// much, is closed or loses its session does not hold the others up. The thread that writes the
/// session stays each client's own, as a disk or a database that is slow for one should be slow for
/// nobody else.
///
/// Cheap to clone. The thread ends when the last clone and the last client on it are gone.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let (first, second) = (telegram.client_builder(), telegram.client_builder());
/// use ferogram_sync::Network;
///
/// let network = Network::new()?;
/// let first = first.network(&network).connect()?;
/// let second = second.network(&network).connect()?;
/// first.close()?;
/// assert!(!second.is_authorized()?);
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
#[derive(Clone)]
pub struct Network(net::Network);

impl Network {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`](crate::NetError::Start) when the operating system has no thread or no
    /// file descriptor left.
    pub fn new() -> Result<Self> {
        Ok(Self(net::Network::start()?))
    }

    pub(super) fn inner(&self) -> &net::Network {
        &self.0
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(..)")
    }
}
