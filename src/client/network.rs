//! The threads that clients share.
use std::fmt;

use super::office::Office;
use crate::error::Result;
use crate::net;

/// Two threads that clients share, for connections and for sessions: for programs that keep many.
///
/// A client has threads of its own unless it is given one of these. Whichever it is, calls, updates
/// and deadlines are the client's own: each has its turn, and one that asks much, is closed or
/// loses its session does not hold the others up. What they share is a disk's pace: who writes his
/// session waits for the writing of another. A session that is not on this machine, as one in
/// libSQL, is kept by a thread of its own all the same
/// ([`Store::needs_own_thread`](crate::Store::needs_own_thread)).
///
/// Cheap to clone. The threads end when the last clone and the last client on them are gone.
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
pub struct Network {
    inner: net::Network,
    office: Office,
}

impl Network {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`](crate::NetError::Start) when the operating system has no thread or no
    /// file descriptor left.
    pub fn new() -> Result<Self> {
        Ok(Self {
            inner: net::Network::start()?,
            office: Office::open()?,
        })
    }

    pub(super) fn inner(&self) -> &net::Network {
        &self.inner
    }

    /// The thread that has the sessions.
    pub(super) fn office(&self) -> &Office {
        &self.office
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(..)")
    }
}
