//! What stands in the place of a keyboard: none any more, or a box to answer in.
use crate::tl::enums::ReplyMarkup;
use crate::tl::types;

/// Takes the keyboard away that an earlier message has brought. A message with it cannot be edited.
///
/// ```
/// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
/// use ferogram_sync::{InputMessage, keyboard::RemoveKeyboard};
///
/// let message = InputMessage::text("Thank you.").markup(RemoveKeyboard::new());
/// assert!(client.send_message(ann, message)?.raw.reply_markup.is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/constructor/replyKeyboardHide>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveKeyboard {
    raw: types::ReplyKeyboardHide,
}

impl RemoveKeyboard {
    /// For everybody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Only for who is mentioned in the message or wrote what it answers.
    #[must_use]
    pub fn selective(mut self, selective: bool) -> Self {
        self.raw.selective = selective;
        self
    }
}

impl From<RemoveKeyboard> for ReplyMarkup {
    fn from(remove: RemoveKeyboard) -> Self {
        remove.raw.into()
    }
}

/// Has the receiver answer the message, as if "Reply" had been pressed.
///
/// ```
/// use ferogram_sync::{InputMessage, keyboard::ForceReply};
///
/// let ask = ForceReply::new().placeholder("Your name");
/// let message = InputMessage::text("Who are you?").markup(ask);
/// assert!(message.markup.is_some());
/// ```
///
/// See <https://core.telegram.org/constructor/replyKeyboardForceReply>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForceReply {
    raw: types::ReplyKeyboardForceReply,
}

impl ForceReply {
    /// For everybody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it goes away when it was used.
    #[must_use]
    pub fn single_use(mut self, single_use: bool) -> Self {
        self.raw.single_use = single_use;
        self
    }

    /// Only for who is mentioned in the message or wrote what it answers.
    #[must_use]
    pub fn selective(mut self, selective: bool) -> Self {
        self.raw.selective = selective;
        self
    }

    /// What stands in the box while it is empty: up to 64 letters.
    #[must_use]
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.raw.placeholder = Some(text.into());
        self
    }
}

impl From<ForceReply> for ReplyMarkup {
    fn from(reply: ForceReply) -> Self {
        reply.raw.into()
    }
}
