//! `messages.*`: saved messages by whom they are from
//! (<https://core.telegram.org/api/saved-messages>).
use std::collections::BTreeMap;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::direct;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::history::{Place, Shelf};
use super::input;
use super::page::Window;
use super::push::{own, tell};
use super::seam::{Caller, RpcError};
use super::view::View;

/// What may be pinned (`saved_dialogs_pinned_limit_default`).
const PINNED_MAX: usize = 5;

/// What a request is about: the account's saved messages, or the direct messages of a channel, and
/// its topics.
fn shelves(
    world: &World,
    me: i64,
    parent: Option<&enums::InputPeer>,
) -> Result<(Peer, BTreeMap<Peer, Vec<i32>>), RpcError> {
    match parent {
        Some(parent) => direct::talks(world, me, parent),
        None => Ok((Peer::User(me), topics(world, me))),
    }
}

/// The saved messages of an account by whom they are from, oldest first.
fn topics(world: &World, me: i64) -> BTreeMap<Peer, Vec<i32>> {
    let mut topics: BTreeMap<Peer, Vec<i32>> = BTreeMap::new();
    for id in world.ids_of(me, Peer::User(me)).iter() {
        let post = world.post_at(me, Peer::User(me), *id);
        let header = post.and_then(|post| post.forward.as_ref());
        let from = header.and_then(|it| it.saved_from_peer.as_ref());
        let from = from.map_or(Peer::User(me), |peer| match peer {
            enums::Peer::User(it) => Peer::User(it.user_id),
            enums::Peer::Chat(it) => Peer::Chat(it.chat_id),
            enums::Peer::Channel(it) => Peer::Channel(it.channel_id),
            _ => Peer::User(me),
        });
        topics.entry(from).or_default().push(*id);
    }
    topics
}

/// `messages.getSavedDialogs` (<https://core.telegram.org/method/messages.getSavedDialogs>): those
/// that are pinned first, then those with the newest messages.
pub(crate) fn get_saved_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSavedDialogs,
) -> Answer<enums::messages::SavedDialogs> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let (parent, topics) = shelves(world, me, request.parent_peer.as_ref())?;
    let is_own = parent == Peer::User(me);
    // https://core.telegram.org/api/monoforum: only saved messages have pins.
    let pinned = if is_own {
        &account.pinned_saved[..]
    } else {
        &[]
    };
    let place = |peer: &Peer| pinned.iter().position(|it| it == peer);
    let mut all: Vec<(Peer, i32)> = topics
        .iter()
        .map(|(peer, ids)| (*peer, ids))
        .filter_map(|(peer, ids)| Some((peer, *ids.last()?)))
        .filter(|(peer, _)| !request.exclude_pinned || place(peer).is_none())
        .collect();
    all.sort_by_key(|(peer, top)| (place(peer).unwrap_or(usize::MAX), -top));
    let total = all.len();
    if request.offset_id > 0 {
        all.retain(|(peer, top)| place(peer).is_none() && *top < request.offset_id);
    }
    let limit = usize::try_from(request.limit.clamp(1, 100)).unwrap_or(1);
    let whole = request.offset_id <= 0 && all.len() <= limit;
    all.truncate(limit);
    let mut view = View::new(world, me);
    let messages = all.iter();
    let messages = messages
        .map(|(_, top)| view.message_in(parent, *top))
        .collect();
    let dialogs = all.iter().map(|(peer, top)| {
        if !is_own {
            let talk = (*peer, &topics[peer][..]);
            return direct::dialog(&mut view, world, (me, parent), talk);
        }
        types::SavedDialog {
            pinned: place(peer).is_some(),
            peer: view.peer(*peer),
            top_message: *top,
        }
        .into()
    });
    let dialogs: Vec<enums::SavedDialog> = dialogs.collect();
    let (users, chats) = view.shown();
    let answer: enums::messages::SavedDialogs = match whole {
        true => types::messages::SavedDialogs {
            dialogs,
            messages,
            chats,
            users,
        }
        .into(),
        false => types::messages::SavedDialogsSlice {
            count: i32::try_from(total).unwrap_or(i32::MAX),
            dialogs,
            messages,
            chats,
            users,
        }
        .into(),
    };
    Ok(answer.into())
}

/// `messages.getPinnedSavedDialogs`
/// (<https://core.telegram.org/method/messages.getPinnedSavedDialogs>).
pub(crate) fn get_pinned_saved_dialogs(
    world: &mut World,
    caller: &Caller,
    _: functions::messages::GetPinnedSavedDialogs,
) -> Answer<enums::messages::SavedDialogs> {
    let me = caller.user.ok_or_else(unregistered)?;
    let pinned = &world.account(me).ok_or_else(unregistered)?.pinned_saved;
    let topics = topics(world, me);
    let found = pinned.iter().filter_map(|peer| {
        let top = topics.get(peer)?.last()?;
        Some((*peer, *top))
    });
    let found: Vec<(Peer, i32)> = found.collect();
    let mut view = View::new(world, me);
    let messages = found.iter().map(|(_, top)| view.message(*top)).collect();
    let dialogs = found.iter().map(|(peer, top)| {
        types::SavedDialog {
            pinned: true,
            peer: view.peer(*peer),
            top_message: *top,
        }
        .into()
    });
    let dialogs = dialogs.collect();
    let (users, chats) = view.shown();
    let answer: enums::messages::SavedDialogs = types::messages::SavedDialogs {
        dialogs,
        messages,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `messages.getSavedHistory` (<https://core.telegram.org/method/messages.getSavedHistory>).
pub(crate) fn get_saved_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetSavedHistory,
) -> Answer<enums::messages::Messages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (parent, mut topics) = shelves(world, me, request.parent_peer.as_ref())?;
    let window = Window {
        offset_id: request.offset_id,
        offset_date: request.offset_date,
        add_offset: request.add_offset,
        limit: request.limit,
        max_id: request.max_id,
        min_id: request.min_id,
    };
    let list = topics.remove(&peer).unwrap_or_default();
    let place = Place::Peer(parent);
    let shelf = Shelf { world, me, place };
    let page = window.cut(&list, |id| shelf.sent(id));
    Ok(shelf.page(&page, list.len(), window.is_plain()).into())
}

/// `messages.toggleSavedDialogPin`
/// (<https://core.telegram.org/method/messages.toggleSavedDialogPin>).
pub(crate) fn toggle_saved_dialog_pin(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleSavedDialogPin,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let enums::InputDialogPeer::Peer(peer) = &request.peer else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let peer = input::peer(world, me, &peer.peer)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.pinned_saved.retain(|it| *it != peer);
    if request.pinned {
        if account.pinned_saved.len() >= PINNED_MAX {
            return Err(bad("PINNED_TOO_MUCH"));
        }
        account.pinned_saved.insert(0, peer);
    }
    Ok(true.into())
}

/// `messages.reorderPinnedSavedDialogs`
/// (<https://core.telegram.org/method/messages.reorderPinnedSavedDialogs>).
pub(crate) fn reorder_pinned_saved_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReorderPinnedSavedDialogs,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut order = Vec::new();
    for peer in &request.order {
        let enums::InputDialogPeer::Peer(peer) = peer else {
            return Err(bad("PEER_ID_INVALID"));
        };
        order.push(input::peer(world, me, &peer.peer)?);
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let rest: Vec<Peer> = account
        .pinned_saved
        .iter()
        .filter(|it| !request.force && !order.contains(it))
        .copied()
        .collect();
    account.pinned_saved = order.into_iter().chain(rest).collect();
    Ok(true.into())
}

/// `messages.readSavedHistory` (<https://core.telegram.org/method/messages.readSavedHistory>): of
/// the direct messages to a channel, of which one position is kept for all conversations here.
pub(crate) fn read_saved_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReadSavedHistory,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (parent, topics) = direct::talks(world, me, &request.parent_peer)?;
    let peer = input::peer(world, me, &request.peer)?;
    let known = topics.contains_key(&peer);
    let Peer::Channel(place) = parent else {
        return Err(bad("PARENT_PEER_INVALID"));
    };
    if !known {
        return Err(bad("PEER_ID_INVALID"));
    }
    let told = world.read_channel(me, place, request.max_id);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(true).pushing(pushes))
}

/// `messages.deleteSavedHistory`
/// (<https://core.telegram.org/method/messages.deleteSavedHistory>).
pub(crate) fn delete_saved_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteSavedHistory,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let (parent, mut topics) = shelves(world, me, request.parent_peer.as_ref())?;
    let mut ids = topics.remove(&peer).unwrap_or_default();
    ids.retain(|id| request.max_id <= 0 || *id <= request.max_id);
    let told = match parent {
        Peer::Channel(place) => world.take_down(me, place, &ids),
        _ => world.delete(me, &ids, false),
    };
    let event = own(&told, me).map(|own| (own.event.pts, own.event.count));
    let (pts, pts_count) = event.unwrap_or_else(|| (world.pts_of(me, parent), 0));
    let affected = types::messages::AffectedHistory {
        pts,
        pts_count,
        offset: 0,
    };
    let pushes = tell(world, caller, &told);
    let affected = enums::messages::AffectedHistory::from(affected);
    Ok(Done::from(affected).pushing(pushes))
}
