//! How a topic of a forum is shown (<https://core.telegram.org/constructor/forumTopic>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Channel, Peer, Topic, World, date};

use super::drafts::draft_of;
use super::view::View;

/// A topic as somebody sees it.
pub(super) fn shown(
    view: &mut View<'_>,
    world: &World,
    it: &Channel,
    topic: &Topic,
) -> enums::ForumTopic {
    let me = view.viewer();
    let read = it.member(me).map_or(0, |member| member.read_inbox);
    let unread = it.in_topic(world, me, topic.id).into_iter().filter(|id| {
        let post = it.board.get(*id);
        let post = post.and_then(|posted| world.posts.get(&posted.post));
        *id > read && post.is_some_and(|post| post.author != me)
    });
    types::ForumTopic {
        my: topic.creator == me,
        closed: topic.closed,
        pinned: it.pinned_topics.contains(&topic.id),
        hidden: topic.hidden,
        id: topic.id,
        date: date(topic.date),
        peer: view.peer(Peer::Channel(it.id)),
        title: topic.title.clone(),
        icon_color: topic.icon_color,
        icon_emoji_id: topic.icon_emoji,
        top_message: top(world, it, me, topic.id),
        read_inbox_max_id: read,
        read_outbox_max_id: it.read_by_others(me),
        unread_count: i32::try_from(unread.count()).unwrap_or(i32::MAX),
        from_id: view.user_peer(topic.creator),
        draft: draft_of(world, me, (Peer::Channel(it.id), Some(topic.id))),
        ..Default::default()
    }
    .into()
}

/// The last message of a topic.
pub(super) fn top(world: &World, it: &Channel, me: i64, topic: i32) -> i32 {
    let ids = it.visible_to(me);
    let ids = ids.iter().rev();
    let mut ids = ids.filter(|id| it.topic_of(world, **id) == topic);
    ids.next().copied().unwrap_or(topic)
}
