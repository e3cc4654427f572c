//! A message of a business that the bot is connected to.
use std::sync::Arc;

use super::other_update::OtherUpdate;
use super::source::{Located, Source};
use crate::messages::Message;
use crate::peers::PeerMap;
use crate::tl::enums::{self, Message as Raw, Peer};
use crate::tl::types;

/// A message of a business that the bot is connected to.
///
/// It is in a chat of the business, with the ids of the business: what is to be done about it has
/// to go by the connection.
///
/// ```
/// # let client = localdc::LocalDc::shared().bot();
/// use ferogram_sync::{PeerMap, Update, tl::types};
///
/// let raw = types::UpdateBotNewBusinessMessage {
///     connection_id: "c".into(),
///     message: types::Message { message: "Are you open?".into(), ..Default::default() }.into(),
///     ..Default::default()
/// };
/// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
/// let Update::BusinessMessage(it) = update else { panic!("it is one") };
/// assert_eq!((it.connection_id(), it.message().text()), ("c", "Are you open?"));
/// ```
///
/// See <https://core.telegram.org/api/bots/connected-business-bots>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BusinessMessage(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    connection_id: String,
    message: Message,
    reply_to: Option<Message>,
    qts: i32,
    source: Source,
}

impl BusinessMessage {
    /// What is no message is left as it is.
    pub(super) fn new(
        raw: types::UpdateBotNewBusinessMessage,
        source: Source,
    ) -> Result<Self, Box<OtherUpdate>> {
        let Raw::Message(message) = raw.message else {
            return Err(OtherUpdate::new(enums::Update::from(raw), source).into());
        };
        Ok(Self(Arc::new(Parts {
            connection_id: raw.connection_id,
            message: source.message(*message),
            reply_to: raw.reply_to_message.and_then(|it| source.any_message(it)),
            qts: raw.qts,
            source,
        })))
    }

    /// The same of one that was edited.
    pub(super) fn edited(
        raw: types::UpdateBotEditBusinessMessage,
        source: Source,
    ) -> Result<Self, Box<OtherUpdate>> {
        if !matches!(raw.message, Raw::Message(_)) {
            return Err(OtherUpdate::new(enums::Update::from(raw), source).into());
        }
        let raw = types::UpdateBotNewBusinessMessage {
            connection_id: raw.connection_id,
            message: raw.message,
            reply_to_message: raw.reply_to_message,
            qts: raw.qts,
        };
        Self::new(raw, source)
    }

    /// By which connection the bot is told.
    #[must_use]
    pub fn connection_id(&self) -> &str {
        &self.0.connection_id
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.0.message
    }

    /// The message that it answers.
    #[must_use]
    pub fn reply_to(&self) -> Option<&Message> {
        self.0.reply_to.as_ref()
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.0.qts
    }
}

impl Located for BusinessMessage {
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
