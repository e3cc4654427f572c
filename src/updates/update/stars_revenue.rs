//! What a bot or channel has earned has changed.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What a bot or channel has earned has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateStarsRevenueStatus {
    ///     peer: types::PeerChannel { channel_id: 7 }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::StarsRevenue(it) = update else { panic!("it is one") };
    /// assert_eq!(it.chat_id(), -1_000_000_000_007);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateStarsRevenueStatus>,
    /// and <https://core.telegram.org/api/stars>.
    StarsRevenue(types::UpdateStarsRevenueStatus)
}

in_chat!(StarsRevenue, it => it.peer.clone());

impl StarsRevenue {
    /// What was earned, and what can be withdrawn.
    #[must_use]
    pub fn status(&self) -> &enums::StarsRevenueStatus {
        &self.raw.status
    }
}
