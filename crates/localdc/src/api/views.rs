//! `messages.getMessagesViews` (<https://core.telegram.org/method/messages.getMessagesViews>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::seam::Caller;
use super::view::View;

/// Messages that one call may ask about.
const AT_ONCE: usize = 100;

/// `messages.getMessagesViews`: in the order asked for. With `increment` each account counts once.
pub(crate) fn get_messages_views(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMessagesViews,
) -> Answer<enums::messages::MessageViews> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    if request.id.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut views: Vec<enums::MessageViews> = Vec::with_capacity(request.id.len());
    for id in &request.id {
        let spot = world.spot(me, peer, *id);
        let post = spot.and_then(|spot| world.posts.get_mut(&spot.post));
        let mut one = types::MessageViews::default();
        if let Some(post) = post
            && let Some(count) = &mut post.views
        {
            if request.increment && post.viewers.insert(me) {
                *count += 1;
            }
            (one.views, one.forwards) = (Some(*count), Some(post.forwards));
        }
        views.push(one.into());
    }
    let mut view = View::new(world, me);
    view.peer(peer);
    let (users, chats) = view.shown();
    let answer: enums::messages::MessageViews = types::messages::MessageViews {
        views,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}
