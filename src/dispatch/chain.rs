//! What stands around handlers.
use std::sync::Arc;

use super::context::Context;
use super::flow::DispatchResult;

/// What stands around handlers: it sees each update before and after, may change it, hold it back,
/// or give another outcome. [`middleware`](crate::middleware) has some ready made; a function is
/// one too.
///
/// ```
/// use ferogram_sync::middleware::Next;
/// use ferogram_sync::{Context, Dispatcher, Flow};
///
/// let _dispatcher = Dispatcher::new().middleware(|cx: &mut Context, next: Next<'_>| {
///     if cx.chat_id() == Some(777_000) {
///         return Ok(Flow::Stop); // Nobody is told.
///     }
///     let outcome = next.run(cx);
///     println!("{:?}: {outcome:?}", cx.chat_id());
///     outcome
/// });
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Does what it is for, with `next` or without.
    ///
    /// [`Flow::Continue`](crate::Flow::Continue) from `next` says that no handler has ended it.
    ///
    /// # Errors
    ///
    /// That of `next`, or its own: `on_error` gets it.
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult;
}

impl<F> Middleware for F
where
    F: Fn(&mut Context, Next<'_>) -> DispatchResult + Send + Sync + 'static,
{
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        self(cx, next)
    }
}

/// What comes after a middleware: the next one, in the end the handlers.
#[must_use = "without it no handler is called"]
pub struct Next<'n> {
    rest: &'n [Arc<dyn Middleware>],
    end: &'n dyn Fn(&Context) -> DispatchResult,
}

impl<'n> Next<'n> {
    pub(super) fn new(
        rest: &'n [Arc<dyn Middleware>],
        end: &'n dyn Fn(&Context) -> DispatchResult,
    ) -> Self {
        Self { rest, end }
    }

    /// Goes on with the update, as it stands in `cx` now.
    ///
    /// # Errors
    ///
    /// As the handler; a panic in it is an error too.
    pub fn run(self, cx: &mut Context) -> DispatchResult {
        match self.rest.split_first() {
            Some((first, rest)) => first.call(cx, Next::new(rest, self.end)),
            None => (self.end)(cx),
        }
    }
}
