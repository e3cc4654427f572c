//! Beginning to talk to bots.
use super::message::Message;
use super::outgoing::random_id;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::peers::{PeerRef, input_user};
use crate::tl::functions::messages::StartBot;

/// The letters that the parameter may have.
///
/// See <https://core.telegram.org/api/links#bot-links>.
const PARAM_MAX: usize = 64;

impl Client {
    /// Begins to talk to a bot, as a link with `?start=` does, or adds it to a group, as one with
    /// `?startgroup=` does: the bot gets `/start` with the parameter. The message, if the answer
    /// shows it.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (client, bot) = (telegram.user(), telegram.bot());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # let the_bot = format!("@{name}");
    /// client.start_bot(&the_bot, None, "from_my_page")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke); [`Error::Argument`]
    /// for a parameter of more than 64 letters, or of others than `A-Z a-z 0-9 _ -`. Common answer:
    /// `BOT_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has the message, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.startBot>.
    pub fn start_bot(
        &self,
        bot: impl Into<PeerRef>,
        group: Option<PeerRef>,
        parameter: &str,
    ) -> Result<Option<Message>> {
        let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"_-".contains(&letter);
        if parameter.len() > PARAM_MAX || !parameter.bytes().all(is_letter) {
            return Err(Error::Argument(
                "the parameter of a bot has at most 64 letters of A-Z, a-z, 0-9, _ and -",
            ));
        }
        let (bot, deadline) = (bot.into(), self.begin_for::<StartBot>()?);
        let group = group.map(|group| self.resolve_until(&group, deadline));
        let group = group.transpose()?;
        let mut request = StartBot {
            random_id: random_id(),
            start_param: parameter.to_owned(),
            ..Default::default()
        };
        let updates = self.ask_about(&bot, deadline, |bot| {
            request.bot = input_user(bot)?;
            request.peer = group.clone().unwrap_or_else(|| bot.clone());
            self.ask_until(&request, deadline)
        })?;
        Ok(self.told(updates).into_iter().next())
    }
}
