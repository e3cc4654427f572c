//! Messages in the short forms that the server uses where little has to be said.
use crate::store::PeerKey;
use crate::tl::{self, enums};

/// The short form leaves out what follows from the rest.
///
/// See <https://core.telegram.org/constructor/updateShortMessage>.
pub(super) fn private(short: tl::types::UpdateShortMessage, me: Option<i64>) -> tl::types::Message {
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

/// The same for small groups.
///
/// See <https://core.telegram.org/constructor/updateShortChatMessage>.
pub(super) fn in_group(short: tl::types::UpdateShortChatMessage) -> tl::types::Message {
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

/// What is left of an own message when it was sent: the rest is what was asked for.
///
/// See <https://core.telegram.org/constructor/updateShortSentMessage>.
pub(super) fn sent(
    short: tl::types::UpdateShortSentMessage,
    draft: tl::types::Message,
) -> tl::types::Message {
    tl::types::Message {
        out: short.out,
        id: short.id,
        date: short.date,
        media: short.media,
        entities: short.entities,
        ttl_period: short.ttl_period,
        ..draft
    }
}

/// Whether all are known that a message names. Short forms bring nobody along, so a message that
/// names a stranger is of no use as it is.
///
/// See <https://core.telegram.org/api/updates#recovering-gaps>.
pub(super) fn names_known(
    message: &tl::types::Message,
    knows: &mut dyn FnMut(PeerKey) -> bool,
) -> bool {
    let known = |peer: &enums::Peer| key(peer).is_none_or(&mut *knows);
    let forward = message.fwd_from.as_ref().map(|header| {
        let enums::MessageFwdHeader::Header(header) = header;
        [
            &header.from_id,
            &header.saved_from_peer,
            &header.saved_from_id,
        ]
    });
    let reply = message.reply_to.as_ref().and_then(|header| match header {
        enums::MessageReplyHeader::Header(header) => header.reply_to_peer_id.as_ref(),
        enums::MessageReplyHeader::MessageReplyStoryHeader(story) => Some(&story.peer),
        _ => None,
    });
    let mut peers = [Some(&message.peer_id), message.from_id.as_ref(), reply]
        .into_iter()
        .chain(forward.into_iter().flatten().map(Option::as_ref))
        .flatten();
    if !peers.all(known) {
        return false;
    }
    let mentioned = message
        .entities
        .iter()
        .flatten()
        .filter_map(|one| match one {
            enums::MessageEntity::MentionName(mention) => Some(mention.user_id),
            _ => None,
        });
    mentioned
        .chain(message.via_bot_id)
        .all(|user| knows(PeerKey::User(user)))
}

fn key(peer: &enums::Peer) -> Option<PeerKey> {
    match peer {
        enums::Peer::User(user) => Some(PeerKey::User(user.user_id)),
        enums::Peer::Chat(chat) => Some(PeerKey::Chat(chat.chat_id)),
        enums::Peer::Channel(channel) => Some(PeerKey::Channel(channel.channel_id)),
        _ => None,
    }
}
