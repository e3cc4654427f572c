//! The buttons below a message.
use super::button::Button;
use crate::error::{ButtonError, Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{InputUser, ReplyMarkup};
use crate::tl::types;

/// Buttons below a message, which bots may send.
///
/// ```
/// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
/// use ferogram_sync::InputMessage;
/// use ferogram_sync::keyboard::{Button, InlineKeyboard};
///
/// let keyboard = InlineKeyboard::new()
///     .row([Button::callback("Yes", "yes"), Button::callback("No", "no")])
///     .row([Button::url("Rules", "https://example.com/rules")]);
/// let message = client.send_message(ann, InputMessage::text("Well?").markup(keyboard))?;
/// assert!(message.raw.reply_markup.is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/constructor/replyInlineMarkup>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InlineKeyboard {
    rows: Vec<Vec<Button>>,
    force_reply: bool,
}

impl InlineKeyboard {
    /// Without buttons: in an edited message, it takes away those that were there.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row below the others.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.rows.push(buttons.into_iter().collect());
        self
    }

    /// Whether the receiver is to answer the message, as with
    /// [`ForceReply`](super::ForceReply).
    #[must_use]
    pub fn force_reply(mut self, force: bool) -> Self {
        self.force_reply = force;
        self
    }

    /// As requests take it; `name` names the people that are in it.
    pub(super) fn to_raw(
        &self,
        name: &mut dyn FnMut(&PeerRef) -> Result<InputUser>,
    ) -> Result<ReplyMarkup> {
        self.check()?;
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let buttons = row.iter().map(|button| button.to_raw(name));
            let buttons = buttons.collect::<Result<_>>()?;
            rows.push(types::KeyboardInlineButtonRow { buttons }.into());
        }
        let force_reply = self.force_reply;
        Ok(types::ReplyInlineMarkup { force_reply, rows }.into())
    }

    /// Looks at all buttons before anything is asked for any.
    fn check(&self) -> Result<()> {
        for (row, buttons) in self.rows.iter().enumerate() {
            for (column, button) in buttons.iter().enumerate() {
                if let Some(fault) = button.fault() {
                    let text = button.text().to_owned();
                    return Err(Error::Button(ButtonError {
                        row,
                        column,
                        text,
                        fault,
                    }));
                }
            }
        }
        Ok(())
    }
}
