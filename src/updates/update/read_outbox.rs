//! Others have read what this account wrote.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::tl::enums;

payload! {
    /// Others have read what this account wrote.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateReadHistoryOutbox { max_id: 5, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ReadOutbox(read) = update else { panic!("it is one") };
    /// assert_eq!(read.max_id(), 5);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateReadHistoryOutbox>,
    /// <https://core.telegram.org/constructor/updateReadChannelOutbox>,
    /// <https://core.telegram.org/constructor/updateReadChannelDiscussionOutbox>,
    /// and <https://core.telegram.org/constructor/updateReadMonoForumOutbox>.
    ReadOutbox(enums::Update)
}

in_chat!(ReadOutbox, it => chat_of(it).unwrap_or_default());

impl ReadOutbox {
    /// The messages up to this one are read.
    #[must_use]
    pub fn max_id(&self) -> i32 {
        match &*self.raw {
            enums::Update::ReadHistoryOutbox(it) => it.max_id,
            enums::Update::ReadChannelOutbox(it) => it.max_id,
            enums::Update::ReadChannelDiscussionOutbox(it) => it.read_max_id,
            enums::Update::ReadMonoForumOutbox(it) => it.read_max_id,
            _ => 0,
        }
    }

    /// The topic, or the message whose comments they are, if only that was read.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ReadChannelDiscussionOutbox(it) => Some(it.top_msg_id),
            _ => None,
        }
    }

    /// Of a channel's direct messages: who has read.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        match &*self.raw {
            enums::Update::ReadMonoForumOutbox(it) => Some(&it.saved_peer_id),
            _ => None,
        }
    }
}
