//! `messages.*`: who has read what one wrote. When is not kept here: it is told as now.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

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
    let readers: Vec<i64> = match peer {
        Peer::User(_) => return Err(bad("PEER_ID_INVALID")),
        Peer::Chat(id) => {
            let members = world.chats.get(&id).map(|chat| chat.members.len());
            check_size(members.unwrap_or(0))?;
            let copies = post.copies.iter();
            let has_read = |(user, id): &&(i64, i32)| {
                let thread = world.account(*user).map(|it| it.mailbox.thread(peer));
                thread.flatten().is_some_and(|it| it.read_inbox >= *id)
            };
            copies.filter(has_read).map(|(user, _)| *user).collect()
        }
        Peer::Channel(id) => {
            let channel = world.channels.get(&id);
            let channel = channel.filter(|it| it.megagroup);
            let channel = channel.ok_or_else(|| bad("PEER_ID_INVALID"))?;
            check_size(channel.members().count())?;
            let members = channel.members();
            members
                .filter(|(_, it)| it.read_inbox >= request.msg_id)
                .map(|(user, _)| user)
                .collect()
        }
    };
    let date = world.date();
    let others = readers.into_iter().filter(|user| *user != me);
    let readers = others.map(|user_id| types::ReadParticipantDate { user_id, date }.into());
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
    if !matches!(peer, Peer::User(other) if other != me) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let spot = world.spot(me, peer, request.msg_id).filter(|it| it.out);
    spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let thread = world.account(me).and_then(|it| it.mailbox.thread(peer));
    if thread.is_none_or(|it| it.read_outbox < request.msg_id) {
        return Err(bad("MESSAGE_NOT_READ_YET"));
    }
    let date = world.date();
    Ok(enums::OutboxReadDate::from(types::OutboxReadDate { date }).into())
}
