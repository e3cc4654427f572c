//! Somebody mentions the bot where it is not.
use super::other_update::OtherUpdate;
use super::payload::located;
use super::source::Source;
use crate::messages::Message;
use crate::tl::enums::{self, Message as Raw};
use crate::tl::types;

/// Somebody mentions the bot in a chat that it is not in, and waits for its answer.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::{PeerMap, Update, tl::types};
///
/// let raw = types::UpdateBotGuestChatQuery {
///     query_id: 9,
///     message: types::Message { message: "@bot help".into(), ..Default::default() }.into(),
///     ..Default::default()
/// };
/// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
/// let Update::GuestQuery(query) = update else { panic!("it is one") };
/// assert_eq!((query.id(), query.message().text()), (9, "@bot help"));
/// ```
///
/// See <https://core.telegram.org/constructor/updateBotGuestChatQuery>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GuestQuery {
    id: i64,
    message: Message,
    referred: Vec<Message>,
    qts: i32,
    pub(crate) source: Source,
}

impl GuestQuery {
    /// What has no message is left as it is.
    pub(super) fn new(
        raw: types::UpdateBotGuestChatQuery,
        source: Source,
    ) -> Result<Self, Box<OtherUpdate>> {
        let Raw::Message(message) = raw.message else {
            return Err(OtherUpdate::new(enums::Update::from(raw), source).into());
        };
        let referred = raw.reference_messages.into_iter().flatten();
        Ok(Self {
            id: raw.query_id,
            message: source.message(*message),
            referred: referred.filter_map(|it| source.any_message(it)).collect(),
            qts: raw.qts,
            source,
        })
    }

    /// The id, by which it is answered.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The message that mentions the bot.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The messages that it is about, as those that it answers.
    #[must_use]
    pub fn referred(&self) -> &[Message] {
        &self.referred
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.qts
    }
}

located!(GuestQuery);
