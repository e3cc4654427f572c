//! Asking for messages by their ids.
use std::collections::HashMap;
use std::time::Instant;

use super::message::Message;
use super::shown::{Shown, chat_of};
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_channel};
use crate::tl::enums::InputPeer;
use crate::tl::functions::{channels, messages};
use crate::tl::types::InputMessageId;

/// So many the server shows at once.
///
/// See <https://core.telegram.org/method/messages.getMessages>.
const AT_ONCE: usize = 100;

impl Client {
    /// Asks for messages of a chat by their ids, however many: an answer for each, in the same
    /// order. `None` stands for those that are not there, or are of another chat.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Hello")?;
    /// let found = client.fetch_messages("me", &[message.id(), 12345])?;
    /// let [Some(found), None] = &found[..] else { panic!("one of them is there") };
    /// assert_eq!(found.text(), "Hello");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHANNEL_PRIVATE`, `CHANNEL_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, by hundreds, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getMessages> and
    /// <https://core.telegram.org/method/channels.getMessages>.
    pub fn fetch_messages(
        &self,
        peer: impl Into<PeerRef>,
        ids: &[i32],
    ) -> Result<Vec<Option<Message>>> {
        let (peer, deadline) = (peer.into(), self.begin_for::<messages::GetMessages>()?);
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(AT_ONCE) {
            found.extend(self.ask_about(&peer, deadline, |peer| {
                self.fetch_at_once(peer, ids, deadline)
            })?);
        }
        Ok(found)
    }

    fn fetch_at_once(
        &self,
        peer: &InputPeer,
        ids: &[i32],
        deadline: Instant,
    ) -> Result<Vec<Option<Message>>> {
        let id = ids.iter().map(|id| InputMessageId { id: *id }.into());
        let id = id.collect();
        let answer = match peer {
            InputPeer::Channel(_) | InputPeer::ChannelFromMessage(_) => {
                let channel = input_channel(peer)?;
                self.ask_until(&channels::GetMessages { channel, id }, deadline)?
            }
            _ => self.ask_until(&messages::GetMessages { id }, deadline)?,
        };
        let mut shown = Shown::from(answer);
        // In private chats and small groups, ids count for the whole account.
        if let Some(meant) = self.peer_of(peer) {
            shown.messages.retain(|it| chat_of(it) == Some(&meant));
        }
        let messages = shown.into_messages(self).into_iter().flatten();
        let found: HashMap<i32, Message> = messages.map(|it| (it.id(), it)).collect();
        Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
    }
}

impl Message {
    /// Asks for it anew: as it is now. `None` where it is not there any more.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let message = client.send_message("me", "Helo")?;
    /// message.edit("Hello")?;
    /// let now = message.fetch_again()?.expect("it is there");
    /// assert_eq!(now.text(), "Hello");
    /// now.delete()?;
    /// assert!(message.fetch_again()?.is_none());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::fetch_messages`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn fetch_again(&self) -> Result<Option<Self>> {
        if self.waits() {
            let found = self
                .client()?
                .fetch_scheduled_messages(self, &[self.id()])?;
            return Ok(found.into_iter().next().flatten());
        }
        self.fetch_beside(self.sent_id()?)
    }

    /// Asks for the message that it answers. `None` where it answers none of this chat, or that is
    /// not there any more.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// let question = client.send_message("me", "Are you there?")?;
    /// let answer = question.reply("Yes.")?;
    /// let answered = answer.fetch_reply()?.expect("it is there");
    /// assert_eq!(answered.text(), "Are you there?");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::fetch_messages`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn fetch_reply(&self) -> Result<Option<Self>> {
        match self.reply_to_message_id() {
            Some(id) if !self.answers_elsewhere() => self.fetch_beside(id),
            _ => Ok(None),
        }
    }

    /// Whether what it answers is in another chat, where ids are others.
    fn answers_elsewhere(&self) -> bool {
        let header = self.reply_header();
        header.is_some_and(|it| it.reply_to_peer_id.is_some())
    }

    fn fetch_beside(&self, id: i32) -> Result<Option<Self>> {
        let mut found = self.client()?.fetch_messages(self, &[id])?;
        Ok(found.pop().flatten())
    }
}
