//! `messages.*`: who has reacted, and what one is offered
//! (<https://core.telegram.org/api/reactions>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, date};

use super::done::Answer;
use super::errors::{bad, forbidden, unregistered};
use super::input;
use super::seam::Caller;
use super::view::View;

/// What everybody is offered first.
const TOP: [&str; 4] = ["\u{1f44d}", "\u{2764}", "\u{1f525}", "\u{1f389}"];

/// How many reactions of one's own are remembered.
const RECENT_MAX: usize = 50;

/// `messages.getMessageReactionsList`
/// (<https://core.telegram.org/method/messages.getMessageReactionsList>): the newest first; not in
/// channels, where only counts are shown.
pub(crate) fn get_message_reactions_list(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetMessageReactionsList,
) -> Answer<enums::messages::MessageReactionsList> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    if let Peer::Channel(id) = peer
        && world.channels.get(&id).is_some_and(|it| !it.megagroup)
    {
        return Err(forbidden("BROADCAST_FORBIDDEN"));
    }
    let post = world.post_at(me, peer, request.id);
    let post = post.ok_or_else(|| bad("MSG_ID_INVALID"))?;
    let mut all = Vec::new();
    for (user, reacted) in &post.reactions {
        for reaction in &reacted.list {
            if request.reaction.as_ref().is_none_or(|it| it == reaction) {
                all.push((*user, reacted, reaction));
            }
        }
    }
    all.sort_by_key(|(user, reacted, _)| std::cmp::Reverse((reacted.date, *user)));
    let start: usize = match &request.offset {
        None => 0,
        Some(offset) => offset.parse().map_err(|_| bad("OFFSET_INVALID"))?,
    };
    let limit = usize::try_from(request.limit.clamp(1, 100)).unwrap_or(1);
    let mut view = View::new(world, me);
    let page = all.iter().skip(start).take(limit);
    let page: Vec<enums::MessagePeerReaction> = page
        .map(|(user, reacted, reaction)| {
            types::MessagePeerReaction {
                big: reacted.big,
                unread: false,
                my: *user == me,
                peer_id: view.user_peer(*user),
                date: date(reacted.date),
                reaction: (*reaction).clone(),
            }
            .into()
        })
        .collect();
    let next = start + page.len();
    let (users, chats) = view.shown();
    let list: enums::messages::MessageReactionsList = types::messages::MessageReactionsList {
        count: i32::try_from(all.len()).unwrap_or(i32::MAX),
        next_offset: (next < all.len()).then(|| next.to_string()),
        reactions: page,
        chats,
        users,
    }
    .into();
    Ok(list.into())
}

/// Notes which reactions somebody has used last.
pub(crate) fn note_recent(world: &mut World, me: i64, reactions: &[enums::Reaction]) {
    let Some(account) = world.account_mut(me) else {
        return;
    };
    for reaction in reactions {
        account.recent_reactions.retain(|it| it != reaction);
        account.recent_reactions.insert(0, reaction.clone());
    }
    account.recent_reactions.truncate(RECENT_MAX);
}

/// `messages.getTopReactions` (<https://core.telegram.org/method/messages.getTopReactions>).
pub(crate) fn get_top_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetTopReactions,
) -> Answer<enums::messages::Reactions> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut all = account.recent_reactions.clone();
    for emoji in TOP {
        let emoticon = emoji.to_owned();
        let reaction = types::ReactionEmoji { emoticon }.into();
        if !all.contains(&reaction) {
            all.push(reaction);
        }
    }
    Ok(list(all, request.limit).into())
}

/// `messages.getRecentReactions`
/// (<https://core.telegram.org/method/messages.getRecentReactions>).
pub(crate) fn get_recent_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetRecentReactions,
) -> Answer<enums::messages::Reactions> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    Ok(list(account.recent_reactions.clone(), request.limit).into())
}

/// `messages.clearRecentReactions`
/// (<https://core.telegram.org/method/messages.clearRecentReactions>).
pub(crate) fn clear_recent_reactions(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::ClearRecentReactions,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.recent_reactions.clear();
    Ok(true.into())
}

fn list(mut reactions: Vec<enums::Reaction>, limit: i32) -> enums::messages::Reactions {
    reactions.truncate(usize::try_from(limit).unwrap_or(0));
    types::messages::Reactions { hash: 0, reactions }.into()
}
