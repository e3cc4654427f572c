//! The scores of a bot's games.
use crate::client::Client;
use crate::error::Result;
use crate::messages::inline_dc;
use crate::peers::{PeerRef, User, input_user};
use crate::tl::enums::{HighScore as RawScore, InputBotInlineMessageId, messages};
use crate::tl::functions::messages as f;

/// A place in the table of a game's scores.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct HighScore {
    /// The place: the best is 1.
    pub position: i32,
    /// Whose score it is, by the id.
    pub user_id: i64,
    /// How much.
    pub score: i32,
    /// Whose score it is, if the server has shown them.
    pub user: Option<User>,
}

/// How a score is kept; without more, only a better one is, and the message stays as it is.
///
/// ```
/// use ferogram_sync::ScoreOptions;
///
/// let options = ScoreOptions::new().force(true).edit_message(true);
/// assert_ne!(options, ScoreOptions::default());
/// ```
///
/// See <https://core.telegram.org/method/messages.setGameScore>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct ScoreOptions {
    force: bool,
    edit_message: bool,
}

impl ScoreOptions {
    /// Only a better score is kept, and the message stays as it is.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a lower score is kept, too: to take back what was a mistake, or a fraud.
    pub fn force(mut self, on: bool) -> Self {
        self.force = on;
        self
    }

    /// Whether the message of the game shows the table of the scores from then on.
    pub fn edit_message(mut self, on: bool) -> Self {
        self.edit_message = on;
        self
    }
}

impl Client {
    /// Keeps what somebody has scored in a game of this bot's, by a message that has it. One table
    /// is kept for each game and chat; in the chat it is said that they have scored.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, ann) = (telegram.bot(), telegram.user());
    /// # let name = client.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # ann.send_message(format!("@{name}"), "/start")?;
    /// # let ann_id = ann.my_id().unwrap_or(0);
    /// use ferogram_sync::{Game, InputMessage, ScoreOptions};
    ///
    /// let chess = InputMessage::default().media(Game::new("chess"));
    /// let game = client.send_message(ann_id, chess)?;
    /// client.set_game_score(ann_id, game.id(), ann_id, 42, ScoreOptions::new())?;
    /// let table = client.game_high_scores(ann_id, game.id(), ann_id)?;
    /// assert_eq!((table[0].position, table[0].user_id, table[0].score), (1, ann_id, 42));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke);
    /// [`PeerError::NotA`](crate::PeerError::NotA) for what is no user;
    /// [`Error::NotForUsers`](crate::Error::NotForUsers). Common answers: `BOT_SCORE_NOT_MODIFIED`
    /// where the score is no better one, `SCORE_INVALID`, and `MESSAGE_ID_INVALID` for a message
    /// without a game of this bot's.
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.setGameScore>.
    pub fn set_game_score(
        &self,
        chat: impl Into<PeerRef>,
        message_id: i32,
        user: impl Into<PeerRef>,
        score: i32,
        options: ScoreOptions,
    ) -> Result<()> {
        let deadline = self.begin_for::<f::SetGameScore>()?;
        let user_id = input_user(&self.resolve_until(&user.into(), deadline)?)?;
        self.ask_about(&chat.into(), deadline, |peer| {
            let request = f::SetGameScore {
                edit_message: options.edit_message,
                force: options.force,
                peer: peer.clone(),
                id: message_id,
                user_id: user_id.clone(),
                score,
            };
            self.ask_until(&request, deadline).map(drop)
        })
    }

    /// The scores of a game of this bot's in a chat, by a message that has it: those of somebody
    /// and of whoever is next to them, and the best.
    ///
    /// # Errors
    ///
    /// As [`set_game_score`](Self::set_game_score).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getGameHighScores>.
    pub fn game_high_scores(
        &self,
        chat: impl Into<PeerRef>,
        message_id: i32,
        user: impl Into<PeerRef>,
    ) -> Result<Vec<HighScore>> {
        let deadline = self.begin_for::<f::GetGameHighScores>()?;
        let user_id = input_user(&self.resolve_until(&user.into(), deadline)?)?;
        let answer = self.ask_about(&chat.into(), deadline, |peer| {
            let request = f::GetGameHighScores {
                peer: peer.clone(),
                id: message_id,
                user_id: user_id.clone(),
            };
            self.ask_until(&request, deadline)
        });
        answer.map(scores)
    }

    /// As [`set_game_score`](Self::set_game_score), for a message that somebody has sent through
    /// this bot, by the id that came when it was chosen or its button pressed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{ScoreOptions, tl::types::InputBotInlineMessageId};
    ///
    /// let id = InputBotInlineMessageId { dc_id: 1, id: 7, access_hash: 8 };
    /// let error = client.set_inline_game_score(id, "me", 42, ScoreOptions::new());
    /// assert!(error.expect_err("nobody has sent it").is("MESSAGE_ID_INVALID"));
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`set_game_score`](Self::set_game_score).
    ///
    /// # Blocking
    ///
    /// Until the server has taken note, at most for the client's timeout. The request goes to the
    /// data centre that keeps the message.
    ///
    /// See <https://core.telegram.org/method/messages.setInlineGameScore>.
    pub fn set_inline_game_score(
        &self,
        id: impl Into<InputBotInlineMessageId>,
        user: impl Into<PeerRef>,
        score: i32,
        options: ScoreOptions,
    ) -> Result<()> {
        let (id, deadline) = (id.into(), self.begin_for::<f::SetInlineGameScore>()?);
        let dc = inline_dc(&id)?;
        let request = f::SetInlineGameScore {
            edit_message: options.edit_message,
            force: options.force,
            id,
            user_id: input_user(&self.resolve_until(&user.into(), deadline)?)?,
            score,
        };
        self.ask_on_dc(dc, &request, deadline).map(drop)
    }

    /// As [`game_high_scores`](Self::game_high_scores), for a message that somebody has sent
    /// through this bot.
    ///
    /// # Errors
    ///
    /// As [`set_game_score`](Self::set_game_score).
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout. The request goes to the
    /// data centre that keeps the message.
    ///
    /// See <https://core.telegram.org/method/messages.getInlineGameHighScores>.
    pub fn inline_game_high_scores(
        &self,
        id: impl Into<InputBotInlineMessageId>,
        user: impl Into<PeerRef>,
    ) -> Result<Vec<HighScore>> {
        let (id, deadline) = (id.into(), self.begin_for::<f::GetInlineGameHighScores>()?);
        let dc = inline_dc(&id)?;
        let user_id = input_user(&self.resolve_until(&user.into(), deadline)?)?;
        let request = f::GetInlineGameHighScores { id, user_id };
        self.ask_on_dc(dc, &request, deadline).map(scores)
    }
}

/// The table, with whom it shows.
fn scores(answer: messages::HighScores) -> Vec<HighScore> {
    let messages::HighScores::Scores(answer) = answer;
    let users = answer.users.into_iter().filter_map(User::from_raw);
    let users: Vec<User> = users.collect();
    let scores = answer.scores.into_iter();
    let scores = scores.map(|RawScore::Score(it)| HighScore {
        position: it.pos,
        user_id: it.user_id,
        score: it.score,
        user: users.iter().find(|user| user.id() == it.user_id).cloned(),
    });
    scores.collect()
}
