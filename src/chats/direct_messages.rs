//! Direct messages to channels.
use super::chat_full::ChatFull;
use crate::client::Client;
use crate::error::Result;
use crate::peers::{Chat, PeerRef, input_channel};
use crate::tl::functions::channels::UpdatePaidMessagesPrice;

impl Client {
    /// Lets everybody write to a channel, for so many Stars a message (0: for nothing), or, with
    /// `None`, nobody. [`ChatFull::direct_messages`] says where they write.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// assert!(client.fetch_chat_full(&news)?.direct_messages().is_none());
    /// client.allow_direct_messages(&news, Some(0))?;
    /// assert!(client.fetch_chat_full(&news)?.direct_messages().is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`,
    /// `CHANNEL_MONOFORUM_UNSUPPORTED`, `CHAT_NOT_MODIFIED`.
    ///
    /// # Blocking
    ///
    /// Until the server has done it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/channels.updatePaidMessagesPrice>.
    pub fn allow_direct_messages(
        &self,
        channel: impl Into<PeerRef>,
        stars: Option<i64>,
    ) -> Result<()> {
        let deadline = self.begin_for::<UpdatePaidMessagesPrice>()?;
        self.ask_about(&channel.into(), deadline, |channel| {
            let request = UpdatePaidMessagesPrice {
                broadcast_messages_allowed: stars.is_some(),
                channel: input_channel(channel)?,
                send_paid_messages_stars: stars.unwrap_or(0),
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }
}

impl ChatFull {
    /// The chat in which people write to a channel, by its id as the Bot API writes it; of that
    /// chat, the channel. Everybody has a conversation of their own there, without joining it; the
    /// channel's administrators see all of them.
    ///
    /// See <https://core.telegram.org/api/monoforum>.
    #[must_use]
    pub fn direct_messages(&self) -> Option<i64> {
        match self.chat()? {
            Chat::Channel(channel) => channel.direct_messages(),
            _ => None,
        }
    }
}
