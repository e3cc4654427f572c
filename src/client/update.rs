//! What the server tells unasked.
use std::sync::Arc;

use super::client::WeakClient;
use super::message::Message;
use crate::tl;
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
    /// Updates may have been missed: the connection was renewed, or this program was so slow that
    /// the queue overflowed. What the account has now can be asked for.
    Lost,
}

/// Takes the single updates out of what the server sent at once.
///
/// See <https://core.telegram.org/constructor/Updates>.
pub(crate) fn split(updates: enums::Updates, client: &WeakClient, me: Option<i64>) -> Vec<Update> {
    match updates {
        enums::Updates::UpdateShort(short) => vec![single(short.update, client)],
        enums::Updates::Updates(all) => all
            .updates
            .into_iter()
            .map(|update| single(update, client))
            .collect(),
        enums::Updates::Combined(all) => all
            .updates
            .into_iter()
            .map(|update| single(update, client))
            .collect(),
        enums::Updates::UpdateShortMessage(short) => {
            vec![Update::NewMessage(Message::new(
                private(*short, me),
                client.clone(),
            ))]
        }
        enums::Updates::UpdateShortChatMessage(short) => {
            vec![Update::NewMessage(Message::new(
                in_group(*short),
                client.clone(),
            ))]
        }
        // Only answers to a request have this form, and they go to whoever asked.
        enums::Updates::UpdateShortSentMessage(_) => Vec::new(),
        // `updatesTooLong`.
        _ => vec![Update::Lost],
    }
}

fn single(update: enums::Update, client: &WeakClient) -> Update {
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
    Update::NewMessage(Message::new(*raw, client.clone()))
}

/// The short form leaves out what follows from the rest.
///
/// See <https://core.telegram.org/constructor/updateShortMessage>.
fn private(short: tl::types::UpdateShortMessage, me: Option<i64>) -> tl::types::Message {
    let sender = if short.out { me } else { Some(short.user_id) };
    tl::types::Message {
        out: short.out,
        mentioned: short.mentioned,
        media_unread: short.media_unread,
        silent: short.silent,
        id: short.id,
        from_id: sender.map(|user_id| tl::types::PeerUser { user_id }.into()),
        peer_id: tl::types::PeerUser {
            user_id: short.user_id,
        }
        .into(),
        fwd_from: short.fwd_from,
        via_bot_id: short.via_bot_id,
        reply_to: short.reply_to,
        date: short.date,
        message: short.message,
        entities: short.entities,
        ttl_period: short.ttl_period,
        ..Default::default()
    }
}

/// See <https://core.telegram.org/constructor/updateShortChatMessage>.
fn in_group(short: tl::types::UpdateShortChatMessage) -> tl::types::Message {
    tl::types::Message {
        out: short.out,
        mentioned: short.mentioned,
        media_unread: short.media_unread,
        silent: short.silent,
        id: short.id,
        from_id: Some(
            tl::types::PeerUser {
                user_id: short.from_id,
            }
            .into(),
        ),
        peer_id: tl::types::PeerChat {
            chat_id: short.chat_id,
        }
        .into(),
        fwd_from: short.fwd_from,
        via_bot_id: short.via_bot_id,
        reply_to: short.reply_to,
        date: short.date,
        message: short.message,
        entities: short.entities,
        ttl_period: short.ttl_period,
        ..Default::default()
    }
}
