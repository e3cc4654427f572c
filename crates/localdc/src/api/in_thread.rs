//! Where the thread of a message is, what belongs to it, and what is said of it.
use ferogram_sync::tl::{enums, types};

use crate::world::{GENERAL, Peer, Post, World};

/// So far down answers of answers are followed.
const DEEP: usize = 1000;

/// Whether a message is the one that a thread is about, or answers it, or an answer to it.
/// "General" has the messages of a forum that are in no other topic.
///
/// See <https://core.telegram.org/api/forum#forum-topics>.
pub(super) fn is_in_thread(world: &World, me: i64, peer: Peer, (id, thread): (i32, i32)) -> bool {
    if let (GENERAL, Peer::Channel(channel)) = (thread, peer)
        && let Some(forum) = world.channels.get(&channel).filter(|it| it.forum)
    {
        return forum.topic_of(world, id) == GENERAL;
    }
    let mut at = Some(id);
    for _ in 0..DEEP {
        match at {
            Some(id) if id == thread => return true,
            Some(id) => {
                let post = world.post_at(me, peer, id);
                let answered = post.and_then(|post| post.reply.as_ref());
                let answered = answered.and_then(|reply| world.posts.get(&reply.post));
                at = answered.and_then(|post| post.id_in(me, peer));
            }
            None => return false,
        }
    }
    false
}

/// What the thread of a message begins with: what it answers, or that one answers, and so on.
pub(super) fn root_of(world: &World, me: i64, peer: Peer, id: i32) -> Option<i32> {
    let answered = |id: i32| {
        let reply = world.post_at(me, peer, id)?.reply.as_ref()?;
        world.posts.get(&reply.post)?.id_in(me, peer)
    };
    let up = std::iter::successors(answered(id), |id| answered(*id));
    up.take(DEEP).last()
}

/// Where the thread of a message is, and what it begins with: of a post of a channel, in the group
/// where it is commented on.
pub(super) fn thread_of(world: &World, me: i64, peer: Peer, id: i32) -> (Peer, i32) {
    let comments = world.post_at(me, peer, id).and_then(|post| post.comments);
    match comments {
        Some((group, copy)) => (Peer::Channel(group), copy),
        None => (peer, id),
    }
}

/// What a message says of the comments below it, or of the answers to it.
pub(super) fn replies(world: &World, me: i64, post: &Post) -> Option<enums::MessageReplies> {
    let (group, root) = match (post.comments, post.board) {
        (Some((group, copy)), _) => (group, world.post_at(me, Peer::Channel(group), copy)?),
        (None, Some((channel, _))) if post.replies > 0 => (channel, post),
        _ => return None,
    };
    Some(
        types::MessageReplies {
            comments: post.comments.is_some(),
            replies: root.replies,
            replies_pts: world.channels.get(&group)?.board.pts(),
            channel_id: post.comments.map(|(group, _)| group),
            ..Default::default()
        }
        .into(),
    )
}
