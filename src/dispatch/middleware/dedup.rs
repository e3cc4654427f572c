//! What comes twice is handled once.
use std::collections::{HashSet, VecDeque};

use parking_lot::Mutex;

use super::identity::Identity;
use crate::dispatch::{Context, DispatchResult, Flow, Middleware, Next};

/// How many updates are remembered, unless told otherwise.
const KEPT: usize = 10_000;

/// What comes twice is handled once: an update that comes again after a restart of the network, or
/// over two streams. What was handled without an error is remembered, as long as the program runs.
///
/// Messages and pressed buttons are known again, and what else has an id of its own.
///
/// ```
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::middleware::Dedup;
///
/// let _dispatcher = Dispatcher::new().middleware(Dedup::new());
/// ```
#[derive(Debug)]
pub struct Dedup {
    seen: Mutex<Seen>,
    kept: usize,
}

#[derive(Debug, Default)]
struct Seen {
    all: HashSet<Identity>,
    in_turn: VecDeque<Identity>,
}

impl Dedup {
    /// One that remembers the last 10,000.
    #[must_use]
    pub fn new() -> Self {
        Self::keeping(KEPT)
    }

    /// One that remembers so many.
    #[must_use]
    pub fn keeping(updates: usize) -> Self {
        Self {
            seen: Mutex::default(),
            kept: updates.max(1),
        }
    }

    fn remember(&self, identity: Identity) {
        let mut seen = self.seen.lock();
        if !seen.all.insert(identity) {
            return;
        }
        seen.in_turn.push_back(identity);
        if seen.in_turn.len() > self.kept
            && let Some(oldest) = seen.in_turn.pop_front()
        {
            seen.all.remove(&oldest);
        }
    }
}

impl Default for Dedup {
    fn default() -> Self {
        Self::new()
    }
}

impl Middleware for Dedup {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        let Some(identity) = Identity::of(cx) else {
            return next.run(cx);
        };
        if self.seen.lock().all.contains(&identity) {
            return Ok(Flow::Stop);
        }
        let result = next.run(cx);
        if result.is_ok() {
            self.remember(identity);
        }
        result
    }
}
