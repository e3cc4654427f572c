//! What a tracker has to know from the start.
use std::collections::BTreeMap;

use crate::store::{Account, UpdateState};

/// Describes one account, and how far its updates are.
///
/// ```
/// use ferogram_sync::store::Account;
/// use ferogram_sync::tracker::TrackerConfig;
///
/// let config = TrackerConfig::new(Account { user_id: 7, bot: true });
/// assert!(config.state.is_none() && config.channels.is_empty());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TrackerConfig {
    /// Whose updates they are.
    pub account: Account,
    /// How far they were when they were saved last. `None` begins with what happens from now on.
    pub state: Option<UpdateState>,
    /// The same for each channel: its id and its `pts`.
    pub channels: BTreeMap<i64, i32>,
    /// How far back to catch up: if more has happened, it is told as
    /// [`Lost`](crate::tracker::Lost). `None` for all that the server has kept.
    ///
    /// See <https://core.telegram.org/method/updates.getDifference>.
    pub total_limit: Option<i32>,
}

impl TrackerConfig {
    /// An account of whose updates nothing was saved.
    #[must_use]
    pub fn new(account: Account) -> Self {
        Self {
            account,
            state: None,
            channels: BTreeMap::new(),
            total_limit: None,
        }
    }
}
