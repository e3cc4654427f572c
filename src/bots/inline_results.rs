//! What a bot offers, read page by page.
use std::collections::HashSet;
use std::fmt;

use super::inline_result::InlineResult;
use crate::client::{Call, Client, List, Pages, Pending};
use crate::error::Result;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::InputGeoPoint;
use crate::tl::enums::messages::BotResults;
use crate::tl::functions::messages::GetInlineBotResults;
use crate::tl::types;

/// What a bot offers to who asks it, one result after the other. What it is told counts before the
/// first is taken.
///
/// Pages are as large as the bot makes them, and the bot is asked for the next one when half of one
/// is read. After an error, it ends. It does not keep the client alive.
///
/// ```
/// # use ferogram_sync::{InlineAnswer, InputInlineResult, Update};
/// # let telegram = localdc::LocalDc::shared();
/// # let (bot, client) = (telegram.bot(), telegram.user());
/// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
/// # let mut updates = bot.updates();
/// # let answers = std::thread::spawn(move || {
/// #     let query = updates.iter().find_map(|update| match update {
/// #         Update::InlineQuery(query) => Some(query),
/// #         _ => None,
/// #     });
/// #     let cats = ["1", "2"].map(|id| InputInlineResult::article(id, "Cat", "Meow"));
/// #     query.expect("it comes").answer(InlineAnswer::new(cats).gallery(true))
/// # });
/// # let the_bot = format!("@{name}");
/// let mut results = client.inline_query(&the_bot, "cats").in_chat("me").limit(10);
/// assert!(results.told()?.gallery);
/// let ids: Vec<String> = results
///     .map(|result| Ok(result?.id().to_owned()))
///     .collect::<ferogram_sync::Result<_>>()?;
/// assert_eq!(ids, ["1", "2"]);
/// # answers.join().expect("no panic")?;
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/method/messages.getInlineBotResults>.
#[must_use = "it asks for nothing before it is read"]
pub struct InlineResults {
    pages: Pages<Offered>,
}

/// The results that are read.
struct Offered {
    bot: PeerRef,
    chat: Option<PeerRef>,
    request: GetInlineBotResults,
    /// Where pages have begun: a bot may lead in a circle.
    begun: HashSet<String>,
    told: types::messages::BotResults,
    over: bool,
}

impl List for Offered {
    type Item = InlineResult;
    type Answer = BotResults;

    fn first(&mut self, call: &Call, wanted: usize) -> Result<BotResults> {
        let Call { client, deadline } = call;
        if let Some(chat) = &self.chat {
            self.request.peer = client.resolve_until(chat, *deadline)?;
        }
        let bot = self.bot.clone();
        client.ask_about(&bot, *deadline, |bot| {
            self.request.bot = input_user(bot)?;
            self.submit(call, wanted).wait()
        })
    }

    fn submit(&self, call: &Call, _: usize) -> Pending<BotResults> {
        call.client.submit_until(&self.request, call.deadline)
    }

    fn read(&mut self, call: &Call, answer: BotResults) -> Result<Vec<InlineResult>> {
        let BotResults::Results(mut answer) = answer;
        let results = std::mem::take(&mut answer.results);
        let next = answer.next_offset.clone().unwrap_or_default();
        let is_first = self.begun.is_empty();
        self.begun.insert(std::mem::take(&mut self.request.offset));
        self.over = next.is_empty() || results.is_empty() || self.begun.contains(&next);
        self.request.offset = next;
        let query_id = answer.query_id;
        if is_first {
            self.told = *answer;
        }
        let make = |raw| InlineResult::new(&call.client, query_id, raw);
        Ok(results.into_iter().map(make).collect())
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl InlineResults {
    /// No more than so many, and no request for more.
    pub fn limit(mut self, limit: usize) -> Self {
        self.pages.limit(limit);
        self
    }

    /// The chat that one is in: the bot is told what kind of chat it is, and no more.
    pub fn in_chat(mut self, chat: impl Into<PeerRef>) -> Self {
        self.pages.list.chat = Some(chat.into());
        self
    }

    /// Where one is: a [`Location`](crate::Location), for bots that [want
    /// it](crate::User::wants_location).
    pub fn location(mut self, location: impl Into<InputGeoPoint>) -> Self {
        self.pages.list.request.geo_point = Some(location.into());
        self
    }

    /// Where the results begin: what a bot has said of earlier ones as their `next_offset`.
    pub fn offset(mut self, offset: impl Into<String>) -> Self {
        self.pages.list.request.offset = offset.into();
        self
    }

    /// What the bot has said with the first page, without the results: how they are shown, a button
    /// above them, for how long they are good, the id of the query.
    ///
    /// # Errors
    ///
    /// As [`next`](Iterator::next) of the iterator.
    ///
    /// # Blocking
    ///
    /// Until the first page is there, at most for the client's timeout; then not at all.
    pub fn told(&mut self) -> Result<&types::messages::BotResults> {
        self.pages.begin()?;
        Ok(&self.pages.list.told)
    }
}

impl Iterator for InlineResults {
    type Item = Result<InlineResult>;

    /// The next result. Blocks while the bot makes a page, at most for the client's timeout.
    fn next(&mut self) -> Option<Self::Item> {
        self.pages.next()
    }
}

impl fmt::Debug for InlineResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InlineResults")
            .field("query", &self.pages.list.request.query)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Asks a bot for what it offers, as who writes its name and something behind it in any chat.
    /// Nothing is asked for before the first result is taken. The results can be
    /// [sent](InlineResult::send).
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
    /// for result in client.inline_query(&the_bot, "tea").limit(5) {
    ///     let result = result?;
    ///     assert_eq!(result.title(), Some("Tea"));
    ///     assert_eq!(result.send("me")?.text(), "A cup of tea");
    /// }
    /// # answers.join().expect("no panic")?;
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The items are results: as [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`Error::NotForBots`](crate::Error::NotForBots). Common answers: `BOT_INVALID`,
    /// `BOT_INLINE_DISABLED`, `BOT_RESPONSE_TIMEOUT`.
    ///
    /// # Blocking
    ///
    /// Not; taking a result blocks while the bot makes a page, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/api/bots/inline>.
    pub fn inline_query(&self, bot: impl Into<PeerRef>, query: impl Into<String>) -> InlineResults {
        let request = GetInlineBotResults {
            query: query.into(),
            ..Default::default()
        };
        let list = Offered {
            bot: bot.into(),
            chat: None,
            request,
            begun: HashSet::new(),
            told: types::messages::BotResults::default(),
            over: false,
        };
        InlineResults {
            pages: Pages::new(self, list),
        }
    }
}
