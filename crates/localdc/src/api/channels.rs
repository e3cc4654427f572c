//! `channels.*`: channels and supergroups: founding, looking at, coming and going, reading.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Letter, Peer, Role, Told, World};

use super::bot_profile::bots_in;
use super::channel_news::changed;
use super::channel_settings::creator;
use super::chat_facts::online;
use super::direct;
use super::done::{Answer, Done};
use super::errors::{bad, forbidden, unregistered, unsupported};
use super::groups::checked_title;
use super::input;
use super::invites::shown;
use super::participants::change;
use super::places::{channel, photo};
use super::push::{own, tell};
use super::rights::{channel_of, may_take_down};
use super::seam::Caller;
use super::set_names::sticker_set;
use super::stats::stats_centre;
use super::view::View;

/// The letters that a description may have.
const ABOUT_LENGTH: usize = 255;

/// Messages that one call may delete.
const DELETED_AT_ONCE: usize = 100;

/// People that one call may take in.
const INVITED_AT_ONCE: usize = 200;

/// `channels.getChannels` (<https://core.telegram.org/method/channels.getChannels>).
pub(crate) fn get_channels(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetChannels,
) -> Answer<enums::messages::Chats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let mut chats = Vec::with_capacity(request.id.len());
    for id in &request.id {
        let id = input::channel(world, me, id)?;
        chats.push(channel(world, me, id));
    }
    let answer: enums::messages::Chats = types::messages::Chats { chats }.into();
    Ok(answer.into())
}

/// `channels.getFullChannel` (<https://core.telegram.org/method/channels.getFullChannel>).
pub(crate) fn get_full_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetFullChannel,
) -> Answer<enums::messages::ChatFull> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = channel_of(world, id)?;
    let inviting = it.may(me, |rights| rights.invite_users);
    let exported = inviting.then(|| world.permanent_invite(Peer::Channel(id), me));
    let exported = exported.and_then(|hash| shown(world, me, &hash).ok());
    let it = channel_of(world, id)?;
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(id));
    it.direct.map(|direct| view.peer(Peer::Channel(direct)));
    let asking = world.invites.asking(Peer::Channel(id));
    let asking: Vec<i64> = asking.iter().map(|(user, _)| *user).collect();
    let pending = (inviting && !asking.is_empty()).then_some(asking.len());
    for user in pending.iter().flat_map(|_| &asking) {
        view.user_peer(*user);
    }
    let mine = it.participants.get(&me);
    let count = |of: fn(&Role) -> bool| {
        let counted = it.participants.values().filter(|one| of(&one.role));
        i32::try_from(counted.count()).ok()
    };
    let admin = it.admin(me).is_some();
    let pinned = world.pinned_in(me, Peer::Channel(id)).last().copied();
    let slow = (it.slow_mode > 0).then_some(it.slow_mode);
    let full = types::ChannelFull {
        bot_info: bots_in(world, &mut view, Peer::Channel(id), caller),
        can_view_participants: (it.megagroup && !it.rules.members_hidden) || admin,
        hidden_prehistory: it.hidden_history,
        can_delete_channel: mine.is_some_and(|one| matches!(one.role, Role::Creator(_))),
        id,
        about: it.about.clone(),
        participants_count: i32::try_from(it.members().count()).ok(),
        admins_count: count(|role| matches!(role, Role::Creator(_) | Role::Admin { .. }))
            .filter(|_| admin),
        kicked_count: count(
            |role| matches!(role, Role::Restricted { rights, .. } if rights.view_messages),
        )
        .filter(|_| admin),
        banned_count: count(
            |role| matches!(role, Role::Restricted { rights, .. } if !rights.view_messages),
        )
        .filter(|_| admin),
        read_inbox_max_id: mine.map_or(0, |one| one.read_inbox),
        read_outbox_max_id: it.read_by_others(me),
        unread_count: world.unread_in(me, id),
        migrated_from_chat_id: it.migrated_from.map(|(chat, _)| chat),
        migrated_from_max_id: it.migrated_from.map(|(_, max_id)| max_id),
        pinned_msg_id: pinned,
        available_min_id: mine.map(|one| one.available_min_id).filter(|id| *id > 0),
        slowmode_seconds: slow,
        exported_invite: exported,
        requests_pending: pending.and_then(|count| i32::try_from(count).ok()),
        recent_requesters: pending.map(|_| asking),
        pts: it.board.pts(),
        ..looks_and_rules(world, it, &mut view)
    };
    let (users, chats) = view.shown();
    let answer: enums::messages::ChatFull = types::messages::ChatFull {
        full_chat: full.into(),
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// How a channel looks, and what holds in it.
fn looks_and_rules(world: &World, it: &Channel, view: &mut View<'_>) -> types::ChannelFull {
    let me = view.viewer();
    let admin = it.admin(me).is_some();
    types::ChannelFull {
        chat_photo: photo(world, me, it.looks.photo.as_ref()),
        antispam: it.rules.anti_spam,
        participants_hidden: it.rules.members_hidden,
        stickerset: it.looks.stickers.as_ref().map(sticker_set),
        emojiset: it.looks.emoji.as_ref().map(sticker_set),
        location: it.looks.location.clone().map(Into::into),
        theme_emoticon: it.looks.theme.clone(),
        available_reactions: Some(it.rules.reactions.clone()),
        reactions_limit: it.rules.reactions_limit,
        paid_reactions_available: it.rules.paid_reactions,
        boosts_unrestrict: Some(it.rules.boosts_to_unblock).filter(|boosts| *boosts > 0),
        default_send_as: it.send_as.get(&me).map(|peer| view.peer(*peer)),
        can_view_stats: admin,
        stats_dc: admin.then(|| stats_centre(world)),
        online_count: i32::try_from(online(world, it)).ok(),
        can_set_username: creator(it, me),
        can_set_stickers: it.megagroup && it.may(me, |rights| rights.change_info),
        linked_chat_id: it.linked,
        restricted_sponsored: it.rules.without_ads,
        view_forum_as_messages: it.viewed_as_messages.contains(&me),
        ..Default::default()
    }
}

/// `channels.createChannel` (<https://core.telegram.org/method/channels.createChannel>).
pub(crate) fn create_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::CreateChannel,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let refused = [
        ("for_import", request.for_import),
        ("geo_point", request.geo_point.is_some()),
        // None is also said by 0, as mtcute does.
        ("ttl_period", request.ttl_period.is_some_and(|it| it != 0)),
    ];
    if let Some((what, _)) = refused.iter().find(|(_, asked)| *asked) {
        return Err(unsupported(what));
    }
    let title = checked_title(&request.title)?;
    if request.about.chars().count() > ABOUT_LENGTH {
        return Err(bad("CHAT_ABOUT_TOO_LONG"));
    }
    let (id, told) = world.found_channel(me, title, request.megagroup);
    if let Some(it) = world.channels.get_mut(&id) {
        it.about = request.about;
        if request.forum && request.megagroup {
            it.open_topics(me, i64::from(caller.now));
        }
    }
    Ok(changed(world, caller, me, id, &told))
}

/// Takes somebody in; in a supergroup a message says so.
fn enter(world: &mut World, by: i64, user: i64, id: i64) -> Vec<Told> {
    world.enter(id, by, user);
    if !world.channels.get(&id).is_some_and(|it| it.megagroup) {
        return Vec::new();
    }
    let users = vec![user];
    let action = types::MessageActionChatAddUser { users };
    world.put_up(by, id, Letter::service(action, &[user]))
}

/// `channels.leaveChannel` (<https://core.telegram.org/method/channels.leaveChannel>).
pub(crate) fn leave_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::LeaveChannel,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = channel_of(world, id)?;
    match it.member(me).map(|member| &member.role) {
        None => return Err(bad("USER_NOT_PARTICIPANT")),
        Some(Role::Creator(_)) => return Err(bad("USER_CREATOR")),
        Some(_) => {}
    }
    let (told, pushes) = change(world, (id, me), &[me], |world| exit(world, me, me, id));
    if let Some(account) = world.account_mut(me) {
        account.preferences.left.retain(|it| *it != id);
        account.preferences.left.insert(0, id);
    }
    Ok(changed(world, caller, me, id, &told).pushing(pushes))
}

/// Lets somebody go; in a supergroup a message says so, which reaches the one who goes, too.
pub(super) fn exit(world: &mut World, by: i64, user: i64, id: i64) -> Vec<Told> {
    let megagroup = world.channels.get(&id).is_some_and(|it| it.megagroup);
    let told = match megagroup {
        true => {
            let action = types::MessageActionChatDeleteUser { user_id: user };
            world.put_up(by, id, Letter::service(action, &[user]))
        }
        false => Vec::new(),
    };
    world.exit(id, user);
    told
}

/// `channels.inviteToChannel` (<https://core.telegram.org/method/channels.inviteToChannel>).
pub(crate) fn invite_to_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::InviteToChannel,
) -> Answer<enums::messages::InvitedUsers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    direct::refuse(world, id)?;
    let it = channel_of(world, id)?;
    let may = match it.admin(me) {
        Some(rights) => rights.invite_users,
        None => {
            it.megagroup
                && it.member(me).is_some()
                && !it.bans(me, world.now(), |rights| rights.invite_users)
        }
    };
    if !may {
        return Err(match it.megagroup {
            true => forbidden("CHAT_WRITE_FORBIDDEN"),
            false => bad("CHAT_ADMIN_REQUIRED"),
        });
    }
    if request.users.len() > INVITED_AT_ONCE {
        return Err(bad("USERS_TOO_MUCH"));
    }
    let mut users = Vec::new();
    for user in &request.users {
        let user = input::user(world, me, user)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
        let it = channel_of(world, id)?;
        if it.is_banned(user, world.now()) {
            return Err(bad("USER_KICKED"));
        }
        let bot = world.account(user).is_some_and(|account| account.is_bot());
        if bot && !it.megagroup {
            return Err(bad("USER_BOT"));
        }
        if it.member(user).is_none() && !users.contains(&user) {
            users.push(user);
        }
    }
    let (told, pushes) = change(world, (id, me), &users, |world| {
        let entered = users.iter().map(|user| enter(world, me, *user, id));
        entered.flatten().collect()
    });
    let done = changed(world, caller, me, id, &told).pushing(pushes);
    Ok(done.map(|updates| {
        types::messages::InvitedUsers {
            updates,
            missing_invitees: Vec::new(),
        }
        .into()
    }))
}

/// `channels.readHistory` (<https://core.telegram.org/method/channels.readHistory>).
pub(crate) fn read_history(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::ReadHistory,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let told = world.read_channel(me, id, request.max_id);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(!told.is_empty()).pushing(pushes))
}

/// `channels.deleteMessages` (<https://core.telegram.org/method/channels.deleteMessages>).
pub(crate) fn delete_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::DeleteMessages,
) -> Answer<enums::messages::AffectedMessages> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    if request.id.len() > DELETED_AT_ONCE {
        return Err(bad("LIMIT_INVALID"));
    }
    for message in &request.id {
        may_take_down(world, me, id, *message)?;
    }
    for message in &request.id {
        if channel_of(world, id)?.board.get(*message).is_some() {
            let message = View::new(world, me).message_in(Peer::Channel(id), *message);
            let action = types::ChannelAdminLogEventActionDeleteMessage { message };
            world.log_admin(id, me, action.into(), &[]);
        }
    }
    let told = world.take_down(me, id, &request.id);
    let pushes = tell(world, caller, &told);
    let pts = channel_of(world, id)?.board.pts();
    let pts_count = own(&told, me).map_or(0, |own| own.event.count);
    let affected = types::messages::AffectedMessages { pts, pts_count };
    let affected = enums::messages::AffectedMessages::from(affected);
    Ok(Done::from(affected).pushing(pushes))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;
    use crate::world::NewChannel;

    #[test]
    fn channels_are_known_by_the_access_hash_of_who_asks() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let garden = NewChannel::new("Garden", "the_garden");
        let id = town.world.add_channel(garden).expect("the name is free");
        let of = |access_hash| functions::channels::GetChannels {
            id: vec![
                types::InputChannel {
                    channel_id: id,
                    access_hash,
                }
                .into(),
            ],
        };
        let right = town.world.channel_hash(alice, id);
        let enums::messages::Chats::Chats(found) = town.ask(alice, &of(right)) else {
            panic!("they are few")
        };
        assert!(
            matches!(&found.chats[..], [enums::Chat::Channel(it)] if it.access_hash == Some(right))
        );
        for (who, hash) in [(bob, right), (alice, right ^ 2), (alice, 0)] {
            let caller = town.caller(who);
            assert_eq!(town.refused(&caller, &of(hash)), "CHANNEL_INVALID");
        }
    }

    #[test]
    fn authors_learn_what_was_read_first_by_anybody() {
        let mut town = Town::new();
        let users = [(1, "alice"), (2, "bobby"), (3, "carol")];
        let [alice, bob, carol] = users.map(|(number, name)| town.user(number, name));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob, carol]));
        for random_id in 1..=3 {
            town.ask(alice, &town.post(alice, club, "hello", random_id));
        }
        let read = |town: &mut Town, me, max_id| {
            let request = functions::channels::ReadHistory {
                channel: town.channel_input(me, club),
                max_id,
            };
            let called = town.call(&town.caller(me), &request).expect("read");
            let told = pushed(&called.reply.pushes).into_iter();
            let told = told.filter_map(|(user, updates)| match updates {
                enums::Updates::UpdateShort(short) => match short.update {
                    enums::Update::ReadChannelOutbox(it) => Some((user, it.max_id)),
                    _ => None,
                },
                _ => None,
            });
            (called.value, told.collect::<Vec<_>>())
        };
        assert_eq!(read(&mut town, bob, 3), (true, vec![(alice, 3)]));
        assert_eq!(read(&mut town, bob, 2), (false, vec![]));
        assert_eq!(read(&mut town, carol, 2), (true, vec![]));
        assert_eq!(read(&mut town, carol, 0), (true, vec![(alice, 4)]));
        assert_eq!(town.world.unread_in(bob, club), 1);
        let request = functions::messages::GetDialogs {
            limit: 10,
            ..Default::default()
        };
        let enums::messages::Dialogs::Dialogs(all) = town.ask(bob, &request) else {
            panic!("it is all there is");
        };
        let [enums::Dialog::Dialog(dialog)] = &all.dialogs[..] else {
            panic!("there is one");
        };
        let known = (
            dialog.top_message,
            dialog.read_inbox_max_id,
            dialog.unread_count,
        );
        assert_eq!((known, dialog.pts), ((4, 3, 1), Some(5)));
    }

    #[test]
    fn little_is_pushed_of_a_stranger_and_the_message_names_them() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        let request = town.post(alice, club, "hello", 1);
        let called = town.call(&town.caller(alice), &request).expect("sent");
        let told = pushed(&called.reply.pushes).into_iter();
        let mut told = told.filter(|(user, _)| *user == bob);
        let Some((_, enums::Updates::Updates(all))) = told.next() else {
            panic!("he is told");
        };
        assert!(matches!(&all.users[..], [enums::User::User(user)] if user.min));
        assert!(matches!(&all.chats[..], [enums::Chat::Channel(it)] if !it.min));
        let seen = types::InputPeerUserFromMessage {
            peer: town.channel_peer(bob, club),
            msg_id: 2,
            user_id: alice,
        };
        let private = functions::messages::SendMessage {
            peer: seen.into(),
            ..town.text(bob, alice, "hello", 1)
        };
        town.ask(bob, &private);
        let history = functions::messages::GetHistory {
            peer: town.channel_peer(bob, club),
            limit: 10,
            ..Default::default()
        };
        let enums::messages::Messages::ChannelMessages(all) = town.ask(bob, &history) else {
            panic!("of channels they say so");
        };
        assert_eq!((all.pts, all.count, all.messages.len()), (3, 2, 2));
        assert!(matches!(&all.users[..], [enums::User::User(user)] if !user.min));
    }
}
