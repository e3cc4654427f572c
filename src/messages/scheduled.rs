//! Messages that wait for their time.
use super::answers::all;
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::messages::Messages;
use crate::tl::enums::{Update, Updates};
use crate::tl::functions::messages::{
    DeleteScheduledMessages, GetScheduledHistory, GetScheduledMessages, SendScheduledMessages,
};

impl Client {
    /// The messages of a chat that wait for their time: all of them, the next one to be sent first.
    /// They are numbered by themselves: by such an id [`edit_message`](Self::edit_message) changes
    /// one only if the change says its date too, and to other methods it is the id of some message
    /// that was sent. [`Message::edit`] and [`Message::delete`] see to it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let next_year = client.send_message("me", "now")?.date() + 300 * 24 * 60 * 60;
    /// let later = |text| InputMessage::text(text).schedule_date(next_year);
    /// let waiting = client.send_message("me", later("Happy birthdy"))?;
    /// client.edit_message("me", waiting.id(), later("Happy birthday"))?;
    /// let all = client.scheduled_messages("me")?;
    /// assert_eq!(all[0].text(), "Happy birthday");
    /// client.delete_scheduled_messages("me", &[waiting.id()])?;
    /// assert!(client.scheduled_messages("me")?.is_empty());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getScheduledHistory>.
    pub fn scheduled_messages(&self, peer: impl Into<PeerRef>) -> Result<Vec<Message>> {
        let deadline = self.begin_for::<GetScheduledHistory>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let peer = peer.clone();
            self.ask_until(&GetScheduledHistory { peer, hash: 0 }, deadline)
        })?;
        let mut waiting = self.waiting(answer);
        waiting.sort_by_key(|message| (message.date(), message.id()));
        Ok(waiting)
    }

    /// Some of the messages of a chat that wait for their time, by their ids: an answer for each,
    /// `None` for what does not wait any more.
    ///
    /// # Errors
    ///
    /// As [`scheduled_messages`](Self::scheduled_messages).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getScheduledMessages>.
    pub fn fetch_scheduled_messages(
        &self,
        peer: impl Into<PeerRef>,
        ids: &[i32],
    ) -> Result<Vec<Option<Message>>> {
        let deadline = self.begin_for::<GetScheduledMessages>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, id) = (peer.clone(), ids.to_vec());
            self.ask_until(&GetScheduledMessages { peer, id }, deadline)
        })?;
        let found = self.waiting(answer);
        let find = |id: &i32| found.iter().find(|it| it.id() == *id).cloned();
        Ok(ids.iter().map(find).collect())
    }

    /// Deletes messages that wait for their time.
    ///
    /// # Errors
    ///
    /// As [`scheduled_messages`](Self::scheduled_messages).
    ///
    /// # Blocking
    ///
    /// Until the server has deleted them, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.deleteScheduledMessages>.
    pub fn delete_scheduled_messages(&self, peer: impl Into<PeerRef>, ids: &[i32]) -> Result<()> {
        let deadline = self.begin_for::<DeleteScheduledMessages>()?;
        self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, id) = (peer.clone(), ids.to_vec());
            let request = DeleteScheduledMessages { peer, id };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// Sends messages now that wait for their time. What was sent, in the order of the ids given:
    /// `None` where the server does not show which message it has become.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let next_year = client.send_message("me", "now")?.date() + 300 * 24 * 60 * 60;
    /// let later = InputMessage::text("Happy birthday").schedule_date(next_year);
    /// let waiting = client.send_message("me", later)?;
    /// let sent = client.send_scheduled_now("me", &[waiting.id()])?;
    /// assert_eq!(sent[0].as_ref().expect("it is shown").text(), "Happy birthday");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`scheduled_messages`](Self::scheduled_messages). Common answer: `MESSAGE_ID_INVALID`.
    /// Where no answer came, they may have been sent ([`Error::delivery`](crate::Error::delivery)).
    ///
    /// # Blocking
    ///
    /// Until the server has sent them, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendScheduledMessages>.
    pub fn send_scheduled_now(
        &self,
        peer: impl Into<PeerRef>,
        ids: &[i32],
    ) -> Result<Vec<Option<Message>>> {
        let deadline = self.begin_for::<SendScheduledMessages>()?;
        let updates = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, id) = (peer.clone(), ids.to_vec());
            self.ask_until(&SendScheduledMessages { peer, id }, deadline)
        })?;
        let became = became(&updates);
        let sent = self.told(updates);
        let find = |id: &i32| {
            let (_, real) = became.iter().find(|(waiting, _)| waiting == id)?;
            sent.iter().find(|message| message.id() == *real).cloned()
        };
        Ok(ids.iter().map(find).collect())
    }
}

impl Client {
    /// The messages of a list of those that wait.
    fn waiting(&self, answer: Messages) -> Vec<Message> {
        let listed = self.listed(answer).into_iter();
        listed.map(Message::waiting).collect()
    }
}

/// Which ids of messages that have waited have become which of messages that were sent.
///
/// See <https://core.telegram.org/constructor/updateDeleteScheduledMessages>.
fn became(updates: &Updates) -> Vec<(i32, i32)> {
    let (updates, _) = all(updates.clone());
    let pairs = updates.into_iter().filter_map(|update| match update {
        Update::DeleteScheduledMessages(gone) => {
            let sent = gone.sent_messages.unwrap_or_default();
            Some(gone.messages.into_iter().zip(sent))
        }
        _ => None,
    });
    pairs.flatten().collect()
}
