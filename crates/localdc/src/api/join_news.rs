//! What administrators are told of those who ask to be let in
//! (<https://core.telegram.org/api/invites#join-requests>).
use ferogram_sync::tl::{enums, types};

use crate::world::{Peer, World};

use super::invites::shown;
use super::push::{carried, container, counted};
use super::seam::Push;
use super::view::View;

/// Those who ask that an update names.
const RECENT: usize = 3;

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
pub(super) fn tell_of_waiting(world: &World, place: Peer) -> Vec<Push> {
    let told = inviters(world, place, false).into_iter().map(|user| {
        let mut view = View::new(world, user);
        let update = waiting(world, &mut view, place);
        carried(user, container(world, view, vec![update]))
    });
    told.collect()
}

/// How many wait, and who has come last.
pub(super) fn waiting(world: &World, view: &mut View<'_>, place: Peer) -> enums::Update {
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
