//! Pressing the buttons of messages.
use std::time::Instant;

use super::input_message::InputMessage;
use super::keyboard::{ButtonAction, ButtonFilter, FoundButton, buttons};
use super::message::Message;
use crate::client::Client;
use crate::error::{AccountError, Error, Result};
use crate::peers::PeerRef;
use crate::tl::enums::messages::BotCallbackAnswer;
use crate::tl::enums::{ButtonType, InlineButtonType};
use crate::tl::functions::messages::GetBotCallbackAnswer;
use crate::tl::types;

/// What became of a press.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Click {
    /// The bot has answered.
    Answered(CallbackAnswer),
    /// The text of the button was sent.
    Sent(Message),
    /// Nothing was sent: this page is to be opened.
    Url(String),
    /// Nothing was sent: this text is to be copied.
    Copy(String),
    /// Nothing was sent: the profile of this user is to be shown.
    Profile(i64),
    /// Nothing was sent: this is to be written behind the bot's name, in this chat or another.
    SwitchInline {
        /// What is to be written.
        query: String,
        /// Whether in this chat.
        same_chat: bool,
    },
}

impl Click {
    /// What the bot has answered, if it was asked.
    #[must_use]
    pub fn answer(&self) -> Option<&CallbackAnswer> {
        match self {
            Self::Answered(answer) => Some(answer),
            _ => None,
        }
    }
}

/// What a bot has answered to a press.
///
/// See <https://core.telegram.org/constructor/messages.botCallbackAnswer>.
#[derive(Clone, Debug, PartialEq)]
pub struct CallbackAnswer {
    /// Everything that the server told.
    pub raw: types::messages::BotCallbackAnswer,
}

impl CallbackAnswer {
    /// What is to be shown, if something is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.raw.message.as_deref()
    }

    /// Whether that is to be shown in a window that one has to close.
    #[must_use]
    pub fn is_alert(&self) -> bool {
        self.raw.alert
    }

    /// The page that is to be opened, if one is.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.raw.url.as_deref()
    }
}

impl Client {
    /// Tells a bot that the button with these data was pressed below one of its messages, and waits
    /// for what it answers. A button that wants the account's password gets it as a proof, not as
    /// itself.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `BOT_RESPONSE_TIMEOUT` where the bot says nothing, `DATA_INVALID`, `MESSAGE_ID_INVALID`,
    /// `PASSWORD_MISSING`, `PASSWORD_HASH_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the bot has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getBotCallbackAnswer>.
    pub fn press_button(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
        data: impl Into<Vec<u8>>,
        password: Option<&str>,
    ) -> Result<CallbackAnswer> {
        let deadline = self.begin_for::<GetBotCallbackAnswer>()?;
        let request = GetBotCallbackAnswer {
            msg_id: message_id,
            data: Some(data.into()),
            ..Default::default()
        };
        self.press(&peer.into(), request, password, deadline)
    }

    fn press(
        &self,
        peer: &PeerRef,
        mut request: GetBotCallbackAnswer,
        password: Option<&str>,
        deadline: Instant,
    ) -> Result<CallbackAnswer> {
        let answer = self.ask_about(peer, deadline, |peer| {
            request.peer = peer.clone();
            if let Some(password) = password {
                // Each proof is good for one try.
                request.password = Some(self.prove_password(password.as_bytes(), deadline)?);
            }
            self.ask_until(&request, deadline)
        })?;
        let BotCallbackAnswer::Answer(raw) = answer;
        Ok(CallbackAnswer { raw: *raw })
    }
}

impl Message {
    /// Its buttons, row by row.
    #[must_use]
    pub fn buttons(&self) -> Vec<FoundButton> {
        self.raw
            .reply_markup
            .as_ref()
            .map_or_else(Vec::new, buttons)
    }

    /// The first button that fits.
    ///
    /// ```
    /// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
    /// use ferogram_sync::InputMessage;
    /// use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard};
    ///
    /// let row = [Button::callback("Yes", "y"), Button::callback("No", "n")];
    /// let message = InputMessage::text("Tea?").markup(InlineKeyboard::new().row(row));
    /// let message = client.send_message(ann, message)?;
    /// let found = message.find_button(ButtonFilter::Text("No")).expect("it is there");
    /// assert_eq!((found.row, found.column, found.data()), (0, 1, Some(&b"n"[..])));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    #[must_use]
    pub fn find_button(&self, filter: ButtonFilter<'_>) -> Option<FoundButton> {
        let mut all = self.buttons().into_iter().enumerate();
        let found = all.find(|(nth, button)| button.fits(*nth, filter));
        found.map(|(_, button)| button)
    }

    /// The first button of which this is true.
    #[must_use]
    pub fn find_button_where(&self, is_it: impl Fn(&FoundButton) -> bool) -> Option<FoundButton> {
        self.buttons().into_iter().find(|button| is_it(button))
    }

    /// Presses the first button that fits. Of those that tell a bot of it, the bot's answer comes
    /// back; those that are a text have it sent; of the others, what the program is to do.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # let mut received = ann.updates();
    /// # ann.send_message(format!("@{name}"), "/start")?;
    /// use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard};
    /// use ferogram_sync::{InputMessage, Update};
    /// # let her_id = ann.my_id().expect("she is signed in");
    ///
    /// let page = Button::url("Read", "https://example.com/");
    /// let message = InputMessage::text("Well?").markup(InlineKeyboard::new().row([page]));
    /// bot.send_message(her_id, message)?;
    /// # let mut received = received.iter().filter_map(|update| match update {
    /// #     Update::NewMessage(message) if !message.outgoing() => Some(message),
    /// #     _ => None,
    /// # });
    /// let message = received.next().expect("it comes");
    /// let click = message.click_button(ButtonFilter::Text("Read"))?;
    /// assert!(matches!(click, ferogram_sync::Click::Url(url) if url == "https://example.com/"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Client::press_button`]; [`Error::Argument`] where no button fits, or where it wants
    /// what a program has to do itself, such as to share a phone number;
    /// [`AccountError::PasswordNeeded`] for one that wants the account's password.
    ///
    /// # Blocking
    ///
    /// Until the bot has answered, at most for the client's timeout.
    pub fn click_button(&self, filter: ButtonFilter<'_>) -> Result<Click> {
        self.click_found(self.find_button(filter), None)
    }

    /// Presses the first button of which this is true.
    ///
    /// # Errors
    ///
    /// As [`click_button`](Self::click_button).
    ///
    /// # Blocking
    ///
    /// As [`click_button`](Self::click_button).
    pub fn click_button_where(&self, is_it: impl Fn(&FoundButton) -> bool) -> Result<Click> {
        self.click_found(self.find_button_where(is_it), None)
    }

    /// Presses a button that may want the account's password.
    ///
    /// # Errors
    ///
    /// As [`click_button`](Self::click_button).
    ///
    /// # Blocking
    ///
    /// As [`click_button`](Self::click_button).
    pub fn click_button_with_password(
        &self,
        filter: ButtonFilter<'_>,
        password: &str,
    ) -> Result<Click> {
        self.click_found(self.find_button(filter), Some(password))
    }

    fn click_found(&self, found: Option<FoundButton>, password: Option<&str>) -> Result<Click> {
        let found = found.ok_or(Error::Argument("the message has no such button"))?;
        match found.action {
            ButtonAction::Inline(action) => self.click_inline(action, password),
            ButtonAction::Reply(ButtonType::Default) => self
                .respond(InputMessage::text(found.text))
                .map(Click::Sent),
            ButtonAction::Reply(ButtonType::SimpleWebView(it)) => Ok(Click::Url(it.url)),
            ButtonAction::Reply(_) => Err(Error::Argument(
                "this button asks for a phone number, a place, a poll or a chat: send that instead",
            )),
        }
    }

    fn click_inline(&self, action: InlineButtonType, password: Option<&str>) -> Result<Click> {
        use InlineButtonType as Action;
        Ok(match action {
            Action::Callback(it) if it.requires_password && password.is_none() => {
                return Err(AccountError::PasswordNeeded.into());
            }
            Action::Callback(it) => {
                let password = password.filter(|_| it.requires_password);
                let client = self.client()?;
                Click::Answered(client.press_button(self, self.sent_id()?, it.data, password)?)
            }
            Action::Game => {
                let client = self.client()?;
                let request = GetBotCallbackAnswer {
                    game: true,
                    msg_id: self.sent_id()?,
                    ..Default::default()
                };
                let deadline = client.begin_for::<GetBotCallbackAnswer>()?;
                Click::Answered(client.press(&self.into(), request, None, deadline)?)
            }
            Action::Url(it) => Click::Url(it.url),
            Action::UrlAuth(it) => Click::Url(it.url),
            Action::WebView(it) => Click::Url(it.url),
            Action::Copy(it) => Click::Copy(it.copy_text),
            Action::UserProfile(it) => Click::Profile(it.user_id),
            Action::SwitchInline(it) => Click::SwitchInline {
                query: it.query,
                same_chat: it.same_peer,
            },
            _ => {
                return Err(Error::Argument(
                    "this button cannot be pressed by a program",
                ));
            }
        })
    }
}
