//! `stories.*`: what a chat has told, to be looked at (<https://core.telegram.org/api/stories>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::places::is_creator;
use super::seam::Caller;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `stories.getPeerStories` (<https://core.telegram.org/method/stories.getPeerStories>): those of
/// the last day.
pub(crate) fn get_peer_stories(
    world: &mut World,
    caller: &Caller,
    request: functions::stories::GetPeerStories,
) -> Answer<enums::stories::PeerStories> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let now = world.date();
    let told = told(world, place).into_iter();
    let told: Vec<types::StoryItem> = told.filter(|it| it.expire_date > now).collect();
    let mut view = View::new(world, me);
    let stories = types::PeerStories {
        peer: view.peer(place),
        max_read_id: None,
        stories: told.into_iter().map(Into::into).collect(),
    };
    let (users, chats) = view.shown();
    let answer = types::stories::PeerStories {
        stories: stories.into(),
        chats,
        users,
    };
    Ok(enums::stories::PeerStories::from(answer).into())
}

/// `stories.getPinnedStories` (<https://core.telegram.org/method/stories.getPinnedStories>): those
/// that stay on the profile, the newest first.
pub(crate) fn get_pinned_stories(
    world: &mut World,
    caller: &Caller,
    request: functions::stories::GetPinnedStories,
) -> Answer<enums::stories::Stories> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let mut all = told(world, place);
    all.retain(|it| it.pinned);
    Ok(page(world, me, place, all, (request.offset_id, request.limit)).into())
}

/// `stories.getStoriesArchive` (<https://core.telegram.org/method/stories.getStoriesArchive>): all
/// of one's own, the newest first.
pub(crate) fn get_stories_archive(
    world: &mut World,
    caller: &Caller,
    request: functions::stories::GetStoriesArchive,
) -> Answer<enums::stories::Stories> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    if place != Peer::User(me) && !is_creator(world, place, me) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let all = told(world, place);
    Ok(page(world, me, place, all, (request.offset_id, request.limit)).into())
}

/// `stories.getStoriesByID` (<https://core.telegram.org/method/stories.getStoriesByID>).
pub(crate) fn get_stories_by_id(
    world: &mut World,
    caller: &Caller,
    request: functions::stories::GetStoriesById,
) -> Answer<enums::stories::Stories> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    let mut all = told(world, place);
    all.retain(|it| request.id.contains(&it.id));
    Ok(page(world, me, place, all, (0, AT_ONCE)).into())
}

/// What a chat has told, the newest first.
fn told(world: &World, place: Peer) -> Vec<types::StoryItem> {
    let told = world.stories.get(&place).into_iter().flatten();
    told.rev().cloned().collect()
}

fn page(
    world: &World,
    me: i64,
    place: Peer,
    all: Vec<types::StoryItem>,
    (offset, limit): (i32, i32),
) -> enums::stories::Stories {
    let count = i32::try_from(all.len()).unwrap_or(i32::MAX);
    let limit = usize::try_from(limit.clamp(0, AT_ONCE)).unwrap_or(0);
    let page = all.into_iter().filter(|it| offset == 0 || it.id < offset);
    let mut view = View::new(world, me);
    view.peer(place);
    let stories = page.take(limit).map(Into::into).collect();
    let (users, chats) = view.shown();
    types::stories::Stories {
        count,
        stories,
        pinned_to_top: None,
        chats,
        users,
    }
    .into()
}
