//! Changing messages that were sent through a bot from elsewhere.
use super::input_message::InputMessage;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::enums::InputBotInlineMessageId;
use crate::tl::functions::messages::EditInlineBotMessage;

impl Client {
    /// Changes a message that somebody has sent through this bot, by the id that came when it was
    /// chosen or when a button below it was pressed: its text, what is attached and its buttons, as
    /// [`edit_message`](Self::edit_message) does.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::tl::types::InputBotInlineMessageId;
    ///
    /// let id = InputBotInlineMessageId { dc_id: 1, id: 7, access_hash: 8 };
    /// let error = client.edit_inline_message(id, "Taken").expect_err("nobody has sent it");
    /// assert!(error.is("MESSAGE_ID_INVALID"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`edit_message`](Self::edit_message).
    ///
    /// # Blocking
    ///
    /// Until the server has changed it, at most for the client's timeout. The request goes to the
    /// data centre that keeps the message.
    ///
    /// See <https://core.telegram.org/method/messages.editInlineBotMessage>.
    pub fn edit_inline_message(
        &self,
        id: impl Into<InputBotInlineMessageId>,
        message: impl Into<InputMessage>,
    ) -> Result<()> {
        let (id, deadline) = (id.into(), self.begin_for::<EditInlineBotMessage>()?);
        let dc = inline_dc(&id)?;
        let mut outgoing = self.outgoing(message.into(), deadline)?;
        let (mut media, origins) = outgoing.take_files();
        let files = (&mut media[..], &origins[..]);
        self.heal_references(files, deadline, |media| {
            outgoing.message.media = media.first().cloned();
            self.ask_on_dc(dc, &outgoing.as_inline_edit(id.clone()), deadline)
        })
        .map(drop)
    }
}

/// The data centre that keeps a message which was sent through a bot.
pub(crate) fn inline_dc(id: &InputBotInlineMessageId) -> Result<i32> {
    match id {
        InputBotInlineMessageId::Id(id) => Ok(id.dc_id),
        InputBotInlineMessageId::InputBotInlineMessageId64(id) => Ok(id.dc_id),
        _ => Err(Error::Argument(
            "this library is too old for the message's id",
        )),
    }
}
