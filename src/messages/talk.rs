//! The conversations among the direct messages to a channel.
//!
//! See <https://core.telegram.org/api/monoforum>.
use crate::client::Client;
use crate::peers::PeerRef;
use crate::tl::enums::Peer;

/// With whom an administrator talks where a message stands, who has to say so: among the direct
/// messages to a channel, everybody else has one conversation alone.
pub(super) fn talk(client: &Client, peer: &Peer, saved_peer: Option<&Peer>) -> Option<PeerRef> {
    match (peer, saved_peer?) {
        (Peer::Channel(_), Peer::User(it)) if client.my_id() == Some(it.user_id) => None,
        (Peer::Channel(_), with) => Some(PeerRef::Peer(with.clone())),
        _ => None,
    }
}
