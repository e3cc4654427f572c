//! Buttons in the place of the receiver's letters.
use super::reply_button::ReplyButton;
use crate::tl::enums::ReplyMarkup;
use crate::tl::types;

/// Buttons that the receiver sees in the place of the letters, which bots may send.
///
/// ```
/// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
/// use ferogram_sync::InputMessage;
/// use ferogram_sync::keyboard::{ReplyButton, ReplyKeyboard};
///
/// let keyboard = ReplyKeyboard::new()
///     .row(["Yes".into(), ReplyButton::text("No")])
///     .row([ReplyButton::request_phone("Call me")])
///     .resize(true)
///     .placeholder("Or write");
/// let message = client.send_message(ann, InputMessage::text("Well?").markup(keyboard))?;
/// assert!(message.raw.reply_markup.is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/constructor/replyKeyboardMarkup>.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplyKeyboard {
    raw: types::ReplyKeyboardMarkup,
}

impl ReplyKeyboard {
    /// Without buttons.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row below the others.
    #[must_use]
    pub fn row<B: Into<ReplyButton>>(mut self, buttons: impl IntoIterator<Item = B>) -> Self {
        let buttons = buttons.into_iter();
        let buttons = buttons.map(|button| button.into().to_raw()).collect();
        let row = types::KeyboardButtonRow { buttons };
        self.raw.rows.push(row.into());
        self
    }

    /// Whether it is only as high as its buttons need.
    #[must_use]
    pub fn resize(mut self, resize: bool) -> Self {
        self.raw.resize = resize;
        self
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

    /// Whether it stays where it is when the letters are hidden.
    #[must_use]
    pub fn persistent(mut self, persistent: bool) -> Self {
        self.raw.persistent = persistent;
        self
    }

    /// Whether the receiver is to answer the message, as with
    /// [`ForceReply`](super::ForceReply).
    #[must_use]
    pub fn force_reply(mut self, force: bool) -> Self {
        self.raw.force_reply = force;
        self
    }

    /// What stands in the box to write in while it is empty: up to 64 letters.
    #[must_use]
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.raw.placeholder = Some(text.into());
        self
    }
}

impl From<ReplyKeyboard> for ReplyMarkup {
    fn from(keyboard: ReplyKeyboard) -> Self {
        keyboard.raw.into()
    }
}
