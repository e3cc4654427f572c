//! Updates in a program's traces.
use crate::dispatch::{Context, DispatchResult, Flow, Middleware, Next};
use crate::net;

/// A span for each update, with its kind and its chat, and in it how it ended and how long it took.
/// What a handler traces stands in this span. Texts are not told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traced;

impl Traced {
    /// It has no settings.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl Middleware for Traced {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        let (kind, chat, sender) = (cx.kind(), cx.chat_id(), cx.sender_id());
        let span = tracing::info_span!("update", ?kind, chat, sender);
        let _in_it = span.enter();
        let begin = net::now().instant;
        let result = next.run(cx);
        let took = net::now().instant.duration_since(begin);
        match &result {
            Ok(Flow::Stop) => tracing::info!(?took, "handled"),
            Ok(Flow::Continue) => tracing::info!(?took, "no handler has ended it"),
            Err(error) => tracing::warn!(?took, %error, "failed"),
        }
        result
    }
}
