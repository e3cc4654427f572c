//! A message that a bot has prepared for somebody to share.
use super::inline_result::InlineResult;
use super::input_inline_result::{InputInlineResult, put};
use crate::client::Client;
use crate::error::Result;
use crate::peers::{PeerRef, input_user};
use crate::tl::enums::InlineQueryPeerType;
use crate::tl::enums::messages::{BotPreparedInlineMessage, PreparedInlineMessage};
use crate::tl::functions::messages::{GetPreparedInlineMessage, SavePreparedInlineMessage};
use crate::tl::types;

/// A message that a bot has prepared for somebody to share, as they see it.
///
/// See <https://core.telegram.org/constructor/messages.preparedInlineMessage>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PreparedInline {
    /// What is sent: with its [`send`](InlineResult::send).
    pub result: InlineResult,
    /// To what kinds of chats it may be sent.
    pub chats: Vec<InlineQueryPeerType>,
    /// For so many seconds it is good.
    pub cache_time: i32,
}

impl Client {
    /// Prepares a message for somebody to share out of a mini app: to chats of these kinds, or of
    /// all. Gives the id, by which the app has it shared, and until when.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let (bot, ann) = (telegram.bot(), telegram.user());
    /// # let name = bot.get_me()?.username().map(str::to_owned).expect("bots have one");
    /// # let the_bot = format!("@{name}");
    /// # ann.send_message(&the_bot, "/start")?;
    /// # let mut updates = bot.updates();
    /// # let her_id = ann.my_id().expect("she is signed in");
    /// use ferogram_sync::InputInlineResult;
    ///
    /// let tea = InputInlineResult::article("tea", "Tea", "A cup of tea");
    /// let prepared = bot.prepare_inline(her_id, tea, [])?;
    ///
    /// let seen = ann.prepared_inline(&the_bot, &prepared.id)?;
    /// assert_eq!(seen.result.send("me")?.text(), "A cup of tea");
    /// # Ok::<(), ferogram_sync::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`answer_inline_query`](Self::answer_inline_query) for what it is, and as
    /// [`resolve_peer`](Self::resolve_peer). Common answers: `USER_ID_INVALID`,
    /// `RESULT_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// As [`upload_media`](Self::upload_media) for a file; then until the server has it, at most
    /// for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.savePreparedInlineMessage>.
    pub fn prepare_inline(
        &self,
        user: impl Into<PeerRef>,
        result: InputInlineResult<'_>,
        chats: impl IntoIterator<Item = InlineQueryPeerType>,
    ) -> Result<types::messages::BotPreparedInlineMessage> {
        self.begin_for::<SavePreparedInlineMessage>()?;
        let mut made = result.make(self)?;
        let chats: Vec<InlineQueryPeerType> = chats.into_iter().collect();
        let mut request = SavePreparedInlineMessage {
            peer_types: Some(chats).filter(|chats| !chats.is_empty()),
            ..Default::default()
        };
        let (user, deadline) = (user.into(), self.begin_for::<SavePreparedInlineMessage>()?);
        let mut files: Vec<_> = made.file.take().into_iter().collect();
        let files = (&mut files[..], &made.origins[..]);
        let BotPreparedInlineMessage::Message(prepared) =
            self.heal_references(files, deadline, |files| {
                if let Some(file) = files.first() {
                    put(&mut made.raw, file);
                }
                request.result = made.raw.clone();
                self.ask_about(&user, deadline, |user| {
                    request.user_id = input_user(user)?;
                    self.ask_until(&request, deadline)
                })
            })?;
        Ok(prepared)
    }

    /// What a bot has prepared for one to share, by the id that its mini app has told.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `ID_INVALID`, `ID_EXPIRED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getPreparedInlineMessage>.
    pub fn prepared_inline(&self, bot: impl Into<PeerRef>, id: &str) -> Result<PreparedInline> {
        let (bot, deadline) = (bot.into(), self.begin_for::<GetPreparedInlineMessage>()?);
        let PreparedInlineMessage::Message(told) = self.ask_about(&bot, deadline, |bot| {
            let request = GetPreparedInlineMessage {
                bot: input_user(bot)?,
                id: id.to_owned(),
            };
            self.ask_until(&request, deadline)
        })?;
        Ok(PreparedInline {
            result: InlineResult::new(self, told.query_id, told.result),
            chats: told.peer_types,
            cache_time: told.cache_time,
        })
    }
}
