//! `messages.*`: giving a group or channel away (<https://core.telegram.org/api/rights>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, Role, World, all_rights};

use super::channel_news::changed;
use super::channel_settings::require;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::groups::changed as group_changed;
use super::input;
use super::participants::change;
use super::places::is_creator;
use super::seam::Caller;
use super::srp;

/// `messages.editChatCreator` (<https://core.telegram.org/method/messages.editChatCreator>): with
/// the password of who gives it away. An empty proof asks whether it could be done.
pub(crate) fn edit_chat_creator(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatCreator,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require(is_creator(world, place, me))?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    let bot = world.account(user).is_some_and(|it| it.is_bot());
    if user == me || bot {
        return Err(bad("USER_ID_INVALID"));
    }
    if world.account(me).is_some_and(|it| it.password.is_none()) {
        return Err(bad("PASSWORD_MISSING"));
    }
    srp::check(world, caller, me, &request.password)?;
    match place {
        Peer::Channel(id) => {
            let here = world.channels.get(&id);
            if here.is_none_or(|it| it.member(user).is_none()) {
                return Err(bad("USER_NOT_PARTICIPANT"));
            }
            let (told, pushes) = change(world, (id, me), &[user, me], |world| {
                if let Some(it) = world.channels.get_mut(&id) {
                    if let Some(new) = it.participants.get_mut(&user) {
                        new.role = Role::Creator(all_rights());
                    }
                    if let Some(old) = it.participants.get_mut(&me) {
                        old.role = Role::Admin {
                            rights: all_rights(),
                            promoted_by: user,
                        };
                    }
                }
                Vec::new()
            });
            Ok(changed(world, caller, me, id, &told).pushing(pushes))
        }
        Peer::Chat(id) | Peer::User(id) => {
            let it = world.chats.get_mut(&id);
            let it = it.ok_or_else(|| bad("CHAT_ID_INVALID"))?;
            if !it.members.contains_key(&user) {
                return Err(bad("USER_NOT_PARTICIPANT"));
            }
            it.creator = user;
            it.admins.remove(&user);
            it.admins.insert(me);
            it.version += 1;
            Ok(Done::from(group_changed(world, me, id, &[])))
        }
    }
}

/// `messages.editChatParticipantRank`
/// (<https://core.telegram.org/method/messages.editChatParticipantRank>).
pub(crate) fn edit_chat_participant_rank(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::EditChatParticipantRank,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let Peer::Channel(id) = input::peer(world, me, &request.peer)? else {
        return Err(bad("PEER_ID_INVALID"));
    };
    let wrong = || bad("PARTICIPANT_ID_INVALID");
    let Peer::User(user) = input::peer(world, me, &request.participant).map_err(|_| wrong())?
    else {
        return Err(wrong());
    };
    if request.rank.chars().count() > 16 {
        return Err(bad("ADMIN_RANK_INVALID"));
    }
    let now = world.now();
    let it = world.channels.get_mut(&id).ok_or_else(wrong)?;
    let own = user == me && !it.bans(me, now, |rights| rights.edit_rank);
    require(own || it.may(me, |rights| rights.manage_ranks))?;
    let one = it.participants.get_mut(&user);
    let one = one.ok_or_else(|| bad("USER_NOT_PARTICIPANT"))?;
    let new = Some(request.rank.clone()).filter(|rank| !rank.is_empty());
    let old = std::mem::replace(&mut one.rank, new);
    let action = types::ChannelAdminLogEventActionParticipantEditRank {
        user_id: user,
        prev_rank: old.unwrap_or_default(),
        new_rank: request.rank,
    };
    world.log_admin(id, me, action.into(), &[Peer::User(user)]);
    Ok(changed(world, caller, me, id, &[]))
}
