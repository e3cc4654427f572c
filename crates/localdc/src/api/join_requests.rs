//! `messages.*`: answering those who ask to be let in
//! (<https://core.telegram.org/api/invites#join-requests>).
use ferogram_sync::tl::{enums, functions};

use crate::world::{Peer, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::invites::{own, require_inviter};
use super::join_news::{tell_of_waiting, waiting};
use super::joining::come_in;
use super::push::container;
use super::seam::{Caller, RpcError};
use super::view::View;

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
