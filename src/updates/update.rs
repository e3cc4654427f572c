//! What the server tells unasked.
use std::sync::Arc;

use super::lost::Lost;
use crate::client::WeakClient;
use crate::messages::Message;
use crate::peers::PeerMap;
use crate::tl::enums;
use crate::tl::types::{UpdateNewChannelMessage, UpdateNewMessage};

/// What the server tells unasked.
///
/// See <https://core.telegram.org/api/updates>.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Update {
    /// A message was received, or sent from another device.
    NewMessage(Message),
    /// Anything else, as the raw API has it.
    Raw(Arc<enums::Update>),
    /// Updates will never come: this is certain. What the account has now can be asked for.
    Lost(Lost),
}

/// The update of the schema as what it is here.
pub(super) fn typed(update: enums::Update, peers: &PeerMap, client: &WeakClient) -> Update {
    use enums::Message::Message as Whole;
    let raw = match update {
        enums::Update::NewMessage(UpdateNewMessage {
            message: Whole(raw),
            ..
        })
        | enums::Update::NewChannelMessage(UpdateNewChannelMessage {
            message: Whole(raw),
            ..
        }) => raw,
        update => return Update::Raw(update.into()),
    };
    Update::NewMessage(Message::new(*raw, peers.clone(), client.clone()))
}
