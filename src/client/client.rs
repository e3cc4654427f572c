//! The handle that a program holds.
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::TryRecvError;

use super::call::{Place, read};
use super::core::Core;
use super::pending::Pending;
use super::wrapping::{Wrapped, Wrapping};
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::net::{self, NetError};
use crate::tl::{RemoteCall, Serialize};

/// A Telegram client: cheap to clone, usable from any thread.
///
/// Calls block until the answer is here, and never longer than the client's timeout. When the last
/// clone is dropped, the connections are closed, the threads joined and the session is written.
pub struct Client {
    pub(crate) core: Arc<Core>,
    manner: Arc<Manner>,
}

/// How the requests of a handle go. Every message has a handle, so it is one word.
struct Manner {
    timeout: Duration,
    wrapping: Option<Wrapping>,
}

impl Client {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        let manner = Manner {
            timeout: core.config.timeout,
            wrapping: None,
        };
        Self::of(core, manner.into())
    }

    fn of(core: Arc<Core>, manner: Arc<Manner>) -> Self {
        core.hold();
        Self { core, manner }
    }

    /// The same client, whose calls end after `timeout`, whatever they wait for: the queue, the
    /// connection, the key exchange, a flood wait or the answer.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use std::time::Duration;
    /// use ferogram_sync::tl::functions::help::GetConfig;
    ///
    /// let patient = client.with_timeout(Duration::from_secs(300));
    /// patient.invoke(&GetConfig {})?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        let wrapping = self.manner.wrapping.clone();
        let manner = Manner { timeout, wrapping };
        Self::of(Arc::clone(&self.core), manner.into())
    }

    /// The same client, whose requests go in a wrapper of the API.
    pub(crate) fn with_wrapping(&self, wrapping: Wrapping) -> Self {
        let manner = Manner {
            timeout: self.timeout(),
            wrapping: Some(wrapping),
        };
        Self::of(Arc::clone(&self.core), manner.into())
    }

    /// What its requests go in.
    pub(crate) fn wrapping(&self) -> Option<&Wrapping> {
        self.manner.wrapping.as_ref()
    }

    /// Sends a request to the account's own data centre.
    ///
    /// Migrations, flood waits up to the threshold and, for requests that may be repeated, inner
    /// errors of the server are taken care of.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::tl::{enums, functions};
    ///
    /// let request = functions::users::GetUsers { id: vec![enums::InputUser::UserSelf] };
    /// let users = client.invoke(&request)?;
    /// assert_eq!(users.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Rpc`] when the server answered no; [`Error::Unanswered`] when no answer came, with
    /// whether the server can have carried the request out; [`Error::Answer`] when the answer is
    /// not of this layer.
    ///
    /// # Blocking
    ///
    /// Until the answer is here, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/methods>.
    pub fn invoke<R: RemoteCall>(&self, request: &R) -> Result<R::Return> {
        self.run(Place::Home, request, self.begin()?)
    }

    /// Sends a request to a data centre by its number. If somebody is signed in, the login is
    /// carried over first, once.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::tl::{enums, functions};
    ///
    /// let config = client.invoke_on_dc(2, &functions::help::GetConfig {})?;
    /// assert!(matches!(config, enums::Config::Config(config) if config.this_dc == 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke), and [`Error::Config`] when no address of `dc` is known.
    ///
    /// # Blocking
    ///
    /// Until the answer is here, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/datacenter>.
    pub fn invoke_on_dc<R: RemoteCall>(&self, dc: i32, request: &R) -> Result<R::Return> {
        let deadline = self.begin()?;
        let place = match DcId(dc) {
            dc if dc == self.core.home() => Place::Home,
            dc => Place::Dc(dc),
        };
        self.run(place, request, deadline)
    }

    /// Sends a request and does not wait: many can be on their way from one thread.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// let pending: Vec<_> = (0..100).map(|_| client.submit(&GetNearestDc {})).collect();
    /// for pending in pending {
    ///     pending.wait()?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The deadline runs from now on. Does not block.
    #[must_use = "dropping it cancels the request; `detach` lets it go on"]
    pub fn submit<R: RemoteCall>(&self, request: &R) -> Pending<R::Return> {
        self.run_later(request, net::after(self.timeout()))
    }

    /// Sends a request as those of this handle go, and waits for its answer.
    pub(super) fn run<R: RemoteCall>(
        &self,
        place: Place,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Return> {
        let wrapped = Wrapped(self.wrapping(), request);
        let answer = self
            .core
            .call(place, &wrapped, R::CONSTRUCTOR_ID, deadline)?;
        read::<R>(&answer)
    }

    /// The same without waiting.
    pub(super) fn run_later<R: RemoteCall>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Pending<R::Return> {
        let body = Wrapped(self.wrapping(), request).to_bytes();
        Pending::send(&self.core, body, R::CONSTRUCTOR_ID, deadline)
    }

    /// Writes everything that the session knows.
    ///
    /// It is written anyway as it changes; this says when it is on disk, and whether it worked.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// client.save_session()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it could not be written, or could not since the last time, or is not
    /// yet when the time is over; [`Error::Net`] when the client is closed.
    ///
    /// # Blocking
    ///
    /// Until the disk has it, at most for the client's timeout.
    pub fn save_session(&self) -> Result<()> {
        self.core.keeper.flush(self.begin()?)
    }

    /// Lets a thread that waits to connect again try at once: for programs that are told when the
    /// network is back.
    pub fn signal_network_restored(&self) {
        // In a child of `fork` there is no thread that waits.
        if self.core.handle.process().check().is_ok() {
            self.core.handle.network_restored();
        }
    }

    /// A token that ends this client from anywhere, also while calls block.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{Error, NetError};
    ///
    /// let token = client.shutdown_token();
    /// std::thread::spawn(move || token.cancel()).join().expect("no panic");
    /// let error = client.get_me().expect_err("the client is closed");
    /// assert!(matches!(error, Error::Net(NetError::Closed)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn shutdown_token(&self) -> ShutdownToken {
        ShutdownToken(Arc::downgrade(&self.core))
    }

    /// Ends the client, for all its clones: calls in flight fail at once with
    /// [`NetError::Closed`](crate::NetError::Closed) or [`Unanswered`](crate::Unanswered), threads
    /// are joined, and what the session still had to tell the disk is written. What a
    /// [`ShutdownToken`] does too, without saying whether the session was written.
    ///
    /// Closing a client twice, or from several threads, is fine: each waits until all is over, and
    /// each is told the same.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{Error, NetError};
    ///
    /// let clone = client.clone();
    /// client.close()?;
    /// let error = clone.get_me().expect_err("the client is closed");
    /// assert!(matches!(error, Error::Net(NetError::Closed)));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The client is closed whatever this says. [`Error::Store`] when the session could not be
    /// written: what was on disk before is still there. [`Error::Net`] where that cannot be waited
    /// for: on a thread of the library, and in a child of `fork`, where nothing is written.
    ///
    /// # Blocking
    ///
    /// Until the threads have ended and the session is written.
    pub fn close(&self) -> Result<()> {
        self.core.close();
        self.core.may_wait()?;
        self.core.keeper.written()
    }

    /// What every call that blocks begins with: whether it may, and until when, whatever it has to
    /// wait for.
    pub(crate) fn begin(&self) -> Result<Instant> {
        self.core.may_wait().map_err(Error::Net)?;
        Ok(net::after(self.timeout()))
    }

    /// How long its calls may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.manner.timeout
    }

    pub(crate) fn weak(&self) -> WeakClient {
        WeakClient {
            core: Arc::downgrade(&self.core),
            manner: Arc::clone(&self.manner),
        }
    }
}

impl Clone for Client {
    fn clone(&self) -> Self {
        Self::of(Arc::clone(&self.core), Arc::clone(&self.manner))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.core.let_go();
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("home", &self.core.home())
            .field("timeout", &self.timeout())
            .finish_non_exhaustive()
    }
}

/// Ends a client from anywhere: calls in flight fail at once with
/// [`NetError::Closed`](crate::NetError::Closed) or
/// [`Unanswered`](crate::Unanswered), threads are joined and the session is written.
///
/// It does not keep the client alive.
#[derive(Clone, Debug)]
pub struct ShutdownToken(Weak<Core>);

impl ShutdownToken {
    /// Ends the client.
    ///
    /// # Blocking
    ///
    /// Until the threads have ended and the session is written. On a thread of the library, in a
    /// tracing subscriber or a store, only for what cannot wait for that thread.
    pub fn cancel(&self) {
        if let Some(core) = self.0.upgrade() {
            core.close();
        }
    }
}

/// What messages and updates hold: it keeps nothing alive.
#[derive(Clone)]
pub(crate) struct WeakClient {
    core: Weak<Core>,
    manner: Arc<Manner>,
}

impl WeakClient {
    /// The client, if it is still there.
    pub(crate) fn upgrade(&self) -> Result<Client> {
        let core = self.core.upgrade().ok_or(NetError::Closed)?;
        Ok(Client::of(core, Arc::clone(&self.manner)))
    }

    /// Whether the client has been closed, or is gone.
    pub(crate) fn is_closed(&self) -> bool {
        let core = self.core.upgrade();
        core.is_none_or(|core| core.closed.try_recv() == Err(TryRecvError::Disconnected))
    }
}
