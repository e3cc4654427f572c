//! Noting what was done in a channel (<https://core.telegram.org/api/recent-actions>).
use ferogram_sync::tl::enums;

use super::admin_log::Logged;
use super::peer::Peer;
use super::state::World;

/// The first id: beyond 31 bits, so that nobody takes one for a message's.
const FIRST_ID: i64 = 7_000_000_001;

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
        it.admin_log.add(Logged {
            id,
            date,
            user,
            action,
            names: names.to_vec(),
        });
    }
}
