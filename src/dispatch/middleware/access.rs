//! Who may use a bot.
use std::collections::HashSet;

use crate::dispatch::{Context, DispatchResult, Flow, Middleware, Next};

/// Lets through what some users and chats do, or what all others do. The rest is not handled, and
/// nobody is told.
///
/// ```
/// use ferogram_sync::Dispatcher;
/// use ferogram_sync::middleware::Access;
///
/// let _dispatcher = Dispatcher::new()
///     .middleware(Access::deny([5_000_000_001]))
///     .middleware(Access::allow([777_000, -1_000_000_000_001]));
/// ```
#[derive(Clone, Debug)]
pub struct Access {
    ids: HashSet<i64>,
    allow: bool,
}

impl Access {
    /// Only what these users do, and what happens in these chats, by their ids as the Bot API
    /// writes them.
    #[must_use]
    pub fn allow(ids: impl IntoIterator<Item = i64>) -> Self {
        let ids = ids.into_iter().collect();
        Self { ids, allow: true }
    }

    /// All but what these users do, and what happens in these chats.
    #[must_use]
    pub fn deny(ids: impl IntoIterator<Item = i64>) -> Self {
        let ids = ids.into_iter().collect();
        Self { ids, allow: false }
    }

    fn is_listed(&self, cx: &Context) -> bool {
        let ids = [cx.sender_id(), cx.chat_id()];
        ids.into_iter().flatten().any(|id| self.ids.contains(&id))
    }
}

impl Middleware for Access {
    fn call(&self, cx: &mut Context, next: Next<'_>) -> DispatchResult {
        match self.is_listed(cx) == self.allow {
            true => next.run(cx),
            false => Ok(Flow::Stop),
        }
    }
}
