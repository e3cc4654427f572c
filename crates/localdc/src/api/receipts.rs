//! `messages.*`: who has read what one wrote, and when.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::seam::{Caller, RpcError};

/// The members that a group may have where this is told (`chat_read_mark_size_threshold`), and for
/// how many seconds (`chat_read_mark_expire_period`).
const MEMBERS_MAX: usize = 100;
const LASTS: i64 = 7 * 24 * 60 * 60;

/// `messages.getMessageReadParticipants`
/// (<https://core.telegram.org/method/messages.getMessageReadParticipants>).
pub(crate) fn get_message_read_participants(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMessageReadParticipants,
) -> Answer<Vec<enums::ReadParticipantDate>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let spot = world.spot(me, peer, request.msg_id).filter(|it| it.out);
    let spot = spot.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let post = world.posts.get(&spot.post);
    let post = post.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    if world.now() - post.date > LASTS {
        return Err(bad("MSG_TOO_OLD"));
    }
    let read = |user: i64, id: i32| Some((user, world.reads.date(user, peer, id)?));
    let readers: Vec<(i64, i64)> = match peer {
        Peer::User(_) => return Err(bad("PEER_ID_INVALID")),
        Peer::Chat(id) => {
            let members = world.chats.get(&id).map(|chat| chat.members.len());
            check_size(members.unwrap_or(0))?;
            let copies = post.copies.iter();
            copies.filter_map(|(user, id)| read(*user, *id)).collect()
        }
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            let channel = channel.filter(|it| it.megagroup);
            let channel = channel.ok_or_else(|| bad("PEER_ID_INVALID"))?;
            check_size(channel.members().count())?;
            let members = channel.members();
            members
                .filter_map(|(user, _)| read(user, request.msg_id))
                .collect()
        }
    };
    let others = readers.into_iter().filter(|(user, _)| *user != me);
    let readers = others.map(|(user_id, read)| {
        let date = date(read);
        types::ReadParticipantDate { user_id, date }.into()
    });
    Ok(readers.collect::<Vec<_>>().into())
}

fn check_size(members: usize) -> Result<(), RpcError> {
    match members > MEMBERS_MAX {
        true => Err(bad("CHAT_TOO_BIG")),
        false => Ok(()),
    }
}

/// `messages.getOutboxReadDate` (<https://core.telegram.org/method/messages.getOutboxReadDate>).
pub(crate) fn get_outbox_read_date(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetOutboxReadDate,
) -> Answer<enums::OutboxReadDate> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let other = match peer {
        Peer::User(other) if other != me => other,
        _ => return Err(bad("PEER_ID_INVALID")),
    };
    let spot = world.spot(me, peer, request.msg_id).filter(|it| it.out);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let theirs = world.posts.get(&spot.post);
    let theirs = theirs.and_then(|post| post.id_for(other));
    let read = theirs.and_then(|id| world.reads.date(other, Peer::User(me), id));
    let date = date(read.ok_or_else(|| bad("MESSAGE_NOT_READ_YET"))?);
    Ok(enums::OutboxReadDate::from(types::OutboxReadDate { date }).into())
}
