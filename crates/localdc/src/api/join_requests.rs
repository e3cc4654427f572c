//! `messages.*`: answering those who ask to be let in
//! (<https://core.telegram.org/api/invites#join-requests>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::invites::{own, require_inviter, shown};
use super::joining::come_in;
use super::push::{carried, container, counted};
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// Those who ask that an update names.
const RECENT: usize = 3;

/// `messages.hideChatJoinRequest`
/// (<https://core.telegram.org/method/messages.hideChatJoinRequest>).
pub(crate) fn hide_chat_join_request(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::HideChatJoinRequest,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require_inviter(world, me, place)?;
    let user = input::user(world, me, &request.user_id)?.ok_or_else(|| bad("USER_ID_INVALID"))?;
    answer(world, caller, (me, place), &[user], request.approved)
}

/// `messages.hideAllChatJoinRequests`
/// (<https://core.telegram.org/method/messages.hideAllChatJoinRequests>).
pub(crate) fn hide_all_chat_join_requests(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::HideAllChatJoinRequests,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let place = input::peer(world, me, &request.peer)?;
    require_inviter(world, me, place)?;
    let link = request.link.as_deref();
    let hash = link.map(|link| own(world, me, place, link)).transpose()?;
    let asking = world.invites.asking(place).into_iter();
    let asking = asking.filter(|(_, it)| hash.is_none() || it.hash == hash);
    let users: Vec<i64> = asking.map(|(user, _)| user).collect();
    answer(world, caller, (me, place), &users, request.approved)
}

fn answer(
    world: &mut World,
    caller: &Caller,
    (me, place): (i64, Peer),
    users: &[i64],
    approved: bool,
) -> Answer<enums::Updates> {
    let mut done: Option<Done<enums::Updates>> = None;
    for user in users {
        let asked = world.invites.settle(place, *user);
        let asked = asked.ok_or_else(|| bad("HIDE_REQUESTER_MISSING"))?;
        if !approved {
            continue;
        }
        let let_in = come_in(world, caller, (me, *user, place), asked.hash.as_deref())?;
        done = Some(match done {
            Some(before) => before.followed_by(let_in),
            None => let_in,
        });
    }
    if users.is_empty() {
        return Err(bad("HIDE_REQUESTER_MISSING"));
    }
    let told = tell_of_waiting(world, place);
    let nothing = || Ok::<_, RpcError>(Done::from(seen(world, me, place)));
    let done = done.map_or_else(nothing, Ok)?;
    Ok(done.pushing(told))
}

/// Nothing that is counted, with the chat as it is.
fn seen(world: &World, me: i64, place: Peer) -> enums::Updates {
    let mut view = View::new(world, me);
    let update = waiting(world, &mut view, place);
    container(world, view, vec![update])
}

/// Tells administrators that somebody asks to be let in; bots are told who
/// (<https://core.telegram.org/constructor/updateBotChatInviteRequester>).
pub(super) fn tell_of_request(world: &mut World, place: Peer, user: i64) -> Vec<Push> {
    let mut pushes = tell_of_waiting(world, place);
    let date = world.date();
    let about = world.account(user).and_then(|it| it.about.clone());
    let hash = world.invites.asking(place).into_iter();
    let hash = hash.filter(|(asking, _)| *asking == user);
    let hash = hash.filter_map(|(_, it)| it.hash.clone()).next();
    let names = [place, Peer::User(user)];
    for bot in inviters(world, place, true) {
        let invite = hash
            .as_deref()
            .and_then(|hash| shown(world, bot, hash).ok());
        let peer = View::new(world, bot).peer(place);
        let update = types::UpdateBotChatInviteRequester {
            peer,
            date,
            user_id: user,
            about: about.clone().unwrap_or_default(),
            invite: invite.unwrap_or(enums::ExportedChatInvite::ChatInvitePublicJoinRequests),
            ..Default::default()
        };
        let made = world.count_for(bot, &names, |qts| {
            types::UpdateBotChatInviteRequester { qts, ..update }.into()
        });
        pushes.extend(made.map(|made| counted(world, bot, &made)));
    }
    pushes
}

/// Tells administrators how many wait.
fn tell_of_waiting(world: &World, place: Peer) -> Vec<Push> {
    let told = inviters(world, place, false).into_iter().map(|user| {
        let mut view = View::new(world, user);
        let update = waiting(world, &mut view, place);
        carried(user, container(world, view, vec![update]))
    });
    told.collect()
}

fn waiting(world: &World, view: &mut View<'_>, place: Peer) -> enums::Update {
    let asking = world.invites.asking(place);
    let recent: Vec<i64> = asking.iter().map(|(user, _)| *user).take(RECENT).collect();
    for user in &recent {
        view.user_peer(*user);
    }
    types::UpdatePendingJoinRequests {
        peer: view.peer(place),
        requests_pending: i32::try_from(asking.len()).unwrap_or(i32::MAX),
        recent_requesters: recent,
    }
    .into()
}

/// Who lets others in: bots, or people.
fn inviters(world: &World, place: Peer, bots: bool) -> Vec<i64> {
    let all: Vec<i64> = match place {
        Peer::Channel(id) => {
            let it = world.channels.get(&id);
            let all = it.into_iter().flat_map(|it| it.members());
            all.filter(|(_, one)| one.admin_rights().is_some_and(|it| it.invite_users))
                .map(|(user, _)| user)
                .collect()
        }
        Peer::Chat(id) => {
            let it = world.chats.get(&id);
            let all = it
                .into_iter()
                .flat_map(|it| it.members.keys().map(move |user| (it, user)));
            all.filter(|(it, user)| it.is_admin(**user))
                .map(|(_, user)| *user)
                .collect()
        }
        Peer::User(_) => Vec::new(),
    };
    let is_bot = |user: &i64| world.account(*user).is_some_and(|it| it.is_bot());
    all.into_iter()
        .filter(|user| is_bot(user) == bots)
        .collect()
}
