//! An update's way through middleware to its handlers, and what becomes of errors.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::chain::{Middleware, Next};
use super::context::{Context, Setup};
use super::error::DispatchError;
use super::flow::{DispatchResult, Flow};
use super::pool::words;
use super::table::Table;
use crate::client::WeakClient;
use crate::updates::Update;

/// What is called with an error and the update that it is about.
pub(super) type OnError = Arc<dyn Fn(&DispatchError, &Update) + Send + Sync>;

/// All that handles updates, put together.
pub(super) struct Engine {
    pub(super) table: Table,
    pub(super) middleware: Vec<Arc<dyn Middleware>>,
    pub(super) on_error: Option<OnError>,
    pub(super) setup: Arc<Setup>,
}

impl Engine {
    /// Handles an update. Nothing unwinds from here, and an error was told before it comes back.
    pub(super) fn handle(&self, update: &Update, client: &WeakClient) -> DispatchResult {
        self.know_me(client);
        let mut cx = Context::new(update.clone(), client.clone(), Arc::clone(&self.setup));
        let result = caught(|| {
            let end = |cx: &Context| caught(|| self.route(cx));
            Next::new(&self.middleware, &end).run(&mut cx)
        });
        match &result {
            Err(error) => self.tell(error, update),
            Ok(Flow::Continue) => unhandled(update),
            Ok(Flow::Stop) => {}
        }
        result
    }

    /// Asks who is signed in, if that could not be had before.
    fn know_me(&self, client: &WeakClient) {
        if self.setup.me.get().is_none()
            && let Ok(me) = client.upgrade().and_then(|client| client.get_me())
        {
            self.setup.me.set(me).ok(); // Another thread may have asked too.
        }
    }

    /// Asks handlers, one after the other, until one ends it.
    fn route(&self, cx: &Context) -> DispatchResult {
        let mut from = 0;
        while let Some((place, route)) = self.table.find(cx, from) {
            if (route.call)(cx)? == Flow::Stop {
                return Ok(Flow::Stop);
            }
            from = place + 1;
        }
        Ok(Flow::Continue)
    }

    fn tell(&self, error: &DispatchError, update: &Update) {
        let Some(on_error) = &self.on_error else {
            tracing::error!(%error, "an update was not handled");
            return;
        };
        if let Err(DispatchError::Panicked(words)) = caught(|| {
            on_error(error, update);
            Ok(Flow::Stop)
        }) {
            tracing::error!(%error, "`on_error` panicked: {words}");
        }
    }
}

fn unhandled(update: &Update) {
    match update {
        Update::Lost(lost) => tracing::warn!(?lost, "updates were lost"),
        _ => tracing::trace!("no handler was for an update"),
    }
}

/// A panic as an error.
pub(super) fn caught(act: impl FnOnce() -> DispatchResult) -> DispatchResult {
    catch_unwind(AssertUnwindSafe(act))
        .unwrap_or_else(|panic| Err(DispatchError::Panicked(words(&*panic).to_owned())))
}
