//! `messages.*`: reactions that are paid with Stars
//! (<https://core.telegram.org/api/reactions#paid-reactions>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Paid, PaidAs, Peer, PostId, World};

use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::reactions::{answered, places, told_to_people};
use super::rights::channel_of;
use super::seam::{Caller, RpcError};

/// How old the number of a paid reaction may be, in seconds.
const LASTS: i64 = 60 * 60;

/// The Stars that one paid reaction may cost (`stars_paid_reaction_amount_max`).
const STARS_MAX: i32 = 2500;

/// `messages.sendPaidReaction` (<https://core.telegram.org/method/messages.sendPaidReaction>): in
/// channels, from what the account has. The number has the time in it, and counts once. As whom
/// one pays holds until something else is said.
pub(crate) fn send_paid_reaction(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SendPaidReaction,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (peer, post) = reacted_to(world, me, &request.peer, request.msg_id)?;
    if !(1..=STARS_MAX).contains(&request.count) {
        return Err(bad("REACTIONS_COUNT_INVALID"));
    }
    check_age(world, request.random_id)?;
    let private = request.private.as_ref();
    let chosen = private.map(|it| chosen(world, me, it)).transpose()?;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    if !account.paid_reactions.contains(&request.random_id) {
        let cost = i64::from(request.count);
        if account.stars < cost {
            return Err(bad("BALANCE_TOO_LOW"));
        }
        account.stars -= cost;
        account.paid_reactions.insert(request.random_id);
        let shown_as = chosen.unwrap_or(account.paid_as);
        account.paid_as = shown_as;
        if let Some(post) = world.posts.get_mut(&post) {
            let before = post.paid.get(&me).map_or(0, |paid| paid.stars);
            let stars = before + request.count;
            post.paid.insert(me, Paid { stars, shown_as });
        }
    }
    let pushes = told_to_people(world, me, &places(world, me, post));
    Ok(Done::from(answered(world, me, peer, request.msg_id)).pushing(pushes))
}

/// `messages.togglePaidReactionPrivacy`
/// (<https://core.telegram.org/method/messages.togglePaidReactionPrivacy>): of what one has paid.
pub(crate) fn toggle_paid_reaction_privacy(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::TogglePaidReactionPrivacy,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (_, post) = reacted_to(world, me, &request.peer, request.msg_id)?;
    let shown_as = chosen(world, me, &request.private)?;
    let paid = world.posts.get_mut(&post);
    let paid = paid.and_then(|post| post.paid.get_mut(&me));
    paid.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.shown_as = shown_as;
    let account = world.account_mut(me).ok_or_else(unregistered)?;
    account.paid_as = shown_as;
    let pushes = told_to_people(world, me, &places(world, me, post));
    Ok(Done::from(true).pushing(pushes))
}

fn reacted_to(
    world: &World,
    me: i64,
    peer: &enums::InputPeer,
    msg_id: i32,
) -> Result<(Peer, PostId), RpcError> {
    let peer = input::peer(world, me, peer)?;
    let spot = world.spot(me, peer, msg_id);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    match peer {
        Peer::Channel(_) => Ok((peer, spot.post)),
        _ => Err(bad("PEER_ID_INVALID")),
    }
}

fn chosen(
    world: &World,
    me: i64,
    private: &enums::PaidReactionPrivacy,
) -> Result<PaidAs, RpcError> {
    use enums::PaidReactionPrivacy as Privacy;
    let wrong = || bad("SEND_AS_PEER_INVALID");
    let peer = match private {
        Privacy::Default => return Ok(PaidAs::Oneself),
        Privacy::Anonymous => return Ok(PaidAs::Anonymous),
        Privacy::Peer(types::PaidReactionPrivacyPeer { peer }) => peer,
        _ => return Err(wrong()),
    };
    match input::peer(world, me, peer).map_err(|_| wrong())? {
        Peer::Channel(id) if channel_of(world, id)?.may(me, |it| it.post_messages) => {
            Ok(PaidAs::Channel(id))
        }
        _ => Err(wrong()),
    }
}

fn check_age(world: &World, random_id: i64) -> Result<(), RpcError> {
    let age = world.now() - (random_id >> 32);
    match (-LASTS..=LASTS).contains(&age) {
        true => Ok(()),
        false => Err(bad("RANDOM_ID_EXPIRED")),
    }
}
