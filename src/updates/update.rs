//! What the server tells unasked.
use std::sync::Arc;

use crate::client::WeakClient;
use crate::messages::Message;
use crate::tl::types::{UpdateNewChannelMessage, UpdateNewMessage};
use crate::tl::{DecodeError, Deserialize, enums};
use crate::tracker::{in_group, private};

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

/// Reads what the server sent at once.
pub(crate) fn read(
    bytes: &[u8],
    client: &WeakClient,
    me: Option<i64>,
) -> Result<Vec<Update>, DecodeError> {
    let updates = enums::Updates::from_bytes(bytes)?;
    Ok(split(updates, client, me))
}

/// Takes the single updates out of what the server sent at once.
///
/// See <https://core.telegram.org/constructor/Updates>.
pub(crate) fn split(updates: enums::Updates, client: &WeakClient, me: Option<i64>) -> Vec<Update> {
    match updates {
        enums::Updates::UpdateShort(short) => vec![single(short.update, client)],
        enums::Updates::Updates(all) => singles(all.updates, client),
        enums::Updates::Combined(all) => singles(all.updates, client),
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

/// Updates are taken from the end, as each other way to take a vector apart would have its own copy
/// of the code that drops an update, which is large.
fn singles(mut updates: Vec<enums::Update>, client: &WeakClient) -> Vec<Update> {
    let mut singles = Vec::with_capacity(updates.len());
    while let Some(update) = updates.pop() {
        singles.push(single(update, client));
    }
    singles.reverse();
    singles
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
