//! `channels.*` and `messages.*`: who may do what in a group or channel
//! (<https://core.telegram.org/api/rights>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Participant, Peer, Role, World};

use super::channel_news::{changed, coming};
use super::channels::exit;
use super::direct;
use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered};
use super::groups::change as change_in_group;
use super::input;
use super::participants::change;
use super::push::{container, passing};
use super::rights::channel_of;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// The administrators that a channel may have.
const ADMINS: usize = 50;

/// The letters that the title of an administrator may have.
const RANK_LENGTH: usize = 16;

/// A restriction for less than so many seconds, or for more, is for ever
/// (<https://core.telegram.org/constructor/chatBannedRights>).
const SHORTEST: i64 = 30;
const LONGEST: i64 = 366 * 24 * 3600;

/// `channels.editAdmin` (<https://core.telegram.org/method/channels.editAdmin>): nobody gives a
/// right that they have not.
pub(crate) fn edit_admin(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::EditAdmin,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let enums::ChatAdminRights::Rights(rights) = request.admin_rights;
    // What is not told stays as it is.
    let keeps_rank = request.rank.is_none();
    let rank = checked_rank(request.rank)?;
    direct::refuse(world, id)?;
    let it = channel_of(world, id)?;
    may_appoint(it, me, user, &rights)?;
    let is_here = it.member(user).is_some();
    let nothing = rights == types::ChatAdminRights::default();
    let (told, pushes) = change(world, (id, me), &[user], |world| {
        if !is_here {
            world.enter(id, me, user);
        }
        amend(world, id, user, |one| {
            if !keeps_rank {
                one.rank = rank;
            }
            one.role = match (&one.role, nothing) {
                (Role::Creator(_), _) => Role::Creator(rights),
                (_, true) => Role::Member,
                (_, false) => Role::Admin {
                    rights,
                    promoted_by: me,
                },
            };
        });
        world.staff_direct(id);
        Vec::new()
    });
    Ok(changed(world, caller, me, id, &told).pushing(pushes))
}

/// Whether `me` may give somebody these rights.
fn may_appoint(
    it: &Channel,
    me: i64,
    user: i64,
    rights: &types::ChatAdminRights,
) -> Result<(), RpcError> {
    let required = || bad("CHAT_ADMIN_REQUIRED");
    let mine = it.member(me).ok_or_else(required)?;
    let own = mine.admin_rights().filter(|own| own.add_admins);
    let own = own.ok_or_else(required)?;
    let creator = matches!(mine.role, Role::Creator(_));
    let target = it.participants.get(&user);
    match target.map(|one| &one.role) {
        Some(Role::Creator(_)) if user != me => return Err(bad("USER_CREATOR")),
        Some(Role::Admin { promoted_by, .. }) if !creator && *promoted_by != me => {
            return Err(required());
        }
        _ => {}
    }
    if !creator && !covers(own, rights) {
        return Err(forbidden("RIGHT_FORBIDDEN"));
    }
    if !target.is_some_and(|one| one.here) && !own.invite_users {
        return Err(forbidden("CHAT_ADMIN_INVITE_REQUIRED"));
    }
    let admins = it.members().filter(|(_, one)| one.admin_rights().is_some());
    let is_admin = target.is_some_and(|one| one.admin_rights().is_some());
    match !is_admin && admins.count() > ADMINS {
        true => Err(bad("ADMINS_TOO_MUCH")),
        false => Ok(()),
    }
}

fn checked_rank(rank: Option<String>) -> Result<Option<String>, RpcError> {
    let rank = rank.filter(|rank| !rank.is_empty());
    match &rank {
        Some(rank) if rank.chars().count() > RANK_LENGTH => Err(bad("ADMIN_RANK_INVALID")),
        _ => Ok(rank),
    }
}

/// Whether all that is given is there to give.
fn covers(own: &types::ChatAdminRights, given: &types::ChatAdminRights) -> bool {
    let both = types::ChatAdminRights {
        change_info: own.change_info && given.change_info,
        post_messages: own.post_messages && given.post_messages,
        edit_messages: own.edit_messages && given.edit_messages,
        delete_messages: own.delete_messages && given.delete_messages,
        ban_users: own.ban_users && given.ban_users,
        invite_users: own.invite_users && given.invite_users,
        pin_messages: own.pin_messages && given.pin_messages,
        add_admins: own.add_admins && given.add_admins,
        manage_call: own.manage_call && given.manage_call,
        manage_topics: own.manage_topics && given.manage_topics,
        post_stories: own.post_stories && given.post_stories,
        edit_stories: own.edit_stories && given.edit_stories,
        delete_stories: own.delete_stories && given.delete_stories,
        manage_direct_messages: own.manage_direct_messages && given.manage_direct_messages,
        manage_ranks: own.manage_ranks && given.manage_ranks,
        // These take nothing from anybody.
        ..given.clone()
    };
    both == *given
}

/// `channels.editBanned` (<https://core.telegram.org/method/channels.editBanned>).
pub(crate) fn edit_banned(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::EditBanned,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let wrong = |_| bad("PARTICIPANT_ID_INVALID");
    let Peer::User(user) = input::peer(world, me, &request.participant).map_err(wrong)? else {
        return Err(bad("PARTICIPANT_ID_INVALID"));
    };
    let enums::ChatBannedRights::Rights(rights) = request.banned_rights;
    let it = channel_of(world, id)?;
    if !it.may(me, |rights| rights.ban_users) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let creator = it
        .member(me)
        .is_some_and(|one| matches!(one.role, Role::Creator(_)));
    let target = it.participants.get(&user);
    match target.map(|one| &one.role) {
        _ if user == me => return Err(bad("USER_ADMIN_INVALID")),
        Some(Role::Creator(_)) => return Err(bad("USER_ADMIN_INVALID")),
        Some(Role::Admin { promoted_by, .. }) if !creator && *promoted_by != me => {
            return Err(bad("USER_ADMIN_INVALID"));
        }
        _ => {}
    }
    let was_here = target.is_some_and(|one| one.here);
    let rights = types::ChatBannedRights {
        until_date: until(rights.until_date, world.now()),
        ..rights
    };
    let nothing = types::ChatBannedRights {
        until_date: rights.until_date,
        ..Default::default()
    };
    let free = rights == nothing;
    let kicks = rights.view_messages;
    // https://core.telegram.org/api/rights: of a channel people can only be put out.
    if !it.megagroup && !free && !kicks {
        return Err(bad("BANNED_RIGHTS_INVALID"));
    }
    let (told, pushes) = change(world, (id, me), &[user], |world| {
        let told = match kicks && was_here {
            true => exit(world, me, user, id),
            false => Vec::new(),
        };
        amend(world, id, user, |one| {
            one.role = match free {
                true => Role::Member,
                false => Role::Restricted { rights, by: me },
            };
        });
        told
    });
    Ok(changed(world, caller, me, id, &told).pushing(pushes))
}

/// Until when a restriction holds: 0 for ever.
fn until(date: i32, now: i64) -> i32 {
    let lasts = i64::from(date) - now;
    match (SHORTEST..=LONGEST).contains(&lasts) {
        true => date,
        false => 0,
    }
}

/// Changes what somebody is in a channel, who may never have been there.
fn amend(world: &mut World, id: i64, user: i64, change: impl FnOnce(&mut Participant)) {
    let now = world.now();
    if let Some(it) = world.channels.get_mut(&id) {
        let one = it.participants.entry(user).or_insert_with(|| Participant {
            here: false,
            ..Participant::new(0, now)
        });
        change(one);
    }
}

/// `messages.editChatDefaultBannedRights`
/// (<https://core.telegram.org/method/messages.editChatDefaultBannedRights>).
pub(crate) fn edit_default_rights(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatDefaultBannedRights,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let enums::ChatBannedRights::Rights(rights) = request.banned_rights;
    if rights.view_messages {
        return Err(bad("BANNED_RIGHTS_INVALID"));
    }
    let rights = types::ChatBannedRights {
        until_date: i32::MAX,
        ..rights
    };
    let required = || bad("CHAT_ADMIN_REQUIRED");
    match input::peer(world, me, &request.peer)? {
        Peer::User(_) => Err(bad("PEER_ID_INVALID")),
        Peer::Channel(id) => {
            let it = world.channels.get_mut(&id).ok_or_else(required)?;
            if !it.megagroup || !it.may(me, |rights| rights.ban_users) {
                return Err(required());
            }
            if it.default_rights == rights {
                return Err(bad("CHAT_NOT_MODIFIED"));
            }
            let prev = std::mem::replace(&mut it.default_rights, rights.clone());
            let members = it.members().map(|(user, _)| user);
            let others: Vec<i64> = members.filter(|user| *user != me).collect();
            let told = others.into_iter().map(|user| coming(world, user, id));
            let told: Vec<Push> = told.collect();
            let action = types::ChannelAdminLogEventActionDefaultBannedRights {
                prev_banned_rights: prev.into(),
                new_banned_rights: rights.into(),
            };
            world.log_admin(id, me, action.into(), &[]);
            Ok(changed(world, caller, me, id, &[]).pushing(told))
        }
        Peer::Chat(id) => {
            let chat = world.chats.get_mut(&id).ok_or_else(required)?;
            if !chat.is_admin(me) {
                return Err(required());
            }
            if chat.default_rights == rights {
                return Err(bad("CHAT_NOT_MODIFIED"));
            }
            chat.default_rights = rights.clone();
            chat.version += 1;
            let update: enums::Update = types::UpdateChatDefaultBannedRights {
                peer: types::PeerChat { chat_id: id }.into(),
                default_banned_rights: rights.into(),
                version: chat.version,
            }
            .into();
            Ok(told_in_group(world, caller, me, id, update))
        }
    }
}

/// `messages.editChatAdmin` (<https://core.telegram.org/method/messages.editChatAdmin>): in a basic
/// group, for the founder.
pub(crate) fn edit_chat_admin(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatAdmin,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let id = input::group(world, me, request.chat_id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let chat = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if chat.creator != me {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if !chat.members.contains_key(&user) {
        return Err(bad("USER_NOT_PARTICIPANT"));
    }
    let mut version = chat.version;
    let (_, pushes) = change_in_group(world, (id, me, user), |world| {
        if let Some(chat) = world.chats.get_mut(&id) {
            match request.is_admin {
                true => chat.admins.insert(user),
                false => chat.admins.remove(&user),
            };
            chat.version += 1;
            version = chat.version;
        }
        Vec::new()
    });
    let update: enums::Update = types::UpdateChatParticipantAdmin {
        chat_id: id,
        user_id: user,
        is_admin: request.is_admin,
        version,
    }
    .into();
    let done = told_in_group(world, caller, me, id, update).pushing(pushes);
    Ok(done.map(|_| true))
}

/// Tells all members of a basic group, and the caller by the answer.
fn told_in_group(
    world: &World,
    caller: &Caller,
    me: i64,
    id: i64,
    update: enums::Update,
) -> Done<enums::Updates> {
    let members = world.chats.get(&id).map(|chat| chat.members.keys());
    let pushes = members.into_iter().flatten().map(|user| Push {
        except: (*user == me).then_some(caller.session),
        ..passing(world, *user, update.clone())
    });
    let pushes = pushes.collect();
    let mut view = View::new(world, me);
    view.peer(Peer::Chat(id));
    let answer = container(world, view, vec![update]);
    Done::from(answer).pushing(pushes)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;
    use crate::world::NewChannel;

    fn user_of(town: &Town, viewer: i64, user_id: i64) -> enums::InputUser {
        let access_hash = town.world.access_hash(viewer, user_id);
        types::InputUser {
            user_id,
            access_hash,
        }
        .into()
    }

    fn appoint(
        town: &Town,
        (me, club): (i64, i64),
        user: i64,
        rights: types::ChatAdminRights,
    ) -> functions::channels::EditAdmin {
        functions::channels::EditAdmin {
            channel: town.channel_input(me, club),
            user_id: user_of(town, me, user),
            admin_rights: rights.into(),
            rank: None,
        }
    }

    fn ban(
        town: &Town,
        (me, club): (i64, i64),
        user: i64,
        rights: types::ChatBannedRights,
    ) -> functions::channels::EditBanned {
        functions::channels::EditBanned {
            channel: town.channel_input(me, club),
            participant: town.peer(me, user),
            banned_rights: rights.into(),
        }
    }

    fn bans_and_names() -> types::ChatAdminRights {
        types::ChatAdminRights {
            ban_users: true,
            add_admins: true,
            ..Default::default()
        }
    }

    #[test]
    fn nobody_gives_a_right_that_they_have_not() {
        let mut town = Town::new();
        let users = [(1, "alice"), (2, "bobby"), (3, "carol")];
        let [alice, bob, carol] = users.map(|(number, name)| town.user(number, name));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob, carol]));
        let by_bob = appoint(&town, (bob, club), carol, bans_and_names());
        let caller = town.caller(bob);
        assert_eq!(town.refused(&caller, &by_bob), "CHAT_ADMIN_REQUIRED");
        town.ask(alice, &appoint(&town, (alice, club), bob, bans_and_names()));
        let pins = types::ChatAdminRights {
            pin_messages: true,
            ..Default::default()
        };
        let too_much = appoint(&town, (bob, club), carol, pins);
        assert_eq!(town.refused(&caller, &too_much), "RIGHT_FORBIDDEN");
        let above = appoint(&town, (bob, club), alice, bans_and_names());
        assert_eq!(town.refused(&caller, &above), "USER_CREATOR");
        town.ask(bob, &by_bob);
        let by_carol = appoint(&town, (carol, club), bob, Default::default());
        assert_eq!(
            town.refused(&town.caller(carol), &by_carol),
            "CHAT_ADMIN_REQUIRED"
        );
        let against = ban(&town, (carol, club), bob, forbids_all());
        assert_eq!(
            town.refused(&town.caller(carol), &against),
            "USER_ADMIN_INVALID"
        );
        town.ask(
            alice,
            &appoint(&town, (alice, club), bob, Default::default()),
        );
        assert_eq!(town.refused(&caller, &by_bob), "CHAT_ADMIN_REQUIRED");
    }

    fn forbids_all() -> types::ChatBannedRights {
        types::ChatBannedRights {
            view_messages: true,
            ..Default::default()
        }
    }

    #[test]
    fn restrictions_hold_for_their_time() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        let mute = types::ChatBannedRights {
            send_messages: true,
            until_date: town.now + 100,
            ..Default::default()
        };
        town.ask(alice, &ban(&town, (alice, club), bob, mute));
        let hello = town.post(bob, club, "hello", 1);
        let caller = town.caller(bob);
        assert_eq!(town.refused(&caller, &hello), "CHAT_WRITE_FORBIDDEN");
        town.now += 101;
        town.ask(bob, &hello);
        let plain = types::ChatBannedRights {
            send_plain: true,
            ..Default::default()
        };
        town.ask(alice, &ban(&town, (alice, club), bob, plain));
        let again = town.post(bob, club, "hello", 2);
        assert_eq!(town.refused(&caller, &again), "CHAT_SEND_PLAIN_FORBIDDEN");
        let called = town
            .call(
                &town.caller(alice),
                &ban(&town, (alice, club), bob, forbids_all()),
            )
            .expect("she owns it");
        let told = pushed(&called.reply.pushes);
        assert!(
            told.iter().any(|(user, _)| *user == bob),
            "who is put out is told"
        );
        assert_eq!(town.refused(&caller, &again), "CHANNEL_PRIVATE");
        town.ask(alice, &ban(&town, (alice, club), bob, Default::default()));
        assert_eq!(town.refused(&caller, &again), "CHANNEL_PRIVATE");
        let invite = functions::channels::InviteToChannel {
            channel: town.channel_input(alice, club),
            users: vec![user_of(&town, alice, bob)],
        };
        town.ask(alice, &invite);
        town.ask(bob, &again);
    }

    #[test]
    fn bots_that_are_administrators_are_told_of_changes_by_qts() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:a", "keeper_bot");
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]).admin(bot, bans_and_names()));
        let request = ban(&town, (alice, club), bob, forbids_all());
        let called = town.call(&town.caller(alice), &request).expect("banned");
        let told = pushed(&called.reply.pushes);
        let is_change = |updates: &enums::Updates| {
            matches!(updates, enums::Updates::Updates(all) if matches!(
                &all.updates[..],
                [enums::Update::ChannelParticipant(it)] if it.qts == 1 && it.user_id == bob
            ))
        };
        assert!(told.iter().any(|(user, it)| *user == bot && is_change(it)));
        let request = functions::updates::GetDifference {
            pts: 1,
            date: town.now + 1,
            ..Default::default()
        };
        let enums::updates::Difference::Difference(all) = town.ask(bot, &request) else {
            panic!("something has happened");
        };
        let enums::updates::State::State(state) = all.state;
        assert_eq!((all.other_updates.len(), state.qts), (1, 1));
        let after = functions::updates::GetDifference { qts: 1, ..request };
        let nothing = town.ask(bot, &after);
        assert!(matches!(nothing, enums::updates::Difference::Empty(_)));
    }

    #[test]
    fn who_is_there_is_listed_page_by_page() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        let others: Vec<i64> = (100..350)
            .map(|number| town.user(number, &format!("user_{number}")))
            .collect();
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members(others));
        let page = |offset| functions::channels::GetParticipants {
            channel: town.channel_input(alice, club),
            filter: enums::ChannelParticipantsFilter::ChannelParticipantsRecent,
            offset,
            limit: 200,
            hash: 0,
        };
        let pages = [page(0), page(200)];
        let mut seen = std::collections::BTreeSet::new();
        for request in &pages {
            let enums::channels::ChannelParticipants::Participants(part) = town.ask(alice, request)
            else {
                panic!("another answer");
            };
            assert_eq!(part.count, 251);
            seen.extend(part.users.iter().map(|user| match user {
                enums::User::User(user) => user.id,
                other => panic!("{other:?}"),
            }));
        }
        assert_eq!(seen.len(), 251);
    }
}
