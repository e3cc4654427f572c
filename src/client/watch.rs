//! Watching for single updates.
use std::fmt;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::client::Client;
use super::links::Reading;
use super::reader::Reader;
use crate::error::Result;
use crate::net::{self, NetError, RawUpdate, Tapped};

/// How many updates wait for who watches. Those are few: others than these are not in the queue.
const CAPACITY: usize = 256;

impl Client {
    /// Watches for single updates by the ids of their constructors, as the server sends them:
    /// before somebody is signed in and after it, whether a stream is open or not. It takes nothing
    /// from the streams.
    ///
    /// This is for whoever waits for one thing to happen, such as the acceptance of a login by
    /// another device. While a watch is open, the connection to the account's data centre stands.
    /// Open it before what it waits for can happen.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let telegram = localdc::LocalDc::start()?;
    /// # telegram.add_bot(localdc::NewBot::new("1000:abc", "doc_bot"));
    /// # let client = telegram.client_builder().connect()?;
    /// # client.bot_sign_in("1000:abc")?;
    /// # let other = localdc::LocalDc::user(&telegram);
    /// use ferogram_sync::tl::{Identifiable, types::UpdateNewMessage};
    ///
    /// let watch = client.watch(&[UpdateNewMessage::CONSTRUCTOR_ID]);
    /// other.send_message("@doc_bot", "Hello")?;
    /// let update: Option<UpdateNewMessage> = watch.next()?.read()?;
    /// assert!(update.is_some());
    /// assert_eq!(watch.missed(), 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A short form, such as
    /// [`UpdateShortMessage`](crate::tl::types::UpdateShortMessage), stands for a whole container,
    /// and is watched for by its own id.
    ///
    /// # Blocking
    ///
    /// Not at all.
    ///
    /// See <https://core.telegram.org/type/Update>.
    #[must_use = "nothing is watched once it is dropped"]
    pub fn watch(&self, constructors: &[u32]) -> Watch {
        let reader = Reader::new(&self.core, Reading::Watch);
        Watch {
            tapped: self.core.handle.open_tap(constructors, CAPACITY),
            reader,
            timeout: self.timeout(),
        }
    }
}

/// Single updates as they come. It does not keep the client alive, and ends with it.
///
/// Whoever does not read misses what comes when the queue is full; [`missed`](Self::missed) counts
/// it.
pub struct Watch {
    reader: Reader,
    tapped: Tapped,
    timeout: Duration,
}

impl Watch {
    /// The next update that is watched for.
    ///
    /// # Errors
    ///
    /// [`Error::Net`](crate::Error::Net) with [`NetError::TimedOut`] when none has come in time,
    /// and otherwise when none will come any more: [`NetError::Retired`] after a connection that
    /// [`RestartPolicy::Never`](crate::RestartPolicy::Never) does not make again.
    ///
    /// # Blocking
    ///
    /// Until it is here, at most for the client's timeout.
    pub fn next(&self) -> Result<RawUpdate> {
        self.next_timeout(self.timeout)
    }

    /// The next update that is watched for, if it comes in time.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    ///
    /// # Blocking
    ///
    /// At most for `timeout`.
    pub fn next_timeout(&self, timeout: Duration) -> Result<RawUpdate> {
        self.receive(net::after(timeout))
    }

    /// The next update that is watched for, if it is here already. Does not block.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub fn try_next(&self) -> Result<RawUpdate> {
        self.receive(net::now().instant)
    }

    /// The queue itself, for `select!`. It ends with the client, or with its last connection.
    #[must_use]
    pub fn receiver(&self) -> &Receiver<RawUpdate> {
        &self.tapped.queue
    }

    /// How many updates came when the queue was full, and are not in it.
    #[must_use]
    pub fn missed(&self) -> u64 {
        self.tapped.missed.load(Ordering::Relaxed)
    }

    fn receive(&self, deadline: Instant) -> Result<RawUpdate> {
        self.reader.check()?;
        self.reader
            .wait(&self.tapped.queue, Some(deadline))
            .map_err(|error| match error {
                NetError::Closed if self.tapped.cut_off.load(Ordering::Acquire) => {
                    NetError::Retired.into()
                }
                error => error.into(),
            })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.reader.check().is_ok()
            && let Some(core) = self.reader.core()
        {
            core.handle.close_tap(self.tapped.id);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("waiting", &self.tapped.queue.len())
            .field("missed", &self.missed())
            .finish_non_exhaustive()
    }
}
