//! What was done in a channel, as its administrators can look it up
//! (<https://core.telegram.org/api/recent-actions>).
use std::collections::VecDeque;

use ferogram_sync::tl::enums;

use super::peer::Peer;
use super::state::World;

/// So long the server remembers it: two days.
const KEPT: i64 = 48 * 3600;

/// The first id: beyond 31 bits, so that nobody takes one for a message's.
const FIRST_ID: i64 = 7_000_000_001;

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
}

impl World {
    /// Notes that somebody has done something in a channel.
    pub(crate) fn log_admin(
        &mut self,
        channel: i64,
        user: i64,
        action: enums::ChannelAdminLogEventAction,
        names: &[Peer],
    ) {
        let date = self.now();
        let id = self.last_logged.max(FIRST_ID - 1) + 1;
        let Some(it) = self.channels.get_mut(&channel) else {
            return;
        };
        self.last_logged = id;
        let names = names.to_vec();
        it.admin_log.events.push_back(Logged {
            id,
            date,
            user,
            action,
            names,
        });
        while it
            .admin_log
            .events
            .front()
            .is_some_and(|first| first.date + KEPT < date)
        {
            it.admin_log.events.pop_front();
        }
    }
}
