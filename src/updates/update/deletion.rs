//! Messages were deleted.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::enums;

payload! {
    /// Messages were deleted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDeleteChannelMessages {
    ///     channel_id: 7,
    ///     messages: vec![1, 2],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MessagesDeleted(deletion) = update else { panic!("it is one") };
    /// assert_eq!(deletion.message_ids(), [1, 2]);
    /// assert_eq!(deletion.chat_id(), Some(-1_000_000_000_007));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDeleteMessages>,
    /// and <https://core.telegram.org/constructor/updateDeleteChannelMessages>.
    Deletion(enums::Update)
}

impl Deletion {
    /// The ids of the messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        match &*self.raw {
            enums::Update::DeleteMessages(it) => &it.messages,
            enums::Update::DeleteChannelMessages(it) => &it.messages,
            _ => &[],
        }
    }

    /// The channel or supergroup that they were in. Of private chats and small groups the
    /// server does not say in which: their messages are numbered together, so the ids alone
    /// name them.
    #[must_use]
    pub fn channel_id(&self) -> Option<i64> {
        match &*self.raw {
            enums::Update::DeleteChannelMessages(it) => Some(it.channel_id),
            _ => None,
        }
    }

    /// The id of the channel or supergroup, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.source.chat.as_ref().map(marked_id)
    }

    /// The channel or supergroup, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.source.chat.as_ref()?)
    }
}
