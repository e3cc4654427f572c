//! Messages were pinned, or are no longer.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::tl::enums;

payload! {
    /// Messages were pinned, or are no longer.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePinnedChannelMessages {
    ///     pinned: true,
    ///     channel_id: 7,
    ///     messages: vec![1],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MessagesPinned(pins) = update else { panic!("it is one") };
    /// assert!(pins.is_pinned());
    /// assert_eq!(pins.message_ids(), [1]);
    /// assert_eq!(pins.chat_id(), -1_000_000_000_007);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePinnedMessages>,
    /// and <https://core.telegram.org/constructor/updatePinnedChannelMessages>.
    Pins(enums::Update)
}

in_chat!(Pins, it => chat_of(it).unwrap_or_default());

impl Pins {
    /// Whether they are pinned now.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        match &*self.raw {
            enums::Update::PinnedMessages(it) => it.pinned,
            enums::Update::PinnedChannelMessages(it) => it.pinned,
            _ => false,
        }
    }

    /// The ids of the messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        match &*self.raw {
            enums::Update::PinnedMessages(it) => &it.messages,
            enums::Update::PinnedChannelMessages(it) => &it.messages,
            _ => &[],
        }
    }
}
