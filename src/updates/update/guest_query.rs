//! Somebody mentions the bot where it is not.
use std::sync::Arc;

use super::other_update::OtherUpdate;
use super::source::{Located, Source};
use crate::messages::Message;
use crate::peers::PeerMap;
use crate::tl::enums::{self, Message as Raw, Peer};
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
pub struct GuestQuery(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    id: i64,
    message: Message,
    referred: Vec<Message>,
    qts: i32,
    source: Source,
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
        Ok(Self(Arc::new(Parts {
            id: raw.query_id,
            message: source.message(*message),
            referred: referred.filter_map(|it| source.any_message(it)).collect(),
            qts: raw.qts,
            source,
        })))
    }

    /// The id, by which it is answered.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.0.id
    }

    /// The message that mentions the bot.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.0.message
    }

    /// The messages that it is about, as those that it answers.
    #[must_use]
    pub fn referred(&self) -> &[Message] {
        &self.0.referred
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.0.qts
    }
}

impl Located for GuestQuery {
    fn chat_peer(&self) -> Option<Peer> {
        self.0.source.chat.clone()
    }

    fn sender_peer(&self) -> Option<Peer> {
        self.0.source.sender.clone()
    }

    fn peer_map(&self) -> &PeerMap {
        &self.0.source.peers
    }
}
