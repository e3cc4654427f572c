//! Groups where the posts of channels are commented on.
use crate::client::Client;
use crate::error::Result;
use crate::peers::{Chat, PeerRef, input_channel};
use crate::tl::enums::InputChannel;
use crate::tl::enums::messages::Chats;
use crate::tl::functions::channels::{GetGroupsForDiscussion, SetDiscussionGroup};

impl Client {
    /// Has the posts of a channel be commented on in a supergroup, or nowhere.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `MEGAGROUP_PREHISTORY_HIDDEN`, `LINK_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.setDiscussionGroup>.
    pub fn set_discussion_group<P: Into<PeerRef>>(
        &self,
        channel: impl Into<PeerRef>,
        group: Option<P>,
    ) -> Result<()> {
        let (channel, deadline) = (channel.into(), self.begin_for::<SetDiscussionGroup>()?);
        let group = match group {
            Some(group) => input_channel(&self.resolve_until(&group.into(), deadline)?)?,
            None => InputChannel::Empty,
        };
        self.ask_about(&channel, deadline, |channel| {
            let request = SetDiscussionGroup {
                broadcast: input_channel(channel)?,
                group: group.clone(),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// The groups of this account in which the posts of a channel can be commented on. Small ones
    /// have to be [migrated](Self::migrate_chat) before.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// # use ferogram_sync::NewChat;
    /// client.create_channel(NewChat::supergroup("Talk"))?;
    /// assert_eq!(client.groups_for_discussion()?.len(), 1);
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.getGroupsForDiscussion>.
    pub fn groups_for_discussion(&self) -> Result<Vec<Chat>> {
        let chats = match self.ask(&GetGroupsForDiscussion {})? {
            Chats::Chats(all) => all.chats,
            Chats::Slice(some) => some.chats,
            _ => Vec::new(),
        };
        Ok(chats.into_iter().filter_map(Chat::from_raw).collect())
    }

    /// The chat that a channel or supergroup is linked with, by its id as the Bot API writes it:
    /// the group where posts are commented on, or the channel that they are of.
    ///
    /// # Errors
    ///
    /// As [`fetch_chat_full`](Self::fetch_chat_full).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/constructor/channelFull>.
    pub fn linked_chat(&self, chat: impl Into<PeerRef>) -> Result<Option<i64>> {
        Ok(self.fetch_chat_full(chat)?.linked_chat())
    }
}
