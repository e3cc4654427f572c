//! `messages.*`: basic groups (<https://core.telegram.org/api/channel#basic-groups>).
use std::collections::BTreeSet;

use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Peer, Told, World};

use super::bot_profile::bots_in;
use super::channel_news::{changed as channel_changed, coming};
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::invites::shown;
use super::places::{chat, participant, participants, photo};
use super::push::{carried, container, counted, done, own, tell};
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// The letters that a title may have.
const TITLE_LENGTH: usize = 128;

/// The members that a basic group may have (`chat_size_max` of the config).
const MEMBERS: usize = 200;

/// `messages.createChat` (<https://core.telegram.org/method/messages.createChat>).
pub(crate) fn create_chat(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::CreateChat,
) -> Answer<enums::messages::InvitedUsers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let title = checked_title(&request.title)?;
    let mut users = Vec::new();
    for user in &request.users {
        let user = input::user(world, me, user)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
        if user != me && !users.contains(&user) {
            users.push(user);
        }
    }
    if users.is_empty() {
        return Err(bad("USERS_TOO_FEW"));
    }
    if users.len() >= MEMBERS {
        return Err(bad("USERS_TOO_MUCH"));
    }
    let (id, told) = world.found(me, title, &users);
    invited(world, caller, me, id, &told)
}

/// `messages.addChatUser` (<https://core.telegram.org/method/messages.addChatUser>): the newcomer
/// sees what is written from now on.
pub(crate) fn add_chat_user(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::AddChatUser,
) -> Answer<enums::messages::InvitedUsers> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let group = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if group.migrated_to.is_some() {
        return Err(bad("CHAT_ID_INVALID"));
    }
    if group.bans(me, |rights| rights.invite_users) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if group.members.contains_key(&user) {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    if group.members.len() >= MEMBERS {
        return Err(bad("USERS_TOO_MUCH"));
    }
    let (told, pushes) = change(world, (id, me, user), |world| world.join(id, me, user));
    let answer = invited(world, caller, me, id, &told)?;
    Ok(answer.pushing(pushes))
}

/// `messages.deleteChatUser` (<https://core.telegram.org/method/messages.deleteChatUser>): oneself,
/// or, for administrators and for whoever invited, somebody else, but never the founder.
pub(crate) fn delete_chat_user(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteChatUser,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let group = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let member = group
        .members
        .get(&user)
        .ok_or_else(|| bad("USER_NOT_PARTICIPANT"))?;
    let may = group.is_admin(me) && group.creator != user || member.inviter == me;
    if user != me && !may {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let (told, more) = change(world, (id, me, user), |world| world.leave(id, me, user));
    let pushes = tell(world, caller, &told);
    let done = Done::from(changed(world, me, id, &told)).pushing(pushes);
    Ok(done.pushing(more))
}

/// `messages.deleteChat` (<https://core.telegram.org/method/messages.deleteChat>): for its founder.
/// Everybody is out of it, and its messages are gone.
pub(crate) fn delete_chat(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteChat,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let group = world.chats.get_mut(&id);
    let group = group.ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if group.creator != me {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let members = std::mem::take(&mut group.members);
    group.version += 1;
    let mut pushes = Vec::new();
    for user in members.into_keys() {
        let ids = world.ids_of(user, Peer::Chat(id)).to_vec();
        let told = world.delete(user, &ids, false);
        pushes.extend(tell(world, caller, &told));
        let mut view = View::new(world, user);
        view.peer(Peer::Chat(id));
        let updates = vec![types::UpdateChat { chat_id: id }.into()];
        pushes.push(carried(user, container(world, view, updates)));
    }
    Ok(Done::from(true).pushing(pushes))
}

/// `messages.editChatTitle` (<https://core.telegram.org/method/messages.editChatTitle>).
pub(crate) fn edit_chat_title(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatTitle,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let title = checked_title(&request.title)?;
    let group = world.chats.get_mut(&id);
    let group = group.ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if group.migrated_to.is_some() || group.bans(me, |rights| rights.change_info) {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if group.title == title {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    group.title.clone_from(&title);
    let action = types::MessageActionChatEditTitle { title };
    let told = world.deliver(me, Peer::Chat(id), Letter::service(action, &[]));
    let own: Vec<&Told> = told.iter().filter(|told| told.user == me).collect();
    let answer = done(world, &own);
    Ok(Done::from(answer).pushing(tell(world, caller, &told)))
}

/// `channels.editTitle` (<https://core.telegram.org/method/channels.editTitle>).
pub(crate) fn edit_channel_title(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::EditTitle,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let title = checked_title(&request.title)?;
    let now = world.now();
    let channel = world.channels.get_mut(&id);
    let channel = channel.ok_or_else(|| bad("CHANNEL_INVALID"))?;
    let may = match channel.admin(me) {
        Some(rights) => rights.change_info,
        None => {
            let banned = channel.bans(me, now, |rights| rights.change_info);
            channel.megagroup && channel.member(me).is_some() && !banned
        }
    };
    if !may {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if channel.title == title {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let prev_value = std::mem::replace(&mut channel.title, title.clone());
    let action = types::ChannelAdminLogEventActionChangeTitle {
        prev_value,
        new_value: title.clone(),
    };
    world.log_admin(id, me, action.into(), &[]);
    let action = types::MessageActionChatEditTitle { title };
    let told = world.put_up(me, id, Letter::service(action, &[]));
    Ok(channel_changed(world, caller, me, id, &told))
}

/// `messages.migrateChat` (<https://core.telegram.org/method/messages.migrateChat>): for the
/// founder.
pub(crate) fn migrate_chat(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::MigrateChat,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let group = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    if group.creator != me {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    if group.migrated_to.is_some() {
        return Err(bad("CHAT_ID_INVALID"));
    }
    let members: Vec<i64> = group.members.keys().copied().collect();
    let (channel, told) = world
        .migrate(me, id)
        .ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let done = channel_changed(world, caller, me, channel, &told);
    let others = members.into_iter().filter(|user| *user != me);
    let told = others.map(|user| coming(world, user, channel));
    Ok(done.pushing(told.collect()))
}

/// `messages.getChats` (<https://core.telegram.org/method/messages.getChats>).
pub(crate) fn get_chats(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetChats,
) -> Answer<enums::messages::Chats> {
    let me = caller.user.ok_or_else(unregistered)?;
    let chats = request
        .id
        .iter()
        .filter_map(|id| input::group(world, me, *id))
        .map(|id| chat(world, me, id))
        .collect();
    let answer: enums::messages::Chats = types::messages::Chats { chats }.into();
    Ok(answer.into())
}

/// `messages.getFullChat` (<https://core.telegram.org/method/messages.getFullChat>).
pub(crate) fn get_full_chat(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::GetFullChat,
) -> Answer<enums::messages::ChatFull> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = member_of(world, me, request.chat_id)?;
    let group = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let inviting = group.migrated_to.is_none() && group.is_admin(me);
    let exported = inviting.then(|| world.permanent_invite(Peer::Chat(id), me));
    let exported = exported.and_then(|hash| shown(world, me, &hash).ok());
    let group = world.chats.get(&id).ok_or_else(|| bad("CHAT_ID_INVALID"))?;
    let mut view = View::new(world, me);
    for member in group.members.keys() {
        view.user_peer(*member);
    }
    let bot_info = bots_in(world, &mut view, Peer::Chat(id), caller);
    let (users, _) = view.shown();
    let full = types::ChatFull {
        id,
        bot_info: (!bot_info.is_empty()).then_some(bot_info),
        about: group.about.clone(),
        chat_photo: Some(photo(world, me, group.looks.photo.as_ref())),
        exported_invite: exported,
        available_reactions: Some(group.rules.reactions.clone()),
        reactions_limit: group.rules.reactions_limit,
        participants: participants(group),
        ..Default::default()
    };
    let answer: enums::messages::ChatFull = types::messages::ChatFull {
        full_chat: full.into(),
        chats: vec![chat(world, me, id)],
        users,
    }
    .into();
    Ok(answer.into())
}

/// Changes what somebody is in a group, and tells bots that are administrators there, or whom it
/// concerns (<https://core.telegram.org/constructor/updateChatParticipant>).
pub(super) fn change(
    world: &mut World,
    (id, actor, user): (i64, i64, i64),
    act: impl FnOnce(&mut World) -> Vec<Told>,
) -> (Vec<Told>, Vec<Push>) {
    let now = |world: &World| {
        let chat = world.chats.get(&id)?;
        participant(chat, user)
    };
    let prev_participant = now(world);
    let told = act(world);
    let new_participant = now(world);
    let Some(chat) = world.chats.get(&id) else {
        return (told, Vec::new());
    };
    let bots = chat.admins.iter().chain([&user]).copied();
    let is_bot = |bot: &i64| world.account(*bot).is_some_and(|account| account.is_bot());
    let bots: BTreeSet<i64> = bots.filter(is_bot).collect();
    let date = world.date();
    let names = [Peer::Chat(id), Peer::User(actor), Peer::User(user)];
    let mut pushes = Vec::new();
    for bot in bots {
        let update = types::UpdateChatParticipant {
            chat_id: id,
            date,
            actor_id: actor,
            user_id: user,
            prev_participant: prev_participant.clone(),
            new_participant: new_participant.clone(),
            ..Default::default()
        };
        let made = world.count_for(bot, &names, |qts| {
            types::UpdateChatParticipant { qts, ..update }.into()
        });
        pushes.extend(made.map(|made| counted(world, bot, &made)));
    }
    (told, pushes)
}

/// A title as it is kept.
pub(super) fn checked_title(title: &str) -> Result<String, RpcError> {
    let title = title.trim();
    match title.is_empty() || title.chars().count() > TITLE_LENGTH {
        true => Err(bad("CHAT_TITLE_EMPTY")),
        false => Ok(title.to_owned()),
    }
}

fn member_of(world: &World, me: i64, id: i64) -> Result<i64, RpcError> {
    input::group(world, me, id).ok_or_else(|| bad("CHAT_ID_INVALID"))
}

fn invited(
    world: &World,
    caller: &Caller,
    me: i64,
    id: i64,
    told: &[Told],
) -> Answer<enums::messages::InvitedUsers> {
    let updates = changed(world, me, id, told);
    let answer: enums::messages::InvitedUsers = types::messages::InvitedUsers {
        updates,
        missing_invitees: Vec::new(),
    }
    .into();
    Ok(Done::from(answer).pushing(tell(world, caller, told)))
}

/// What a change of the members means to who made it.
pub(super) fn changed(world: &World, me: i64, id: i64, told: &[Told]) -> enums::Updates {
    let mut view = View::new(world, me);
    let mut updates = Vec::new();
    if let Some(group) = world.chats.get(&id) {
        for member in group.members.keys() {
            view.user_peer(*member);
        }
        let participants = participants(group);
        updates.push(types::UpdateChatParticipants { participants }.into());
    }
    updates.extend(own(told, me).map(|own| view.update(&own.event)));
    container(world, view, updates)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;

    fn user_of(town: &Town, viewer: i64, user: i64) -> enums::InputUser {
        let access_hash = town.world.access_hash(viewer, user);
        types::InputUser {
            user_id: user,
            access_hash,
        }
        .into()
    }

    fn say(text: &str, random_id: i64) -> functions::messages::SendMessage {
        functions::messages::SendMessage {
            peer: types::InputPeerChat { chat_id: 1 }.into(),
            message: text.to_owned(),
            random_id,
            ..Default::default()
        }
    }

    #[test]
    fn members_hear_each_other_until_they_go() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let (carol, bot) = (town.user(3, "carol"), town.bot("42:a", "quiet_bot"));
        let users = vec![user_of(&town, alice, bob), user_of(&town, alice, bot)];
        let title = "Group".to_owned();
        let request = functions::messages::CreateChat {
            users,
            title,
            ttl_period: None,
        };
        let called = town.call(&town.caller(alice), &request).expect("founded");
        assert_eq!(called.reply.pushes.len(), 3);
        let heard = |town: &mut Town, from: i64, text: &str, id: i64| {
            let called = town.call(&town.caller(from), &say(text, id)).expect("sent");
            let mut heard: Vec<i64> = pushed(&called.reply.pushes)
                .into_iter()
                .map(|(user, _)| user)
                .collect();
            heard.sort_unstable();
            heard
        };
        assert_eq!(heard(&mut town, bob, "hello", 1), [alice, bob]);
        assert_eq!(heard(&mut town, bob, "/help", 2), [bot, alice, bob]);
        assert_eq!(
            heard(&mut town, bob, "hey @Quiet_Bot", 3),
            [bot, alice, bob]
        );
        let caller = town.caller(carol);
        assert_eq!(town.refused(&caller, &say("hello", 1)), "PEER_ID_INVALID");
        let add = |user_id| functions::messages::AddChatUser {
            chat_id: 1,
            user_id,
            fwd_limit: 0,
        };
        town.ask(bob, &add(user_of(&town, bob, carol)));
        let again = add(user_of(&town, bob, carol));
        assert_eq!(
            town.refused(&town.caller(bob), &again),
            "USER_ALREADY_PARTICIPANT"
        );
        assert_eq!(heard(&mut town, carol, "hello", 1), [alice, bob, carol]);
        let remove = |user_id| functions::messages::DeleteChatUser {
            chat_id: 1,
            user_id,
            revoke_history: false,
        };
        let founder = remove(user_of(&town, carol, alice));
        assert_eq!(town.refused(&caller, &founder), "CHAT_ADMIN_REQUIRED");
        town.ask(carol, &remove(enums::InputUser::UserSelf));
        assert_eq!(town.refused(&caller, &say("hello?", 2)), "PEER_ID_INVALID");
        let request = functions::messages::GetFullChat { chat_id: 1 };
        let enums::messages::ChatFull::Full(full) = town.ask(alice, &request);
        assert_eq!(full.users.len(), 3);
    }

    #[test]
    fn in_groups_only_authors_and_the_founder_revoke() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let users = vec![user_of(&town, alice, bob)];
        let title = "Group".to_owned();
        town.ask(
            alice,
            &functions::messages::CreateChat {
                users,
                title,
                ttl_period: None,
            },
        );
        town.ask(alice, &say("hello", 1));
        let delete = |revoke| functions::messages::DeleteMessages {
            revoke,
            id: vec![2],
        };
        let caller = town.caller(bob);
        assert_eq!(
            town.refused(&caller, &delete(true)),
            "MESSAGE_DELETE_FORBIDDEN"
        );
        town.ask(bob, &delete(false));
        assert!(
            town.world
                .account(alice)
                .is_some_and(|me| me.mailbox.entry(2).is_some())
        );
        town.ask(bob, &say("well", 1));
        let called = town
            .call(
                &town.caller(alice),
                &functions::messages::DeleteMessages {
                    revoke: true,
                    id: vec![3],
                },
            )
            .expect("she founded it");
        assert_eq!(called.reply.pushes.len(), 2);
    }

    #[test]
    fn a_bot_that_is_an_administrator_is_told_who_comes_and_goes() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let bot = town.bot("42:a", "quiet_bot");
        let users = vec![user_of(&town, alice, bot)];
        let title = "Group".to_owned();
        let request = functions::messages::CreateChat {
            users,
            title,
            ttl_period: None,
        };
        town.ask(alice, &request);
        let appoint = functions::messages::EditChatAdmin {
            chat_id: 1,
            user_id: user_of(&town, alice, bot),
            is_admin: true,
        };
        town.ask(alice, &appoint);
        let add = functions::messages::AddChatUser {
            chat_id: 1,
            user_id: user_of(&town, alice, bob),
            fwd_limit: 0,
        };
        town.ask(alice, &add);
        let counted = &town.world.account(bot).expect("it exists").counted;
        let told = counted.iter().map(|it| match &it.update {
            enums::Update::ChatParticipant(it) => {
                let (old, new) = (&it.prev_participant, &it.new_participant);
                (it.qts, it.user_id, old.is_some(), new.is_some())
            }
            other => panic!("{other:?}"),
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told, [(1, bot, true, true), (2, bob, false, true)]);
    }

    #[test]
    fn a_group_becomes_a_supergroup_and_ends() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let users = vec![user_of(&town, alice, bob)];
        let title = "Group".to_owned();
        let request = functions::messages::CreateChat {
            users,
            title,
            ttl_period: None,
        };
        town.ask(alice, &request);
        let migrate = functions::messages::MigrateChat { chat_id: 1 };
        let caller = town.caller(bob);
        assert_eq!(town.refused(&caller, &migrate), "CHAT_ADMIN_REQUIRED");
        let called = town.call(&town.caller(alice), &migrate).expect("hers");
        let enums::Updates::Updates(all) = called.value else {
            panic!("another answer");
        };
        let found = all.chats.iter().find_map(|chat| match chat {
            enums::Chat::Channel(channel) if channel.megagroup => Some(channel.id),
            _ => None,
        });
        let club = found.expect("it came with the answer");
        assert_eq!(town.refused(&caller, &say("hello?", 2)), "CHAT_ID_INVALID");
        town.ask(bob, &town.post(bob, club, "hello!", 2));
        let it = &town.world.channels[&club];
        assert_eq!(it.migrated_from, Some((1, 2)));
        assert_eq!((it.board.pts(), it.members().count()), (3, 2));
        let history = functions::messages::GetHistory {
            peer: types::InputPeerChat { chat_id: 1 }.into(),
            limit: 10,
            ..Default::default()
        };
        let old = town.ask(bob, &history);
        assert!(matches!(old, enums::messages::Messages::Messages(it) if it.messages.len() == 2));
    }
}
