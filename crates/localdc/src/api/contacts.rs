//! `contacts.*`: finding people, and remembering them.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Contact, Peer, World, normal_phone, normal_username};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::page::hash;
use super::push::container;
use super::seam::{Caller, RpcError};
use super::view::{View, user};

/// Contacts that one call may bring.
const AT_ONCE: usize = 1000;

/// `contacts.resolveUsername` (<https://core.telegram.org/method/contacts.resolveUsername>).
pub(crate) fn resolve_username(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ResolveUsername,
) -> Answer<enums::contacts::ResolvedPeer> {
    let me = caller.user.ok_or_else(unregistered)?;
    let name = normal_username(&request.username).ok_or_else(|| bad("USERNAME_INVALID"))?;
    let found = world
        .directory
        .by_username(&name)
        .map(|account| account.id)
        .ok_or_else(|| bad("USERNAME_NOT_OCCUPIED"))?;
    if let Some(account) = world.account_mut(me)
        && account.is_bot()
    {
        account.met.insert(found);
    }
    Ok(resolved(world, me, found).into())
}

/// `contacts.resolvePhone` (<https://core.telegram.org/method/contacts.resolvePhone>).
pub(crate) fn resolve_phone(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ResolvePhone,
) -> Answer<enums::contacts::ResolvedPeer> {
    let me = caller.user.ok_or_else(unregistered)?;
    let found = normal_phone(&request.phone)
        .and_then(|phone| Some(world.directory.by_phone(&phone)?.id))
        .ok_or_else(|| bad("PHONE_NOT_OCCUPIED"))?;
    Ok(resolved(world, me, found).into())
}

/// `contacts.getContacts` (<https://core.telegram.org/method/contacts.getContacts>).
pub(crate) fn get_contacts(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::GetContacts,
) -> Answer<enums::contacts::Contacts> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let ids: Vec<i64> = account.contacts.keys().copied().collect();
    // The hash covers the number of contacts, then their ids in order
    // (https://core.telegram.org/api/offsets#hash-generation).
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let known = hash([count].into_iter().chain(ids.iter().copied()));
    if request.hash != 0 && request.hash == known {
        return Ok(enums::contacts::Contacts::NotModified.into());
    }
    let contacts = ids
        .iter()
        .map(|id| {
            let mutual =
                world.account(*id).is_some_and(|account| account.contacts.contains_key(&me));
            types::Contact { user_id: *id, mutual }.into()
        })
        .collect();
    let answer: enums::contacts::Contacts = types::contacts::Contacts {
        contacts,
        saved_count: i32::try_from(ids.len()).unwrap_or(i32::MAX),
        users: ids.iter().map(|id| user(world, me, *id)).collect(),
    }
    .into();
    Ok(answer.into())
}

/// `contacts.importContacts` (<https://core.telegram.org/method/contacts.importContacts>).
pub(crate) fn import_contacts(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ImportContacts,
) -> Answer<enums::contacts::ImportedContacts> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.contacts.len() > AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    let mut imported = Vec::new();
    let mut users = Vec::new();
    for contact in request.contacts {
        let enums::InputContact::InputPhoneContact(contact) = contact else {
            continue;
        };
        let found = normal_phone(&contact.phone)
            .and_then(|phone| Some(world.directory.by_phone(&phone)?.id))
            .filter(|found| *found != me);
        let Some(found) = found else {
            continue;
        };
        remember(world, me, found, contact.first_name, contact.last_name)?;
        imported.push(
            types::ImportedContact { user_id: found, client_id: contact.client_id }.into(),
        );
        users.push(user(world, me, found));
    }
    let answer: enums::contacts::ImportedContacts =
        types::contacts::ImportedContacts { imported, users, ..Default::default() }.into();
    Ok(answer.into())
}

/// `contacts.addContact` (<https://core.telegram.org/method/contacts.addContact>).
pub(crate) fn add_contact(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::AddContact,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let found = input::user(world, me, &request.id)?
        .filter(|found| *found != me)
        .ok_or_else(|| bad("CONTACT_ID_INVALID"))?;
    remember(world, me, found, request.first_name, request.last_name)?;
    let mut view = View::new(world, me);
    let peer = view.user_peer(found);
    let update = types::UpdatePeerSettings { peer, ..Default::default() }.into();
    Ok(container(world, view, vec![update]).into())
}

/// `contacts.block` (<https://core.telegram.org/method/contacts.block>).
pub(crate) fn block(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::Block,
) -> Answer<bool> {
    set_blocked(world, caller, &request.id, true)
}

/// `contacts.unblock` (<https://core.telegram.org/method/contacts.unblock>).
pub(crate) fn unblock(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::Unblock,
) -> Answer<bool> {
    set_blocked(world, caller, &request.id, false)
}

fn set_blocked(
    world: &mut World,
    caller: &Caller,
    whom: &enums::InputPeer,
    blocked: bool,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Peer::User(found) = input::peer(world, me, whom)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    if found == me {
        return Err(bad("CONTACT_ID_INVALID"));
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    if blocked {
        account.blocked.insert(found);
    } else {
        account.blocked.remove(&found);
    }
    Ok(Done::from(true))
}

fn remember(
    world: &mut World,
    me: i64,
    whom: i64,
    first_name: String,
    last_name: String,
) -> Result<(), RpcError> {
    if first_name.trim().is_empty() {
        return Err(bad("CONTACT_NAME_EMPTY"));
    }
    let last_name = Some(last_name).filter(|name| !name.is_empty());
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.contacts.insert(whom, Contact { first_name, last_name });
    Ok(())
}

fn resolved(world: &World, me: i64, found: i64) -> enums::contacts::ResolvedPeer {
    let mut view = View::new(world, me);
    let peer = view.user_peer(found);
    let (users, chats) = view.shown();
    types::contacts::ResolvedPeer { peer, chats, users }.into()
}
