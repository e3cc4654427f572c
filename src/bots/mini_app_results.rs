//! What comes of a mini app.
use super::input_inline_result::{InputInlineResult, put};
use crate::client::Client;
use crate::error::Result;
use crate::messages::random_id;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{InputBotInlineMessageId, WebViewMessageSent};
use crate::tl::functions::messages::{SendWebViewData, SendWebViewResultMessage};

impl Client {
    /// As a bot, ends a mini app by sending a message for the user to the chat that it was opened
    /// in. `query_id` is what the page was told: [`InitData::query_id`](crate::InitData::query_id).
    /// By the id that comes back the message can be changed, if there are buttons below it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let token = "2900000004:mugs";
    /// # telegram.add_bot(localdc::NewBot::new(token, "shop_of_mugs_bot"));
    /// # let bot = telegram.client_builder().in_memory().connect()?;
    /// # bot.bot_sign_in(token)?;
    /// # let client = telegram.user();
    /// # let app = ferogram_sync::MiniApp::url("https://mugs.example");
    /// # let opened = client.open_mini_app("@shop_of_mugs_bot", app)?;
    /// # let init_data = opened.init_data().expect("the page is told who opens it");
    /// use ferogram_sync::{InitData, InputInlineResult};
    ///
    /// let told = InitData::verify(&init_data, token)?;
    /// let query_id = told.query_id().expect("it was opened in a chat");
    /// bot.answer_mini_app(query_id, InputInlineResult::article("1", "Order", "Two mugs, blue"))?;
    /// # let sent = client.iter_messages("@shop_of_mugs_bot").next().expect("it is there")?;
    /// # assert_eq!(sent.text(), "Two mugs, blue");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`answer_inline_query`](Self::answer_inline_query). Common answer: `QUERY_ID_INVALID` for
    /// a mini app that is not open any more, or was answered before.
    ///
    /// # Blocking
    ///
    /// Until the server has sent it, at most for the client's timeout, and as long as what has to
    /// be uploaded for it takes.
    ///
    /// See <https://core.telegram.org/method/messages.sendWebViewResultMessage>.
    pub fn answer_mini_app(
        &self,
        query_id: impl Into<String>,
        result: InputInlineResult<'_>,
    ) -> Result<Option<InputBotInlineMessageId>> {
        self.begin_for::<SendWebViewResultMessage>()?;
        let mut made = result.make(self)?;
        let mut request = SendWebViewResultMessage {
            bot_query_id: query_id.into(),
            ..Default::default()
        };
        let deadline = self.begin_for::<SendWebViewResultMessage>()?;
        let mut files: Vec<_> = made.file.take().into_iter().collect();
        let files = (&mut files[..], &made.origins[..]);
        let WebViewMessageSent::Sent(sent) = self.heal_references(files, deadline, |files| {
            if let Some(file) = files.first() {
                put(&mut made.raw, file);
            }
            request.result = made.raw.clone();
            self.ask_until(&request, deadline)
        })?;
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
