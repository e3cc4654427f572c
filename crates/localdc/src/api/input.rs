//! Finds out whom a request means: peers and users as clients write them.
//!
//! An access hash is good for one account only (<https://core.telegram.org/api/peers>); bots may
//! leave it out for whom they have met.
use ferogram_sync::tl::enums;

use crate::world::{Content, Peer, World};

use super::errors::{bad, unsupported};
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
            return Err(match channel(world, me, it.channel_id, it.access_hash) {
                Some(_) => unsupported("messages_of_channels"),
                None => bad("CHANNEL_INVALID"),
            });
        }
        enums::InputPeer::ChannelFromMessage(_) => return Err(bad("CHANNEL_INVALID")),
        _ => None,
    };
    found.ok_or_else(|| bad("PEER_ID_INVALID"))
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

/// A channel as `me` names it. There are public ones only, so everybody may see them.
pub(crate) fn channel(world: &World, me: i64, id: i64, access_hash: i64) -> Option<i64> {
    world.channels.get(&id)?;
    (access_hash == world.channel_hash(me, id)).then_some(id)
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
    let Some(account) = world.account(me) else {
        return Ok(None);
    };
    if account.is_bot() {
        return Err(bad("FROM_MESSAGE_BOT_DISABLED"));
    }
    let nested = matches!(place, enums::InputPeer::UserFromMessage(_));
    if nested {
        return Err(bad("PEER_ID_INVALID"));
    }
    let place = peer(world, me, place)?;
    let post = account
        .mailbox
        .entry(message)
        .filter(|entry| entry.peer == place)
        .and_then(|entry| world.posts.get(&entry.post))
        .ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let mentioned = match &post.content {
        Content::Text(text) => text.entities.iter().any(|entity| {
            matches!(entity, enums::MessageEntity::MentionName(name) if name.user_id == user)
        }),
        Content::GroupCreated { users, .. } | Content::GroupJoined(users) => users.contains(&user),
        Content::GroupLeft(gone) => *gone == user,
    };
    Ok((post.author == user || mentioned).then_some(user))
}
