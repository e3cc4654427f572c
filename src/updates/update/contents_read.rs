//! What is in messages was heard or seen: voices, round videos, mentions, media that delete
//! themselves.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::enums;

payload! {
    /// What is in messages was heard or seen: voices, round videos, mentions, media that delete
    /// themselves.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateReadMessagesContents {
    ///     messages: vec![3],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ContentsRead(read) = update else { panic!("it is one") };
    /// assert_eq!(read.message_ids(), [3]);
    /// assert_eq!(read.chat_id(), None);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateReadMessagesContents>,
    /// and <https://core.telegram.org/constructor/updateChannelReadMessagesContents>.
    ContentsRead(enums::Update)
}

impl ContentsRead {
    /// The ids of the messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        match &*self.raw {
            enums::Update::ReadMessagesContents(it) => &it.messages,
            enums::Update::ChannelReadMessagesContents(it) => &it.messages,
            _ => &[],
        }
    }

    /// The id of the channel or supergroup, as the Bot API writes it. Of private chats and
    /// small groups the server does not say in which.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.source.chat.as_ref().map(marked_id)
    }

    /// The channel or supergroup, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.source.chat.as_ref()?)
    }

    /// The topic that they are in.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ChannelReadMessagesContents(it) => it.top_msg_id,
            _ => None,
        }
    }

    /// Of a channel's direct messages: with whom.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        match &*self.raw {
            enums::Update::ChannelReadMessagesContents(it) => it.saved_peer_id.as_ref(),
            _ => None,
        }
    }

    /// When, in seconds since the Unix epoch, as far as it is told.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ReadMessagesContents(it) => it.date,
            _ => None,
        }
    }
}
