//! One of the results that a bot offers.
use std::fmt;

use crate::client::{Client, WeakClient};
use crate::error::Result;
use crate::media::{Document, Photo};
use crate::messages::{InlineOptions, Message};
use crate::peers::PeerRef;
use crate::tl::enums::{self, BotInlineMessage, BotInlineResult, WebDocument};
use crate::tl::types;

/// One of the results that a bot offers, to be shown or sent.
///
/// See <https://core.telegram.org/type/BotInlineResult>.
#[derive(Clone)]
#[non_exhaustive]
pub struct InlineResult {
    /// Everything that the server told.
    pub raw: BotInlineResult,
    query_id: i64,
    client: WeakClient,
}

impl InlineResult {
    pub(super) fn new(client: &Client, query_id: i64, raw: BotInlineResult) -> Self {
        let client = client.weak();
        Self {
            raw,
            query_id,
            client,
        }
    }

    /// With a file on the web, or none.
    fn plain(&self) -> Option<&types::BotInlineResult> {
        match &self.raw {
            BotInlineResult::Result(it) => Some(it),
            _ => None,
        }
    }

    /// With a file of the server's.
    fn stored(&self) -> Option<&types::BotInlineMediaResult> {
        match &self.raw {
            BotInlineResult::BotInlineMediaResult(it) => Some(it),
            _ => None,
        }
    }

    /// What both have: what the one says, or the other.
    fn either<'r, T>(
        &'r self,
        plain: impl FnOnce(&'r types::BotInlineResult) -> T,
        stored: impl FnOnce(&'r types::BotInlineMediaResult) -> T,
    ) -> Option<T> {
        let found = self.plain().map(plain);
        found.or_else(|| self.stored().map(stored))
    }

    /// The id that the bot has given to it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.either(|it| &it.id[..], |it| &it.id[..])
            .unwrap_or_default()
    }

    /// The id of the query that it has come with.
    #[must_use]
    pub fn query_id(&self) -> i64 {
        self.query_id
    }

    /// What it is, in the words of the schema: `article`, `photo`, `gif`, `video`, `audio`,
    /// `voice`, `file`, `sticker`, `geo`, `venue`, `contact` or `game`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.either(|it| &it.r#type[..], |it| &it.r#type[..])
            .unwrap_or_default()
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.either(|it| it.title.as_deref(), |it| it.title.as_deref())?
    }

    /// What is shown below the title.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.either(
            |it| it.description.as_deref(),
            |it| it.description.as_deref(),
        )?
    }

    /// The address that is shown.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.plain()?.url.as_deref()
    }

    /// What is sent.
    #[must_use]
    pub fn message(&self) -> Option<&BotInlineMessage> {
        self.either(|it| &it.send_message, |it| &it.send_message)
    }

    /// The text or the caption that is sent, if it has one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.message()? {
            BotInlineMessage::MediaAuto(it) => Some(&it.message),
            BotInlineMessage::Text(it) => Some(&it.message),
            BotInlineMessage::MediaWebPage(it) => Some(&it.message),
            _ => None,
        }
    }

    /// The photo of the server's that it is, if it is one.
    #[must_use]
    pub fn photo(&self) -> Option<Photo> {
        match self.stored()?.photo.as_ref()? {
            enums::Photo::Photo(photo) => Some(Photo::from_raw((**photo).clone())),
            _ => None,
        }
    }

    /// The document of the server's that it is, if it is one.
    #[must_use]
    pub fn document(&self) -> Option<Document> {
        match self.stored()?.document.as_ref()? {
            enums::Document::Document(it) => Some(Document::from_raw((**it).clone())),
            _ => None,
        }
    }

    /// The file on the web that it is, if it is one: fetched by [`Client::web_file`].
    #[must_use]
    pub fn content(&self) -> Option<&WebDocument> {
        self.plain()?.content.as_ref()
    }

    /// The small picture on the web that is shown of it.
    #[must_use]
    pub fn thumb(&self) -> Option<&WebDocument> {
        self.plain()?.thumb.as_ref()
    }

    /// Sends it to a chat. As [`Client::send_inline_result`] without options.
    ///
    /// # Errors
    ///
    /// As [`Client::send_inline_result`]; and when the client is not there any more.
    ///
    /// # Blocking
    ///
    /// As [`Client::send_inline_result`].
    pub fn send(&self, peer: impl Into<PeerRef>) -> Result<Message> {
        let client = self.client.upgrade()?;
        client.send_inline_result(peer, self, InlineOptions::new())
    }
}

impl fmt::Debug for InlineResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InlineResult")
            .field("query_id", &self.query_id)
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Sends one of the results that a bot offers. The message says through which bot it came.
    ///
    /// It gets a `random_id` of its own, so that the server sees when it comes twice: it may be
    /// sent again after a lost connection, and still arrives once.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, client) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # let mut updates = bot.updates();
    /// # let answers = std::thread::spawn(move || {
    /// #     let query = updates.iter().find_map(|update| match update {
    /// #         ferogram_sync::Update::InlineQuery(query) => Some(query),
    /// #         _ => None,
    /// #     });
    /// #     let tea = ferogram_sync::InputInlineResult::article("tea", "Tea", "A cup of tea");
    /// #     query.expect("it comes").answer([tea])
    /// # });
    /// # let the_bot = format!("@{name}");
    /// use ferogram_sync::InlineOptions;
    ///
    /// let tea = client.inline_query(&the_bot, "tea").next().expect("there is one")?;
    /// let quiet = InlineOptions::new().silent(true);
    /// let message = client.send_inline_result("me", &tea, quiet)?;
    /// assert_eq!(message.via_bot_id(), bot.my_id());
    /// # answers.join().expect("no panic")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send_message`](Self::send_message). Common answers: `INLINE_RESULT_EXPIRED` for one
    /// that is too old, `RESULT_ID_INVALID`, `CHAT_SEND_INLINE_FORBIDDEN`, `WEBPAGE_CURL_FAILED`
    /// for a file on the web that is not there.
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.sendInlineBotResult>.
    pub fn send_inline_result(
        &self,
        peer: impl Into<PeerRef>,
        result: &InlineResult,
        options: InlineOptions,
    ) -> Result<Message> {
        let text = result.text().unwrap_or_default().to_owned();
        let chosen = (result.query_id, result.id(), text);
        self.send_inline(&peer.into(), chosen, options)
    }
}
