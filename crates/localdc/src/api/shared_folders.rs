//! `chatlists.*`: folders that are shared by a link
//! (<https://core.telegram.org/api/folders#shared-folders>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::folders::id;
use super::input;
use super::push::container;
use super::seam::{Caller, RpcError};
use super::view::View;

/// Links that a folder may have
/// (<https://core.telegram.org/api/config>: `chatlist_invites_limit_default`).
const LINKS: usize = 3;

/// Shared folders that an account may have added (`chatlists_joined_limit_default`).
const JOINED: usize = 2;

const BEFORE_SLUG: &str = "https://t.me/addlist/";

/// `chatlists.exportChatlistInvite`
/// (<https://core.telegram.org/method/chatlists.exportChatlistInvite>): the folder becomes one that
/// can be shared.
pub(crate) fn export_chatlist_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::ExportChatlistInvite,
) -> Answer<enums::chatlists::ExportedChatlistInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let folder = number(&request.chatlist);
    let peers = public(world, me, &request.peers)?;
    let slug = world.chance.number().unsigned_abs();
    let invite = types::ExportedChatlistInvite {
        title: request.title,
        url: format!("{BEFORE_SLUG}{slug:x}"),
        peers,
    };
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let at = book.folders.iter().position(|it| id(it) == folder);
    let at = at.ok_or_else(|| bad("FILTER_ID_INVALID"))?;
    let links = book.links.entry(folder).or_default();
    if links.len() >= LINKS {
        return Err(bad("INVITES_TOO_MUCH"));
    }
    let mut shared = shareable(&book.folders[at])?;
    shared.has_my_invites = true;
    book.folders[at] = shared.clone().into();
    links.push(invite.clone());
    let answer = types::chatlists::ExportedChatlistInvite {
        filter: shared.into(),
        invite: invite.into(),
    };
    Ok(enums::chatlists::ExportedChatlistInvite::from(answer).into())
}

/// `chatlists.getExportedInvites`
/// (<https://core.telegram.org/method/chatlists.getExportedInvites>).
pub(crate) fn get_exported_invites(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::GetExportedInvites,
) -> Answer<enums::chatlists::ExportedInvites> {
    let me = caller.user.ok_or_else(unregistered)?;
    let book = &world.account(me).ok_or_else(unregistered)?.dialogs;
    let folder = number(&request.chatlist);
    if !book.folders.iter().any(|it| id(it) == folder) {
        return Err(bad("FILTER_ID_INVALID"));
    }
    let links = book.links.get(&folder).cloned().unwrap_or_default();
    let mut view = View::new(world, me);
    show(&mut view, links.iter().flat_map(|link| &link.peers));
    let (users, chats) = view.shown();
    let answer: enums::chatlists::ExportedInvites = types::chatlists::ExportedInvites {
        invites: links.into_iter().map(Into::into).collect(),
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `chatlists.editExportedInvite`
/// (<https://core.telegram.org/method/chatlists.editExportedInvite>).
pub(crate) fn edit_exported_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::EditExportedInvite,
) -> Answer<enums::ExportedChatlistInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peers = request.peers.as_ref();
    let peers = peers.map(|peers| public(world, me, peers)).transpose()?;
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let links = book.links.entry(number(&request.chatlist)).or_default();
    let link = links.iter_mut().find(|link| is(link, &request.slug));
    let link = link.ok_or_else(|| bad("INVITE_SLUG_EXPIRED"))?;
    link.title = request.title.unwrap_or_else(|| link.title.clone());
    link.peers = peers.unwrap_or_else(|| link.peers.clone());
    Ok(enums::ExportedChatlistInvite::from(link.clone()).into())
}

/// `chatlists.deleteExportedInvite`
/// (<https://core.telegram.org/method/chatlists.deleteExportedInvite>).
pub(crate) fn delete_exported_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::DeleteExportedInvite,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let links = book.links.entry(number(&request.chatlist)).or_default();
    let before = links.len();
    links.retain(|link| !is(link, &request.slug));
    match links.len() < before {
        true => Ok(true.into()),
        false => Err(bad("INVITE_SLUG_EXPIRED")),
    }
}

/// `chatlists.checkChatlistInvite`
/// (<https://core.telegram.org/method/chatlists.checkChatlistInvite>).
pub(crate) fn check_chatlist_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::CheckChatlistInvite,
) -> Answer<enums::chatlists::ChatlistInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (folder, link) = find(world, &request.slug)?;
    let (joined, missing): (Vec<_>, Vec<_>) = link
        .peers
        .iter()
        .cloned()
        .partition(|peer| is_in(world, me, peer));
    let mut view = View::new(world, me);
    show(&mut view, &link.peers);
    let (users, chats) = view.shown();
    let book = &world.account(me).ok_or_else(unregistered)?.dialogs;
    let added = book.joined.iter().find(|(_, slug)| **slug == request.slug);
    let answer: enums::chatlists::ChatlistInvite = match added {
        Some((filter_id, _)) => types::chatlists::ChatlistInviteAlready {
            filter_id: *filter_id,
            missing_peers: missing,
            already_peers: joined,
            chats,
            users,
        }
        .into(),
        None => types::chatlists::ChatlistInvite {
            title: folder.title,
            emoticon: folder.emoticon,
            peers: link.peers,
            chats,
            users,
            ..Default::default()
        }
        .into(),
    };
    Ok(answer.into())
}

/// `chatlists.joinChatlistInvite`
/// (<https://core.telegram.org/method/chatlists.joinChatlistInvite>).
pub(crate) fn join_chatlist_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::JoinChatlistInvite,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (folder, link) = find(world, &request.slug)?;
    if request.peers.is_empty() {
        return Err(bad("FILTER_INCLUDE_EMPTY"));
    }
    let peers = request.peers.iter();
    let peers = peers.map(|peer| input::peer(world, me, peer));
    let peers = peers.collect::<Result<Vec<Peer>, RpcError>>()?;
    let offered = |peer: &Peer| link.peers.iter().any(|it| is_peer(it, *peer));
    if !peers.iter().all(offered) {
        return Err(bad("PEER_ID_INVALID"));
    }
    enter(world, me, &peers);
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    if book.joined.len() >= JOINED {
        return Err(bad("CHATLISTS_TOO_MUCH"));
    }
    let free = (2..=255).find(|free| !book.folders.iter().any(|it| id(it) == *free));
    let added = types::DialogFilterChatlist {
        id: free.unwrap_or(255),
        has_my_invites: false,
        include_peers: request.peers,
        pinned_peers: Vec::new(),
        ..folder
    };
    book.joined.insert(added.id, request.slug);
    let update = types::UpdateDialogFilter {
        id: added.id,
        filter: Some(added.clone().into()),
    };
    book.folders.push(added.into());
    let view = View::new(world, me);
    Ok(container(world, view, vec![update.into()]).into())
}

/// `chatlists.getChatlistUpdates`
/// (<https://core.telegram.org/method/chatlists.getChatlistUpdates>).
pub(crate) fn get_chatlist_updates(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::GetChatlistUpdates,
) -> Answer<enums::chatlists::ChatlistUpdates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut missing = added(world, me, number(&request.chatlist))?.peers;
    missing.retain(|peer| !is_in(world, me, peer));
    let mut view = View::new(world, me);
    show(&mut view, &missing);
    let (users, chats) = view.shown();
    let answer: enums::chatlists::ChatlistUpdates = types::chatlists::ChatlistUpdates {
        missing_peers: missing,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `chatlists.joinChatlistUpdates`
/// (<https://core.telegram.org/method/chatlists.joinChatlistUpdates>).
pub(crate) fn join_chatlist_updates(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::JoinChatlistUpdates,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let folder = number(&request.chatlist);
    let link = added(world, me, folder)?;
    if request.peers.is_empty() {
        return Err(bad("FILTER_INCLUDE_EMPTY"));
    }
    let peers = request.peers.iter();
    let peers = peers.map(|peer| input::peer(world, me, peer));
    let peers = peers.collect::<Result<Vec<Peer>, RpcError>>()?;
    let offered = |peer: &Peer| link.peers.iter().any(|it| is_peer(it, *peer));
    if !peers.iter().all(offered) {
        return Err(bad("PEER_ID_INVALID"));
    }
    enter(world, me, &peers);
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    let found = book.folders.iter_mut().find(|it| id(it) == folder);
    if let Some(enums::DialogFilter::Chatlist(it)) = found {
        it.include_peers.extend(request.peers);
    }
    Ok(container(world, View::new(world, me), Vec::new()).into())
}

/// `chatlists.hideChatlistUpdates`
/// (<https://core.telegram.org/method/chatlists.hideChatlistUpdates>).
pub(crate) fn hide_chatlist_updates(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::HideChatlistUpdates,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    added(world, me, number(&request.chatlist))?;
    Ok(true.into())
}

/// `chatlists.getLeaveChatlistSuggestions`
/// (<https://core.telegram.org/method/chatlists.getLeaveChatlistSuggestions>).
pub(crate) fn get_leave_chatlist_suggestions(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::GetLeaveChatlistSuggestions,
) -> Answer<Vec<enums::Peer>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut joined = added(world, me, number(&request.chatlist))?.peers;
    joined.retain(|peer| is_in(world, me, peer));
    Ok(joined.into())
}

/// `chatlists.leaveChatlist` (<https://core.telegram.org/method/chatlists.leaveChatlist>).
pub(crate) fn leave_chatlist(
    world: &mut World,
    caller: &Caller,
    request: functions::chatlists::LeaveChatlist,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let folder = number(&request.chatlist);
    let peers = request.peers.iter();
    let peers = peers.map(|peer| input::peer(world, me, peer));
    let peers = peers.collect::<Result<Vec<Peer>, RpcError>>()?;
    let book = &mut world.account_mut(me).ok_or_else(unregistered)?.dialogs;
    if book.joined.remove(&folder).is_none() {
        return Err(bad("FILTER_ID_INVALID"));
    }
    book.folders.retain(|it| id(it) != folder);
    for peer in peers {
        if let Peer::Channel(channel) = peer {
            world.exit(channel, me);
        }
    }
    let update = types::UpdateDialogFilter {
        id: folder,
        filter: None,
    };
    let view = View::new(world, me);
    Ok(container(world, view, vec![update.into()]).into())
}

fn number(chatlist: &enums::InputChatlist) -> i32 {
    let enums::InputChatlist::DialogFilter(it) = chatlist;
    it.filter_id
}

fn is(link: &types::ExportedChatlistInvite, slug: &str) -> bool {
    link.url.strip_prefix(BEFORE_SLUG) == Some(slug)
}

/// The folder as one that can be shared: it may hold nothing but what it names.
fn shareable(folder: &enums::DialogFilter) -> Result<types::DialogFilterChatlist, RpcError> {
    match folder {
        enums::DialogFilter::Chatlist(it) => Ok((**it).clone()),
        enums::DialogFilter::Filter(it) => {
            let kinds = it.contacts || it.non_contacts || it.groups || it.broadcasts || it.bots;
            let sieves = it.exclude_muted || it.exclude_read || it.exclude_archived;
            if kinds || sieves || !it.exclude_peers.is_empty() {
                return Err(bad("FILTER_NOT_SUPPORTED"));
            }
            Ok(types::DialogFilterChatlist {
                id: it.id,
                title: it.title.clone(),
                emoticon: it.emoticon.clone(),
                color: it.color,
                pinned_peers: it.pinned_peers.clone(),
                include_peers: it.include_peers.clone(),
                ..Default::default()
            })
        }
        _ => Err(bad("FILTER_ID_INVALID")),
    }
}

/// The peers of a link: groups and channels that its owner may invite to, at least one.
fn public(
    world: &World,
    me: i64,
    peers: &[enums::InputPeer],
) -> Result<Vec<enums::Peer>, RpcError> {
    if peers.is_empty() {
        return Err(bad("PEERS_LIST_EMPTY"));
    }
    let mut view = View::new(world, me);
    let shown = peers
        .iter()
        .map(|peer| match input::peer(world, me, peer)? {
            Peer::User(_) => Err(bad("PEER_ID_INVALID")),
            peer => Ok(view.peer(peer)),
        });
    shown.collect()
}

/// A link that somebody has made, and its folder.
fn find(
    world: &World,
    slug: &str,
) -> Result<(types::DialogFilterChatlist, types::ExportedChatlistInvite), RpcError> {
    if slug.is_empty() {
        return Err(bad("INVITE_SLUG_EMPTY"));
    }
    let books = world.directory.iter().map(|account| &account.dialogs);
    for book in books {
        let links = book.links.iter();
        let mut links = links.flat_map(|(folder, links)| links.iter().map(move |it| (folder, it)));
        if let Some((folder, link)) = links.find(|(_, link)| is(link, slug))
            && let Some(folder) = book.folders.iter().find(|it| id(it) == *folder)
        {
            return Ok((shareable(folder)?, link.clone()));
        }
    }
    Err(bad("INVITE_SLUG_EXPIRED"))
}

/// The link that a folder was added by.
fn added(world: &World, me: i64, folder: i32) -> Result<types::ExportedChatlistInvite, RpcError> {
    let book = &world.account(me).ok_or_else(unregistered)?.dialogs;
    let slug = book.joined.get(&folder);
    let slug = slug.ok_or_else(|| bad("FILTER_ID_INVALID"))?;
    find(world, slug).map(|(_, link)| link)
}

fn enter(world: &mut World, me: i64, peers: &[Peer]) {
    for peer in peers {
        if let Peer::Channel(channel) = peer
            && !is_member(world, me, *channel)
        {
            world.enter(*channel, me, me);
        }
    }
}

fn show<'a>(view: &mut View<'_>, peers: impl IntoIterator<Item = &'a enums::Peer>) {
    for peer in peers {
        match peer {
            enums::Peer::Chat(it) => drop(view.peer(Peer::Chat(it.chat_id))),
            enums::Peer::Channel(it) => drop(view.peer(Peer::Channel(it.channel_id))),
            _ => {}
        }
    }
}

fn is_peer(shown: &enums::Peer, peer: Peer) -> bool {
    match (shown, peer) {
        (enums::Peer::Chat(it), Peer::Chat(id)) => it.chat_id == id,
        (enums::Peer::Channel(it), Peer::Channel(id)) => it.channel_id == id,
        _ => false,
    }
}

fn is_in(world: &World, me: i64, peer: &enums::Peer) -> bool {
    match peer {
        enums::Peer::Channel(it) => is_member(world, me, it.channel_id),
        enums::Peer::Chat(it) => {
            let chat = world.chats.get(&it.chat_id);
            chat.is_some_and(|chat| chat.members.contains_key(&me))
        }
        _ => false,
    }
}

fn is_member(world: &World, me: i64, channel: i64) -> bool {
    let channel = world.channels.get(&channel);
    channel.is_some_and(|channel| channel.member(me).is_some())
}
