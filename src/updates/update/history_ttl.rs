//! After how long messages of a chat delete themselves has changed.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// After how long messages of a chat delete themselves has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePeerHistoryTtl {
    ///     ttl_period: Some(86400),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::HistoryTtl(change) = update else { panic!("it is one") };
    /// assert_eq!(change.seconds(), Some(86400));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePeerHistoryTTL>.
    TtlChange(types::UpdatePeerHistoryTtl)
}

in_chat!(TtlChange, it => it.peer.clone());

impl TtlChange {
    /// After how many seconds; `None` when they stay.
    #[must_use]
    pub fn seconds(&self) -> Option<i32> {
        self.raw.ttl_period
    }
}
