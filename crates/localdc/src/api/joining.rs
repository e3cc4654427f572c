//! `messages.*` and `channels.*`: coming into groups and channels, by links and without, and asking
//! to be let in (<https://core.telegram.org/api/invites>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Asking, Entrant, Letter, Peer, Told, World};

use super::channel_news::changed;
use super::direct;
use super::done::{Answer, Done};
use super::errors::{bad, not_acceptable, unregistered};
use super::groups::{change as change_in_group, changed as group_changed};
use super::input;
use super::invites::{expired, shown};
use super::join_news::tell_of_request;
use super::participants::change_by;
use super::places::{channel, chat};
use super::push::tell;
use super::rights::channel_of;
use super::seam::{Caller, RpcError};
use super::view::View;

/// Members of a chat that an invitation shows.
const SHOWN: usize = 5;

/// `messages.checkChatInvite` (<https://core.telegram.org/method/messages.checkChatInvite>).
pub(crate) fn check_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::CheckChatInvite,
) -> Answer<enums::ChatInvite> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = place_of(world, me, &request.hash)?;
    let invite = world.invites.get(&request.hash).ok_or_else(expired)?;
    let invitation: enums::ChatInvite = if is_in(world, place, me) {
        let chat = match place {
            Peer::Chat(id) => chat(world, me, id),
            Peer::Channel(id) | Peer::User(id) => channel(world, me, id),
        };
        types::ChatInviteAlready { chat }.into()
    } else {
        let mut view = View::new(world, me);
        let (members, mut shown) = match place {
            Peer::Channel(id) => {
                let it = channel_of(world, id)?;
                let shown = types::ChatInvite {
                    channel: true,
                    broadcast: !it.megagroup,
                    public: it.username.is_some(),
                    megagroup: it.megagroup,
                    title: it.title.clone(),
                    about: Some(it.about.clone()).filter(|about| !about.is_empty()),
                    ..Default::default()
                };
                (it.members().map(|(user, _)| user).collect(), shown)
            }
            Peer::Chat(id) | Peer::User(id) => {
                let it = world.chats.get(&id).ok_or_else(expired)?;
                let shown = types::ChatInvite {
                    title: it.title.clone(),
                    ..Default::default()
                };
                (it.members.keys().copied().collect::<Vec<_>>(), shown)
            }
        };
        shown.participants_count = i32::try_from(members.len()).unwrap_or(i32::MAX);
        shown.request_needed = invite.request_needed;
        shown.subscription_pricing = invite.pricing.clone().map(Into::into);
        let known = members
            .iter()
            .filter(|user| world.is_acquainted(me, **user));
        let known: Vec<i64> = known.copied().take(SHOWN).collect();
        for user in &known {
            view.user_peer(*user);
        }
        shown.participants = Some(view.shown().0).filter(|users| !users.is_empty());
        shown.into()
    };
    Ok(invitation.into())
}

/// `messages.importChatInvite` (<https://core.telegram.org/method/messages.importChatInvite>).
pub(crate) fn import_chat_invite(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ImportChatInvite,
) -> Answer<enums::messages::ChatInviteJoinResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = place_of(world, me, &request.hash)?;
    if is_in(world, place, me) {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    let invite = world.invites.get(&request.hash).ok_or_else(expired)?;
    if invite.pricing.is_some() {
        return Err(not_acceptable("STARS_PAYMENT_REQUIRED"));
    }
    if invite.request_needed {
        return Ok(ask(world, me, place, Some(request.hash)));
    }
    let joined = come_in(world, caller, (me, me, place), Some(&request.hash))?;
    Ok(joined.map(joined_result))
}

/// `channels.joinChannel` (<https://core.telegram.org/method/channels.joinChannel>).
pub(crate) fn join_channel(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::JoinChannel,
) -> Answer<enums::messages::ChatInviteJoinResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    direct::refuse(world, id)?;
    let it = channel_of(world, id)?;
    if it.member(me).is_some() {
        return Err(bad("USER_ALREADY_PARTICIPANT"));
    }
    if it.rules.join_request {
        return Ok(ask(world, me, Peer::Channel(id), None));
    }
    let joined = come_in(world, caller, (me, me, Peer::Channel(id)), None)?;
    Ok(joined.map(joined_result))
}

fn joined_result(updates: enums::Updates) -> enums::messages::ChatInviteJoinResult {
    types::messages::ChatInviteJoinResultOk { updates }.into()
}

/// Notes that somebody wants to be let in, and tells administrators: to the one who asks that is a
/// refusal (<https://core.telegram.org/api/invites#join-requests>).
fn ask(
    world: &mut World,
    me: i64,
    place: Peer,
    hash: Option<String>,
) -> Done<enums::messages::ChatInviteJoinResult> {
    let date = world.now();
    world.invites.ask(place, me, Asking { date, hash });
    let pushes = tell_of_request(world, place, me);
    let nothing = joined_result(enums::Updates::default());
    let sent = bad("INVITE_REQUEST_SENT");
    Done::from(nothing).pushing(pushes).refusing(sent)
}

/// Lets somebody in: `actor`, who calls, is that one or an administrator.
pub(super) fn come_in(
    world: &mut World,
    caller: &Caller,
    (actor, user, place): (i64, i64, Peer),
    hash: Option<&str>,
) -> Result<Done<enums::Updates>, RpcError> {
    world.invites.settle(place, user);
    let approved_by = (actor != user).then_some(actor);
    let inviter = match hash.and_then(|hash| world.invites.get(hash)) {
        Some(invite) => invite.admin,
        None => actor,
    };
    let log = logged(world, user, hash, approved_by);
    let date = world.now();
    if let Some(invite) = hash.and_then(|hash| world.invites.get_mut(hash)) {
        invite.users.push(Entrant {
            user,
            date,
            approved_by,
        });
    }
    let said = said(inviter, user, hash.is_some(), approved_by.is_some());
    match place {
        Peer::Channel(id) => {
            let (told, pushes) = change_by(world, (id, actor), &[user], Some(log), |world| {
                world.enter(id, inviter, user);
                match world.channels.get(&id).is_some_and(|it| it.megagroup) {
                    true => world.put_up(user, id, Letter::service(said, &[user, inviter])),
                    false => Vec::new(),
                }
            });
            Ok(changed(world, caller, actor, id, &told).pushing(pushes))
        }
        Peer::Chat(id) | Peer::User(id) => {
            let (told, pushes): (Vec<Told>, _) =
                change_in_group(world, (id, actor, user), |world| {
                    world.admit(id, inviter, user, said)
                });
            let done = Done::from(group_changed(world, actor, id, &told));
            Ok(done.pushing(tell(world, caller, &told)).pushing(pushes))
        }
    }
}

/// What the message says that tells of somebody's coming.
fn said(inviter: i64, user: i64, by_link: bool, approved: bool) -> enums::MessageAction {
    match (approved, by_link) {
        (true, _) => enums::MessageAction::ChatJoinedByRequest,
        (false, true) => types::MessageActionChatJoinedByLink {
            inviter_id: inviter,
        }
        .into(),
        (false, false) => types::MessageActionChatAddUser { users: vec![user] }.into(),
    }
}

/// What administrators are shown of somebody's coming.
fn logged(
    world: &World,
    user: i64,
    hash: Option<&str>,
    approved_by: Option<i64>,
) -> enums::ChannelAdminLogEventAction {
    let invite = hash.and_then(|hash| shown(world, user, hash).ok());
    match (invite, approved_by) {
        (invite, Some(approved_by)) => types::ChannelAdminLogEventActionParticipantJoinByRequest {
            invite: invite.unwrap_or(enums::ExportedChatInvite::ChatInvitePublicJoinRequests),
            approved_by,
        }
        .into(),
        (Some(invite), None) => types::ChannelAdminLogEventActionParticipantJoinByInvite {
            invite,
            ..Default::default()
        }
        .into(),
        (None, None) => enums::ChannelAdminLogEventAction::ParticipantJoin,
    }
}

/// Where a link leads that can be used.
fn place_of(world: &World, me: i64, hash: &str) -> Result<Peer, RpcError> {
    if hash.is_empty() {
        return Err(bad("INVITE_HASH_EMPTY"));
    }
    let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"-_".contains(&letter);
    if !hash.bytes().all(is_letter) {
        return Err(bad("INVITE_HASH_INVALID"));
    }
    let invite = world.invites.get(hash).ok_or_else(expired)?;
    let place = invite.place;
    let banned = match place {
        Peer::Channel(id) => channel_of(world, id)?.is_banned(me, world.now()),
        Peer::Chat(id) => {
            let chat = world.chats.get(&id);
            chat.is_none_or(|chat| chat.migrated_to.is_some())
        }
        Peer::User(_) => true,
    };
    match is_in(world, place, me) || (invite.is_good(world.now()) && !banned) {
        true => Ok(place),
        false => Err(expired()),
    }
}

fn is_in(world: &World, place: Peer, user: i64) -> bool {
    match place {
        Peer::Channel(id) => {
            let it = world.channels.get(&id);
            it.is_some_and(|it| it.member(user).is_some())
        }
        Peer::Chat(id) => {
            let it = world.chats.get(&id);
            it.is_some_and(|it| it.members.contains_key(&user))
        }
        Peer::User(_) => false,
    }
}
