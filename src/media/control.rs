//! What a program sees of a transfer, and what it may want meanwhile.
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use parking_lot::Mutex;

use super::upload_ticket::UploadTicket;
use crate::net;

/// So much of the past counts for the rate.
const MEMORY: Duration = Duration::from_secs(3);

/// How far a transfer is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have arrived.
    pub done: u64,
    /// How many there are, if that is known.
    pub total: Option<u64>,
    /// How many bytes a second have arrived of late.
    pub bytes_per_second: f64,
}

impl Progress {
    /// How much of it is done, from 0 to 1, if it is known how much there is.
    ///
    /// ```
    /// use ferogram_sync::TransferHandle;
    ///
    /// assert_eq!(TransferHandle::new().progress().fraction(), None);
    /// ```
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        let total = self.total? as f64;
        (total > 0.0).then(|| (self.done as f64 / total).min(1.0))
    }

    /// How long the rest will take at this rate, if that can be said.
    ///
    /// ```
    /// use ferogram_sync::TransferHandle;
    ///
    /// assert_eq!(TransferHandle::new().progress().eta(), None);
    /// ```
    #[must_use]
    pub fn eta(&self) -> Option<Duration> {
        let left = self.total?.saturating_sub(self.done) as f64;
        let seconds = left / self.bytes_per_second;
        Duration::try_from_secs_f64(seconds).ok()
    }
}

/// A handle to a transfer: to look how far it is, to pause it, to let it go on and to cancel it,
/// from any thread. Clones are the same handle.
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{Error, FileError, TransferHandle, Upload};
///
/// let handle = TransferHandle::new();
/// client.upload(Upload::bytes(b"Hello").handle(&handle))?;
/// assert_eq!(handle.progress().done, 5);
///
/// handle.cancel();
/// let cancelled = client.upload(Upload::bytes(b"Hello").handle(&handle));
/// assert!(matches!(cancelled, Err(Error::File(FileError::Cancelled))));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
pub struct TransferHandle(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// A place for one: the transfer's thread is to look at the state.
    ring: Sender<()>,
    bell: Receiver<()>,
}

#[derive(Default)]
struct State {
    paused: bool,
    cancelled: bool,
    done: u64,
    total: Option<u64>,
    rate: f64,
    ticket: Option<UploadTicket>,
    /// When the rate was reckoned, and how much was done then.
    reckoned: Option<(Instant, u64)>,
}

impl TransferHandle {
    /// A handle that no transfer has yet.
    #[must_use]
    pub fn new() -> Self {
        let (ring, bell) = bounded(1);
        Self(Arc::new(Shared {
            state: Mutex::default(),
            ring,
            bell,
        }))
    }

    /// How far the transfer is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let state = self.0.state.lock();
        Progress {
            done: state.done,
            total: state.total,
            bytes_per_second: state.rate,
        }
    }

    /// Lets what is under way arrive, and asks for no more until [`resume`](Self::resume). While it
    /// is paused, a transfer waits as long as one likes.
    pub fn pause(&self) {
        self.change(|state| state.paused = true);
    }

    /// Lets the transfer go on.
    pub fn resume(&self) {
        self.change(|state| state.paused = false);
    }

    /// Ends the transfer: it fails with [`FileError::Cancelled`](crate::FileError::Cancelled).
    pub fn cancel(&self) {
        self.change(|state| state.cancelled = true);
    }

    /// Whether it is paused.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.0.state.lock().paused
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.state.lock().cancelled
    }

    /// How far the upload has come that it looks at, for another run to go on from there: none
    /// before it has begun, and for streams, which cannot be read again.
    #[must_use]
    pub fn upload_ticket(&self) -> Option<UploadTicket> {
        self.0.state.lock().ticket
    }

    /// The upload has come so far.
    pub(super) fn set_ticket(&self, ticket: UploadTicket) {
        self.0.state.lock().ticket = Some(ticket);
    }

    /// Tells when something has changed: one message for any number of changes.
    pub(super) fn bell(&self) -> &Receiver<()> {
        &self.0.bell
    }

    /// A transfer begins, with so much done before.
    pub(super) fn begin(&self, done: u64, total: Option<u64>) {
        let mut state = self.0.state.lock();
        (state.done, state.total, state.rate) = (done, total, 0.0);
        state.reckoned = Some((net::now().instant, done));
    }

    /// Some of what had arrived has to be fetched anew: so much is left.
    pub(super) fn fall_back(&self, done: u64) {
        let mut state = self.0.state.lock();
        state.done = done;
        state.reckoned = Some((net::now().instant, done));
    }

    /// It has become known how much there is.
    pub(super) fn set_total(&self, total: u64) {
        self.0.state.lock().total = Some(total);
    }

    /// So many bytes have arrived besides.
    pub(super) fn add(&self, bytes: u64) -> Progress {
        let now = net::now().instant;
        let mut state = self.0.state.lock();
        state.done += bytes;
        state.reckon(now);
        drop(state);
        self.progress()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.state.lock());
        self.0.ring.try_send(()).ok(); // If there is no room, it rings already.
    }
}

impl State {
    /// The nearer in time, the more it counts.
    fn reckon(&mut self, now: Instant) {
        let (then, before) = *self.reckoned.get_or_insert((now, self.done));
        let passed = now.saturating_duration_since(then).as_secs_f64();
        if passed < 0.05 {
            return;
        }
        let rate = (self.done - before) as f64 / passed;
        let weight = (passed / MEMORY.as_secs_f64()).min(1.0);
        self.rate = match self.rate > 0.0 {
            true => self.rate + (rate - self.rate) * weight,
            false => rate,
        };
        self.reckoned = Some((now, self.done));
    }
}

impl Default for TransferHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TransferHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.progress().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_follows_what_arrives() {
        let start = net::now().instant;
        let mut state = State::default();
        state.reckon(start);
        for second in 1..20 {
            state.done += 1000;
            state.reckon(start + Duration::from_secs(second));
        }
        assert!((state.rate - 1000.0).abs() < 1.0, "{}", state.rate);
        for second in 20..60 {
            state.done += 10;
            state.reckon(start + Duration::from_secs(second));
        }
        assert!(state.rate < 20.0, "{}", state.rate);
    }

    #[test]
    fn what_is_left_takes_its_time() {
        let progress = Progress {
            done: 25,
            total: Some(100),
            bytes_per_second: 25.0,
        };
        assert_eq!(progress.fraction(), Some(0.25));
        assert_eq!(progress.eta(), Some(Duration::from_secs(3)));
        let standing = Progress {
            bytes_per_second: 0.0,
            ..progress
        };
        assert_eq!(standing.eta(), None);
    }
}
