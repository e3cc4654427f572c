//! Updates as numbers.
use metrics::{counter, gauge, histogram};

use crate::dispatch::{Context, DispatchResult, Flow, Middleware, Next};
use crate::net;

/// Counts updates and how long they take, with the crate `metrics`: whatever recorder the program
/// has installed gets it. With the feature `metrics`.
///
/// | name | kind | labels |
/// |---|---|---|
/// | `ferogram_updates_total` | counter | `kind`; `outcome`: `handled`, `unhandled`, `failed` |
/// | `ferogram_update_seconds` | histogram | `kind` |
/// | `ferogram_updates_at_work` | gauge | |
#[derive(Clone, Copy, Debug, Default)]
pub struct Metrics;

impl Metrics {
    /// It has no settings.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

impl Middleware for Metrics {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        struct AtWork;
        impl Drop for AtWork {
            fn drop(&mut self) {
                gauge!("ferogram_updates_at_work").decrement(1.0);
            }
        }
        gauge!("ferogram_updates_at_work").increment(1.0);
        let _at_work = AtWork;
        let kind = format!("{:?}", cx.kind());
        let begin = net::now().instant;
        let result = next.run(cx);
        let took = net::now().instant.duration_since(begin);
        let outcome = match &result {
            Ok(Flow::Stop) => "handled",
            Ok(Flow::Continue) => "unhandled",
            Err(_) => "failed",
        };
        histogram!("ferogram_update_seconds", "kind" => kind.clone()).record(took);
        counter!("ferogram_updates_total", "kind" => kind, "outcome" => outcome).increment(1);
        result
    }
}
