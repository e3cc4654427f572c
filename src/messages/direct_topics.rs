//! The direct messages to a channel, by whom they are from.
//!
//! See <https://core.telegram.org/api/monoforum>.
use super::saved_topics::SavedTopics;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::functions::messages::DeleteSavedHistory;

impl Client {
    /// The conversations that people have with a channel, those with the newest messages first, for
    /// its administrators. [`MessageIter::saved_from`](crate::MessageIter::saved_from) reads one,
    /// [`mark_saved_read`](Self::mark_saved_read) tells that it was, and
    /// [`InputMessage::monoforum`](crate::InputMessage::monoforum) says into which one a message
    /// goes. Nothing is asked for before the first is taken.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bob) = (telegram.user(), telegram.user());
    /// use ferogram_sync::NewChat;
    ///
    /// let news = client.create_channel(NewChat::channel("News"))?;
    /// client.allow_direct_messages(&news, Some(0))?;
    /// # let name = format!("direct_{}", client.my_id().expect("somebody is signed in"));
    /// # client.set_chat_username(&news, &name)?;
    /// let direct = bob.fetch_chat_full(&*name)?.direct_messages().expect("it takes some");
    /// bob.send_message(direct, "A question")?;
    ///
    /// let direct = client.fetch_chat_full(&news)?.direct_messages().expect("it takes some");
    /// let topic = client.direct_topics(direct).next().expect("there is one")?;
    /// let question = topic.top_message.expect("it is there");
    /// assert_eq!((question.text(), topic.unread), ("A question", 1));
    /// question.reply("An answer")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// In the items, as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`.
    ///
    /// # Blocking
    ///
    /// Not at all; taking an item does.
    ///
    /// See <https://core.telegram.org/method/messages.getSavedDialogs>.
    pub fn direct_topics(&self, direct_messages: impl Into<PeerRef>) -> SavedTopics {
        self.topics_of(Some(direct_messages.into()))
    }

    /// Deletes the direct messages from somebody, and what was answered, up to an id (0: all).
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `CHAT_ADMIN_REQUIRED`.
    /// After an error, some may be gone.
    ///
    /// # Blocking
    ///
    /// Until the server has deleted them, which may take several requests, at most for the
    /// client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteSavedHistory>.
    pub fn delete_direct_topic(
        &self,
        direct_messages: impl Into<PeerRef>,
        peer: impl Into<PeerRef>,
        up_to: i32,
    ) -> Result<()> {
        let deadline = self.begin_for::<DeleteSavedHistory>()?;
        let with = self.resolve_until(&peer.into(), deadline)?;
        self.in_rounds(&direct_messages.into(), deadline, |parent| {
            let request = DeleteSavedHistory {
                parent_peer: Some(parent.clone()),
                peer: with.clone(),
                max_id: up_to,
                ..Default::default()
            };
            self.ask_until(&request, deadline)
        })
    }
}
