//! `messages.*` and `folders.*`: how the list of conversations is arranged.
use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Peer, World};

use super::dialogs::show;

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::container;
use super::seam::{Caller, Push, RpcError};
use super::updates::state;
use super::view::View;

/// Conversations that may be pinned in each of the two lists
/// (<https://core.telegram.org/api/config>: `dialogs_pinned_limit_default`,
/// `dialogs_folder_pinned_limit_default`).
const PINNED: [usize; 2] = [5, 100];

/// `messages.getPinnedDialogs` (<https://core.telegram.org/method/messages.getPinnedDialogs>).
pub(crate) fn get_pinned_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetPinnedDialogs,
) -> Answer<enums::messages::PeerDialogs> {
    let me = caller.user.ok_or_else(unregistered)?;
    let folder = input::folder(request.folder_id)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let pinned = account.dialogs.pinned_in(folder).clone();
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut view = View::new(world, me);
    let (dialogs, messages) = show(account, world, &mut view, pinned.into_iter());
    let (users, chats) = view.shown();
    let answer: enums::messages::PeerDialogs = types::messages::PeerDialogs {
        dialogs,
        messages,
        chats,
        users,
        state: state(world, account, account.mailbox.pts()).into(),
    }
    .into();
    Ok(answer.into())
}

/// `messages.toggleDialogPin` (<https://core.telegram.org/method/messages.toggleDialogPin>).
pub(crate) fn toggle_dialog_pin(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ToggleDialogPin,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = dialog_peer(world, me, &request.peer)?;
    if world.ids_of(me, peer).is_empty() {
        return Err(bad("PEER_HISTORY_EMPTY"));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let folder = account.dialogs.folder_of(peer);
    let pinned = account.dialogs.pinned_in(folder);
    if request.pinned == pinned.contains(&peer) {
        return Ok(true.into());
    }
    match request.pinned {
        true if pinned.len() >= limit(folder) => return Err(bad("PINNED_DIALOGS_TOO_MUCH")),
        true => pinned.insert(0, peer),
        false => pinned.retain(|it| *it != peer),
    }
    let mut view = View::new(world, me);
    let update = types::UpdateDialogPinned {
        pinned: request.pinned,
        folder_id: (folder != 0).then_some(folder),
        peer: shown(&mut view, peer),
    };
    let push = to_others(world, caller, view, update);
    Ok(Done::from(true).pushing(vec![push]))
}

/// `messages.reorderPinnedDialogs`
/// (<https://core.telegram.org/method/messages.reorderPinnedDialogs>).
pub(crate) fn reorder_pinned_dialogs(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReorderPinnedDialogs,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let folder = input::folder(request.folder_id)?;
    let order = request.order.iter();
    let order = order.map(|peer| dialog_peer(world, me, peer));
    let mut order = order.collect::<Result<Vec<Peer>, RpcError>>()?;
    if order.len() > limit(folder) {
        return Err(bad("PINNED_DIALOGS_TOO_MUCH"));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    order.retain(|peer| account.dialogs.folder_of(*peer) == folder);
    let pinned = account.dialogs.pinned_in(folder);
    if !request.force {
        // Those that are not named stay behind the others.
        let rest = pinned.iter().filter(|peer| !order.contains(peer));
        let rest: Vec<Peer> = rest.copied().collect();
        order.retain(|peer| pinned.contains(peer));
        order.extend(rest);
    }
    pinned.clone_from(&order);
    let mut view = View::new(world, me);
    let order = order.into_iter().map(|peer| shown(&mut view, peer));
    let update = types::UpdatePinnedDialogs {
        folder_id: (folder != 0).then_some(folder),
        order: Some(order.collect()),
    };
    let push = to_others(world, caller, view, update);
    Ok(Done::from(true).pushing(vec![push]))
}

/// `folders.editPeerFolders` (<https://core.telegram.org/method/folders.editPeerFolders>).
pub(crate) fn edit_peer_folders(
    world: &mut World,
    caller: &Caller,
    request: functions::folders::EditPeerFolders,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut filed = Vec::with_capacity(request.folder_peers.len());
    for enums::InputFolderPeer::Peer(it) in &request.folder_peers {
        let peer = input::peer(world, me, &it.peer)?;
        filed.push((peer, input::folder(it.folder_id)?));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    for (peer, folder) in &filed {
        account.dialogs.file(*peer, *folder);
    }
    let pts = account.mailbox.pts();
    let mut view = View::new(world, me);
    let folder_peers = filed.into_iter().map(|(peer, folder_id)| {
        let peer = view.peer(peer);
        types::FolderPeer { peer, folder_id }.into()
    });
    let update = types::UpdateFolderPeers {
        folder_peers: folder_peers.collect(),
        pts,
        pts_count: 0,
    };
    let answer = container(world, view, vec![update.into()]);
    let push = Push {
        user: me,
        updates: answer.to_bytes(),
        except: Some(caller.session),
    };
    Ok(Done::from(answer).pushing(vec![push]))
}

/// `messages.markDialogUnread` (<https://core.telegram.org/method/messages.markDialogUnread>).
pub(crate) fn mark_dialog_unread(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::MarkDialogUnread,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = dialog_peer(world, me, &request.peer)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    match request.unread {
        true => account.dialogs.marked_unread.insert(peer),
        false => account.dialogs.marked_unread.remove(&peer),
    };
    let mut view = View::new(world, me);
    let update = types::UpdateDialogUnreadMark {
        unread: request.unread,
        peer: shown(&mut view, peer),
        ..Default::default()
    };
    let push = to_others(world, caller, view, update);
    Ok(Done::from(true).pushing(vec![push]))
}

/// `messages.getDialogUnreadMarks`
/// (<https://core.telegram.org/method/messages.getDialogUnreadMarks>).
pub(crate) fn get_dialog_unread_marks(
    world: &mut World,
    caller: &Caller,
    _request: functions::messages::GetDialogUnreadMarks,
) -> Answer<Vec<enums::DialogPeer>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut view = View::new(world, me);
    let marked = account.dialogs.marked_unread.iter();
    let marked: Vec<enums::DialogPeer> = marked.map(|peer| shown(&mut view, *peer)).collect();
    Ok(marked.into())
}

/// An update for the account's other sessions.
pub(super) fn to_others(
    world: &World,
    caller: &Caller,
    view: View<'_>,
    update: impl Into<enums::Update>,
) -> Push {
    Push {
        user: caller.user.unwrap_or(0),
        updates: container(world, view, vec![update.into()]).to_bytes(),
        except: Some(caller.session),
    }
}

fn shown(view: &mut View<'_>, peer: Peer) -> enums::DialogPeer {
    let peer = view.peer(peer);
    types::DialogPeer { peer }.into()
}

fn dialog_peer(world: &World, me: i64, peer: &enums::InputDialogPeer) -> Result<Peer, RpcError> {
    match peer {
        enums::InputDialogPeer::Peer(it) => input::peer(world, me, &it.peer),
        _ => Err(bad("PEER_ID_INVALID")),
    }
}

fn limit(folder: i32) -> usize {
    PINNED[usize::from(folder != 0)]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;

    fn dialog(town: &Town, me: i64, other: i64) -> enums::InputDialogPeer {
        let peer = town.peer(me, other);
        types::InputDialogPeer { peer }.into()
    }

    #[test]
    fn other_sessions_are_told_what_is_pinned_and_nothing_is_pinned_that_is_not_there() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let caller = town.caller(alice);
        let pin = functions::messages::ToggleDialogPin {
            pinned: true,
            peer: dialog(&town, alice, bob),
        };
        assert_eq!(town.refused(&caller, &pin), "PEER_HISTORY_EMPTY");
        town.ask(bob, &town.text(bob, alice, "hello", 1));
        let called = town.call(&caller, &pin).expect("pinned");
        let told = pushed(&called.reply.pushes);
        let enums::Updates::Updates(told) = &told[0].1 else {
            panic!("a long container");
        };
        assert!(matches!(&told.updates[..], [enums::Update::DialogPinned(it)] if it.pinned));
        assert_eq!(called.reply.pushes[0].except, Some(caller.session));
        let again = town.call(&caller, &pin).expect("it is");
        assert!(again.reply.pushes.is_empty(), "nothing has changed");
    }

    #[test]
    fn the_archive_stands_above_the_main_list() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let carl = town.user(3, "carl");
        town.ask(bob, &town.text(bob, alice, "hello", 1));
        town.ask(carl, &town.text(carl, alice, "hello", 1));
        let folder_peers = vec![
            types::InputFolderPeer {
                peer: town.peer(alice, bob),
                folder_id: 1,
            }
            .into(),
        ];
        town.ask(alice, &functions::folders::EditPeerFolders { folder_peers });
        let mut list = |folder_id| {
            let request = functions::messages::GetDialogs {
                folder_id,
                limit: 10,
                ..Default::default()
            };
            match town.ask(alice, &request) {
                enums::messages::Dialogs::Dialogs(all) => all.dialogs,
                other => panic!("it is short: {other:?}"),
            }
        };
        assert_eq!(list(None).len(), 2);
        assert_eq!(list(Some(1)).len(), 1);
        let main = list(Some(0));
        assert!(matches!(
            main[..],
            [enums::Dialog::Folder(_), enums::Dialog::Dialog(_)]
        ));
        let request = functions::messages::GetPinnedDialogs { folder_id: 7 };
        let caller = town.caller(alice);
        assert_eq!(town.refused(&caller, &request), "FOLDER_ID_INVALID");
    }
}
