//! `messages.*`: threads in supergroups (<https://core.telegram.org/api/threads>). Channels have no
//! group for comments here.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
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
    let comments = comments(world, me, peer, request.msg_id);
    let comments = comments.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let Peer::Channel(id) = peer else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let read = world.channels.get(&id).and_then(|it| it.member(me));
    let read = read.map_or(0, |member| member.read_inbox);
    let unread = comments.iter().filter(|id| **id > read).count();
    let mut view = View::new(world, me);
    let messages = vec![view.message_in(peer, request.msg_id)];
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

/// The answers to a message of a supergroup, oldest first.
fn comments(world: &World, me: i64, peer: Peer, root: i32) -> Option<Vec<i32>> {
    let Peer::Channel(channel) = peer else {
        return None;
    };
    world.channels.get(&channel).filter(|it| it.megagroup)?;
    let root = world.spot(me, peer, root)?.post;
    let ids = world.ids_of(me, peer).iter().copied();
    let answers = ids.filter(|id| {
        let post = world.post_at(me, peer, *id);
        let reply = post.and_then(|post| post.reply.as_ref());
        reply.is_some_and(|reply| reply.post == root)
    });
    Some(answers.collect())
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
    let comments = comments(world, me, peer, request.msg_id);
    comments.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    Ok(true.into())
}
