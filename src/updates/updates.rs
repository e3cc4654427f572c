//! The stream of what the server tells unasked.
use std::collections::VecDeque;
use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded, select};

use super::update::{Update, read};
use crate::client::{Client, Reader, Reading, WeakClient};
use crate::error::{AccountTrouble, Result};
use crate::net::{self, Incoming, NetError};

/// What a ready-made receiver holds before its thread waits for the reader.
const RECEIVER_CAPACITY: usize = 64;

impl Client {
    /// What the server tells from now on. All streams of a client share one queue: each update goes
    /// to one of them.
    ///
    /// While somebody is signed in and a stream is there, the connection to the account's data
    /// centre stands, and is made again when it is lost: nothing else has to be called.
    ///
    /// The queue is bounded, and a program that does not read loses nothing silently: it finds
    /// [`Update::Lost`].
    ///
    /// ```no_run
    /// # fn main() -> ferogram_sync::Result<()> {
    /// # let client = ferogram_sync::Client::builder().api_id(1).api_hash("").connect()?;
    /// use ferogram_sync::Update;
    ///
    /// for update in client.updates() {
    ///     if let Update::NewMessage(message) = update {
    ///         println!("{}", message.text());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn updates(&self) -> Updates {
        Updates {
            reader: Reader::new(&self.core, Reading::Stream),
            client: self.weak(),
            incoming: self.core.incoming.clone(),
            ready: VecDeque::new(),
            ended: None,
        }
    }
}

/// A stream of updates. It does not keep the client alive, and ends with it.
pub struct Updates {
    reader: Reader,
    client: WeakClient,
    incoming: Receiver<Incoming>,
    ready: VecDeque<Update>,
    ended: Option<Ended>,
}

/// Why a stream of updates ended.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Ended {
    /// The client was closed.
    #[error("the client is closed")]
    Closed,
    /// The claim to the session could not be renewed in time, so the connections were closed.
    #[error("the claim to the session could not be renewed in time")]
    LeaseLost,
    /// The connection was lost, and [`RestartPolicy::Never`](crate::RestartPolicy::Never) says that
    /// no other is made: make a client anew.
    #[error("the connection was lost and is not made again")]
    Disconnected,
    /// The process is a child, by `fork`, of the one that made the client.
    #[error("the client belongs to the process that made it, not to this child of it")]
    Forked,
    /// The server has ended the login, and why: sign in anew, and open another stream.
    #[error("the login has ended ({0:?}): sign in anew")]
    SignedOut(AccountTrouble),
    /// The stream was read on a thread that would wait for itself.
    #[error("updates cannot be waited for on a thread of the library")]
    WouldDeadlock,
}

impl fmt::Debug for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why there is no update now.
///
/// `Debug` shows the same sentence as `Display`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoUpdate {
    /// None has come in time.
    #[error("no update has come in time")]
    TimedOut,
    /// None will come any more.
    #[error("no more updates: {0}")]
    Ended(Ended),
}

impl fmt::Debug for NoUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Updates {
    /// The next update, or `None` when the stream has ended: [`ended`](Self::ended) says why.
    ///
    /// # Blocking
    ///
    /// Until an update is here or the client is closed.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is the iterator's, without consuming"
    )]
    pub fn next(&mut self) -> Option<Update> {
        self.receive(None).ok()
    }

    /// The next update, if one comes in time.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use std::time::Duration;
    /// use ferogram_sync::NoUpdate;
    ///
    /// let mut updates = client.updates();
    /// let update = updates.next_timeout(Duration::from_millis(10));
    /// let ended = matches!(update, Err(NoUpdate::Ended(_)));
    /// assert!(!ended, "an update may have come or not; more can come in any case");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NoUpdate::TimedOut`], or [`NoUpdate::Ended`] when none will come any more.
    ///
    /// # Blocking
    ///
    /// At most for `timeout`.
    pub fn next_timeout(&mut self, timeout: Duration) -> Result<Update, NoUpdate> {
        let deadline = net::now().instant.checked_add(timeout);
        self.receive(deadline)
    }

    /// The next update, if it is here already. Does not block.
    ///
    /// # Errors
    ///
    /// [`NoUpdate::TimedOut`], or [`NoUpdate::Ended`] when none will come any more.
    pub fn try_next(&mut self) -> Result<Update, NoUpdate> {
        self.receive(Some(net::now().instant))
    }

    /// Why the stream has ended, once it has.
    #[must_use]
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// The updates as they come, without consuming the stream.
    pub fn iter(&mut self) -> UpdatesIter<&mut Self> {
        UpdatesIter(self)
    }

    /// A receiver for `select!`, fed by a thread of its own that ends with the client or with the
    /// receiver.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`](crate::NetError::Start) when the thread cannot be started.
    pub fn into_receiver(mut self) -> Result<Receiver<Update>> {
        let core = self.reader.core().ok_or(NetError::Closed)?;
        let closed = core.closed.clone();
        let (sender, receiver) = bounded(RECEIVER_CAPACITY);
        let pump = thread::Builder::new()
            .name("ferogram-updates".into())
            .spawn(move || {
                while let Some(update) = self.next() {
                    select! {
                        send(sender, update) -> sent => if sent.is_err() { return },
                        recv(closed) -> _ => return,
                    }
                }
            })
            .map_err(NetError::Start)?;
        core.keep_thread(pump);
        Ok(receiver)
    }

    /// `None` as the deadline waits for ever.
    fn receive(&mut self, deadline: Option<Instant>) -> Result<Update, NoUpdate> {
        if self.reader.check().is_err() {
            return Err(self.end(Ended::Forked));
        }
        // Whoever signs in anew is perhaps somebody else.
        if let Some(ended @ Ended::SignedOut(_)) = self.ended {
            return Err(NoUpdate::Ended(ended));
        }
        loop {
            if let Some(update) = self.ready.pop_front() {
                return Ok(update);
            }
            let core = self.reader.core();
            if let Some(early) = core.and_then(|core| core.early.lock().pop_front()) {
                self.take(early);
                continue;
            }
            match self.reader.wait_while_signed_in(&self.incoming, deadline) {
                Ok(Some(incoming)) => self.take(incoming),
                Ok(None) => {
                    let core = self.reader.core();
                    if core.as_ref().is_some_and(|it| it.login_end.is_cut_off()) {
                        return Err(self.end(Ended::Disconnected));
                    }
                    if let Some(trouble) = core.and_then(|core| core.login_end.trouble()) {
                        return Err(self.end(Ended::SignedOut(trouble)));
                    }
                }
                Err(NetError::TimedOut) => return Err(NoUpdate::TimedOut),
                Err(NetError::WouldDeadlock) => return Err(self.end(Ended::WouldDeadlock)),
                Err(NetError::LeaseLost) => return Err(self.end(Ended::LeaseLost)),
                Err(_) => return Err(self.end(Ended::Closed)),
            }
        }
    }

    fn take(&mut self, incoming: Incoming) {
        let bytes = match incoming {
            Incoming::Update { bytes, .. } => bytes,
            Incoming::Refused { link, error } => {
                if let Some(core) = self.reader.core() {
                    core.greeting_refused(link, &error);
                }
                return;
            }
            Incoming::Retired { link } => {
                if let Some(core) = self.reader.core() {
                    core.link_retired(link);
                }
                return;
            }
            Incoming::Lost { .. } => {
                self.ready.push_back(Update::Lost);
                return;
            }
        };
        let Some(core) = self.reader.core() else {
            return; // The end of the queue follows.
        };
        core.learn_updates(&bytes);
        let me = core.account().map(|account| account.user_id);
        match read(&bytes, &self.client, me) {
            Ok(updates) => self.ready.extend(updates),
            Err(error) => {
                tracing::warn!(%error, "an update is not of this layer");
                self.ready.push_back(Update::Lost);
            }
        }
    }

    fn end(&mut self, ended: Ended) -> NoUpdate {
        self.ended = Some(ended);
        NoUpdate::Ended(ended)
    }
}

impl fmt::Debug for Updates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Updates")
            .field("ready", &self.ready.len())
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl IntoIterator for Updates {
    type Item = Update;
    type IntoIter = UpdatesIter<Self>;

    fn into_iter(self) -> UpdatesIter<Self> {
        UpdatesIter(self)
    }
}

/// Blocks for each next update, until the client is closed.
#[derive(Debug)]
pub struct UpdatesIter<U>(U);

impl Iterator for UpdatesIter<Updates> {
    type Item = Update;

    fn next(&mut self) -> Option<Update> {
        self.0.next()
    }
}

impl Iterator for UpdatesIter<&mut Updates> {
    type Item = Update;

    fn next(&mut self) -> Option<Update> {
        self.0.next()
    }
}
