//! `messages.*`: administrators take away what others have reacted with
//! (<https://core.telegram.org/api/reactions>).
use ferogram_sync::tl::{enums, functions};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::reactions::{answered, places, told_to_people};
use super::seam::{Caller, RpcError};

/// `messages.deleteParticipantReaction`
/// (<https://core.telegram.org/method/messages.deleteParticipantReaction>).
pub(crate) fn delete_participant_reaction(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteParticipantReaction,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (peer, user) = named(world, me, &request.peer, &request.participant)?;
    let spot = world.spot(me, peer, request.msg_id);
    let id = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.post;
    if let Some(post) = world.posts.get_mut(&id) {
        post.reactions.remove(&user);
    }
    let places = places(world, me, id);
    let pushes = told_to_people(world, me, &places);
    Ok(Done::from(answered(world, me, peer, request.msg_id)).pushing(pushes))
}

/// `messages.deleteParticipantReactions`
/// (<https://core.telegram.org/method/messages.deleteParticipantReactions>).
pub(crate) fn delete_participant_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteParticipantReactions,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (peer, user) = named(world, me, &request.peer, &request.participant)?;
    let ids = world.ids_of(me, peer).to_vec();
    for id in ids {
        let post = world.spot(me, peer, id).map(|spot| spot.post);
        if let Some(post) = post.and_then(|post| world.posts.get_mut(&post)) {
            post.reactions.remove(&user);
        }
    }
    Ok(true.into())
}

/// The chat in which `me` may take messages away, and who has reacted there.
fn named(
    world: &World,
    me: i64,
    peer: &enums::InputPeer,
    participant: &enums::InputPeer,
) -> Result<(Peer, i64), RpcError> {
    let peer = input::peer(world, me, peer)?;
    let may = match peer {
        Peer::User(_) => return Err(bad("PEER_ID_INVALID")),
        Peer::Chat(id) => world.chats.get(&id).is_some_and(|it| it.is_admin(me)),
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            channel.is_some_and(|it| it.may(me, |rights| rights.delete_messages))
        }
    };
    if !may {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    match input::peer(world, me, participant)? {
        Peer::User(user) => Ok((peer, user)),
        _ => Err(bad("PEER_ID_INVALID")),
    }
}
