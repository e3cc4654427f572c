//! `messages.*` and `channels.*`: histories that go away.
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Peer, World, date};

use super::channel_news::changed;
use super::done::{Answer, Done};
use super::errors::{bad, unregistered};
use super::input;
use super::push::{container, own, passing, tell};
use super::rights::channel_of;
use super::seam::{Caller, Push, RpcError};
use super::view::View;

/// Messages that one call deletes: with more to go it asks to be called again
/// (<https://core.telegram.org/constructor/messages.affectedHistory>).
const AT_ONCE: usize = 1000;

/// `messages.deleteHistory` (<https://core.telegram.org/method/messages.deleteHistory>): of a
/// private conversation or a basic group, for oneself or, in private, for both.
pub(crate) fn delete_history(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::DeleteHistory,
) -> Answer<enums::messages::AffectedHistory> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = kept_history(world, me, &request.peer)?;
    if matches!(peer, Peer::Channel(_)) {
        return Err(bad("PEER_ID_INVALID"));
    }
    let within = |id: &i32| {
        let sent = world
            .post_at(me, peer, *id)
            .map_or(0, |post| date(post.date));
        (request.max_id <= 0 || *id <= request.max_id)
            && request.min_date.is_none_or(|min| sent >= min)
            && request.max_date.is_none_or(|max| sent <= max)
    };
    let ids = world.ids_of(me, peer);
    let ids = ids.iter().copied();
    let mut ids: Vec<i32> = ids.filter(within).collect();
    let offset = ids.len().saturating_sub(AT_ONCE);
    ids.drain(..offset);
    let revoke = request.revoke && matches!(peer, Peer::User(_));
    let told = world.delete(me, &ids, revoke);
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

/// A conversation that somebody has messages of: also a group that they have left.
fn kept_history(world: &World, me: i64, input: &enums::InputPeer) -> Result<Peer, RpcError> {
    let left = match input {
        enums::InputPeer::Chat(chat) => Some(Peer::Chat(chat.chat_id)),
        _ => None,
    };
    let left = left.filter(|peer| !world.ids_of(me, *peer).is_empty());
    left.map_or_else(|| input::peer(world, me, input), Ok)
}

/// `channels.deleteHistory` (<https://core.telegram.org/method/channels.deleteHistory>): for
/// oneself, or, for its creator, for everybody.
pub(crate) fn delete_channel_history(
    world: &mut World,
    caller: &Caller,
    request: functions::channels::DeleteHistory,
) -> Answer<enums::Updates> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    let it = channel_of(world, id)?;
    let last = it.board.top().unwrap_or(0);
    let max_id = match request.max_id {
        ..=0 => last,
        max_id => max_id.min(last),
    };
    if request.for_everyone {
        if !it.may(me, |rights| rights.delete_messages) {
            return Err(bad("CHAT_ADMIN_REQUIRED"));
        }
        let ids = it.board.ids().iter().copied();
        // The message that says how it began stays.
        let ids: Vec<i32> = ids.filter(|id| *id > 1 && *id <= max_id).collect();
        let told = world.take_down(me, id, &ids);
        return Ok(changed(world, caller, me, id, &told));
    }
    let member = world.channels.get_mut(&id);
    let member = member.and_then(|it| it.participants.get_mut(&me));
    let member = member.ok_or_else(|| bad("CHANNEL_PRIVATE"))?;
    member.available_min_id = member.available_min_id.max(max_id + 1);
    let update: enums::Update = types::UpdateChannelAvailableMessages {
        channel_id: id,
        available_min_id: member.available_min_id,
    }
    .into();
    let mut view = View::new(world, me);
    view.peer(Peer::Channel(id));
    let answer = container(world, view, vec![update.clone()]);
    let push = Push {
        except: Some(caller.session),
        ..passing(world, me, update)
    };
    Ok(Done::from(answer).pushing(vec![push]))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Town;
    use super::*;
    use crate::world::NewChannel;

    #[test]
    fn a_private_history_goes_for_one_or_for_both() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        for random_id in 1..=4 {
            town.ask(alice, &town.text(alice, bob, "hello", random_id));
        }
        let clear = |max_id, revoke| functions::messages::DeleteHistory {
            peer: town.peer(alice, bob),
            max_id,
            revoke,
            ..Default::default()
        };
        let (some, rest) = (clear(2, false), clear(0, true));
        let enums::messages::AffectedHistory::History(gone) = town.ask(alice, &some);
        assert_eq!((gone.pts, gone.pts_count, gone.offset), (7, 2, 0));
        let left = |town: &Town, me, other| town.world.ids_of(me, Peer::User(other)).len();
        assert_eq!((left(&town, alice, bob), left(&town, bob, alice)), (2, 4));
        town.ask(alice, &rest);
        assert_eq!((left(&town, alice, bob), left(&town, bob, alice)), (0, 2));
    }

    #[test]
    fn a_channels_history_goes_for_oneself_or_for_all() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        for random_id in 1..=4 {
            town.ask(alice, &town.post(alice, club, "hello", random_id));
        }
        let clear = |town: &Town, me, for_everyone| functions::channels::DeleteHistory {
            channel: town.channel_input(me, club),
            max_id: 3,
            for_everyone,
        };
        let request = clear(&town, bob, true);
        assert_eq!(
            town.refused(&town.caller(bob), &request),
            "CHAT_ADMIN_REQUIRED"
        );
        town.ask(bob, &clear(&town, bob, false));
        let seen = |town: &Town, me| town.world.ids_of(me, Peer::Channel(club)).to_vec();
        assert_eq!(
            (seen(&town, bob), seen(&town, alice).len()),
            (vec![4, 5], 5)
        );
        assert_eq!(town.world.unread_in(bob, club), 2);
        town.ask(alice, &clear(&town, alice, true));
        assert_eq!(seen(&town, alice), [1, 4, 5]);
    }
}
