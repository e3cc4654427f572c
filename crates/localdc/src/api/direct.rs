//! The direct messages of channels (<https://core.telegram.org/api/monoforum>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, Talk, World};

use super::channel_settings::{creator, require, set_of};
use super::done::Answer;
use super::errors::{bad, forbidden, unregistered, unsupported};
use super::input;
use super::seam::{Caller, RpcError};
use super::view::View;

/// `channels.updatePaidMessagesPrice`
/// (<https://core.telegram.org/method/channels.updatePaidMessagesPrice>), of channels, and without
/// a price.
pub(crate) fn update_paid_messages_price(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::UpdatePaidMessagesPrice,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = world.channels.get(&id);
    let it = it.ok_or_else(|| bad("CHANNEL_INVALID"))?;
    if it.monoforum {
        return Err(bad("CHANNEL_MONOFORUM_UNSUPPORTED"));
    }
    if it.megagroup || request.send_paid_messages_stars != 0 {
        return Err(unsupported("paid_messages"));
    }
    require(creator(it, me) || it.may(me, |rights| rights.change_info))?;
    if it.takes_direct == request.broadcast_messages_allowed {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    world.open_direct(id, request.broadcast_messages_allowed);
    set_of(world, caller, me, id, |_| Ok(None))
}

/// The direct messages of a channel, if a conversation is that.
pub(super) fn monoforum(world: &World, peer: Peer) -> Option<&Channel> {
    let Peer::Channel(id) = peer else { return None };
    world.channels.get(&id).filter(|it| it.monoforum)
}

/// What the direct messages of a channel cannot do.
pub(super) fn refuse(world: &World, channel: i64) -> Result<(), RpcError> {
    match monoforum(world, Peer::Channel(channel)) {
        Some(_) => Err(bad("CHANNEL_MONOFORUM_UNSUPPORTED")),
        None => Ok(()),
    }
}

/// Whether `me` may write to a channel: administrators may always, everybody else while it takes
/// messages.
pub(super) fn may_write_to(world: &World, me: i64, it: &Channel) -> Result<(), RpcError> {
    let channel = it.direct.and_then(|id| world.channels.get(&id));
    let open = channel.is_some_and(|channel| channel.takes_direct);
    match it.admin(me).is_some() || (open && !it.bans(me, world.now(), |it| it.send_messages)) {
        true => Ok(()),
        false => Err(forbidden("CHAT_WRITE_FORBIDDEN")),
    }
}

/// The conversation that a message is of: one's own with the channel, or the one that an
/// administrator names, who has to.
pub(super) fn talk(
    world: &World,
    me: i64,
    peer: Peer,
    reply: Option<&enums::InputReplyTo>,
    offer: Option<types::SuggestedPost>,
) -> Result<Option<Talk>, RpcError> {
    let named = match reply {
        Some(enums::InputReplyTo::MonoForum(it)) => Some(&it.monoforum_peer_id),
        Some(enums::InputReplyTo::Message(it)) => it.monoforum_peer_id.as_ref(),
        _ => None,
    };
    let wrong = || bad("REPLY_TO_MONOFORUM_PEER_INVALID");
    let Some(it) = monoforum(world, peer) else {
        return match (named, offer) {
            (Some(_), _) => Err(wrong()),
            (_, Some(_)) => Err(bad("SUGGESTED_POST_PEER_INVALID")),
            _ => Ok(None),
        };
    };
    let named = named.map(|named| input::peer(world, me, named));
    let named = named.transpose()?;
    let user = match (it.admin(me), named) {
        (None, None) => me,
        (None, Some(Peer::User(user))) if user == me => me,
        (Some(_), Some(Peer::User(user))) if it.talks.values().any(|it| *it == user) => user,
        _ => return Err(wrong()),
    };
    Ok(Some(Talk { user, offer }))
}

/// The conversations of some direct messages that `me` sees, by whose they are: their messages,
/// oldest first. For administrators alone.
pub(super) fn talks(
    world: &World,
    me: i64,
    parent: &enums::InputPeer,
) -> Result<(Peer, BTreeMap<Peer, Vec<i32>>), RpcError> {
    let peer = input::peer(world, me, parent)?;
    let it = monoforum(world, peer).ok_or_else(|| bad("PARENT_PEER_INVALID"))?;
    require(it.admin(me).is_some())?;
    let mut talks: BTreeMap<Peer, Vec<i32>> = BTreeMap::new();
    for (id, user) in &it.talks {
        if it.shows(me, *id) {
            talks.entry(Peer::User(*user)).or_default().push(*id);
        }
    }
    Ok((peer, talks))
}

/// A conversation as administrators have it in their list.
pub(super) fn dialog(
    view: &mut View<'_>,
    world: &World,
    (me, parent): (i64, Peer),
    (with, ids): (Peer, &[i32]),
) -> enums::SavedDialog {
    let member = match parent {
        Peer::Channel(id) => world.channels.get(&id).and_then(|it| it.member(me)),
        _ => None,
    };
    let read = member.map_or(0, |member| member.read_inbox);
    let others = |id: &&i32| {
        let spot = world.spot(me, parent, **id);
        **id > read && spot.is_some_and(|spot| !spot.out)
    };
    types::MonoForumDialog {
        peer: view.peer(with),
        top_message: ids.last().copied().unwrap_or(0),
        read_inbox_max_id: read,
        unread_count: i32::try_from(ids.iter().filter(others).count()).unwrap_or(i32::MAX),
        ..Default::default()
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    #[test]
    fn everybody_has_a_conversation_of_their_own_with_the_channel() {
        let mut town = Town::new();
        let users = [(1, "alice"), (2, "bobby"), (3, "carol")];
        let [alice, bob, carol] = users.map(|(number, name)| town.user(number, name));
        let news = town.channel(NewChannel::new("News", "the_news").owner(alice));
        let open = |on| functions::channels::UpdatePaidMessagesPrice {
            broadcast_messages_allowed: on,
            channel: town.channel_input(alice, news),
            send_paid_messages_stars: 0,
        };
        let (opened, closed) = (open(true), open(false));
        town.ask(alice, &opened);
        let direct = town.world.channels[&news].direct.expect("it was made");
        let of_bob = town.post(bob, direct, "a question", 1);
        town.ask(bob, &of_bob);
        town.ask(carol, &town.post(carol, direct, "another", 1));
        let place = &town.world.channels[&direct];
        assert_eq!(*place.visible_to(bob), [1]);
        assert_eq!(*place.visible_to(carol), [2]);
        assert_eq!(*place.visible_to(alice), [1, 2]);
        assert_eq!(town.world.unread_in(bob, direct), 0);
        assert_eq!(town.world.unread_in(alice, direct), 2);
        let unnamed = town.post(alice, direct, "an answer", 1);
        let caller = town.caller(alice);
        let name = "REPLY_TO_MONOFORUM_PEER_INVALID";
        assert_eq!(town.refused(&caller, &unnamed), name);
        let monoforum_peer_id = town.peer(alice, bob);
        let to = types::InputReplyToMonoForum { monoforum_peer_id };
        let answer = functions::messages::SendMessage {
            reply_to: Some(to.into()),
            ..unnamed
        };
        town.ask(alice, &answer);
        let spot = town.world.spot(bob, Peer::Channel(direct), 3);
        let post = &town.world.posts[&spot.expect("he sees it").post];
        assert_eq!(post.sender, Some(news));
        assert!(town.world.spot(carol, Peer::Channel(direct), 3).is_none());
        // Where it takes none, only the channel writes.
        town.ask(alice, &closed);
        let late = town.post(bob, direct, "hello?", 2);
        assert_eq!(
            town.refused(&town.caller(bob), &late),
            "CHAT_WRITE_FORBIDDEN"
        );
        let again = functions::messages::SendMessage {
            random_id: 2,
            ..answer
        };
        town.ask(alice, &again);
    }
}
