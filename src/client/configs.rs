//! The server's configurations, asked for anew when they hold no longer.
use std::sync::Arc;
use std::time::Instant;

use super::core::Core;
use super::kept::Kept;
use crate::error::{Error, Result};
use crate::mtproto::{Cause, Delivery, Unanswered};
use crate::net;

impl Core {
    /// What is kept, if it still holds; else what `ask` brings, which also has to keep it.
    pub(super) fn kept<T>(
        &self,
        kept: impl Fn(&Self) -> &Kept<T>,
        deadline: Instant,
        ask: impl FnOnce(&Self) -> Result<Arc<T>>,
    ) -> Result<Arc<T>> {
        self.hear_announcements();
        let login = self.imports.login();
        let fresh = || kept(self).fresh(login, net::now().instant);
        if let Some(told) = fresh() {
            return Ok(told);
        }
        // Another thread may have asked since.
        let asked = kept(self).asking.ask(login, deadline, || match fresh() {
            Some(told) => Ok(told),
            None => ask(self),
        });
        asked.unwrap_or_else(|| Err(timed_out()))
    }

    /// Nothing holds any more that was told before the last announcement.
    pub(super) fn hear_announcements(&self) {
        if self.announcements.heard(&self.handle) {
            let now = net::now().instant;
            self.server_config.doubt(now);
            self.app_config.doubt(now);
        }
    }
}

fn timed_out() -> Error {
    Error::Unanswered(Unanswered {
        delivery: Delivery::NotSent,
        cause: Cause::Deadline,
        waiting_for: "another thread, which asks for the configuration".to_owned(),
    })
}
