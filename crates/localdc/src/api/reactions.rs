//! `messages.*`: reactions to messages.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, PostId, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::{container, passing};
use super::seam::Caller;
use super::view::View;

/// The reactions of one account that is without Premium to one message
/// (<https://core.telegram.org/api/reactions>).
const MINE_MAX: usize = 1;

/// `messages.sendReaction` (<https://core.telegram.org/method/messages.sendReaction>).
pub(crate) fn send_reaction(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendReaction,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let spot = world.spot(me, peer, request.msg_id);
    let id = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.post;
    let new = request.reaction.unwrap_or_default();
    if new.len() > MINE_MAX {
        return Err(bad("REACTIONS_TOO_MANY"));
    }
    let is_one = |reaction: &enums::Reaction| match reaction {
        enums::Reaction::Emoji(it) => !it.emoticon.is_empty() && !it.emoticon.is_ascii(),
        enums::Reaction::CustomEmoji(it) => it.document_id != 0,
        _ => false,
    };
    if !new.iter().all(is_one) {
        return Err(bad("REACTION_INVALID"));
    }
    let post = world.posts.get_mut(&id);
    let post = post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let old = post.reactions.remove(&me).unwrap_or_default();
    let is_same = old == new;
    if !new.is_empty() {
        post.reactions.insert(me, new);
    }
    if is_same {
        return Err(bad("MESSAGE_NOT_MODIFIED"));
    }
    let copies = match post.board {
        Some((channel, id)) => {
            let seeing = world.audience(me, channel, None).into_iter();
            seeing
                .map(|user| (user, Peer::Channel(channel), id))
                .collect()
        }
        None => boxes_of(world, id),
    };
    // Bots are told in another way, and only where they are administrators.
    let is_told = |user: i64| world.account(user).is_some_and(|it| !it.is_bot());
    let pushes = copies
        .iter()
        .filter(|(user, ..)| *user != me && is_told(*user));
    let pushes = pushes.filter_map(|(user, peer, msg_id)| {
        let update = update(world, &mut View::new(world, *user), *peer, *msg_id)?;
        Some(passing(world, *user, update))
    });
    let pushes = pushes.collect();
    let mut view = View::new(world, me);
    let updates = update(world, &mut view, peer, request.msg_id);
    let answer = container(world, view, updates.into_iter().collect());
    Ok(Done::from(answer).pushing(pushes))
}

/// In whose boxes a message lies: account, conversation, and its id there.
fn boxes_of(world: &World, post: PostId) -> Vec<(i64, Peer, i32)> {
    let copies = world.posts.get(&post).map(|post| &post.copies);
    let copies = copies.into_iter().flatten();
    let copies = copies.filter_map(|(user, id)| Some((*user, world.in_box(*user, *id)?.peer, *id)));
    copies.collect()
}

fn update(world: &World, view: &mut View<'_>, peer: Peer, msg_id: i32) -> Option<enums::Update> {
    let post = world.post_at(view.viewer(), peer, msg_id)?;
    let reactions = view.reactions(post).unwrap_or_default();
    Some(
        types::UpdateMessageReactions {
            peer: view.peer(peer),
            msg_id,
            reactions,
            ..Default::default()
        }
        .into(),
    )
}
