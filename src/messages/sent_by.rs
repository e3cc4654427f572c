//! An own message, as the request that has sent it shows it.
use super::kept_text::kept_text;
use crate::tl::enums::{InputPeer, InputReplyTo, MessageReplyHeader, Peer};
use crate::tl::functions::messages::SendMessage;
use crate::tl::types;

/// What the shortest answer to a request leaves out, for the account `me`. `None` where the request
/// does not say it either.
///
/// See <https://core.telegram.org/constructor/updateShortSentMessage>.
pub(crate) fn sent_by(
    me: i64,
    request: SendMessage,
    short: &types::UpdateShortSentMessage,
) -> Option<types::Message> {
    let entities = short.entities.as_deref().unwrap_or_default();
    let kept = kept_text(&request.message, entities);
    let text = kept.unwrap_or(request.message.trim()).to_owned();
    Some(types::Message {
        silent: request.silent,
        noforwards: request.noforwards,
        invert_media: request.invert_media,
        peer_id: peer(me, &request.peer)?,
        from_id: Some(types::PeerUser { user_id: me }.into()),
        reply_to: request.reply_to.and_then(|reply| header(me, reply)),
        message: text,
        effect: request.effect,
        ..Default::default()
    })
}

fn peer(me: i64, input: &InputPeer) -> Option<Peer> {
    let user = |user_id| Peer::User(types::PeerUser { user_id });
    let channel = |channel_id| Peer::Channel(types::PeerChannel { channel_id });
    match input {
        InputPeer::PeerSelf => Some(user(me)),
        InputPeer::User(it) => Some(user(it.user_id)),
        InputPeer::UserFromMessage(it) => Some(user(it.user_id)),
        InputPeer::Chat(it) => {
            let chat_id = it.chat_id;
            Some(Peer::Chat(types::PeerChat { chat_id }))
        }
        InputPeer::Channel(it) => Some(channel(it.channel_id)),
        InputPeer::ChannelFromMessage(it) => Some(channel(it.channel_id)),
        _ => None,
    }
}

fn header(me: i64, reply: InputReplyTo) -> Option<MessageReplyHeader> {
    match reply {
        InputReplyTo::Message(it) => {
            let elsewhere = it.reply_to_peer_id.as_ref();
            let header = types::MessageReplyHeader {
                quote: it.quote_text.is_some(),
                reply_to_msg_id: Some(it.reply_to_msg_id),
                reply_to_peer_id: elsewhere.and_then(|it| peer(me, it)),
                reply_to_top_id: it.top_msg_id,
                quote_text: it.quote_text,
                quote_entities: it.quote_entities,
                quote_offset: it.quote_offset,
                todo_item_id: it.todo_item_id,
                poll_option: it.poll_option,
                ..Default::default()
            };
            Some(header.into())
        }
        InputReplyTo::Story(it) => {
            let (peer, story_id) = (peer(me, &it.peer)?, it.story_id);
            Some(types::MessageReplyStoryHeader { peer, story_id }.into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_answer_leaves_out_is_in_the_request() {
        let to = types::InputPeerUser {
            user_id: 5,
            access_hash: 6,
        };
        let reply = types::InputReplyToMessage {
            reply_to_msg_id: 3,
            ..Default::default()
        };
        let request = SendMessage {
            peer: to.into(),
            silent: true,
            message: " Hello\n".to_owned(),
            reply_to: Some(reply.into()),
            ..Default::default()
        };
        let message = sent_by(1, request.clone(), &Default::default()).unwrap();
        assert_eq!(message.peer_id, types::PeerUser { user_id: 5 }.into());
        assert_eq!(message.from_id, Some(types::PeerUser { user_id: 1 }.into()));
        assert!(message.silent && message.message == "Hello");
        let Some(MessageReplyHeader::Header(header)) = message.reply_to else {
            panic!("it answers something");
        };
        assert_eq!(header.reply_to_msg_id, Some(3));
        let nobody = SendMessage {
            peer: InputPeer::Empty,
            ..request
        };
        assert!(sent_by(1, nobody, &Default::default()).is_none());
    }
}
