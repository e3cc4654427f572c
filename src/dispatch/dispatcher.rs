//! Handlers of updates, and how they are called.
use std::any::Any;
#[cfg(feature = "fsm")]
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::chain::Middleware;
use super::context::Setup;
use super::engine::{Engine, OnError};
use super::error::DispatchError;
use super::filter::Filter;
#[cfg(feature = "fsm")]
use super::fsm::{FsmSetup, KeyStrategy, StateStorage};
use super::handler::Handler;
use super::hub::Order;
#[cfg(feature = "fsm")]
use super::route::Route;
use super::router::{Router, kinds, registering};
use super::table::Table;
use super::values::Values;
use crate::client::Client;
use crate::error::{DispatcherError, Result};
use crate::updates::{Update, UpdateKind};

/// How many handlers are at work at a time, unless told otherwise: they mostly wait for the server.
const WORKERS: usize = 16;

/// How many updates wait for a worker, unless told otherwise.
const CAPACITY: usize = 10_000;

/// Calls handlers with the updates that they are for.
///
/// - Handlers are asked in the order in which they were given; the first that matches has the
///   update, and [`Flow`](crate::Flow) says what a handler may give back.
/// - Updates of one chat are handled one after the other, in their order; those of different chats
///   at the same time, by some threads ([`workers`](Self::workers)). A slow chat delays no other.
/// - A handler that fails or panics ends nothing: [`on_error`](Self::on_error) is told, with the
///   update.
/// - An update counts as finished when its handler has ended, or `on_error` after it. What was not
///   finished when the program ends comes again when it is started anew: each at least once.
///
/// ```no_run
/// # fn main() -> ferogram_sync::Result<()> {
/// # let client = ferogram_sync::Client::builder().api_id(1).api_hash("").connect()?;
/// use ferogram_sync::filters::{command, private, text};
/// use ferogram_sync::{Dispatcher, Message, With};
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// fn count(message: Message, counter: With<AtomicU32>) -> ferogram_sync::Result<()> {
///     let number = counter.fetch_add(1, Ordering::Relaxed);
///     message.reply(format!("You are number {number}."))?;
///     Ok(())
/// }
///
/// Dispatcher::new()
///     .with(AtomicU32::new(1))
///     .on_message(command("start"), count)
///     .on_message(private() & text(), |message: Message| message.reply(message.text()))
///     .on_error(|error, _update| eprintln!("{error}"))
///     .run(&client)
/// # }
/// ```
#[must_use = "it does nothing before `run` or `start`"]
pub struct Dispatcher {
    router: Router,
    middleware: Vec<Arc<dyn Middleware>>,
    on_error: Option<OnError>,
    values: Values,
    pub(super) order: Order,
    pub(super) workers: usize,
    pub(super) capacity: usize,
    #[cfg(feature = "fsm")]
    fsm: FsmSetup,
}

impl Dispatcher {
    /// One without handlers.
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            middleware: Vec::new(),
            on_error: None,
            values: Values::default(),
            order: Arc::new(Update::chat_id),
            workers: WORKERS,
            capacity: CAPACITY,
            #[cfg(feature = "fsm")]
            fsm: FsmSetup::default(),
        }
    }

    /// A value for handlers that have a parameter [`With`](crate::With) of its type: one of each
    /// type.
    pub fn with<T: Any + Send + Sync>(mut self, value: T) -> Self {
        self.values.put(value);
        self
    }

    /// Puts something around all handlers; what was given first is outermost.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Puts all handlers of a router here.
    pub fn include(mut self, router: Router) -> Self {
        self.router = self.router.include(router);
        self
    }

    /// Called when a handler or a middleware has failed or panicked, with the update. Without it,
    /// an error is logged. The one that is given last is called.
    pub fn on_error(
        mut self,
        tell: impl Fn(&DispatchError, &Update) + Send + Sync + 'static,
    ) -> Self {
        self.on_error = Some(Arc::new(tell));
        self
    }

    /// How many handlers are at work at a time, 16 if nothing is said. A handler that waits in a
    /// conversation does not count.
    pub fn workers(mut self, count: usize) -> Self {
        self.workers = count.max(1);
        self
    }

    /// How many updates wait for a worker, 10000 if nothing is said. When there are more, they stay
    /// with the server.
    pub fn capacity(mut self, updates: usize) -> Self {
        self.capacity = updates.max(1);
        self
    }

    /// Which updates are handled one after the other: those for which the function gives the same
    /// number. `None` needs no order. If nothing is said, it is those of one chat.
    ///
    /// ```
    /// use ferogram_sync::Dispatcher;
    ///
    /// // Whatever chat they write in: one after the other of each user.
    /// let _dispatcher = Dispatcher::new().order_by(|update| update.sender_id());
    /// ```
    pub fn order_by(
        mut self,
        key: impl Fn(&Update) -> Option<i64> + Send + Sync + 'static,
    ) -> Self {
        self.order = Arc::new(key);
        self
    }

    /// Where the states of dialogues are kept: in memory, if nothing is said.
    #[cfg(feature = "fsm")]
    pub fn with_state_storage(mut self, storage: impl StateStorage) -> Self {
        self.fsm.storage = Arc::new(storage);
        self
    }

    /// Whose state is kept: each user has one in each chat, if nothing is said.
    #[cfg(feature = "fsm")]
    pub fn with_key_strategy(mut self, strategy: KeyStrategy) -> Self {
        self.fsm.strategy = strategy;
        self
    }

    kinds!();

    fn on<P>(
        mut self,
        kind: Option<UpdateKind>,
        filter: Option<Filter>,
        handler: impl Handler<P>,
    ) -> Self {
        self.router = self.router.on(kind, filter, handler);
        self
    }

    /// Puts all together for a client. Asks who is signed in, whose commands these are.
    pub(super) fn into_engine(self, client: &Client) -> Result<Engine> {
        #[cfg_attr(not(feature = "fsm"), expect(unused_mut, reason = "states go there"))]
        let mut values = self.values;
        let missing = self.router.needs().iter().find(|need| !values.has(need.id));
        if let Some(need) = missing {
            return Err(DispatcherError::NoValue(need.name).into());
        }
        let routes = self.router.into_routes();
        #[cfg(feature = "fsm")]
        {
            same_names(&routes)?;
            values.put(self.fsm);
        }
        Ok(Engine {
            table: Table::new(routes),
            middleware: self.middleware,
            on_error: self.on_error,
            setup: Arc::new(Setup {
                values,
                me: Some(client.get_me()?),
            }),
        })
    }
}

/// Refuses filters for different enums of the same name: each would take the other's states for its
/// own.
#[cfg(feature = "fsm")]
fn same_names(routes: &[Route]) -> Result<()> {
    let filters = routes.iter().filter_map(|route| route.filter.as_ref());
    let mut ids = HashMap::new();
    for state in filters.flat_map(Filter::states) {
        if *ids.entry(state.name).or_insert(state.id) != state.id {
            return Err(DispatcherError::SameStates(state.name).into());
        }
    }
    Ok(())
}

impl Default for Dispatcher {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatcher")
            .field("router", &self.router)
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}
