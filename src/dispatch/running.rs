//! A dispatcher at work.
use std::fmt;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, never, select};
use parking_lot::Mutex;

use super::dispatcher::Dispatcher;
use super::engine::Engine;
use super::flow::DispatchResult;
use super::hub::{Exchange, Hub};
use super::lent;
use super::pool::Pool;
use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::net::{Lapse, NetError};
use crate::updates::{Ended, Subscription, Update, UpdateDelivery, Updates};

/// So many updates are handed on at once, if they are here: then threads are woken for all of them.
const BATCH: usize = 64;

impl Dispatcher {
    /// Handles the client's updates until the client is closed, or its login ends: which it was
    /// comes back.
    ///
    /// Handlers at work when it ends are waited for. No signal of the system is listened to.
    ///
    /// # Errors
    ///
    /// [`Error::Dispatcher`](crate::Error::Dispatcher) when a handler needs a value that [`with`]
    /// was not given; those of [`Client::get_me`], which it asks first;
    /// [`NetError::Start`](crate::NetError::Start) when a thread cannot be started.
    ///
    /// # Blocking
    ///
    /// Until then.
    ///
    /// [`with`]: Self::with
    pub fn run(self, client: &Client) -> Result<Ended> {
        Reading::begin(self, client, never())?.read()
    }

    /// The same on a thread of its own. It does not keep the client alive.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().expect("bots have one").to_owned();
    /// use ferogram_sync::{Dispatcher, Ended, Message, filters};
    /// use std::sync::mpsc::channel;
    ///
    /// let (tell, told) = channel();
    /// let running = Dispatcher::new()
    ///     .on_message(filters::text(), move |message: Message| {
    ///         tell.send(message.text().to_owned())
    ///     })
    ///     .start(&bot)?;
    /// ann.send_message(format!("@{name}"), "Hello")?;
    /// assert_eq!(told.recv()?, "Hello");
    /// assert_eq!(running.stop()?, Ended::Stopped);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    ///
    /// # Blocking
    ///
    /// Until the server has said who is signed in.
    pub fn start(self, client: &Client) -> Result<Running> {
        let (stop, stopped) = bounded(1);
        let reading = Reading::begin(self, client, stopped)?;
        let (ending, ended) = bounded(0);
        let thread = thread::Builder::new()
            .name("ferogram-dispatch".into())
            .spawn(move || {
                // Dropped last.
                let _ending: Sender<()> = ending;
                reading.read()
            })
            .map_err(NetError::Start)?;
        Ok(Running {
            stop,
            ended,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// All handlers, to be called with updates that the program has from elsewhere.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    ///
    /// # Blocking
    ///
    /// Until the server has said who is signed in.
    pub fn by_hand(self, client: &Client) -> Result<Handlers> {
        let engine = self.into_engine(client)?;
        let client = client.weak();
        Ok(Handlers { engine, client })
    }
}

/// Handlers that are called with updates by the program itself.
pub struct Handlers {
    engine: Engine,
    client: WeakClient,
}

impl Handlers {
    /// Handles an update on this thread.
    /// [`Flow::Continue`](crate::Flow::Continue) says that no handler has ended it.
    ///
    /// # Errors
    ///
    /// That of the handler, of which `on_error` was told already.
    ///
    /// # Blocking
    ///
    /// As long as the handlers do.
    pub fn dispatch(&self, update: Update) -> DispatchResult {
        self.engine.handle(&update, &self.client)
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers").finish_non_exhaustive()
    }
}

/// A dispatcher at work. When it is dropped, the dispatcher is stopped.
#[must_use = "the dispatcher stops when it is dropped"]
pub struct Running {
    stop: Sender<()>,
    /// Says nothing, and ends with it.
    ended: Receiver<()>,
    thread: Mutex<Option<JoinHandle<Result<Ended>>>>,
}

impl Running {
    /// Ends it, and says why it had ended before, if it had. What waits is not begun, and comes
    /// again when the program is started anew.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`](crate::NetError::Start) when it had ended because a thread could not be
    /// started.
    ///
    /// # Blocking
    ///
    /// Until the handlers at work have ended; in a handler, not at all.
    pub fn stop(self) -> Result<Ended> {
        self.end()
    }

    /// Waits until it ends of itself, as [`Dispatcher::run`].
    ///
    /// # Errors
    ///
    /// As [`stop`](Self::stop); in a handler, which would wait for its own end,
    /// [`NetError::WouldDeadlock`](crate::NetError::WouldDeadlock), and the dispatcher is stopped.
    ///
    /// # Blocking
    ///
    /// Until the client is closed or its login ends.
    pub fn wait(self) -> Result<Ended> {
        match lent::own_turn() {
            None => self.join(),
            Some(_) => Err(NetError::WouldDeadlock.into()),
        }
    }

    /// What ends it from anywhere, also from a handler.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// A receiver for `select!`: it says nothing, and is disconnected when the dispatcher has
    /// ended.
    #[must_use]
    pub fn ended(&self) -> &Receiver<()> {
        &self.ended
    }

    fn end(&self) -> Result<Ended> {
        self.stop.try_send(()).ok();
        // A handler would wait for its own end.
        match lent::own_turn() {
            None => self.join(),
            Some(_) => Ok(Ended::Stopped),
        }
    }

    fn join(&self) -> Result<Ended> {
        let thread = self.thread.lock().take();
        match thread.map(JoinHandle::join) {
            Some(Ok(ended)) => ended,
            // It catches what handlers do; a panic has been reported by its own hook.
            Some(Err(_)) | None => Ok(Ended::Stopped),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end().ok();
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").finish_non_exhaustive()
    }
}

/// Ends a dispatcher from anywhere.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<()>);

impl Stopper {
    /// Ends the dispatcher, as [`Running::stop`]. Does not block.
    pub fn stop(&self) {
        self.0.try_send(()).ok();
    }
}

/// What reads updates for a dispatcher.
struct Reading {
    hub: Arc<Hub>,
    updates: Updates,
    /// The end of its queue.
    queue: Receiver<UpdateDelivery>,
    stopped: Receiver<()>,
    client: WeakClient,
    lapse: Lapse,
}

impl Reading {
    fn begin(dispatcher: Dispatcher, client: &Client, stopped: Receiver<()>) -> Result<Self> {
        client.begin()?;
        let (workers, capacity) = (dispatcher.workers, dispatcher.capacity);
        let order = Arc::clone(&dispatcher.order);
        let engine = dispatcher.into_engine(client)?;
        let weak = client.weak();
        let pool = Pool::new(workers, capacity, move |delivery: UpdateDelivery| {
            let result = engine.handle(&delivery, &weak);
            // What fails because the client is closed is to come again.
            if result.is_ok() || !weak.is_closed() {
                delivery.ack();
            }
        });
        let hub = Arc::new(Hub::new(pool, order));
        Exchange::of(client).connect(&hub);
        // It may hold the others up: it is the one that must lose nothing.
        let what = Subscription::new().name("dispatcher").longest_wait(None);
        let updates = client.subscribe(what);
        Ok(Self {
            hub,
            queue: updates.queue(),
            updates,
            stopped,
            client: client.weak(),
            lapse: client.core.handle.lapse().clone(),
        })
    }

    /// Takes in what comes, until it is over, and waits for the handlers at work.
    fn read(self) -> Result<Ended> {
        let ended = self.take_in();
        self.hub.stop();
        self.hub.join();
        ended
    }

    fn take_in(&self) -> Result<Ended> {
        loop {
            let login_ended = match self.client.upgrade() {
                Ok(client) => client.core.login_end.ended(),
                Err(_) => return Ok(self.why_closed()),
            };
            select! {
                recv(self.queue) -> first => match first {
                    Ok(first) => {
                        let room = self.hub.room().min(BATCH);
                        if !self.hub.take_in(self.updates.with_next(first, room))? {
                            return Ok(Ended::Stopped);
                        }
                    }
                    Err(_) => return Ok(self.why_closed()),
                },
                recv(self.stopped) -> _ => return Ok(Ended::Stopped),
                recv(login_ended) -> _ => if let Some(ended) = self.login_has_ended() {
                    return Ok(ended);
                },
            }
        }
    }

    fn login_has_ended(&self) -> Option<Ended> {
        let client = self.client.upgrade().ok()?;
        let login_end = &client.core.login_end;
        if login_end.is_cut_off() {
            return Some(Ended::Disconnected);
        }
        login_end.trouble().map(Ended::SignedOut)
    }

    fn why_closed(&self) -> Ended {
        match self.lapse.why_closed() {
            NetError::LeaseLost => Ended::LeaseLost,
            _ => Ended::Closed,
        }
    }
}
