//! This account has read what others wrote, on this or another device.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::tl::enums;

payload! {
    /// This account has read what others wrote, on this or another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateReadChannelInbox {
    ///     channel_id: 7,
    ///     max_id: 5,
    ///     still_unread_count: 2,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ReadInbox(read) = update else { panic!("it is one") };
    /// assert_eq!((read.max_id(), read.still_unread()), (5, Some(2)));
    /// assert_eq!(read.chat_id(), -1_000_000_000_007);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateReadHistoryInbox>,
    /// <https://core.telegram.org/constructor/updateReadChannelInbox>,
    /// <https://core.telegram.org/constructor/updateReadChannelDiscussionInbox>,
    /// and <https://core.telegram.org/constructor/updateReadMonoForumInbox>.
    ReadInbox(enums::Update)
}

in_chat!(ReadInbox, it => chat_of(it).unwrap_or_default());

impl ReadInbox {
    /// The messages up to this one are read.
    #[must_use]
    pub fn max_id(&self) -> i32 {
        match &*self.raw {
            enums::Update::ReadHistoryInbox(it) => it.max_id,
            enums::Update::ReadChannelInbox(it) => it.max_id,
            enums::Update::ReadChannelDiscussionInbox(it) => it.read_max_id,
            enums::Update::ReadMonoForumInbox(it) => it.read_max_id,
            _ => 0,
        }
    }

    /// How many are not read yet. Of topics and comments it is not told.
    #[must_use]
    pub fn still_unread(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ReadHistoryInbox(it) => Some(it.still_unread_count),
            enums::Update::ReadChannelInbox(it) => Some(it.still_unread_count),
            _ => None,
        }
    }

    /// The topic, or the message whose comments they are, if only that was read.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ReadHistoryInbox(it) => it.top_msg_id,
            enums::Update::ReadChannelDiscussionInbox(it) => Some(it.top_msg_id),
            _ => None,
        }
    }

    /// If comments of a post were read: the channel of the post, and its id.
    #[must_use]
    pub fn post(&self) -> Option<(i64, i32)> {
        match &*self.raw {
            enums::Update::ReadChannelDiscussionInbox(it) => it.broadcast_id.zip(it.broadcast_post),
            _ => None,
        }
    }

    /// Of a channel's direct messages: whose were read.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        match &*self.raw {
            enums::Update::ReadMonoForumInbox(it) => Some(&it.saved_peer_id),
            _ => None,
        }
    }

    /// The folder that the chat is in; 1 is the archive.
    #[must_use]
    pub fn folder_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ReadHistoryInbox(it) => it.folder_id,
            enums::Update::ReadChannelInbox(it) => it.folder_id,
            _ => None,
        }
    }
}
