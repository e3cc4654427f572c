//! What comes of a mini app.
use crate::client::Client;
use crate::error::Result;
use crate::messages::random_id;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{InputBotInlineMessageId, InputBotInlineResult, WebViewMessageSent};
use crate::tl::functions::messages::{SendWebViewData, SendWebViewResultMessage};

impl Client {
    /// As a bot, ends a mini app by sending a message for the user to the chat that it was opened
    /// in. `query_id` is what the page was told:
    /// [`InitData::query_id`](crate::InitData::query_id). By the id that comes back the
    /// message can be changed, if there are buttons below it.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke); [`Error::NotForUsers`](crate::Error::NotForUsers). Common
    /// answers: `QUERY_ID_INVALID` for a mini app that is not open, or was answered before.
    ///
    /// # Blocking
    ///
    /// Until the server has sent it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendWebViewResultMessage>.
    pub fn answer_mini_app(
        &self,
        query_id: impl Into<String>,
        result: impl Into<InputBotInlineResult>,
    ) -> Result<Option<InputBotInlineMessageId>> {
        let request = SendWebViewResultMessage {
            bot_query_id: query_id.into(),
            result: result.into(),
        };
        let WebViewMessageSent::Sent(sent) = self.ask(&request)?;
        Ok(sent.msg_id)
    }

    /// As a user, hands the bot what a mini app has come to that a button of the bot's keyboard has
    /// opened, at most 4096 bytes. `button` is the button's text. The bot gets a service message
    /// with a [`MiniAppData`](crate::action::MiniAppData), the user one without the data.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `BOT_INVALID`,
    /// `DATA_TOO_LONG`.
    ///
    /// # Blocking
    ///
    /// Until the server has it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendWebViewData>.
    pub fn send_mini_app_data(
        &self,
        bot: impl Into<PeerRef>,
        button: impl Into<String>,
        data: impl Into<String>,
    ) -> Result<()> {
        let (bot, deadline) = (bot.into(), self.begin_for::<SendWebViewData>()?);
        let mut request = SendWebViewData {
            random_id: random_id(),
            button_text: button.into(),
            data: data.into(),
            ..Default::default()
        };
        self.ask_about(&bot, deadline, |bot| {
            request.bot = input_user(bot)?;
            self.ask_until(&request, deadline)
        })
        .map(drop)
    }
}
