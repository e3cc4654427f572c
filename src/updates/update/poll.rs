//! A poll has changed: how it stands, or what this account knows of it.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::{enums, types};

payload! {
    /// A poll has changed: how it stands, or what this account knows of it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateMessagePoll {
    ///     poll_id: 9,
    ///     results: types::PollResults { total_voters: Some(3), ..Default::default() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Poll(change) = update else { panic!("it is one") };
    /// assert_eq!(change.poll_id(), 9);
    /// assert_eq!(change.results().total_voters, Some(3));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateMessagePoll>,
    /// and <https://core.telegram.org/api/poll>.
    PollChange(types::UpdateMessagePoll)
}

impl PollChange {
    /// The id of the poll.
    #[must_use]
    pub fn poll_id(&self) -> i64 {
        self.raw.poll_id
    }

    /// The poll, where it is told anew.
    #[must_use]
    pub fn poll(&self) -> Option<&types::Poll> {
        let enums::Poll::Poll(poll) = self.raw.poll.as_ref()?;
        Some(poll)
    }

    /// How it stands.
    #[must_use]
    pub fn results(&self) -> &types::PollResults {
        let enums::PollResults::Results(results) = &self.raw.results;
        results
    }

    /// The message that it is in, if it is told.
    #[must_use]
    pub fn message_id(&self) -> Option<i32> {
        self.raw.msg_id
    }

    /// The topic that the message is in.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        self.raw.top_msg_id
    }

    /// The id of the chat that the message is in, as the Bot API writes it, if it is told.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.raw.peer.as_ref().map(marked_id)
    }

    /// The chat that the message is in, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.raw.peer.as_ref()?)
    }
}
