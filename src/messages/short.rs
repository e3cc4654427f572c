//! Messages in the short forms that the server uses where little has to be said.
use crate::tl;

/// The short form leaves out what follows from the rest.
///
/// See <https://core.telegram.org/constructor/updateShortMessage>.
pub(crate) fn private(short: tl::types::UpdateShortMessage, me: Option<i64>) -> tl::types::Message {
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
pub(crate) fn in_group(short: tl::types::UpdateShortChatMessage) -> tl::types::Message {
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
