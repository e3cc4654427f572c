//! Handlers, in the order in which they are asked.
use std::fmt;

use super::extract::Need;
use super::filter::Filter;
use super::handler::{Handler, erased};
use super::kind::UpdateKind;
use super::route::Route;

/// Handlers, in the order in which they are asked: a part of a program, put together elsewhere.
///
/// The first handler that matches has the update, and no other after it, unless it gives back
/// [`Flow::Continue`](crate::Flow::Continue). Handlers of a router that is included stand where it
/// is included.
///
/// ```
/// use ferogram_sync::filters::{all, command, from_user};
/// use ferogram_sync::{Dispatcher, Message, Result, Router};
///
/// fn admin() -> Router {
///     Router::new()
///         .scope(from_user(777_000))
///         .on_message(command("stop"), |message: Message| message.reply("Stopped."))
///         .on_message(command("log"), |message: Message| message.reply("Nothing."))
/// }
///
/// let _dispatcher = Dispatcher::new()
///     .include(admin())
///     .on_message(all(), |message: Message| message.reply("Only for admins."));
/// ```
#[derive(Clone, Default)]
#[must_use = "its handlers are called when it is included"]
pub struct Router {
    routes: Vec<Route>,
    scope: Option<Filter>,
    needs: Vec<Need>,
}

/// The methods that register a handler, of routers and dispatchers alike.
macro_rules! registering {
    ($($method:ident: $kind:ident, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub fn $method<P>(self, filter: Filter, handler: impl Handler<P>) -> Self {
                self.on(Some(UpdateKind::$kind), Some(filter), handler)
            }
        )*

        /// Calls the handler with updates of whatever kind.
        pub fn on_any<P>(self, filter: Filter, handler: impl Handler<P>) -> Self {
            self.on(None, Some(filter), handler)
        }

        /// Calls the handler with each [`Lost`](crate::Lost): updates that will never come. Without
        /// one, a warning is logged.
        pub fn on_lost<P>(self, handler: impl Handler<P>) -> Self {
            self.on(Some(UpdateKind::Lost), None, handler)
        }
    };
}

/// All kinds that have a method of their own.
macro_rules! kinds {
    () => {
        registering! {
            on_message: NewMessage, "Calls the handler with new messages.";
            on_raw: Raw, "Calls the handler with updates that have no kind of their own.";
        }
    };
}

pub(super) use {kinds, registering};

impl Router {
    /// One without handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// All handlers of this router, and of those that it includes, are only for what the filter
    /// lets through. Several scopes narrow each other.
    pub fn scope(mut self, filter: Filter) -> Self {
        self.scope = Some(match self.scope {
            Some(scope) => scope & filter,
            None => filter,
        });
        self
    }

    /// Puts all handlers of another router here.
    pub fn include(mut self, router: Self) -> Self {
        self.needs.extend_from_slice(&router.needs);
        self.routes.extend(router.into_routes());
        self
    }

    kinds!();

    pub(super) fn on<P, H: Handler<P>>(
        mut self,
        kind: Option<UpdateKind>,
        filter: Option<Filter>,
        handler: H,
    ) -> Self {
        self.needs.extend(H::needs());
        self.routes.push(Route {
            kind,
            filter,
            call: erased(handler),
        });
        self
    }

    pub(super) fn needs(&self) -> &[Need] {
        &self.needs
    }

    pub(super) fn into_routes(self) -> Vec<Route> {
        let scope = self.scope;
        let routes = self.routes.into_iter();
        routes.map(|route| route.within(scope.as_ref())).collect()
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router")
            .field("handlers", &self.routes.len())
            .finish_non_exhaustive()
    }
}
