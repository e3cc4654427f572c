//! `channels.*` and `messages.*`: what is known of groups and channels: as whom one may write,
//! who is online, and which ones one shares with somebody.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::places::{channel, chat};
use super::rights::channel_of;
use super::seam::Caller;
use super::view::View;

/// The most that a page has.
const AT_ONCE: i32 = 100;

/// `channels.getSendAs` (<https://core.telegram.org/method/channels.getSendAs>).
pub(crate) fn get_send_as(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetSendAs,
) -> Answer<enums::channels::SendAsPeers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Peer::Channel(id) = input::peer(world, me, &request.peer)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let it = world
        .channels
        .get(&id)
        .ok_or_else(|| bad("CHANNEL_INVALID"))?;
    let mut peers = Vec::new();
    if it.megagroup {
        peers.push(Peer::User(me));
    }
    if !it.megagroup || it.may(me, |rights| rights.anonymous) {
        peers.push(Peer::Channel(id));
    }
    if it.megagroup && it.username.is_some() {
        let own = world.channels.values().filter(|own| {
            own.id != id && own.username.is_some() && own.may(me, |rights| rights.post_messages)
        });
        peers.extend(own.map(|own| Peer::Channel(own.id)));
    }
    let mut view = View::new(world, me);
    let peers = peers.into_iter().map(|peer| {
        types::SendAsPeer {
            peer: view.peer(peer),
            ..Default::default()
        }
        .into()
    });
    let peers = peers.collect();
    let (users, chats) = view.shown();
    let answer: enums::channels::SendAsPeers = types::channels::SendAsPeers {
        peers,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `messages.saveDefaultSendAs`
/// (<https://core.telegram.org/method/messages.saveDefaultSendAs>).
pub(crate) fn save_default_send_as(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SaveDefaultSendAs,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Peer::Channel(id) = input::peer(world, me, &request.peer)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let wrong = || bad("SEND_AS_PEER_INVALID");
    let wanted = input::peer(world, me, &request.send_as).map_err(|_| wrong())?;
    super::rights::sender(world, me, Peer::Channel(id), Some(&request.send_as))?;
    let it = world.channels.get_mut(&id).ok_or_else(wrong)?;
    it.send_as.insert(me, wanted);
    Ok(true.into())
}

/// `messages.getOnlines` (<https://core.telegram.org/method/messages.getOnlines>).
pub(crate) fn get_onlines(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetOnlines,
) -> Answer<enums::ChatOnlines> {
    let me = caller.user.ok_or_else(unregistered)?;
    let count = match input::peer(world, me, &request.peer)? {
        Peer::User(_) => return Err(bad("CHAT_ID_INVALID")),
        Peer::Channel(id) => online(world, channel_of(world, id)?),
        Peer::Chat(id) => {
            let members = world.chats.get(&id).map(|it| it.members.keys());
            let members = members.into_iter().flatten();
            members.filter(|user| is_online(world, **user)).count()
        }
    };
    let onlines = i32::try_from(count).unwrap_or(i32::MAX);
    Ok(enums::ChatOnlines::from(types::ChatOnlines { onlines }).into())
}

/// How many of a channel are online.
pub(super) fn online(world: &World, it: &Channel) -> usize {
    it.members()
        .filter(|(user, _)| is_online(world, *user))
        .count()
}

fn is_online(world: &World, user: i64) -> bool {
    let account = world.account(user);
    account.is_some_and(|it| it.presence.online_until > world.now())
}

/// `messages.getCommonChats` (<https://core.telegram.org/method/messages.getCommonChats>): the
/// newest first, by their ids.
pub(crate) fn get_common_chats(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetCommonChats,
) -> Answer<enums::messages::Chats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    if user == me {
        return Err(bad("USER_ID_INVALID"));
    }
    let channels = world
        .channels
        .values()
        .filter(|it| it.megagroup && it.member(me).is_some() && it.member(user).is_some());
    let groups = world.chats.values().filter(|it| {
        let both = it.members.contains_key(&me) && it.members.contains_key(&user);
        both && it.migrated_to.is_none()
    });
    let all = channels.map(|it| Peer::Channel(it.id));
    let all = all.chain(groups.map(|it| Peer::Chat(it.id)));
    let mut all: Vec<(i64, Peer)> = all
        .map(|peer| match peer {
            Peer::Channel(id) | Peer::Chat(id) | Peer::User(id) => (id, peer),
        })
        .collect();
    all.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    let count = i32::try_from(all.len()).unwrap_or(i32::MAX);
    let limit = usize::try_from(request.limit.clamp(0, AT_ONCE)).unwrap_or(0);
    let page = all
        .iter()
        .filter(|(id, _)| request.max_id == 0 || *id < request.max_id);
    let chats: Vec<enums::Chat> = page
        .take(limit)
        .map(|(id, peer)| match peer {
            Peer::Channel(_) => channel(world, me, *id),
            _ => chat(world, me, *id),
        })
        .collect();
    let answer: enums::messages::Chats = match chats.len() == all.len() {
        true => types::messages::Chats { chats }.into(),
        false => types::messages::ChatsSlice { count, chats }.into(),
    };
    Ok(answer.into())
}

/// `channels.getGroupsForDiscussion`
/// (<https://core.telegram.org/method/channels.getGroupsForDiscussion>): the caller's own.
pub(crate) fn get_groups_for_discussion(
    world: &mut World,
    caller: &Caller,
    _request: functions::channels::GetGroupsForDiscussion,
) -> Answer<enums::messages::Chats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let groups = world.chats.values();
    let groups = groups.filter(|it| it.creator == me && it.migrated_to.is_none());
    let groups = groups.map(|it| chat(world, me, it.id));
    let channels = world.channels.values().filter(|it| {
        it.megagroup && super::channel_settings::creator(it, me) && !it.hidden_history
    });
    let channels = channels.map(|it| channel(world, me, it.id));
    let chats = groups.chain(channels).collect();
    let answer: enums::messages::Chats = types::messages::Chats { chats }.into();
    Ok(answer.into())
}
