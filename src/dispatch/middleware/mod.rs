//! What stands around handlers: what all of them have in common.
//!
//! [`Dispatcher::middleware`](crate::Dispatcher::middleware) takes what is here, and functions: see
//! [`Middleware`].
mod access;
mod deadline;
mod dedup;
mod identity;
#[cfg(feature = "metrics")]
mod metrics;
mod panic_recovery;
mod rate_limit;
mod traced;

pub use crate::dispatch::{Middleware, Next};
pub use access::Access;
pub use deadline::Deadline;
pub use dedup::Dedup;
#[cfg(feature = "metrics")]
pub use metrics::Metrics;
pub use panic_recovery::PanicRecovery;
pub use rate_limit::RateLimit;
pub use traced::Traced;
