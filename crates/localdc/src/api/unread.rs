//! `messages.*`: mentions and reactions that somebody has not seen.
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, Post, Spot, World};

use super::done::Answer;
use super::errors::unregistered;
use super::history::{Place, Shelf};
use super::in_thread::is_in_thread;
use super::input;
use super::page::Window;
use super::seam::Caller;

/// `messages.getUnreadMentions` (<https://core.telegram.org/method/messages.getUnreadMentions>).
pub(crate) fn get_unread_mentions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetUnreadMentions,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let window = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let topic = request.top_msg_id;
    let list = unread_mentions(world, me, peer, topic);
    Ok(page(world, me, peer, &window, &list).into())
}

/// `messages.getUnreadReactions` (<https://core.telegram.org/method/messages.getUnreadReactions>).
pub(crate) fn get_unread_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetUnreadReactions,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let window = Window {
        offset_id: request.offset_id,
        offset_date: 0,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let topic = request.top_msg_id;
    let list = unread_reactions(world, me, peer, topic);
    Ok(page(world, me, peer, &window, &list).into())
}

fn page(
    world: &World,
    me: i64,
    peer: Peer,
    window: &Window,
    list: &[i32],
) -> enums::messages::Messages {
    let place = Place::Peer(peer);
    let shelf = Shelf { world, me, place };
    let page = window.cut(list, |id| shelf.sent(id));
    shelf.page(&page, list.len(), window.is_plain())
}

/// `messages.readMentions` (<https://core.telegram.org/method/messages.readMentions>).
pub(crate) fn read_mentions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadMentions,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let seen = unread_mentions(world, me, peer, request.top_msg_id);
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    book.seen_mentions
        .extend(seen.into_iter().map(|id| (peer, id)));
    Ok(nothing_counted(world, me, peer).into())
}

/// `messages.readReactions` (<https://core.telegram.org/method/messages.readReactions>).
pub(crate) fn read_reactions(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadReactions,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let seen = unread_reactions(world, me, peer, request.top_msg_id);
    let seen = seen.into_iter().filter_map(|id| {
        let post = world.post_at(me, peer, id)?;
        Some(((peer, id), of_others(me, post)))
    });
    let seen: Vec<_> = seen.collect();
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    book.seen_reactions.extend(seen);
    Ok(nothing_counted(world, me, peer).into())
}

/// `messages.readMessageContents`
/// (<https://core.telegram.org/method/messages.readMessageContents>).
pub(crate) fn read_message_contents(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadMessageContents,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let seen = request.id.iter().filter_map(|id| world.in_box(me, *id));
    let seen: Vec<(Peer, i32)> = seen.map(|spot| (spot.peer, spot.id)).collect();
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.dialogs.seen_mentions.extend(seen);
    let pts = account.mailbox.pts();
    let answer: enums::messages::AffectedMessages =
        types::messages::AffectedMessages { pts, pts_count: 0 }.into();
    Ok(answer.into())
}

/// `channels.readMessageContents`
/// (<https://core.telegram.org/method/channels.readMessageContents>).
pub(crate) fn read_channel_contents(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ReadMessageContents,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = Peer::Channel(input::channel(world, me, &request.channel)?);
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let seen = request.id.into_iter().map(|id| (peer, id));
    account.dialogs.seen_mentions.extend(seen);
    Ok(true.into())
}

/// The mentions that somebody has not seen, oldest first.
pub(super) fn unread_mentions(world: &World, me: i64, peer: Peer, topic: Option<i32>) -> Vec<i32> {
    let seen = world
        .account(me)
        .map(|account| &account.dialogs.seen_mentions);
    let is_unread = |spot: &Spot, post: &Post| {
        let seen = seen.is_some_and(|seen| seen.contains(&(peer, spot.id)));
        // In private chats everything is meant for one.
        !matches!(peer, Peer::User(_)) && !spot.out && !seen && mentions(world, me, post)
    };
    those(world, me, peer, topic, is_unread)
}

/// Own messages with reactions that somebody has not seen, oldest first.
pub(super) fn unread_reactions(world: &World, me: i64, peer: Peer, topic: Option<i32>) -> Vec<i32> {
    let seen = world
        .account(me)
        .map(|account| &account.dialogs.seen_reactions);
    let is_unread = |spot: &Spot, post: &Post| {
        let now = of_others(me, post);
        let seen = seen.and_then(|seen| seen.get(&(peer, spot.id)));
        spot.out && !now.is_empty() && seen != Some(&now)
    };
    those(world, me, peer, topic, is_unread)
}

fn those(
    world: &World,
    me: i64,
    peer: Peer,
    topic: Option<i32>,
    wanted: impl Fn(&Spot, &Post) -> bool,
) -> Vec<i32> {
    let ids = world.ids_of(me, peer);
    let ids = ids.iter().copied();
    let is_wanted = |id: &i32| {
        let Some(spot) = world.spot(me, peer, *id) else {
            return false;
        };
        let post = world.posts.get(&spot.post);
        post.is_some_and(|post| wanted(&spot, post))
            && topic.is_none_or(|topic| is_in_thread(world, me, peer, (*id, topic)))
    };
    ids.filter(is_wanted).collect()
}

fn of_others(me: i64, post: &Post) -> BTreeMap<i64, Vec<enums::Reaction>> {
    let others = post.reactions.iter().filter(|(user, _)| **user != me);
    others.map(|(user, it)| (*user, it.list.clone())).collect()
}

/// Whether a message mentions somebody, or answers them
/// (<https://core.telegram.org/api/mentions>).
pub(super) fn mentions(world: &World, user: i64, post: &Post) -> bool {
    let answered = post.reply.as_ref().and_then(|it| world.posts.get(&it.post));
    if answered.is_some_and(|post| post.author == user && post.sender.is_none()) {
        return true;
    }
    let name = world.account(user).and_then(|it| it.username.as_ref());
    let Some(text) = post.text() else {
        return false;
    };
    let units: Vec<u16> = text.text.encode_utf16().collect();
    let written = |offset: i32, length: i32| {
        let (from, many) = (usize::try_from(offset).ok()?, usize::try_from(length).ok()?);
        Some(String::from_utf16_lossy(units.get(from..from + many)?))
    };
    text.entities.iter().any(|entity| match entity {
        enums::MessageEntity::MentionName(it) => it.user_id == user,
        enums::MessageEntity::Mention(it) => {
            let written = written(it.offset, it.length);
            let meant = name.zip(written.as_deref().and_then(|it| it.strip_prefix('@')));
            meant.is_some_and(|(name, written)| name.eq_ignore_ascii_case(written))
        }
        _ => false,
    })
}

/// What was read counts in no state here: production moves it on.
fn nothing_counted(world: &World, me: i64, peer: Peer) -> enums::messages::AffectedHistory {
    types::messages::AffectedHistory {
        pts: world.pts_of(me, peer),
        pts_count: 0,
        offset: 0,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    #[test]
    fn who_is_named_in_a_group_is_mentioned_until_it_is_seen() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let (group, _) = town.world.found(alice, "Group".into(), &[bob]);
        let say = |message: &str, random_id| functions::messages::SendMessage {
            peer: types::InputPeerChat { chat_id: group }.into(),
            message: message.to_owned(),
            random_id,
            ..Default::default()
        };
        for (message, random_id) in [("hello", 1), ("@Bobby!", 2), ("@bobbyx", 3)] {
            town.ask(alice, &say(message, random_id));
        }
        let peer = Peer::Chat(group);
        let unread = unread_mentions(&town.world, bob, peer, None);
        assert_eq!(unread.len(), 1);
        assert!(unread_mentions(&town.world, alice, peer, None).is_empty());
        let request = functions::messages::ReadMessageContents { id: unread };
        town.ask(bob, &request);
        assert!(unread_mentions(&town.world, bob, peer, None).is_empty());
    }
}
