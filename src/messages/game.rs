//! A game of a bot's, attached to a message.
use crate::tl::enums::{InputMedia, InputUser};
use crate::tl::types;

/// A game of a bot's, attached to a message by that bot.
///
/// ```
/// # let (client, ann) = localdc::LocalDc::shared().visited_bot();
/// use ferogram_sync::{Game, InputMessage};
///
/// let message = client.send_message(ann, InputMessage::default().media(Game::new("chess")))?;
/// assert!(message.media().is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/bots/games>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Game {
    short_name: String,
}

impl Game {
    /// By the name that @BotFather knows it by.
    pub fn new(short_name: impl Into<String>) -> Self {
        let short_name = short_name.into();
        Self { short_name }
    }
}

impl From<Game> for InputMedia {
    fn from(game: Game) -> Self {
        let id = types::InputGameShortName {
            bot_id: InputUser::UserSelf,
            short_name: game.short_name,
        };
        types::InputMediaGame { id: id.into() }.into()
    }
}
