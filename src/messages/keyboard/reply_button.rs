//! A button in the place of the receiver's letters.
use super::look::{ButtonStyle, Look};
use super::peer_request::PeerRequest;
use crate::tl::enums::{self, ButtonType};
use crate::tl::types;

/// A button of a [`ReplyKeyboard`](super::ReplyKeyboard), which the receiver sees in the place of
/// the letters. But for a [text](Self::text), they work in private chats only.
///
/// ```
/// use ferogram_sync::keyboard::ReplyButton;
///
/// assert_eq!(ReplyButton::request_phone("My number").label(), "My number");
/// ```
///
/// See <https://core.telegram.org/type/ButtonType>.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyButton {
    text: String,
    look: Look,
    action: ButtonType,
}

impl ReplyButton {
    /// A button that does what the raw API says: what has no method here.
    pub fn raw(text: impl Into<String>, action: impl Into<ButtonType>) -> Self {
        Self {
            text: text.into(),
            look: Look::default(),
            action: action.into(),
        }
    }

    /// Sends what stands on it.
    pub fn text(text: impl Into<String>) -> Self {
        Self::raw(text, ButtonType::Default)
    }

    /// Sends the receiver's phone number.
    pub fn request_phone(text: impl Into<String>) -> Self {
        Self::raw(text, ButtonType::RequestPhone)
    }

    /// Sends where the receiver is.
    pub fn request_geo(text: impl Into<String>) -> Self {
        Self::raw(text, ButtonType::RequestGeoLocation)
    }

    /// Lets the receiver make a poll or a quiz, and sends that.
    pub fn request_any_poll(text: impl Into<String>) -> Self {
        Self::raw(text, types::ButtonTypeRequestPoll { quiz: None })
    }

    /// Lets the receiver make a poll, and sends that.
    pub fn request_poll(text: impl Into<String>) -> Self {
        Self::raw(text, types::ButtonTypeRequestPoll { quiz: Some(false) })
    }

    /// Lets the receiver make a quiz, and sends that.
    pub fn request_quiz(text: impl Into<String>) -> Self {
        Self::raw(text, types::ButtonTypeRequestPoll { quiz: Some(true) })
    }

    /// Lets the receiver choose people or a chat, and tells the bot which.
    pub fn request_peer(text: impl Into<String>, request: PeerRequest) -> Self {
        Self::raw(text, request.into_raw())
    }

    /// Opens a mini app that may send the bot something when it closes.
    ///
    /// See <https://core.telegram.org/api/bots/webapps>.
    pub fn mini_app(text: impl Into<String>, url: impl Into<String>) -> Self {
        let url = url.into();
        Self::raw(text, types::ButtonTypeSimpleWebView { url })
    }

    /// Gives it a colour.
    #[must_use]
    pub fn style(mut self, style: ButtonStyle) -> Self {
        self.look.style = Some(style);
        self
    }

    /// Puts a custom emoji before the text.
    #[must_use]
    pub fn icon(mut self, custom_emoji_id: i64) -> Self {
        self.look.icon = Some(custom_emoji_id);
        self
    }

    /// What stands on it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.text
    }

    pub(super) fn to_raw(&self) -> enums::KeyboardButton {
        types::KeyboardButton {
            style: self.look.raw(),
            text: self.text.clone(),
            r#type: self.action.clone(),
        }
        .into()
    }
}

/// A button that sends what stands on it.
impl From<&str> for ReplyButton {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// A button that sends what stands on it.
impl From<String> for ReplyButton {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
