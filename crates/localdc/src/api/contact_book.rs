//! `contacts.*`: what becomes of contacts, who is blocked, and whom one has most to do with.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, normal_phone};

use super::contacts::remember;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::last_seen::status;
use super::page::PAGE;
use super::portrait::may;
use super::push::container;
use super::seam::{Caller, RpcError};
use super::takeout::need;
use super::view::{View, user};

/// `contacts.acceptContact` (<https://core.telegram.org/method/contacts.acceptContact>).
pub(crate) fn accept_contact(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::AcceptContact,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let found = meant(world, me, &request.id)?;
    let other = world
        .account(found)
        .ok_or_else(|| bad("CONTACT_ID_INVALID"))?;
    if !other.contacts.contains_key(&me) {
        return Err(bad("CONTACT_REQ_MISSING"));
    }
    let (first, last) = (other.first_name.clone(), other.last_name.clone());
    remember(world, me, found, first, last.unwrap_or_default())?;
    Ok(settings(world, me, &[found]).into())
}

/// `contacts.deleteContacts` (<https://core.telegram.org/method/contacts.deleteContacts>).
pub(crate) fn delete_contacts(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::DeleteContacts,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut gone = Vec::new();
    for id in &request.id {
        let Some(found) = input::user(world, me, id)? else {
            continue;
        };
        let account = world.account_mut(me).ok_or_else(unregistered)?;
        if account.contacts.remove(&found).is_some() {
            account.preferences.close_friends.remove(&found);
            gone.push(found);
        }
    }
    Ok(settings(world, me, &gone).into())
}

/// `contacts.deleteByPhones` (<https://core.telegram.org/method/contacts.deleteByPhones>).
pub(crate) fn delete_by_phones(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::DeleteByPhones,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    for phone in request.phones.iter().filter_map(|it| normal_phone(it)) {
        let found = world.directory.by_phone(&phone).map(|it| it.id);
        let account = world.account_mut(me).ok_or_else(unregistered)?;
        account.preferences.phones.remove(&phone);
        if let Some(found) = found {
            account.contacts.remove(&found);
        }
    }
    Ok(true.into())
}

/// `contacts.updateContactNote` (<https://core.telegram.org/method/contacts.updateContactNote>).
pub(crate) fn update_contact_note(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::UpdateContactNote,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let found = meant(world, me, &request.id)?;
    let enums::TextWithEntities::Entities(note) = request.note;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let contact = account.contacts.get_mut(&found);
    let contact = contact.ok_or_else(|| bad("CONTACT_MISSING"))?;
    contact.note = Some(note).filter(|note| !note.text.is_empty());
    Ok(true.into())
}

/// `contacts.editCloseFriends` (<https://core.telegram.org/method/contacts.editCloseFriends>).
pub(crate) fn edit_close_friends(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::EditCloseFriends,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let friends = request.id.into_iter();
    let friends = friends.filter(|id| account.contacts.contains_key(id));
    account.preferences.close_friends = friends.collect();
    Ok(true.into())
}

/// `contacts.getStatuses` (<https://core.telegram.org/method/contacts.getStatuses>).
pub(crate) fn get_statuses(
    world: &mut World,
    caller: &Caller,
    _: functions::contacts::GetStatuses,
) -> Answer<Vec<enums::ContactStatus>> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let last_seen = enums::InputPrivacyKey::StatusTimestamp;
    let statuses = account.contacts.keys().filter_map(|id| {
        let contact = world.account(*id).filter(|it| !it.is_bot())?;
        let status = match may(world, *id, me, &last_seen, true) {
            true => status(world, contact),
            false => types::UserStatusRecently::default().into(),
        };
        let user_id = *id;
        Some(types::ContactStatus { user_id, status }.into())
    });
    let statuses: Vec<enums::ContactStatus> = statuses.collect();
    Ok(statuses.into())
}

/// `contacts.getBirthdays` (<https://core.telegram.org/method/contacts.getBirthdays>): of
/// yesterday, today and tomorrow.
pub(crate) fn get_birthdays(
    world: &mut World,
    caller: &Caller,
    _: functions::contacts::GetBirthdays,
) -> Answer<enums::contacts::ContactBirthdays> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let today = world.now().div_euclid(86_400);
    let near: Vec<(i32, i32)> = (today - 1..=today + 1).map(day_of_year).collect();
    let key = enums::InputPrivacyKey::Birthday;
    let found = account.contacts.keys().filter_map(|id| {
        let birthday = world.account(*id)?.personal.birthday.clone()?;
        let is_near = near.contains(&(birthday.day, birthday.month));
        let shown = is_near && may(world, *id, me, &key, true);
        shown.then_some((*id, birthday))
    });
    let found: Vec<(i64, types::Birthday)> = found.collect();
    let users = found.iter().map(|(id, _)| user(world, me, *id)).collect();
    let contacts = found.into_iter().map(|(contact_id, birthday)| {
        types::ContactBirthday {
            contact_id,
            birthday: birthday.into(),
        }
        .into()
    });
    let answer: enums::contacts::ContactBirthdays = types::contacts::ContactBirthdays {
        contacts: contacts.collect(),
        users,
    }
    .into();
    Ok(answer.into())
}

/// The day and the month of a day counted from 1970 on. Years are counted from March on, so that
/// the day that some of them have more is their last.
fn day_of_year(days: i64) -> (i32, i32) {
    let in_era = (days + 719_468).rem_euclid(146_097);
    let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year + year / 4 - year / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let small = |it: i64| i32::try_from(it).unwrap_or(0);
    (small(day), small(month))
}

/// `contacts.getSaved` (<https://core.telegram.org/method/contacts.getSaved>).
pub(crate) fn get_saved(
    world: &mut World,
    caller: &Caller,
    _: functions::contacts::GetSaved,
) -> Answer<Vec<enums::SavedContact>> {
    let me = need(caller)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let date = world.date();
    let of_phones = account.preferences.phones.iter();
    let of_phones = of_phones.map(|(phone, (first, last))| (phone.clone(), first, last.clone()));
    let of_users = account.contacts.iter().filter_map(|(id, contact)| {
        let phone = world.account(*id)?.phone()?.to_owned();
        let last = contact.last_name.clone().unwrap_or_default();
        Some((phone, &contact.first_name, last))
    });
    let saved = of_phones.chain(of_users).map(|(phone, first_name, last)| {
        types::SavedPhoneContact {
            phone,
            first_name: first_name.clone(),
            last_name: last,
            date,
        }
        .into()
    });
    let saved: Vec<enums::SavedContact> = saved.collect();
    Ok(saved.into())
}

/// `contacts.getBlocked` (<https://core.telegram.org/method/contacts.getBlocked>).
pub(crate) fn get_blocked(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::GetBlocked,
) -> Answer<enums::contacts::Blocked> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let all = match request.my_stories_from {
        true => account.preferences.hidden_stories.all(),
        false => account.blocked.all(),
    };
    let from = usize::try_from(request.offset).unwrap_or(0).min(all.len());
    let limit = usize::try_from(request.limit.clamp(0, PAGE)).unwrap_or(0);
    let to = (from + limit).min(all.len());
    let mut view = View::new(world, me);
    let blocked = all[from..to].iter().map(|(peer, since)| {
        types::PeerBlocked {
            peer_id: view.peer(*peer),
            date: crate::world::date(*since),
        }
        .into()
    });
    let blocked: Vec<enums::PeerBlocked> = blocked.collect();
    let (users, chats) = view.shown();
    let answer: enums::contacts::Blocked = match to - from == all.len() {
        true => types::contacts::Blocked {
            blocked,
            chats,
            users,
        }
        .into(),
        false => types::contacts::BlockedSlice {
            count: i32::try_from(all.len()).unwrap_or(i32::MAX),
            blocked,
            chats,
            users,
        }
        .into(),
    };
    Ok(answer.into())
}

/// `contacts.setBlocked` (<https://core.telegram.org/method/contacts.setBlocked>).
pub(crate) fn set_blocked(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::SetBlocked,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peers = request.id.iter().map(|it| input::peer(world, me, it));
    let peers: Vec<Peer> = peers.collect::<Result<_, _>>()?;
    let now = world.now();
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    let list = match request.my_stories_from {
        true => &mut account.preferences.hidden_stories,
        false => &mut account.blocked,
    };
    list.retain(&peers);
    for peer in peers.into_iter().rev() {
        list.insert(peer, now);
    }
    Ok(Done::from(true))
}

/// `contacts.getTopPeers` (<https://core.telegram.org/method/contacts.getTopPeers>): by how many
/// messages the account has written; of what is not written, there is nobody.
pub(crate) fn get_top_peers(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::GetTopPeers,
) -> Answer<enums::contacts::TopPeers> {
    use enums::TopPeerCategory as Category;
    let me = caller.user.ok_or_else(unregistered)?;
    let wanted = [
        (request.correspondents, Category::Correspondents),
        (request.bots_pm, Category::BotsPm),
        (request.bots_inline, Category::BotsInline),
        (request.phone_calls, Category::PhoneCalls),
        (request.forward_users, Category::ForwardUsers),
        (request.forward_chats, Category::ForwardChats),
        (request.groups, Category::Groups),
        (request.channels, Category::Channels),
        (request.bots_app, Category::BotsApp),
        (request.bots_guestchat, Category::BotsGuestChat),
    ];
    let account = world.account(me).ok_or_else(unregistered)?;
    if !wanted.iter().any(|(wanted, _)| *wanted) {
        return Err(bad("TYPES_EMPTY"));
    }
    if account.preferences.is_uncounted {
        return Ok(enums::contacts::TopPeers::Disabled.into());
    }
    let limit = usize::try_from(request.limit.clamp(0, PAGE)).unwrap_or(0);
    let from = usize::try_from(request.offset).unwrap_or(0);
    let mut view = View::new(world, me);
    let mut categories = Vec::new();
    for (_, category) in wanted.into_iter().filter(|(wanted, _)| *wanted) {
        let mut rated: Vec<(Peer, usize)> = account
            .mailbox
            .threads()
            .map(|(peer, _)| peer)
            .filter(|peer| belongs(world, me, *peer, &category))
            .map(|peer| (peer, written(world, me, peer)))
            .filter(|(_, count)| *count > 0)
            .collect();
        rated.sort_by_key(|(peer, count)| (usize::MAX - count, *peer));
        let count = i32::try_from(rated.len()).unwrap_or(i32::MAX);
        let peers = rated.into_iter().skip(from).take(limit);
        let peers = peers.map(|(peer, count)| {
            types::TopPeer {
                peer: view.peer(peer),
                rating: f64::from(u32::try_from(count).unwrap_or(u32::MAX)),
            }
            .into()
        });
        let peers = peers.collect();
        categories.push(
            types::TopPeerCategoryPeers {
                category,
                count,
                peers,
            }
            .into(),
        );
    }
    let (users, chats) = view.shown();
    let answer: enums::contacts::TopPeers = types::contacts::TopPeers {
        categories,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

fn belongs(world: &World, me: i64, peer: Peer, category: &enums::TopPeerCategory) -> bool {
    match peer {
        Peer::User(id) if id == me => false,
        Peer::User(id) => {
            let bot = world.account(id).is_some_and(|it| it.is_bot());
            match category {
                enums::TopPeerCategory::Correspondents => !bot,
                enums::TopPeerCategory::BotsPm => bot,
                _ => false,
            }
        }
        Peer::Chat(_) => matches!(category, enums::TopPeerCategory::Groups),
        Peer::Channel(_) => false,
    }
}

/// How many messages `me` has written to somebody since the counting began.
fn written(world: &World, me: i64, peer: Peer) -> usize {
    let ids = world.ids_of(me, peer);
    let ids = ids.iter();
    let own = |id: &&i32| world.spot(me, peer, **id).is_some_and(|spot| spot.out);
    let before = world.account(me).map(|it| &it.preferences.counted_before);
    let before = before.and_then(|it| it.get(&peer)).copied().unwrap_or(0);
    ids.filter(own).count().saturating_sub(before)
}

/// `contacts.toggleTopPeers` (<https://core.telegram.org/method/contacts.toggleTopPeers>).
pub(crate) fn toggle_top_peers(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ToggleTopPeers,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.preferences.is_uncounted = !request.enabled;
    Ok(true.into())
}

/// `contacts.resetTopPeerRating` (<https://core.telegram.org/method/contacts.resetTopPeerRating>).
pub(crate) fn reset_top_peer_rating(
    world: &mut World,
    caller: &Caller,
    request: functions::contacts::ResetTopPeerRating,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let now = written(world, me, peer);
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    *account.preferences.counted_before.entry(peer).or_default() += now;
    Ok(true.into())
}

/// Somebody else whom a request names.
fn meant(world: &World, me: i64, id: &enums::InputUser) -> Result<i64, RpcError> {
    let found = input::user(world, me, id)?.filter(|found| *found != me);
    found.ok_or_else(|| bad("CONTACT_ID_INVALID"))
}

/// What clients are told of whom their settings have changed with.
fn settings(world: &World, me: i64, users: &[i64]) -> enums::Updates {
    let mut view = View::new(world, me);
    let updates = users.iter().map(|id| {
        types::UpdatePeerSettings {
            peer: view.user_peer(*id),
            ..Default::default()
        }
        .into()
    });
    let updates = updates.collect();
    container(world, view, updates)
}
