//! `messages.*`: pinned messages (<https://core.telegram.org/api/pin>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Letter, Peer, ReplyTo, Told, World};

use super::admin_log::note;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered, unsupported};
use super::in_thread::is_in_thread;
use super::input;
use super::push::{done, own, tell};
use super::rights::may_pin;
use super::seam::Caller;
use super::view::View;

/// Messages that one call unpins: with more to go it asks to be called again
/// (<https://core.telegram.org/constructor/messages.affectedHistory>).
const UNPINNED_AT_ONCE: usize = 100;

/// `messages.updatePinnedMessage`
/// (<https://core.telegram.org/method/messages.updatePinnedMessage>): in groups, and in private
/// unless it is for one side alone, a message says so.
pub(crate) fn update_pinned_message(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UpdatePinnedMessage,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    may_pin(world, me, peer)?;
    let spot = world.spot(me, peer, request.id);
    let spot = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    let says = world
        .posts
        .get(&spot.post)
        .is_some_and(|post| post.text().is_some());
    if !says {
        return Err(bad("PIN_RESTRICTED"));
    }
    let pinned = !request.unpin;
    let one_side = request.pm_oneside && matches!(peer, Peer::User(_));
    let mut told = world.pin(me, peer, &[request.id], (pinned, one_side));
    if told.is_empty() {
        return Err(bad("CHAT_NOT_MODIFIED"));
    }
    let message = View::new(world, me).message_in(peer, request.id);
    let action = types::ChannelAdminLogEventActionUpdatePinned { message };
    note(world, peer, me, action, &[]);
    let with_oneself = peer == Peer::User(me);
    if pinned && !one_side && !with_oneself {
        let (post, quote) = (spot.post, None);
        let letter = Letter {
            reply: Some(ReplyTo {
                post,
                quote,
                away: None,
            }),
            silent: request.silent,
            ..Letter::service(enums::MessageAction::PinMessage, &[])
        };
        told.extend(world.deliver(me, peer, letter));
    }
    let own: Vec<&Told> = told.iter().filter(|told| told.user == me).collect();
    let answer = done(world, &own);
    let pushes = tell(world, caller, &told);
    Ok(Done::from(answer).pushing(pushes))
}

/// `messages.unpinAllMessages` (<https://core.telegram.org/method/messages.unpinAllMessages>).
pub(crate) fn unpin_all_messages(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::UnpinAllMessages,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    if request.saved_peer_id.is_some() {
        return Err(unsupported("monoforum"));
    }
    let peer = input::peer(world, me, &request.peer)?;
    may_pin(world, me, peer)?;
    let mut pinned = world.pinned_in(me, peer);
    if let Some(topic) = request.top_msg_id {
        pinned.retain(|id| is_in_thread(world, me, peer, (*id, topic)));
    }
    let offset = pinned.len().saturating_sub(UNPINNED_AT_ONCE);
    pinned.drain(..offset);
    let told = world.pin(me, peer, &pinned, (false, false));
    let event = own(&told, me).map(|own| (own.event.pts, own.event.count));
    let (pts, pts_count) = event.unwrap_or_else(|| (world.pts_of(me, peer), 0));
    let affected = types::messages::AffectedHistory {
        pts,
        pts_count,
        offset: i32::try_from(offset).unwrap_or(i32::MAX),
    };
    let pushes = tell(world, caller, &told);
    let affected = enums::messages::AffectedHistory::from(affected);
    Ok(Done::from(affected).pushing(pushes))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;

    #[test]
    fn in_private_both_sides_or_one_have_it_pinned() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        town.ask(bob, &town.text(bob, bob, "a note", 1));
        town.ask(alice, &town.text(alice, bob, "hello", 1));
        let pin = |pm_oneside| functions::messages::UpdatePinnedMessage {
            pm_oneside,
            peer: town.peer(alice, bob),
            id: 1,
            ..Default::default()
        };
        let (alone, both) = (pin(true), pin(false));
        town.ask(alice, &alone);
        let pinned = |town: &Town, me, other| town.world.pinned_in(me, Peer::User(other));
        assert_eq!(pinned(&town, alice, bob), [1]);
        assert!(pinned(&town, bob, alice).is_empty());
        town.ask(alice, &both);
        assert_eq!(pinned(&town, bob, alice), [2]);
        let caller = town.caller(alice);
        assert_eq!(town.refused(&caller, &both), "CHAT_NOT_MODIFIED");
        let all = functions::messages::UnpinAllMessages {
            peer: town.peer(alice, bob),
            ..Default::default()
        };
        town.ask(alice, &all);
        assert!(pinned(&town, bob, alice).is_empty());
        // The message that says so is one that cannot be pinned.
        let service = functions::messages::UpdatePinnedMessage { id: 2, ..both };
        assert_eq!(town.refused(&caller, &service), "PIN_RESTRICTED");
    }
}
