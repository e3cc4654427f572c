//! A button below a message.
use super::look::{ButtonStyle, Look};
use crate::error::{ButtonFault, Result};
use crate::peers::PeerRef;
use crate::tl::enums::{self, InlineButtonType, InlineQueryPeerType, InputUser};
use crate::tl::types;

/// The bytes that the data of a callback button may have.
///
/// See <https://core.telegram.org/bots/api#inlinekeyboardbutton>.
const DATA_MAX: usize = 64;
/// The letters that a button may copy.
///
/// See <https://core.telegram.org/bots/api#copytextbutton>.
const COPIED_MAX: usize = 256;

/// A button of an [`InlineKeyboard`](super::InlineKeyboard), below a message.
///
/// ```
/// use ferogram_sync::keyboard::{Button, ButtonStyle};
///
/// let yes = Button::callback("Yes", "vote:yes").style(ButtonStyle::Success);
/// assert_eq!(yes.text(), "Yes");
/// ```
///
/// See <https://core.telegram.org/type/InlineButtonType>.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    text: String,
    look: Look,
    action: Action,
}

/// What a press does.
#[derive(Clone, Debug, PartialEq)]
enum Action {
    /// What needs nobody to be named.
    Raw(InlineButtonType),
    Profile(PeerRef),
    Login {
        raw: types::InputInlineButtonTypeUrlAuth,
        bot: Option<PeerRef>,
    },
}

impl Button {
    /// A button that does what the raw API says: what has no method here.
    pub fn raw(text: impl Into<String>, action: impl Into<InlineButtonType>) -> Self {
        Self {
            text: text.into(),
            look: Look::default(),
            action: Action::Raw(action.into()),
        }
    }

    /// Tells the bot that it was pressed, with these data: 1 to 64 bytes, which is checked when the
    /// message is sent. Letters of many scripts have more bytes than one.
    pub fn callback(text: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        let requires_password = false;
        let action = types::InlineButtonTypeCallback {
            requires_password,
            data,
        };
        Self::raw(text, action)
    }

    /// The same for what only the owner of the account may do: whoever presses has to give the
    /// password of the account first.
    pub fn callback_with_password(text: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        let requires_password = true;
        let action = types::InlineButtonTypeCallback {
            requires_password,
            data,
        };
        Self::raw(text, action)
    }

    /// Opens a page.
    pub fn url(text: impl Into<String>, url: impl Into<String>) -> Self {
        let url = url.into();
        Self::raw(text, types::InlineButtonTypeUrl { url })
    }

    /// Opens a page that is told who has pressed, if that person agrees.
    ///
    /// See <https://core.telegram.org/api/url-authorization>.
    pub fn url_auth(text: impl Into<String>, url: impl Into<String>) -> Self {
        let raw = types::InputInlineButtonTypeUrlAuth {
            url: url.into(),
            ..Default::default()
        };
        let action = Action::Login { raw, bot: None };
        Self {
            action,
            ..Self::raw(text, InlineButtonType::Disabled)
        }
    }

    /// Of a login to a page: the bot that the page belongs to, where it is another one.
    #[must_use]
    pub fn login_bot(mut self, bot: impl Into<PeerRef>) -> Self {
        if let Action::Login { bot: place, .. } = &mut self.action {
            *place = Some(bot.into());
        }
        self
    }

    /// Of a login to a page: what the button says where the message was forwarded to.
    #[must_use]
    pub fn forward_text(mut self, text: impl Into<String>) -> Self {
        if let Action::Login { raw, .. } = &mut self.action {
            raw.fwd_text = Some(text.into());
        }
        self
    }

    /// Of a login to a page: whether to ask that the bot may write to whoever presses.
    #[must_use]
    pub fn request_write_access(mut self, request: bool) -> Self {
        if let Action::Login { raw, .. } = &mut self.action {
            raw.request_write_access = request;
        }
        self
    }

    /// Begins an inline query of the bot in the same chat.
    pub fn switch_inline(text: impl Into<String>, query: impl Into<String>) -> Self {
        let action = types::InlineButtonTypeSwitchInline {
            same_peer: true,
            query: query.into(),
            ..Default::default()
        };
        Self::raw(text, action)
    }

    /// Begins an inline query of the bot in a chat to be chosen.
    pub fn switch_elsewhere(text: impl Into<String>, query: impl Into<String>) -> Self {
        let action = types::InlineButtonTypeSwitchInline {
            query: query.into(),
            ..Default::default()
        };
        Self::raw(text, action)
    }

    /// Begins an inline query of the bot in a chat to be chosen among those of some kinds.
    pub fn switch_chosen(
        text: impl Into<String>,
        query: impl Into<String>,
        kinds: impl IntoIterator<Item = InlineQueryPeerType>,
    ) -> Self {
        let action = types::InlineButtonTypeSwitchInline {
            query: query.into(),
            peer_types: Some(kinds.into_iter().collect()),
            ..Default::default()
        };
        Self::raw(text, action)
    }

    /// Opens a mini app.
    ///
    /// See <https://core.telegram.org/api/bots/webapps>.
    pub fn mini_app(text: impl Into<String>, url: impl Into<String>) -> Self {
        let url = url.into();
        Self::raw(text, types::InlineButtonTypeWebView { url })
    }

    /// Starts the game of the message: the first button of the first row.
    pub fn game(text: impl Into<String>) -> Self {
        Self::raw(text, InlineButtonType::Game)
    }

    /// Pays the invoice of the message: the first button of the first row.
    pub fn buy(text: impl Into<String>) -> Self {
        Self::raw(text, InlineButtonType::Buy)
    }

    /// Copies a text: 1 to 256 letters, which is checked when the message is sent.
    pub fn copy_text(text: impl Into<String>, copied: impl Into<String>) -> Self {
        let copy_text = copied.into();
        Self::raw(text, types::InlineButtonTypeCopy { copy_text })
    }

    /// Does nothing when it is pressed.
    ///
    /// See <https://core.telegram.org/bots/api#disabledbutton>.
    pub fn disabled(text: impl Into<String>) -> Self {
        Self::raw(text, InlineButtonType::Disabled)
    }

    /// Opens somebody's profile.
    pub fn user_profile(text: impl Into<String>, user: impl Into<PeerRef>) -> Self {
        let action = Action::Profile(user.into());
        Self {
            action,
            ..Self::raw(text, InlineButtonType::Disabled)
        }
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
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the server would refuse, as far as that can be seen here.
    pub(super) fn fault(&self) -> Option<ButtonFault> {
        match &self.action {
            Action::Raw(InlineButtonType::Callback(callback)) => {
                let length = callback.data.len();
                (!(1..=DATA_MAX).contains(&length)).then_some(ButtonFault::Data(length))
            }
            Action::Raw(InlineButtonType::Copy(copy)) => {
                let length = copy.copy_text.chars().count();
                (!(1..=COPIED_MAX).contains(&length)).then_some(ButtonFault::CopyText(length))
            }
            _ => None,
        }
    }

    /// As requests take it; `name` names the people that are in it.
    pub(super) fn to_raw(
        &self,
        name: &mut dyn FnMut(&PeerRef) -> Result<InputUser>,
    ) -> Result<enums::KeyboardInlineButton> {
        let action = match &self.action {
            Action::Raw(raw) => raw.clone(),
            Action::Profile(user) => types::InputInlineButtonTypeUserProfile {
                user_id: name(user)?,
            }
            .into(),
            Action::Login { raw, bot } => types::InputInlineButtonTypeUrlAuth {
                bot: bot.as_ref().map(name).transpose()?,
                ..raw.clone()
            }
            .into(),
        };
        Ok(types::KeyboardInlineButton {
            style: self.look.raw(),
            text: self.text.clone(),
            r#type: action,
        }
        .into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limit is one of bytes: sixteen letters may be too many.
    #[test]
    fn data_are_counted_in_bytes() {
        for (data, fault) in [
            ("x".repeat(64), None),
            ("x".repeat(65), Some(ButtonFault::Data(65))),
            (String::new(), Some(ButtonFault::Data(0))),
            ("\u{442}\u{435}\u{441}\u{442}".repeat(8), None),
            (
                "\u{442}\u{435}\u{441}\u{442}".repeat(16),
                Some(ButtonFault::Data(128)),
            ),
        ] {
            assert_eq!(Button::callback("x", data.clone()).fault(), fault, "{data}");
            assert_eq!(Button::callback_with_password("x", data).fault(), fault);
        }
    }

    #[test]
    fn what_is_copied_is_counted_in_letters() {
        for (copied, fault) in [
            ("\u{1f600}".repeat(256), None),
            ("x".repeat(257), Some(ButtonFault::CopyText(257))),
            (String::new(), Some(ButtonFault::CopyText(0))),
        ] {
            assert_eq!(Button::copy_text("x", copied).fault(), fault);
        }
    }
}
