//! Changing messages that were sent.
use super::input_message::InputMessage;
use super::message::Message;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::PeerRef;
use crate::tl::functions::messages::EditMessage;

impl Client {
    /// Changes a message: its text with all that is marked in it, what is attached and its buttons.
    /// A message without buttons takes those away that were there.
    ///
    /// With an empty text, what the message says stays and only the rest is changed; where there is
    /// no rest either, the caption of what is attached goes.
    ///
    /// Of what an [`InputMessage`] says besides, the preview, the date of a scheduled message and
    /// the quick replies that it is among by their [id](InputMessage::quick_reply_id) count here. A
    /// message that has brought or removed a [`ReplyKeyboard`](crate::keyboard::ReplyKeyboard)
    /// cannot be changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().user();
    /// use ferogram_sync::InputMessage;
    ///
    /// let message = client.send_message("me", "Helo")?;
    /// let message = client.edit_message("me", message.id(), InputMessage::markdown("**Hello**"))?;
    /// assert_eq!(message.markdown_text(), "**Hello**");
    /// assert!(message.edit_date().is_some());
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message). Common answers: `MESSAGE_NOT_MODIFIED`,
    /// `MESSAGE_ID_INVALID`, `MESSAGE_AUTHOR_REQUIRED`, `MESSAGE_EDIT_TIME_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has changed it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.editMessage>.
    pub fn edit_message(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        message: impl Into<InputMessage>,
    ) -> Result<Message> {
        self.edit_input_message(&peer.into(), message_id, message.into())
    }

    fn edit_input_message(
        &self,
        peer: &PeerRef,
        message_id: i32,
        message: InputMessage,
    ) -> Result<Message> {
        let deadline = self.begin_for::<EditMessage>()?;
        let mut outgoing = self.outgoing(message, deadline)?;
        let (mut media, origins) = outgoing.take_files();
        let files = (&mut media[..], &origins[..]);
        let updates = self.heal_references(files, deadline, |media| {
            outgoing.message.media = media.first().cloned();
            self.ask_about(peer, deadline, |peer| {
                self.ask_until(&outgoing.as_edit(peer, message_id), deadline)
            })
        })?;
        self.edited_message(outgoing, message_id, updates)
            .ok_or(Error::Unexpected(
                "the message was changed, but the answer does not show it",
            ))
    }
}
