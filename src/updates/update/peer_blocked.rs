//! This account has blocked somebody, or does so no longer, on another device.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// This account has blocked somebody, or does so no longer, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePeerBlocked {
    ///     blocked: true,
    ///     peer_id: types::PeerUser { user_id: 7 }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PeerBlocked(change) = update else { panic!("it is one") };
    /// assert!(change.is_blocked());
    /// assert_eq!(change.chat_id(), 7);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePeerBlocked>,
    /// and <https://core.telegram.org/api/block>.
    BlockChange(types::UpdatePeerBlocked)
}

in_chat!(BlockChange, it => it.peer_id.clone());

impl BlockChange {
    /// Whether they are blocked now.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.raw.blocked
    }

    /// Whether they are kept from this account's stories.
    #[must_use]
    pub fn is_blocked_from_stories(&self) -> bool {
        self.raw.blocked_my_stories_from
    }
}
