//! Finds out whom a request means: peers and users as clients write them.
//!
//! An access hash is good for one account only (<https://core.telegram.org/api/peers>); bots may
//! leave it out for whom they have met.
use ferogram_sync::tl::enums;

use crate::world::{Content, Peer, Post, World};

use super::errors::bad;
use super::seam::RpcError;

/// The conversation that `me` means.
///
/// # Errors
/// `PEER_ID_INVALID` when there is nobody like that, or the access hash is not the right one.
pub(crate) fn peer(world: &World, me: i64, input: &enums::InputPeer) -> Result<Peer, RpcError> {
    let found = match input {
        enums::InputPeer::PeerSelf => Some(Peer::User(me)),
        enums::InputPeer::Chat(chat) => group(world, me, chat.chat_id).map(Peer::Chat),
        enums::InputPeer::User(user) => {
            known(world, me, user.user_id, user.access_hash).map(Peer::User)
        }
        enums::InputPeer::UserFromMessage(from) => {
            seen(world, me, &from.peer, from.msg_id, from.user_id)?.map(Peer::User)
        }
        enums::InputPeer::Channel(it) => {
            let id = open_channel(world, me, it.channel_id, it.access_hash)?;
            return Ok(Peer::Channel(id));
        }
        enums::InputPeer::ChannelFromMessage(it) => {
            let id = channel_seen(world, me, (&it.peer, it.msg_id, it.channel_id))?;
            return Ok(Peer::Channel(id));
        }
        _ => None,
    };
    found.ok_or_else(|| bad("PEER_ID_INVALID"))
}

/// The main list of conversations or the archive: there are no others.
///
/// # Errors
/// `FOLDER_ID_INVALID` for any other.
pub(crate) fn folder(id: i32) -> Result<i32, RpcError> {
    match id {
        0 | 1 => Ok(id),
        _ => Err(bad("FOLDER_ID_INVALID")),
    }
}

/// The user that `me` means, if there is such a one.
///
/// # Errors
/// When the way of naming the user is not allowed or its message does not exist.
pub(crate) fn user(
    world: &World,
    me: i64,
    input: &enums::InputUser,
) -> Result<Option<i64>, RpcError> {
    Ok(match input {
        enums::InputUser::UserSelf => Some(me),
        enums::InputUser::User(user) => known(world, me, user.user_id, user.access_hash),
        enums::InputUser::FromMessage(from) => {
            seen(world, me, &from.peer, from.msg_id, from.user_id)?
        }
        _ => None,
    })
}

/// A basic group that `me` is in.
pub(crate) fn group(world: &World, me: i64, id: i64) -> Option<i64> {
    world
        .chats
        .get(&id)?
        .members
        .contains_key(&me)
        .then_some(id)
}

/// The channel that `me` means, if it is open to them.
///
/// # Errors
/// `CHANNEL_INVALID` when there is none like that, or the access hash is not the right one;
/// `CHANNEL_PRIVATE` when it is not, or no more, for `me` to see.
pub(crate) fn channel(
    world: &World,
    me: i64,
    input: &enums::InputChannel,
) -> Result<i64, RpcError> {
    match input {
        enums::InputChannel::Channel(it) => open_channel(world, me, it.channel_id, it.access_hash),
        enums::InputChannel::FromMessage(it) => {
            channel_seen(world, me, (&it.peer, it.msg_id, it.channel_id))
        }
        _ => Err(bad("CHANNEL_INVALID")),
    }
}

fn open_channel(world: &World, me: i64, id: i64, access_hash: i64) -> Result<i64, RpcError> {
    let channel = world.channels.get(&id);
    let channel = channel.ok_or_else(|| bad("CHANNEL_INVALID"))?;
    // Bots may leave the hash out where they are: https://core.telegram.org/api/peers.
    let is_bot = world.account(me).is_some_and(|account| account.is_bot());
    let by_id = access_hash == 0 && is_bot && channel.participants.contains_key(&me);
    if !by_id && access_hash != world.channel_hash(me, id) {
        return Err(bad("CHANNEL_INVALID"));
    }
    match channel.is_open_to(me, world.now()) {
        true => Ok(id),
        false => Err(bad("CHANNEL_PRIVATE")),
    }
}

/// A channel named by a message in which `me` saw it (<https://core.telegram.org/api/min>).
fn channel_seen(
    world: &World,
    me: i64,
    (place, message, id): (&enums::InputPeer, i32, i64),
) -> Result<i64, RpcError> {
    let post = message_of(world, me, place, message)?;
    let forwarded = post.forward.as_ref().is_some_and(|header| {
        let named = [
            &header.from_id,
            &header.saved_from_peer,
            &header.saved_from_id,
        ];
        let mut named = named.into_iter().flatten();
        named.any(|peer| matches!(peer, enums::Peer::Channel(it) if it.channel_id == id))
    });
    if post.sender != Some(id) && !forwarded {
        return Err(bad("CHANNEL_INVALID"));
    }
    open_channel(world, me, id, world.channel_hash(me, id))
}

fn known(world: &World, me: i64, user: i64, access_hash: i64) -> Option<i64> {
    world.account(user)?;
    let by_hash = user == me || access_hash == world.access_hash(me, user);
    (by_hash || (access_hash == 0 && met(world, me, user))).then_some(user)
}

/// Whether a bot has met a user: in a conversation, in a group, or by looking the name up.
fn met(world: &World, me: i64, user: i64) -> bool {
    world.account(me).is_some_and(|account| {
        account.is_bot()
            && (account.met.contains(&user)
                || account.mailbox.thread(Peer::User(user)).is_some()
                || world.share_a_group(me, user))
    })
}

/// A user named by a message in which `me` saw it (<https://core.telegram.org/api/min>).
fn seen(
    world: &World,
    me: i64,
    place: &enums::InputPeer,
    message: i32,
    user: i64,
) -> Result<Option<i64>, RpcError> {
    let post = message_of(world, me, place, message)?;
    let mentioned = match &post.content {
        Content::Text(text) => text.entities.iter().any(|entity| {
            matches!(entity, enums::MessageEntity::MentionName(name) if name.user_id == user)
        }),
        Content::Service(service) => service.names.contains(&user),
    };
    let forwarded = post.forward.as_ref().is_some_and(
        |header| matches!(&header.from_id, Some(enums::Peer::User(it)) if it.user_id == user),
    );
    let wrote = post.author == user && post.sender.is_none();
    Ok((wrote || mentioned || forwarded).then_some(user))
}

/// The message in which `me` says to have seen somebody.
fn message_of<'w>(
    world: &'w World,
    me: i64,
    place: &enums::InputPeer,
    message: i32,
) -> Result<&'w Post, RpcError> {
    if world.account(me).is_some_and(|account| account.is_bot()) {
        return Err(bad("FROM_MESSAGE_BOT_DISABLED"));
    }
    let nested = matches!(
        place,
        enums::InputPeer::UserFromMessage(_) | enums::InputPeer::ChannelFromMessage(_)
    );
    if nested {
        return Err(bad("PEER_ID_INVALID"));
    }
    let place = peer(world, me, place)?;
    let post = world.post_at(me, place, message);
    post.ok_or_else(|| bad("MSG_ID_INVALID"))
}
