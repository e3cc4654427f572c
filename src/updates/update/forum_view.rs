//! Whether this account looks at a forum as at one chat has changed, on another device.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// Whether this account looks at a forum as at one chat has changed, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChannelViewForumAsMessages { channel_id: 7, enabled: true };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ForumView(view) = update else { panic!("it is one") };
    /// assert!(view.as_messages());
    /// assert_eq!(view.chat_id(), -1_000_000_000_007);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChannelViewForumAsMessages>,
    /// and <https://core.telegram.org/api/forum>.
    ForumView(types::UpdateChannelViewForumAsMessages)
}

in_chat!(ForumView, it => types::PeerChannel { channel_id: it.channel_id }.into());

impl ForumView {
    /// Whether it does.
    #[must_use]
    pub fn as_messages(&self) -> bool {
        self.raw.enabled
    }
}
