//! The conversations among the direct messages to a channel.
//!
//! See <https://core.telegram.org/api/monoforum>.
use super::input_message::InputMessage;
use crate::client::Client;
use crate::peers::PeerRef;
use crate::tl::enums::Peer;

/// With whom an administrator talks where a message stands, who has to say so: among the direct
/// messages to a channel, everybody else has one conversation alone.
fn talk(client: &Client, peer: &Peer, saved_peer: Option<&Peer>) -> Option<PeerRef> {
    match (peer, saved_peer?) {
        (Peer::Channel(_), Peer::User(it)) if client.my_id() == Some(it.user_id) => None,
        (Peer::Channel(_), with) => Some(PeerRef::Peer(with.clone())),
        _ => None,
    }
}

/// A message that goes beside another one: into its topic, if it says no other, and, among the
/// direct messages to a channel, into its conversation.
///
/// See <https://core.telegram.org/api/forum#forum-topics> and
/// <https://core.telegram.org/api/monoforum>.
pub(super) fn beside(
    client: &Client,
    message: InputMessage,
    topic: Option<i32>,
    peer: &Peer,
    saved_peer: Option<&Peer>,
) -> InputMessage {
    let monoforum = message.monoforum.clone();
    InputMessage {
        topic: message.topic.or(topic),
        monoforum: monoforum.or_else(|| talk(client, peer, saved_peer)),
        ..message
    }
}
