//! `messages.*`: lists of the topics of a forum (<https://core.telegram.org/api/forum>).
use std::cmp::Reverse;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, Topic, World, date};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::rights::channel_of;
use super::seam::Caller;
use super::topic_shown::{shown, top};
use super::topics::forum;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `messages.getForumTopics` (<https://core.telegram.org/method/messages.getForumTopics>): what is
/// pinned first, then by the last message.
pub(crate) fn get_forum_topics(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetForumTopics,
) -> Answer<enums::messages::ForumTopics> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    let it = channel_of(world, id)?;
    let query = request.q.as_deref().unwrap_or_default().to_lowercase();
    let fits = |topic: &&Topic| topic.title.to_lowercase().contains(&query);
    let mut all: Vec<(&Topic, i32)> = it
        .topics
        .values()
        .filter(fits)
        .map(|topic| (topic, top(world, it, me, topic.id)))
        .collect();
    all.sort_by_key(|(topic, top)| {
        let place = it
            .pinned_topics
            .iter()
            .position(|pinned| *pinned == topic.id);
        (place.unwrap_or(usize::MAX), Reverse((*top, topic.id)))
    });
    let count = all.len();
    let began = request.offset_topic != 0 || request.offset_id != 0 || request.offset_date != 0;
    if began {
        all.retain(|(topic, top)| {
            let pinned = it.pinned_topics.contains(&topic.id);
            let sent = sent(world, it, *top);
            let key = (sent, *top, topic.id);
            let after = (request.offset_date, request.offset_id, request.offset_topic);
            !pinned && key < after
        });
    }
    let limit = usize::try_from(request.limit.clamp(0, AT_ONCE)).unwrap_or(0);
    let page: Vec<&Topic> = all
        .into_iter()
        .take(limit)
        .map(|(topic, _)| topic)
        .collect();
    Ok(answer(world, me, it, page.into_iter().map(Ok), count).into())
}

/// `messages.getForumTopicsByID`
/// (<https://core.telegram.org/method/messages.getForumTopicsByID>).
pub(crate) fn get_forum_topics_by_id(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetForumTopicsById,
) -> Answer<enums::messages::ForumTopics> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = forum(world, me, &request.peer)?;
    if request.topics.is_empty() {
        return Err(bad("TOPICS_EMPTY"));
    }
    let it = channel_of(world, id)?;
    let topics = request.topics.iter();
    let topics = topics.map(|id| it.topics.get(id).ok_or(*id));
    Ok(answer(world, me, it, topics, request.topics.len()).into())
}

fn answer<'w>(
    world: &'w World,
    me: i64,
    it: &'w Channel,
    topics: impl Iterator<Item = Result<&'w Topic, i32>>,
    count: usize,
) -> enums::messages::ForumTopics {
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(it.id));
    let mut messages = Vec::new();
    let topics = topics.map(|topic| match topic {
        Ok(topic) => {
            let top = top(world, it, me, topic.id);
            messages.push(view.message_in(Peer::Channel(it.id), top));
            shown(&mut view, world, it, topic)
        }
        Err(id) => types::ForumTopicDeleted { id }.into(),
    });
    let topics = topics.collect();
    let (users, chats) = view.shown();
    types::messages::ForumTopics {
        order_by_create_date: false,
        count: i32::try_from(count).unwrap_or(i32::MAX),
        topics,
        messages,
        chats,
        users,
        pts: it.board.pts(),
    }
    .into()
}

fn sent(world: &World, it: &Channel, id: i32) -> i32 {
    let post = it.board.get(id);
    let post = post.and_then(|posted| world.posts.get(&posted.post));
    post.map_or(0, |post| date(post.date))
}
