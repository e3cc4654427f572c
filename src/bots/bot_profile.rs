//! What a bot says of itself.
use std::time::Instant;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::{self, InputPeer, InputUser};
use crate::tl::functions::bots as f;

/// The letters of a name, of the text in the profile and of that in an empty chat.
///
/// See <https://core.telegram.org/bots/api#setmyname> and what follows there.
const NAME_MAX: usize = 64;
const ABOUT_MAX: usize = 120;
const DESCRIPTION_MAX: usize = 512;

/// What a bot says of itself, to whoever speaks a language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BotProfile {
    /// Its name.
    pub name: String,
    /// What its profile shows, and what goes along when it is shared.
    pub about: String,
    /// What stands in a chat with it where nothing was written yet.
    pub description: String,
}

/// What is to be changed of what a bot says of itself: what is not said stays as it is.
///
/// ```
/// use ferogram_sync::BotProfileChanges;
///
/// let changes = BotProfileChanges::new().about("Knows all teas").language("en");
/// assert_ne!(changes, BotProfileChanges::of("@tea_bot").about("Knows all teas"));
/// ```
///
/// See <https://core.telegram.org/method/bots.setBotInfo>.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BotProfileChanges {
    bot: Option<PeerRef>,
    language: String,
    name: Option<String>,
    about: Option<String>,
    description: Option<String>,
}

impl BotProfileChanges {
    /// Nothing is changed, of the bot that is signed in.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing is changed, of a bot that the account has made.
    pub fn of(bot: impl Into<PeerRef>) -> Self {
        Self {
            bot: Some(bot.into()),
            ..Self::default()
        }
    }

    /// Only for whose app speaks this language, by its two letters of ISO 639-1. Without one, it
    /// is for all in whose language nothing else was said.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = code.into();
        self
    }

    /// The name: up to 64 letters. An empty one takes that of the language away.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What the profile shows: up to 120 letters. An empty text takes it away.
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.about = Some(text.into());
        self
    }

    /// What stands in a chat where nothing was written yet: up to 512 letters. An empty text takes
    /// it away.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Whether the texts are short enough.
    fn check(&self) -> Result<()> {
        let long = |text: &Option<String>, max| {
            let text = text.as_ref();
            text.is_some_and(|text| text.chars().count() > max)
        };
        if long(&self.name, NAME_MAX) {
            return Err(Error::Argument("a bot's name has at most 64 letters"));
        }
        if long(&self.about, ABOUT_MAX) {
            return Err(Error::Argument(
                "what a bot's profile shows has at most 120 letters",
            ));
        }
        if long(&self.description, DESCRIPTION_MAX) {
            return Err(Error::Argument(
                "what stands in an empty chat with a bot has at most 512 letters",
            ));
        }
        Ok(())
    }
}

impl Client {
    /// Changes what this bot says of itself, or what a bot says that this account has made.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let (id, her_id) = (client.my_id().unwrap_or(0), ann.my_id().unwrap_or(0));
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// use ferogram_sync::BotProfileChanges;
    ///
    /// client.set_bot_profile(BotProfileChanges::new().name("Tea").about("Knows all teas"))?;
    /// client.set_bot_profile(BotProfileChanges::new().language("de").name("Tee"))?;
    /// let profile = client.bot_profile("me", "de")?;
    /// assert_eq!((&*profile.name, &*profile.about), ("Tee", "Knows all teas"));
    ///
    /// # telegram.give_bot(her_id, id);
    /// # let bot = format!("@{name}");
    /// // Its owner:
    /// ann.set_bot_profile(BotProfileChanges::of(&*bot).description("Ask me anything"))?;
    /// assert_eq!(ann.bot_profile(&*bot, "")?.description, "Ask me anything");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for a text that is too long; as [`resolve_peer`](Self::resolve_peer) and
    /// [`invoke`](Self::invoke); [`PeerError::NotA`](crate::PeerError::NotA) for what is no user.
    /// Common answers: `BOT_INVALID` for a bot of somebody else's, and `USER_BOT_INVALID` for a
    /// user who does not say which.
    ///
    /// # Blocking
    ///
    /// Until the server has changed it, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.setBotInfo>.
    pub fn set_bot_profile(&self, changes: BotProfileChanges) -> Result<()> {
        changes.check()?;
        let deadline = self.begin()?;
        let bot = changes.bot;
        let mut request = f::SetBotInfo {
            bot: None,
            lang_code: changes.language,
            name: changes.name,
            about: changes.about,
            description: changes.description,
        };
        self.ask_of_bot(bot.as_ref(), deadline, |bot| {
            request.bot = bot;
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// What a bot says of itself to whoever speaks a language, by its two letters of ISO 639-1;
    /// with an empty one, what it says to all others. It is `"me"` for the bot that is signed in,
    /// or one that the account has made.
    ///
    /// # Errors
    ///
    /// As [`set_bot_profile`](Self::set_bot_profile), and `LANG_CODE_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/bots.getBotInfo>.
    pub fn bot_profile(&self, bot: impl Into<PeerRef>, language: &str) -> Result<BotProfile> {
        let (bot, deadline) = (bot.into(), self.begin()?);
        let answer = self.ask_of_bot(Some(&bot), deadline, |bot| {
            let lang_code = language.to_owned();
            self.ask_until(&f::GetBotInfo { bot, lang_code }, deadline)
        })?;
        let enums::bots::BotInfo::Info(told) = answer;
        Ok(BotProfile {
            name: told.name,
            about: told.about,
            description: told.description,
        })
    }

    /// Asks something about a bot, which is not named where it asks about itself.
    fn ask_of_bot<T>(
        &self,
        bot: Option<&PeerRef>,
        deadline: Instant,
        mut ask: impl FnMut(Option<InputUser>) -> Result<T>,
    ) -> Result<T> {
        let Some(bot) = bot else {
            return ask(None);
        };
        self.ask_about(bot, deadline, |bot| match bot {
            InputPeer::PeerSelf => ask(None),
            bot => ask(Some(input_user(bot)?)),
        })
    }
}
