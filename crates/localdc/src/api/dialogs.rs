//! `messages.*`: the list of conversations.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, NotifyFor, Peer, World, date};

use super::done::Answer;
use super::drafts::draft_of;
use super::errors::{bad, unregistered};
use super::input;
use super::page::PAGE;
use super::portrait::notify_settings;
use super::seam::{Caller, RpcError};
use super::unread::{unread_mentions, unread_reactions};
use super::updates::state;
use super::view::View;

/// A conversation in the order of the list: by its last message, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    date: i32,
    top: i32,
    peer: Peer,
}

/// `messages.getDialogs` (<https://core.telegram.org/method/messages.getDialogs>):
/// without a folder,
/// those of the archive stand among the others.
///
/// As in production, the pinned ones of both lists come in front of the first page, whatever folder
/// is asked for, and the archive as a whole stands above the main list. No later page has them:
/// mtcute and gotd read until a page is empty, and do not ask to leave them out.
pub(crate) fn get_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetDialogs,
) -> Answer<enums::messages::Dialogs> {
    let me = caller.user.ok_or_else(unregistered)?;
    let after = match &request.offset_peer {
        enums::InputPeer::Empty => None,
        peer => Some(input::peer(world, me, peer).map_err(|_| bad("OFFSET_PEER_ID_INVALID"))?),
    };
    let only = request.folder_id.map(input::folder).transpose()?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let book = &account.dialogs;
    let mut places = places(world, account);
    let archived = places.iter().map(|place| place.peer);
    let archived: Vec<Peer> = archived.filter(|peer| book.folder_of(*peer) != 0).collect();
    places.retain(|place| only.is_none_or(|only| book.folder_of(place.peer) == only));
    let total = places.len();
    let begins = request.offset_date <= 0 && request.offset_id <= 0;
    let pinned = [&book.pinned[..], &book.pinned_in_archive].concat();
    let pinned = pinned
        .into_iter()
        .filter(|_| begins && !request.exclude_pinned);
    let pinned = pinned.filter(|peer| !world.ids_of(me, *peer).is_empty());
    places.retain(|place| {
        !book.is_pinned(place.peer)
            && comes_after(place, request.offset_date, request.offset_id, after)
    });
    let others = places.iter().map(|place| place.peer);
    let mut peers: Vec<Peer> = pinned.chain(others).collect();
    let limit = usize::try_from(request.limit.clamp(0, PAGE)).unwrap_or(0);
    let whole = begins && peers.len() <= limit;
    peers.truncate(limit);
    let mut view = View::new(world, me);
    let (mut dialogs, messages) = show(account, world, &mut view, peers.into_iter());
    if begins && !request.exclude_pinned && only == Some(0) && !archived.is_empty() {
        dialogs.insert(0, archive(world, account, &mut view, &archived));
    }
    let (users, chats) = view.shown();
    let answer: enums::messages::Dialogs = if whole {
        types::messages::Dialogs {
            dialogs,
            messages,
            chats,
            users,
        }
        .into()
    } else {
        let count = i32::try_from(total).unwrap_or(i32::MAX);
        types::messages::DialogsSlice {
            count,
            dialogs,
            messages,
            chats,
            users,
        }
        .into()
    };
    Ok(answer.into())
}

/// `messages.getPeerDialogs` (<https://core.telegram.org/method/messages.getPeerDialogs>).
pub(crate) fn get_peer_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetPeerDialogs,
) -> Answer<enums::messages::PeerDialogs> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let page = usize::try_from(PAGE).unwrap_or(0);
    if request.peers.len() > page {
        return Err(bad("LIMIT_INVALID"));
    }
    let peers = request
        .peers
        .iter()
        .filter_map(|peer| match peer {
            enums::InputDialogPeer::Peer(peer) => Some(input::peer(world, me, &peer.peer)),
            _ => None,
        })
        .collect::<Result<Vec<Peer>, RpcError>>()?;
    let mut view = View::new(world, me);
    let (dialogs, messages) = show(account, world, &mut view, peers.into_iter());
    let (users, chats) = view.shown();
    let state = state(world, account, account.mailbox.pts()).into();
    let answer: enums::messages::PeerDialogs = types::messages::PeerDialogs {
        dialogs,
        messages,
        chats,
        users,
        state,
    }
    .into();
    Ok(answer.into())
}

/// All conversations in their order.
fn places(world: &World, account: &Account) -> Vec<Place> {
    let threads = account.mailbox.threads().map(|(peer, _)| peer);
    let channels = account.channels.iter().map(|id| Peer::Channel(*id));
    let mut places: Vec<Place> = threads
        .chain(channels)
        .filter_map(|peer| {
            let (top, post) = world.newest(account.id, peer)?;
            Some(Place {
                date: date(post.date),
                top,
                peer,
            })
        })
        .collect();
    places.sort_unstable_by(|a, b| b.cmp(a));
    places
}

/// Whether a conversation comes after the last one of the page before. Of a channel the ids are
/// its own, so that two conversations can have the same date and id: then the peer decides.
fn comes_after(place: &Place, offset_date: i32, offset_id: i32, after: Option<Peer>) -> bool {
    if offset_date <= 0 && offset_id <= 0 {
        return true;
    }
    if after == Some(place.peer) {
        return false;
    }
    match (offset_date > 0, offset_id > 0) {
        (true, true) => {
            let (date, top) = (offset_date, offset_id);
            match after {
                Some(peer) => *place < Place { date, top, peer },
                None => (place.date, place.top) < (date, top),
            }
        }
        (true, false) => place.date < offset_date,
        _ => place.top < offset_id,
    }
}

/// The archive, as it stands in the main list.
fn archive(
    world: &World,
    account: &Account,
    view: &mut View<'_>,
    archived: &[Peer],
) -> enums::Dialog {
    let first = archived[0];
    let unread = |peer: &&Peer| dialog_counts(world, account, **peer).0 > 0;
    let unread = archived.iter().filter(unread).count();
    types::DialogFolder {
        pinned: true,
        folder: types::Folder {
            id: 1,
            title: "Archived Chats".to_owned(),
            ..Default::default()
        }
        .into(),
        peer: view.peer(first),
        top_message: world.ids_of(account.id, first).last().copied().unwrap_or(0),
        unread_unmuted_peers_count: i32::try_from(unread).unwrap_or(i32::MAX),
        ..Default::default()
    }
    .into()
}

/// How many messages and mentions of a conversation are unread, and own ones with new reactions.
fn dialog_counts(world: &World, account: &Account, peer: Peer) -> (i32, i32, i32) {
    let messages = match peer {
        Peer::Channel(id) => world.unread_in(account.id, id),
        _ => account.mailbox.thread(peer).map_or(0, |it| it.unread),
    };
    let count = |ids: Vec<i32>| i32::try_from(ids.len()).unwrap_or(i32::MAX);
    let mentions = count(unread_mentions(world, account.id, peer, None));
    let reactions = count(unread_reactions(world, account.id, peer, None));
    (messages, mentions, reactions)
}

pub(super) fn show(
    account: &Account,
    world: &World,
    view: &mut View<'_>,
    peers: impl Iterator<Item = Peer>,
) -> (Vec<enums::Dialog>, Vec<enums::Message>) {
    let mut dialogs = Vec::new();
    let mut messages = Vec::new();
    for peer in peers {
        let top = world.ids_of(account.id, peer).last().copied();
        messages.extend(top.map(|top| view.message_in(peer, top)));
        dialogs.push(dialog(world, account, view, peer).into());
    }
    (dialogs, messages)
}

/// How one conversation stands.
pub(super) fn dialog(
    world: &World,
    account: &Account,
    view: &mut View<'_>,
    peer: Peer,
) -> types::Dialog {
    let (unread, mentions, reactions) = dialog_counts(world, account, peer);
    let shown = types::Dialog {
        peer: view.peer(peer),
        top_message: world.ids_of(account.id, peer).last().copied().unwrap_or(0),
        pinned: account.dialogs.is_pinned(peer),
        unread_mark: account.dialogs.marked_unread.contains(&peer),
        folder_id: Some(account.dialogs.folder_of(peer)).filter(|folder| *folder != 0),
        ttl_period: account.dialogs.ttls.get(&peer).copied(),
        unread_count: unread,
        unread_mentions_count: mentions,
        unread_reactions_count: reactions,
        draft: draft_of(world, account.id, (peer, None)),
        notify_settings: notify_settings(account, NotifyFor::Peer(peer)),
        ..Default::default()
    };
    let Peer::Channel(id) = peer else {
        let thread = account.mailbox.thread(peer);
        return types::Dialog {
            read_inbox_max_id: thread.map_or(0, |thread| thread.read_inbox),
            read_outbox_max_id: thread.map_or(0, |thread| thread.read_outbox),
            ..shown
        };
    };
    let Some(channel) = world.channels.get(&id) else {
        return shown;
    };
    let me = channel.member(account.id);
    types::Dialog {
        read_inbox_max_id: me.map_or(0, |me| me.read_inbox),
        read_outbox_max_id: channel.read_by_others(account.id),
        pts: Some(channel.board.pts()),
        ..shown
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    fn page(dialogs: enums::messages::Dialogs) -> (Vec<enums::Dialog>, Vec<enums::Message>, i32) {
        match dialogs {
            enums::messages::Dialogs::Dialogs(all) => (all.dialogs, all.messages, 0),
            enums::messages::Dialogs::Slice(part) => (part.dialogs, part.messages, part.count),
            other => panic!("another answer: {other:?}"),
        }
    }

    #[test]
    fn pages_cover_all_conversations_once() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let friends: Vec<i64> = (10..20)
            .map(|number| town.user(number, &format!("friend{number}")))
            .collect();
        for (index, friend) in friends.iter().enumerate() {
            town.now += i32::from(index % 3 == 0);
            town.ask(*friend, &town.text(*friend, alice, "hello", 1));
        }
        let mut seen = Vec::new();
        let mut request = functions::messages::GetDialogs {
            limit: 3,
            ..Default::default()
        };
        loop {
            let (dialogs, messages, count) = page(town.ask(alice, &request));
            assert_eq!(count, 10);
            let (Some(enums::Dialog::Dialog(last)), Some(enums::Message::Message(message))) =
                (dialogs.last(), messages.last())
            else {
                break;
            };
            request.offset_date = message.date;
            request.offset_id = message.id;
            if let enums::Peer::User(user) = &last.peer {
                request.offset_peer = town.peer(alice, user.user_id);
            }
            for dialog in &dialogs {
                if let enums::Dialog::Dialog(dialog) = dialog
                    && let enums::Peer::User(user) = &dialog.peer
                {
                    assert_eq!(dialog.unread_count, 1);
                    seen.push(user.user_id);
                }
            }
        }
        let newest_first: Vec<i64> = friends.into_iter().rev().collect();
        assert_eq!(seen, newest_first);
        let all = functions::messages::GetDialogs {
            limit: 100,
            ..Default::default()
        };
        let answer = town.ask(alice, &all);
        assert!(
            matches!(answer, enums::messages::Dialogs::Dialogs(all) if all.dialogs.len() == 10)
        );
    }

    #[test]
    fn what_is_pinned_stands_on_the_first_page_alone_and_the_last_one_is_empty() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let friends = [10, 11, 12].map(|number| town.user(number, &format!("friend{number}")));
        for friend in friends {
            town.ask(friend, &town.text(friend, alice, "hello", 1));
        }
        let pin = functions::messages::ToggleDialogPin {
            pinned: true,
            peer: types::InputDialogPeer {
                peer: town.peer(alice, friends[0]),
            }
            .into(),
        };
        town.ask(alice, &pin);
        let mut request = functions::messages::GetDialogs {
            limit: 2,
            ..Default::default()
        };
        let mut lengths = Vec::new();
        loop {
            let (dialogs, messages, _) = page(town.ask(alice, &request));
            lengths.push(dialogs.len());
            let (Some(enums::Dialog::Dialog(last)), Some(enums::Message::Message(message))) =
                (dialogs.last(), messages.last())
            else {
                break;
            };
            (request.offset_date, request.offset_id) = (message.date, message.id);
            if let enums::Peer::User(user) = &last.peer {
                request.offset_peer = town.peer(alice, user.user_id);
            }
        }
        assert_eq!(lengths, [2, 1, 0]);
    }

    #[test]
    fn one_conversation_can_be_asked_for() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let peers = vec![
            types::InputDialogPeer {
                peer: town.peer(alice, bob),
            }
            .into(),
        ];
        let request = functions::messages::GetPeerDialogs { peers };
        let enums::messages::PeerDialogs::Dialogs(found) = town.ask(alice, &request);
        let [enums::Dialog::Dialog(dialog)] = &found.dialogs[..] else {
            panic!("one was asked for");
        };
        assert_eq!((dialog.top_message, dialog.unread_count), (0, 0));
    }
}
