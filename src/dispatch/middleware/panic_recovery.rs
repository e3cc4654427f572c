//! A panic as an error.
use crate::dispatch::{Context, DispatchResult, Middleware, Next};

/// Makes an error of a panic, for the middleware that stands around it. A panic of a handler is one
/// already, and one that nobody has caught is told to `on_error` in any case: this is for those of
/// other middleware.
#[derive(Clone, Copy, Debug, Default)]
pub struct PanicRecovery;

impl PanicRecovery {
    /// It has no settings.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl Middleware for PanicRecovery {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        crate::dispatch::caught(|| next.run(cx))
    }
}
