//! Threads in supergroups (<https://core.telegram.org/api/threads>), and comments below the posts
//! of channels (<https://core.telegram.org/api/discussion>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::in_thread::{is_in_thread, thread_of};
use super::input;
use super::seam::Caller;
use super::view::View;

/// `messages.getDiscussionMessage`
/// (<https://core.telegram.org/method/messages.getDiscussionMessage>): a thread begins with what is
/// answered.
pub(crate) fn get_discussion_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetDiscussionMessage,
) -> Answer<enums::messages::DiscussionMessage> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (peer, root) = thread_of(world, me, peer, request.msg_id);
    let comments = comments(world, me, peer, root);
    let comments = comments.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let Peer::Channel(id) = peer else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let read = world.channels.get(&id).and_then(|it| it.member(me));
    let read = read.map_or(0, |member| member.read_inbox);
    let unread = comments.iter().filter(|id| **id > read).count();
    let mut view = View::new(world, me);
    let messages = vec![view.message_in(peer, root)];
    let (users, chats) = view.shown();
    let answer: enums::messages::DiscussionMessage = types::messages::DiscussionMessage {
        messages,
        max_id: comments.last().copied(),
        read_inbox_max_id: (read > 0).then_some(read),
        read_outbox_max_id: None,
        unread_count: i32::try_from(unread).unwrap_or(i32::MAX),
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// The messages of the thread that a message of a supergroup begins, oldest first.
fn comments(world: &World, me: i64, peer: Peer, root: i32) -> Option<Vec<i32>> {
    let Peer::Channel(channel) = peer else {
        return None;
    };
    world.channels.get(&channel).filter(|it| it.megagroup)?;
    world.spot(me, peer, root)?;
    let ids = world.ids_of(me, peer);
    let ids = ids.iter().copied();
    let answers = ids.filter(|id| *id != root && is_in_thread(world, me, peer, (*id, root)));
    Some(answers.collect())
}

/// `channels.setDiscussionGroup`
/// (<https://core.telegram.org/method/channels.setDiscussionGroup>): an empty channel in the place
/// of either takes the other's away.
pub(crate) fn set_discussion_group(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::SetDiscussionGroup,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let named = |input: &enums::InputChannel| match input {
        enums::InputChannel::Empty => Ok(None),
        input => input::channel(world, me, input).map(Some),
    };
    let (broadcast, group) = (named(&request.broadcast)?, named(&request.group)?);
    for (id, megagroup, name) in [
        (broadcast, false, "BROADCAST_ID_INVALID"),
        (group, true, "MEGAGROUP_ID_INVALID"),
    ] {
        let Some(it) = id.and_then(|id| world.channels.get(&id)) else {
            continue;
        };
        if it.megagroup != megagroup {
            return Err(bad(name));
        }
        let may = match megagroup {
            false => it.may(me, |rights| rights.change_info),
            true => it.may(me, |rights| rights.pin_messages),
        };
        if !may {
            return Err(bad("CHAT_ADMIN_REQUIRED"));
        }
        if megagroup && it.hidden_history && broadcast.is_some() {
            return Err(bad("MEGAGROUP_PREHISTORY_HIDDEN"));
        }
    }
    let linked = |id: Option<i64>| world.channels.get(&id?).and_then(|it| it.linked);
    let is_so = match (broadcast, group) {
        (Some(_), group) => linked(broadcast) == group,
        (None, group) => linked(group).is_none(),
    };
    if is_so {
        return Err(bad("LINK_NOT_MODIFIED"));
    }
    match (broadcast, group) {
        (Some(channel), group) => world.link_group(channel, group),
        (None, Some(group)) => world.link_group(group, None),
        (None, None) => {}
    }
    Ok(true.into())
}

/// `messages.readDiscussion` (<https://core.telegram.org/method/messages.readDiscussion>): of
/// threads of their own nothing is kept here.
pub(crate) fn read_discussion(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadDiscussion,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (peer, root) = thread_of(world, me, peer, request.msg_id);
    let comments = comments(world, me, peer, root);
    comments.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    Ok(true.into())
}
