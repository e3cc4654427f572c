//! Answering who asks the bot for results from any chat.
use std::collections::HashSet;

use super::input_inline_result::{InputInlineResult, put};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::tl::enums::InputBotInlineResult;
use crate::tl::functions::messages::SetInlineBotResults;
use crate::tl::types;
use crate::updates::update::InlineQuery;

/// The results that an answer may have, the bytes of their ids and of the offset of the next ones.
///
/// See <https://core.telegram.org/bots/api#answerinlinequery>.
const RESULTS_MAX: usize = 50;
const ID_MAX: usize = 64;
const OFFSET_MAX: usize = 64;

/// For so many seconds the server keeps an answer, if nothing is said.
const CACHE_TIME: i32 = 300;

/// What a bot offers to who asks it from any chat: a list of results is one already.
///
/// ```
/// use ferogram_sync::{InlineAnswer, InputInlineResult};
///
/// let tea = InputInlineResult::article("tea", "Tea", "A cup of tea");
/// let answer = InlineAnswer::new([tea]).personal(true).cache_time(60).next_offset("1");
/// assert!(answer.raw.private);
/// assert_eq!((answer.raw.cache_time, answer.raw.next_offset.as_deref()), (60, Some("1")));
/// ```
///
/// See <https://core.telegram.org/method/messages.setInlineBotResults>.
#[derive(Debug)]
#[must_use = "nothing is answered before `InlineQuery::answer`"]
pub struct InlineAnswer<'a> {
    /// The request, but for the query. Results that are in it already come first.
    pub raw: SetInlineBotResults,
    results: Vec<InputInlineResult<'a>>,
}

impl<'a> InlineAnswer<'a> {
    /// These results, at most 50. The server may give them for five minutes to whoever asks for the
    /// same.
    pub fn new(results: impl IntoIterator<Item = InputInlineResult<'a>>) -> Self {
        Self {
            raw: SetInlineBotResults {
                cache_time: CACHE_TIME,
                ..Default::default()
            },
            results: results.into_iter().collect(),
        }
    }

    /// For so many seconds the server may give the same answer to the same query, without asking
    /// the bot.
    pub fn cache_time(mut self, seconds: i32) -> Self {
        self.raw.cache_time = seconds;
        self
    }

    /// Whether the server may give it to nobody else. The schema calls that `private`.
    pub fn personal(mut self, personal: bool) -> Self {
        self.raw.private = personal;
        self
    }

    /// Where the results go on: the bot is asked again with this as
    /// [`offset`](InlineQuery::offset) when somebody has seen these. At most 64 bytes.
    pub fn next_offset(mut self, offset: impl Into<String>) -> Self {
        self.raw.next_offset = Some(offset.into());
        self
    }

    /// Whether they are shown as pictures in a grid, and not as a list.
    pub fn gallery(mut self, gallery: bool) -> Self {
        self.raw.gallery = gallery;
        self
    }

    /// Shows a button above the results that leads to the bot, and has it started with a parameter
    /// of 1 to 64 letters of `A-Z a-z 0-9 _ -`. There is one button: the last one that is told.
    ///
    /// See <https://core.telegram.org/api/bots/inline>.
    pub fn start_button(mut self, text: impl Into<String>, parameter: impl Into<String>) -> Self {
        let button = types::InlineBotSwitchPm {
            text: text.into(),
            start_param: parameter.into(),
        };
        (self.raw.switch_pm, self.raw.switch_webview) = (Some(button.into()), None);
        self
    }

    /// Shows a button above the results that opens a mini app.
    ///
    /// See <https://core.telegram.org/api/bots/webapps#inline-mode-mini-apps>.
    pub fn app_button(mut self, text: impl Into<String>, url: impl Into<String>) -> Self {
        let button = types::InlineBotWebView {
            text: text.into(),
            url: url.into(),
        };
        (self.raw.switch_pm, self.raw.switch_webview) = (None, Some(button.into()));
        self
    }

    /// Whether the server can take it.
    fn check(&self) -> Result<()> {
        if self.raw.results.len() + self.results.len() > RESULTS_MAX {
            return Err(Error::Argument("an answer has at most 50 results"));
        }
        let own = self.results.iter().map(|it| &it.raw.id[..]);
        let mut seen = HashSet::new();
        for id in self.raw.results.iter().map(id_of).chain(own) {
            if id.is_empty() || id.len() > ID_MAX {
                return Err(Error::Argument("the id of a result has 1 to 64 bytes"));
            }
            if !seen.insert(id) {
                return Err(Error::Argument("each result of an answer has its own id"));
            }
        }
        let offset = self.raw.next_offset.as_ref();
        match offset.is_some_and(|offset| offset.len() > OFFSET_MAX) {
            true => Err(Error::Argument(
                "the offset of the next results has at most 64 bytes",
            )),
            false => Ok(()),
        }
    }
}

fn id_of(result: &InputBotInlineResult) -> &str {
    match result {
        InputBotInlineResult::Result(it) => &it.id,
        InputBotInlineResult::Photo(it) => &it.id,
        InputBotInlineResult::Document(it) => &it.id,
        InputBotInlineResult::Game(it) => &it.id,
        _ => "",
    }
}

impl<'a, I> From<I> for InlineAnswer<'a>
where
    I: IntoIterator<Item = InputInlineResult<'a>>,
{
    fn from(results: I) -> Self {
        Self::new(results)
    }
}

impl Client {
    /// Answers who asks the bot for results, by the id of the query. As [`InlineQuery::answer`].
    ///
    /// # Errors
    ///
    /// As [`InlineQuery::answer`].
    ///
    /// # Blocking
    ///
    /// As [`InlineQuery::answer`].
    ///
    /// See <https://core.telegram.org/method/messages.setInlineBotResults>.
    pub fn answer_inline_query<'a>(
        &self,
        query_id: i64,
        answer: impl Into<InlineAnswer<'a>>,
    ) -> Result<()> {
        let answer = answer.into();
        answer.check()?;
        self.begin_for::<SetInlineBotResults>()?;
        let InlineAnswer { raw, results } = answer;
        let mut request = SetInlineBotResults { query_id, ..raw };
        let (mut files, mut origins, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for result in results {
            let made = result.make(self)?;
            if let Some(file) = made.file {
                places.push(request.results.len());
                files.push(file);
            }
            origins.extend(made.origins);
            request.results.push(made.raw);
        }
        let deadline = self.begin_for::<SetInlineBotResults>()?;
        self.heal_references((&mut files[..], &origins[..]), deadline, |files| {
            for (place, file) in places.iter().zip(files) {
                put(&mut request.results[*place], file);
            }
            self.ask_until(&request, deadline)
        })
        .map(drop)
    }
}

impl InlineQuery {
    /// Answers who asks. Their app waits for it, and after some seconds the server takes no answer
    /// any more: what takes long to upload is uploaded before.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// use ferogram_sync::{InlineAnswer, InputInlineResult, Update};
    ///
    /// let mut updates = bot.updates();
    /// # let asks = std::thread::spawn(move || {
    /// #     let mut results = ann.inline_query(format!("@{name}"), "te");
    /// #     let tea = results.next().expect("there is one").expect("it is answered");
    /// #     tea.send("me").map(|message| message.text().to_owned())
    /// # });
    /// for update in updates.iter() {
    ///     if let Update::InlineQuery(query) = update {
    ///         let title = format!("{}a", query.text());
    ///         let tea = InputInlineResult::article("tea", title, "A cup of tea");
    ///         query.answer(InlineAnswer::new([tea]).cache_time(60))?;
    ///         break;
    ///     }
    /// }
    /// # assert_eq!(asks.join().expect("no panic")?, "A cup of tea");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for more than 50 results, ids that are not of 1 to 64 bytes or that come
    /// twice, and for what cannot be a result, before anything is sent; as
    /// [`Client::upload_media`] for files; as [`Client::invoke`]; and when the client is not there
    /// any more. Common answers: `QUERY_ID_INVALID` where it is too late or was answered before,
    /// `ARTICLE_TITLE_EMPTY`, `PHOTO_CONTENT_TYPE_INVALID`, `WEBDOCUMENT_URL_INVALID`,
    /// `START_PARAM_INVALID`.
    ///
    /// # Blocking
    ///
    /// As [`Client::upload_media`] for what is to be uploaded, one after the other; then until the
    /// server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/bots/api#answerinlinequery>.
    pub fn answer<'a>(&self, answer: impl Into<InlineAnswer<'a>>) -> Result<()> {
        self.source.client()?.answer_inline_query(self.id(), answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(ids: impl IntoIterator<Item = String>) -> InlineAnswer<'static> {
        let article = |id| InputInlineResult::article(id, "Tea", "A cup of tea");
        InlineAnswer::new(ids.into_iter().map(article))
    }

    #[test]
    fn what_the_server_would_refuse_is_refused_before() {
        let ids = |many: usize| (0..many).map(|it| it.to_string());
        let taken = |answer: InlineAnswer<'_>| answer.check().is_ok();
        assert!(taken(articles(ids(0))));
        assert!(taken(articles(ids(50))));
        assert!(!taken(articles(ids(51))));
        let mut full = articles(ids(49));
        let raw = |id: &str| types::InputBotInlineResultGame {
            id: id.to_owned(),
            ..Default::default()
        };
        full.raw.results.push(raw("x").into());
        assert!(full.check().is_ok());
        full.raw.results.push(raw("y").into());
        assert!(full.check().is_err(), "those that are there count");
        assert!(taken(articles(["a".repeat(64)])));
        for wrong in [vec!["a".repeat(65)], vec![String::new()]] {
            assert!(!taken(articles(wrong)));
        }
        assert!(!taken(articles([
            "a".to_owned(),
            "b".to_owned(),
            "a".to_owned()
        ])));
        assert!(taken(articles(ids(1)).next_offset("a".repeat(64))));
        assert!(!taken(articles(ids(1)).next_offset("a".repeat(65))));
    }

    #[test]
    fn there_is_one_button() {
        let both = articles(None).start_button("Sign in", "x");
        assert!(both.raw.switch_pm.is_some());
        let both = both.app_button("Shop", "https://a.example");
        assert!(both.raw.switch_pm.is_none() && both.raw.switch_webview.is_some());
        let both = both.start_button("Sign in", "x");
        assert!(both.raw.switch_pm.is_some() && both.raw.switch_webview.is_none());
    }
}
