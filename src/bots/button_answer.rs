//! Answering whoever has pressed a button of the bot.
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::functions::messages::SetBotCallbackAnswer;
use crate::updates::update::CallbackQuery;

/// The letters that an answer may have.
///
/// See <https://core.telegram.org/bots/api#answercallbackquery>.
const TEXT_MAX: usize = 200;

/// What is shown to whoever has pressed a button: a text is one already, and `default` shows
/// nothing.
///
/// ```
/// use ferogram_sync::ButtonAnswer;
///
/// let answer = ButtonAnswer::alert("There is no tea left").cache_time(60);
/// assert_eq!(answer.raw.message.as_deref(), Some("There is no tea left"));
/// assert!(answer.raw.alert);
/// ```
///
/// See <https://core.telegram.org/method/messages.setBotCallbackAnswer>.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ButtonAnswer {
    /// The request, but for what is asked.
    pub raw: SetBotCallbackAnswer,
}

impl ButtonAnswer {
    /// Shows a text for a moment, of at most 200 letters.
    pub fn text(text: impl Into<String>) -> Self {
        let mut answer = Self::default();
        answer.raw.message = Some(text.into());
        answer
    }

    /// Shows a text in a window that has to be closed.
    pub fn alert(text: impl Into<String>) -> Self {
        let mut answer = Self::text(text);
        answer.raw.alert = true;
        answer
    }

    /// Opens a page: that of the game which the button is of, or a link to the bot itself with
    /// something to start with, such as `https://t.me/the_bot?start=tea`.
    pub fn url(url: impl Into<String>) -> Self {
        let mut answer = Self::default();
        answer.raw.url = Some(url.into());
        answer
    }

    /// For so many seconds the app may give the same answer to the same button by itself.
    pub fn cache_time(mut self, seconds: i32) -> Self {
        self.raw.cache_time = seconds;
        self
    }
}

impl From<&str> for ButtonAnswer {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for ButtonAnswer {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl Client {
    /// Answers whoever has pressed a button, by the id that came with the press. As
    /// [`CallbackQuery::answer`].
    ///
    /// # Errors
    ///
    /// As [`CallbackQuery::answer`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setBotCallbackAnswer>.
    pub fn answer_button(&self, query_id: i64, answer: impl Into<ButtonAnswer>) -> Result<()> {
        let ButtonAnswer { raw } = answer.into();
        let letters = raw.message.as_ref().map_or(0, |text| text.chars().count());
        if letters > TEXT_MAX {
            return Err(Error::Argument(
                "what answers a button has at most 200 letters",
            ));
        }
        let deadline = self.begin_for::<SetBotCallbackAnswer>()?;
        let request = SetBotCallbackAnswer { query_id, ..raw };
        self.ask_until(&request, deadline).map(drop)
    }
}

impl CallbackQuery {
    /// Answers whoever has pressed the button. Their app shows that it waits until then, and after
    /// some seconds the server takes no answer any more: what takes long is done afterwards.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # ann.send_message(format!("@{name}"), "/start")?;
    /// # let mut received = ann.updates();
    /// # let her_id = ann.my_id().expect("she is signed in");
    /// use ferogram_sync::keyboard::{Button, ButtonFilter, InlineKeyboard};
    /// use ferogram_sync::{InputMessage, Update};
    ///
    /// let mut updates = bot.updates();
    /// let keyboard = InlineKeyboard::new().row([Button::callback("Tea", "tea")]);
    /// bot.send_message(her_id, InputMessage::text("What?").markup(keyboard))?;
    /// # let press = std::thread::spawn(move || {
    /// #     let asked = received.iter().find_map(|update| match update {
    /// #         Update::NewMessage(message) if !message.outgoing() => Some(message),
    /// #         _ => None,
    /// #     });
    /// #     let click = asked.expect("it comes").click_button(ButtonFilter::Text("Tea"));
    /// #     click.expect("it is answered").answer().and_then(|it| it.text()).map(str::to_owned)
    /// # });
    /// for update in updates.iter() {
    ///     if let Update::CallbackQuery(query) = update {
    ///         query.answer("Here you are")?;
    ///         break;
    ///     }
    /// }
    /// # assert_eq!(press.join().expect("no panic").as_deref(), Some("Here you are"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for a text of more than 200 letters; as [`Client::invoke`]; and when the
    /// client is not there any more. Common answers: `QUERY_ID_INVALID` where it is too late or
    /// was answered before, `URL_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answercallbackquery>.
    pub fn answer(&self, answer: impl Into<ButtonAnswer>) -> Result<()> {
        self.source.client()?.answer_button(self.id(), answer)
    }
}
