//! `channels.*`: who is in a channel.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Channel, Participant, Peer, Role, Told, World, date};

use super::admin_log::change_of;
use super::channel_news::coming;
use super::direct;
use super::done::Answer;
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::push::counted;
use super::rights::channel_of;
use super::seam::{Caller, Push};
use super::view::View;

/// Participants that one call may ask for.
const AT_ONCE: i32 = 200;

/// `channels.getParticipant` (<https://core.telegram.org/method/channels.getParticipant>).
pub(crate) fn get_participant(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetParticipant,
) -> Answer<enums::channels::ChannelParticipant> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = channel_of(world, id)?;
    let wrong = |_| bad("PARTICIPANT_ID_INVALID");
    let Peer::User(user) = input::peer(world, me, &request.participant).map_err(wrong)? else {
        return Err(bad("PARTICIPANT_ID_INVALID"));
    };
    if !it.megagroup && user != me && it.admin(me).is_none() {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let participant = it.participants.get(&user);
    let participant = participant.filter(|one| is_listed(one));
    let participant = participant.ok_or_else(|| bad("USER_NOT_PARTICIPANT"))?;
    let mut view = View::new(world, me);
    let participant = shown(&mut view, it, user, participant);
    view.peer(Peer::Channel(id));
    let (users, chats) = view.shown();
    let answer: enums::channels::ChannelParticipant = types::channels::ChannelParticipant {
        participant,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// `channels.getParticipants` (<https://core.telegram.org/method/channels.getParticipants>): of a
/// channel for administrators only, who see no more than the first page.
pub(crate) fn get_participants(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::GetParticipants,
) -> Answer<enums::channels::ChannelParticipants> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    direct::refuse(world, id)?;
    let it = channel_of(world, id)?;
    let admin = it.admin(me).is_some();
    let of_banned = matches!(
        request.filter,
        enums::ChannelParticipantsFilter::ChannelParticipantsKicked(_)
            | enums::ChannelParticipantsFilter::ChannelParticipantsBanned(_)
    );
    if (of_banned || !it.megagroup || it.rules.members_hidden) && !admin {
        return Err(bad("CHAT_ADMIN_REQUIRED"));
    }
    let account = world.account(me).ok_or_else(unregistered)?;
    let listed = it.participants.iter();
    let mut listed: Vec<(i64, &Participant)> = listed
        .filter(|(user, one)| {
            let found = world.account(**user);
            found.is_some_and(|found| fits(&request.filter, account, found, one))
        })
        .map(|(user, one)| (*user, one))
        .collect();
    if matches!(
        request.filter,
        enums::ChannelParticipantsFilter::ChannelParticipantsMentions(_)
    ) {
        return Err(unsupported("mentions"));
    }
    // The newest first, and of the same second the one with the higher id.
    listed.sort_by_key(|(user, one)| std::cmp::Reverse((one.date, *user)));
    let count = i32::try_from(listed.len()).unwrap_or(i32::MAX);
    let page = usize::try_from(AT_ONCE).unwrap_or(0);
    listed.truncate(if it.megagroup { world.reach } else { page });
    let offset = usize::try_from(request.offset).unwrap_or(0);
    let limit = usize::try_from(request.limit.clamp(0, AT_ONCE)).unwrap_or(0);
    let mut view = View::new(world, me);
    let page = listed.into_iter().skip(offset).take(limit);
    let participants = page.map(|(user, one)| shown(&mut view, it, user, one));
    let participants = participants.collect();
    let (users, chats) = view.shown();
    let answer: enums::channels::ChannelParticipants = types::channels::ChannelParticipants {
        count,
        participants,
        chats,
        users,
    }
    .into();
    Ok(answer.into())
}

/// Whether a filter lets a participant through.
fn fits(
    filter: &enums::ChannelParticipantsFilter,
    me: &Account,
    found: &Account,
    one: &Participant,
) -> bool {
    use enums::ChannelParticipantsFilter as F;
    let named = |query: &str| {
        let query = query.to_lowercase();
        let name = found.full_name().to_lowercase();
        let username = found.username.as_deref().unwrap_or_default();
        name.split(' ').any(|word| word.starts_with(&query))
            || name.starts_with(&query)
            || username.to_lowercase().starts_with(&query)
    };
    let kicked = matches!(&one.role, Role::Restricted { rights, .. } if rights.view_messages);
    let restricted = matches!(&one.role, Role::Restricted { .. }) && !kicked;
    match filter {
        F::ChannelParticipantsRecent => one.here,
        F::ChannelParticipantsAdmins => one.here && one.admin_rights().is_some(),
        F::ChannelParticipantsBots => one.here && found.is_bot(),
        F::ChannelParticipantsKicked(it) => kicked && named(&it.q),
        F::ChannelParticipantsBanned(it) => restricted && named(&it.q),
        F::ChannelParticipantsSearch(it) => one.here && named(&it.q),
        F::ChannelParticipantsContacts(it) => {
            one.here && me.contacts.contains_key(&found.id) && named(&it.q)
        }
        _ => false,
    }
}

/// Whether somebody who is or was there is still of interest to others.
fn is_listed(one: &Participant) -> bool {
    one.here || matches!(one.role, Role::Restricted { .. })
}

/// How a participant is shown.
fn shown(
    view: &mut View<'_>,
    channel: &Channel,
    user: i64,
    one: &Participant,
) -> enums::ChannelParticipant {
    let me = view.viewer();
    let peer = view.user_peer(user);
    let rank = one.rank.clone();
    let date = date(one.date);
    let is_self = user == me;
    match &one.role {
        Role::Creator(rights) => types::ChannelParticipantCreator {
            user_id: user,
            admin_rights: rights.clone().into(),
            rank,
        }
        .into(),
        Role::Admin {
            rights,
            promoted_by,
        } => {
            view.user_peer(*promoted_by);
            let creator = channel.participants.get(&me);
            let creator = creator.is_some_and(|me| matches!(me.role, Role::Creator(_)));
            types::ChannelParticipantAdmin {
                can_edit: !is_self && (creator || *promoted_by == me),
                is_self,
                user_id: user,
                inviter_id: is_self.then_some(one.inviter),
                promoted_by: *promoted_by,
                date,
                admin_rights: rights.clone().into(),
                rank,
            }
            .into()
        }
        Role::Restricted { rights, by } => {
            view.user_peer(*by);
            types::ChannelParticipantBanned {
                left: !one.here,
                peer,
                kicked_by: *by,
                date,
                banned_rights: rights.clone().into(),
                rank,
            }
            .into()
        }
        Role::Member if !one.here => types::ChannelParticipantLeft { peer }.into(),
        Role::Member if is_self => types::ChannelParticipantSelf {
            user_id: user,
            inviter_id: one.inviter,
            date,
            rank,
            ..Default::default()
        }
        .into(),
        Role::Member => types::ChannelParticipant {
            user_id: user,
            date,
            rank,
            ..Default::default()
        }
        .into(),
    }
}

/// Does something with the participants of a channel, and tells of it: those whom it concerns, that
/// the channel is not to them what it was, and bots that are administrators there, what has changed
/// (<https://core.telegram.org/constructor/updateChannelParticipant>).
pub(super) fn change(
    world: &mut World,
    place: (i64, i64),
    users: &[i64],
    act: impl FnOnce(&mut World) -> Vec<Told>,
) -> (Vec<Told>, Vec<Push>) {
    change_by(world, place, users, None, act)
}

/// The same, where the log of the channel says something else of it than what has changed.
pub(super) fn change_by(
    world: &mut World,
    (id, actor): (i64, i64),
    users: &[i64],
    logged: Option<enums::ChannelAdminLogEventAction>,
    act: impl FnOnce(&mut World) -> Vec<Told>,
) -> (Vec<Told>, Vec<Push>) {
    let before = snapshot(world, id, users);
    let told = act(world);
    let after = snapshot(world, id, users);
    let mut pushes: Vec<Push> = Vec::new();
    let others = users.iter().filter(|user| **user != actor);
    pushes.extend(others.map(|user| coming(world, *user, id)));
    let admins = world.channels.get(&id).map(|it| {
        let admins = it.members().filter(|(_, one)| one.admin_rights().is_some());
        admins.map(|(user, _)| user).collect::<Vec<_>>()
    });
    let admins = admins.unwrap_or_default();
    let date = world.date();
    for ((user, prev), (_, new)) in before.into_iter().zip(after) {
        if prev == new {
            continue;
        }
        let action = match &logged {
            Some(action) => Some((user, action.clone())),
            None => change_of((actor, user), prev.clone(), new.clone()).map(|it| (actor, it)),
        };
        if let Some((actor, action)) = action {
            world.log_admin(id, actor, action, &[Peer::User(user)]);
        }
        let is_bot = |bot: &i64| world.account(*bot).is_some_and(|account| account.is_bot());
        let mut bots: Vec<i64> = admins.iter().copied().filter(is_bot).collect();
        if is_bot(&user) && !bots.contains(&user) {
            bots.push(user);
        }
        let names = [Peer::Channel(id), Peer::User(actor), Peer::User(user)];
        for bot in bots {
            let update = types::UpdateChannelParticipant {
                channel_id: id,
                date,
                actor_id: actor,
                user_id: user,
                prev_participant: prev.clone(),
                new_participant: new.clone(),
                ..Default::default()
            };
            let made = world.count_for(bot, &names, |qts| {
                types::UpdateChannelParticipant { qts, ..update }.into()
            });
            pushes.extend(made.map(|made| counted(world, bot, &made)));
        }
    }
    (told, pushes)
}

/// What some people are in a channel, as everybody sees it.
fn snapshot(
    world: &World,
    id: i64,
    users: &[i64],
) -> Vec<(i64, Option<enums::ChannelParticipant>)> {
    let it = world.channels.get(&id);
    let one = |user: &i64| {
        let mut view = View::new(world, 0);
        let it = it?;
        let one = it.participants.get(user).filter(|one| is_listed(one))?;
        Some(shown(&mut view, it, *user, one))
    };
    users.iter().map(|user| (*user, one(user))).collect()
}
