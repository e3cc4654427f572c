//! `contacts.*`: finding people, and remembering them.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Channel, Contact, Peer, World, normal_phone, normal_username};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::page::hash;
use super::places::channel;
use super::portrait::may;
use super::privacy::show_phone_to;
use super::push::{container, for_others};
use super::seam::{Caller, RpcError};
use super::view::{View, user};

/// Contacts that one call may bring.
const AT_ONCE: usize = 1000;

/// The letters that a search has to have.
const QUERY_LENGTH: usize = 3;

/// Peers of each kind that a search finds.
const FOUND: usize = 50;

/// `contacts.resolveUsername` (<https://core.telegram.org/method/contacts.resolveUsername>).
pub(crate) fn resolve_username(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ResolveUsername,
) -> Answer<enums::contacts::ResolvedPeer> {
    let me = caller.user.ok_or_else(unregistered)?;
    let name = normal_username(&request.username).ok_or_else(|| bad("USERNAME_INVALID"))?;
    if let Some(channel_id) = world.directory.channel_by_username(&name) {
        let answer: enums::contacts::ResolvedPeer = types::contacts::ResolvedPeer {
            peer: types::PeerChannel { channel_id }.into(),
            chats: vec![channel(world, me, channel_id)],
            users: Vec::new(),
        }
        .into();
        return Ok(answer.into());
    }
    let hidden = |account: &&Account| {
        let mut bought = account.personal.bought.iter();
        bought.any(|it| !it.active && it.name.eq_ignore_ascii_case(&name))
    };
    let found = world
        .directory
        .by_username(&name)
        .filter(|account| !hidden(account))
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
        .filter(|found| {
            may(
                world,
                *found,
                me,
                &enums::InputPrivacyKey::AddedByPhone,
                true,
            )
        })
        .ok_or_else(|| bad("PHONE_NOT_OCCUPIED"))?;
    Ok(resolved(world, me, found).into())
}

/// `contacts.search` (<https://core.telegram.org/method/contacts.search>): contacts and private
/// chats whose names begin so, and public names that do.
pub(crate) fn search(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::Search,
) -> Answer<enums::contacts::Found> {
    let me = caller.user.ok_or_else(unregistered)?;
    let query = request.q.trim().trim_start_matches('@').to_lowercase();
    if query.is_empty() {
        return Err(bad("SEARCH_QUERY_EMPTY"));
    }
    if query.chars().count() < QUERY_LENGTH {
        return Err(bad("QUERY_TOO_SHORT"));
    }
    let begins = |name: &str| name.to_lowercase().starts_with(&query);
    let limit = usize::try_from(request.limit).unwrap_or(0).min(FOUND);
    let account = world.account(me).ok_or_else(unregistered)?;
    let is_own = |id: i64| {
        account.contacts.contains_key(&id) || account.mailbox.thread(Peer::User(id)).is_some()
    };
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for found in world.directory.iter() {
        let is_public = found.username.as_deref().is_some_and(begins);
        if is_own(found.id) && (is_public || begins(&found.first_name)) {
            own.push(found.id);
        } else if is_public {
            others.push(found.id);
        }
    }
    own.truncate(limit);
    let channels = world.channels.values();
    let name = |channel: &Channel| channel.username.as_deref().is_some_and(begins);
    let channels = channels.filter(|channel| name(channel));
    let channels: Vec<i64> = channels.map(|channel| channel.id).take(limit).collect();
    others.truncate(limit - channels.len());
    let mut view = View::new(world, me);
    let my_results = own.iter().map(|id| view.user_peer(*id)).collect();
    let mut results: Vec<enums::Peer> = others.iter().map(|id| view.user_peer(*id)).collect();
    let (users, mut chats) = view.shown();
    for channel_id in channels {
        results.push(types::PeerChannel { channel_id }.into());
        chats.push(channel(world, me, channel_id));
    }
    let answer: enums::contacts::Found = types::contacts::Found {
        my_results,
        results,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
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
            let mutual = world
                .account(*id)
                .is_some_and(|account| account.contacts.contains_key(&me));
            types::Contact {
                user_id: *id,
                mutual,
            }
            .into()
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
    let account = world.account(me).ok_or_else(unregistered)?;
    let taken = account.preferences.import_limit.unwrap_or(AT_ONCE);
    let by_phone = enums::InputPrivacyKey::AddedByPhone;
    let mut imported = Vec::new();
    let mut users = Vec::new();
    let mut retry_contacts = Vec::new();
    for (place, contact) in request.contacts.into_iter().enumerate() {
        let enums::InputContact::InputPhoneContact(contact) = contact;
        if place >= taken {
            retry_contacts.push(contact.client_id);
            continue;
        }
        let Some(phone) = normal_phone(&contact.phone) else {
            continue;
        };
        let found = world.directory.by_phone(&phone).map(|it| it.id);
        let found = found.filter(|found| *found != me);
        let found = found.filter(|found| may(world, *found, me, &by_phone, true));
        let Some(found) = found else {
            let account = world.account_mut(me).ok_or_else(unregistered)?;
            let name = (contact.first_name, contact.last_name);
            account.preferences.phones.insert(phone, name);
            continue;
        };
        remember(world, me, found, contact.first_name, contact.last_name)?;
        imported.push(
            types::ImportedContact {
                user_id: found,
                client_id: contact.client_id,
            }
            .into(),
        );
        users.push(user(world, me, found));
    }
    let answer: enums::contacts::ImportedContacts = types::contacts::ImportedContacts {
        imported,
        users,
        retry_contacts,
        ..Default::default()
    }
    .into();
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
    if request.add_phone_privacy_exception {
        show_phone_to(world, me, found);
    }
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    if let (Some(enums::TextWithEntities::Entities(note)), Some(contact)) =
        (request.note, account.contacts.get_mut(&found))
    {
        contact.note = Some(note);
    }
    let mut view = View::new(world, me);
    let peer = view.user_peer(found);
    let update = types::UpdatePeerSettings {
        peer,
        ..Default::default()
    }
    .into();
    Ok(container(world, view, vec![update]).into())
}

/// `contacts.block` (<https://core.telegram.org/method/contacts.block>).
pub(crate) fn block(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::Block,
) -> Answer<bool> {
    change_block(world, caller, &request.id, (request.my_stories_from, true))
}

/// `contacts.unblock` (<https://core.telegram.org/method/contacts.unblock>).
pub(crate) fn unblock(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::Unblock,
) -> Answer<bool> {
    change_block(world, caller, &request.id, (request.my_stories_from, false))
}

fn change_block(
    world: &mut World,
    caller: &Caller,
    whom: &enums::InputPeer,
    (stories, blocked): (bool, bool),
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let found = input::peer(world, me, whom)?;
    match found {
        Peer::User(id) if id == me => return Err(bad("CONTACT_ID_INVALID")),
        Peer::User(_) => {}
        Peer::Channel(_) if !stories => {}
        _ => return Err(bad("PEER_ID_INVALID")),
    }
    let now = world.now();
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let list = match stories {
        true => &mut account.preferences.hidden_stories,
        false => &mut account.blocked,
    };
    match blocked {
        true => list.insert(found, now),
        false => list.remove(found),
    }
    let account = world.account(me).ok_or_else(unregistered)?;
    let mut view = View::new(world, me);
    let update = types::UpdatePeerBlocked {
        blocked: account.blocked.has(found),
        blocked_my_stories_from: account.preferences.hidden_stories.has(found),
        peer_id: view.peer(found),
    };
    let pushes = for_others(world, caller, view, update.into());
    Ok(Done::from(true).pushing(pushes))
}

/// Makes somebody a contact, or calls one otherwise.
pub(super) fn remember(
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
    let known = account.contacts.remove(&whom);
    account.contacts.insert(
        whom,
        Contact {
            first_name,
            last_name,
            note: known.as_ref().and_then(|it| it.note.clone()),
            photo: known.and_then(|it| it.photo),
        },
    );
    Ok(())
}

fn resolved(world: &World, me: i64, found: i64) -> enums::contacts::ResolvedPeer {
    let mut view = View::new(world, me);
    let peer = view.user_peer(found);
    let (users, chats) = view.shown();
    types::contacts::ResolvedPeer { peer, chats, users }.into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    fn resolve(username: &str) -> functions::contacts::ResolveUsername {
        functions::contacts::ResolveUsername {
            username: username.to_owned(),
            referer: None,
        }
    }

    #[test]
    fn names_are_found_in_any_case() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "Bob_The_2nd"));
        let found = town.ask(alice, &resolve("bob_THE_2nd"));
        let enums::contacts::ResolvedPeer::Peer(found) = found;
        assert_eq!(found.peer, types::PeerUser { user_id: bob }.into());
        let [enums::User::User(user)] = &found.users[..] else {
            panic!("the user comes along");
        };
        assert_eq!(user.access_hash, Some(town.world.access_hash(alice, bob)));
        assert_eq!((user.phone.as_deref(), user.is_self), (None, false));
        let caller = town.caller(alice);
        assert_eq!(
            town.refused(&caller, &resolve("nobody_here")),
            "USERNAME_NOT_OCCUPIED"
        );
        assert_eq!(town.refused(&caller, &resolve("no")), "USERNAME_INVALID");
        let phone = |phone: &str| functions::contacts::ResolvePhone {
            phone: phone.to_owned(),
        };
        town.ask(alice, &phone("+49123452"));
        assert_eq!(
            town.refused(&caller, &phone("+49123459")),
            "PHONE_NOT_OCCUPIED"
        );
    }

    #[test]
    fn a_search_finds_ones_own_first_and_then_public_names() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let other = town.user(3, "bobadil");
        let channel = NewChannel::new("Bob's news", "bob_news");
        let channel = town.world.add_channel(channel).expect("the name is free");
        town.ask(bob, &town.text(bob, alice, "hello", 1));
        let search = |q: &str| functions::contacts::Search {
            q: q.to_owned(),
            limit: 10,
            ..Default::default()
        };
        let enums::contacts::Found::Found(found) = town.ask(alice, &search("BOB"));
        assert_eq!(found.my_results, [types::PeerUser { user_id: bob }.into()]);
        let channel = types::PeerChannel {
            channel_id: channel,
        };
        let other = types::PeerUser { user_id: other };
        assert_eq!(found.results, [other.into(), channel.into()]);
        assert_eq!((found.users.len(), found.chats.len()), (2, 1));
        let caller = town.caller(alice);
        assert_eq!(town.refused(&caller, &search("bo")), "QUERY_TOO_SHORT");
        assert_eq!(town.refused(&caller, &search(" ")), "SEARCH_QUERY_EMPTY");
    }

    #[test]
    fn contacts_are_remembered_under_their_names() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let contact = |phone: &str| {
            types::InputPhoneContact {
                client_id: 7,
                phone: phone.to_owned(),
                first_name: "Robert".to_owned(),
                ..Default::default()
            }
            .into()
        };
        let request = functions::contacts::ImportContacts {
            contacts: vec![contact("+49 123452"), contact("+49123459")],
        };
        let enums::contacts::ImportedContacts::Contacts(done) = town.ask(alice, &request);
        assert_eq!(
            done.imported,
            [types::ImportedContact {
                user_id: bob,
                client_id: 7
            }
            .into()]
        );
        let [enums::User::User(user)] = &done.users[..] else {
            panic!("the user comes along");
        };
        assert_eq!(user.first_name.as_deref(), Some("Robert"));
        assert_eq!((user.contact, user.mutual_contact), (true, false));
        assert_eq!(user.phone.as_deref(), Some("49123452"));
        let mut request = functions::contacts::GetContacts { hash: 0 };
        let all = town.ask(alice, &request);
        assert!(matches!(all, enums::contacts::Contacts::Contacts(all) if all.saved_count == 1));
        request.hash = hash([1, bob].into_iter());
        assert!(matches!(
            town.ask(alice, &request),
            enums::contacts::Contacts::NotModified
        ));
    }
}
