//! Peers as requests take them, in all forms that requests have.
use super::marked_id::{named_by, number_of};
use crate::error::{Error, PeerError, Result};
use crate::store::PeerKey;
use crate::tl::enums::{InputChannel, InputPeer, InputUser};
use crate::tl::types;

/// The user, as requests take it that are about users only.
///
/// # Errors
///
/// [`PeerError::NotA`] for what is none.
pub(crate) fn input_user(peer: &InputPeer) -> Result<InputUser> {
    match peer {
        InputPeer::PeerSelf => Ok(InputUser::UserSelf),
        InputPeer::User(user) => Ok(InputUser::User(types::InputUser {
            user_id: user.user_id,
            access_hash: user.access_hash,
        })),
        InputPeer::UserFromMessage(user) => Ok(types::InputUserFromMessage {
            peer: user.peer.clone(),
            msg_id: user.msg_id,
            user_id: user.user_id,
        }
        .into()),
        other => Err(no("user", other)),
    }
}

/// The peer of an id as the Bot API writes it, with the hash that is known.
pub(crate) fn input_of_marked(number: i64, access_hash: i64) -> InputPeer {
    match named_by(number) {
        Some(PeerKey::User(user_id)) => types::InputPeerUser {
            user_id,
            access_hash,
        }
        .into(),
        Some(PeerKey::Chat(chat_id)) => types::InputPeerChat { chat_id }.into(),
        Some(PeerKey::Channel(channel_id)) => types::InputPeerChannel {
            channel_id,
            access_hash,
        }
        .into(),
        None => InputPeer::Empty,
    }
}

/// The channel, as requests take it that are about channels only.
///
/// # Errors
///
/// [`PeerError::NotA`] for what is none.
pub(crate) fn input_channel(peer: &InputPeer) -> Result<InputChannel> {
    match peer {
        InputPeer::Channel(channel) => Ok(InputChannel::Channel(types::InputChannel {
            channel_id: channel.channel_id,
            access_hash: channel.access_hash,
        })),
        InputPeer::ChannelFromMessage(channel) => Ok(types::InputChannelFromMessage {
            peer: channel.peer.clone(),
            msg_id: channel.msg_id,
            channel_id: channel.channel_id,
        }
        .into()),
        other => Err(no("supergroup or channel", other)),
    }
}

fn no(wanted: &'static str, peer: &InputPeer) -> Error {
    let id = number(peer);
    Error::Peer(PeerError::NotA { wanted, id })
}

/// Whom it names, and by which hash, if by one. `None` for oneself and nobody.
pub(super) fn named(peer: &InputPeer) -> Option<(PeerKey, Option<i64>)> {
    match peer {
        InputPeer::User(it) => Some((PeerKey::User(it.user_id), Some(it.access_hash))),
        InputPeer::Chat(it) => Some((PeerKey::Chat(it.chat_id), None)),
        InputPeer::Channel(it) => Some((PeerKey::Channel(it.channel_id), Some(it.access_hash))),
        InputPeer::UserFromMessage(it) => Some((PeerKey::User(it.user_id), None)),
        InputPeer::ChannelFromMessage(it) => Some((PeerKey::Channel(it.channel_id), None)),
        _ => None,
    }
}

/// What is said of somebody whom the server does not show.
pub(super) fn not_there(peer: &InputPeer) -> Error {
    Error::Peer(PeerError::NotThere(number(peer)))
}

fn number(peer: &InputPeer) -> i64 {
    named(peer).map_or(0, |(key, _)| number_of(key))
}
