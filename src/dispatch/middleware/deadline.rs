//! How long an update may take.
use std::time::Duration;

use crate::dispatch::{Context, DispatchError, DispatchResult, Middleware, Next, within};
use crate::net;

/// How long each update may take.
///
/// No thread can be made to stop what it does, so this is what it comes to: the calls of the
/// [`Client`](crate::Client) that a handler is given end by then, its conversations too, and a
/// handler that has taken longer all the same ends with [`DispatchError::Overdue`].
///
/// ```
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::middleware::Deadline;
/// use std::time::Duration;
///
/// let _dispatcher = Dispatcher::new().middleware(Deadline::new(Duration::from_secs(10)));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Duration);

impl Deadline {
    /// So long.
    #[must_use]
    pub fn new(time: Duration) -> Self {
        Self(time)
    }
}

impl Middleware for Deadline {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        let until = net::after(self.0);
        cx.limit(self.0);
        let result = within(until, || next.run(cx))?;
        match net::now().instant > until {
            true => Err(DispatchError::Overdue(self.0)),
            false => Ok(result),
        }
    }
}
