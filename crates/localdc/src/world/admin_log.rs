//! What was done in a channel, as its administrators can look it up
//! (<https://core.telegram.org/api/recent-actions>).
use std::collections::VecDeque;

use ferogram_sync::tl::enums;

use super::peer::Peer;

/// So long the server remembers it: two days.
const KEPT: i64 = 48 * 3600;

/// Something that was done.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    pub(crate) id: i64,
    pub(crate) date: i64,
    pub(crate) user: i64,
    pub(crate) action: enums::ChannelAdminLogEventAction,
    /// Whom it names besides.
    pub(crate) names: Vec<Peer>,
}

/// What was done in a channel, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct AdminLog {
    events: VecDeque<Logged>,
}

impl AdminLog {
    /// What was done, the newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Logged> {
        self.events.iter().rev()
    }

    /// Notes what was done now, and forgets what was done long ago.
    pub(super) fn add(&mut self, logged: Logged) {
        let now = logged.date;
        self.events.push_back(logged);
        while self.events.front().is_some_and(|it| it.date + KEPT < now) {
            self.events.pop_front();
        }
    }
}
