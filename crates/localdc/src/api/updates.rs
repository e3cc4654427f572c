//! `updates.*`: where an account stands, and what a client has missed
//! (<https://core.telegram.org/api/updates>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Account, Counted, Event, Missed, Peer, World, digest};

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::login::notice_update;
use super::seam::Caller;
use super::view::View;

/// `updates.getState` (<https://core.telegram.org/method/updates.getState>).
pub(crate) fn get_state(
    world: &mut World,
    caller: &Caller,
    _: functions::updates::GetState,
) -> Answer<enums::updates::State> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let state: enums::updates::State = state(world, account, account.mailbox.pts()).into();
    Ok(state.into())
}

/// `updates.getDifference` (<https://core.telegram.org/method/updates.getDifference>): exactly
/// what happened after the state that the client has, in slices if it is much.
pub(crate) fn get_difference(
    world: &mut World,
    caller: &Caller,
    request: functions::updates::GetDifference,
) -> Answer<enums::updates::Difference> {
    let me = caller.user.ok_or_else(unregistered)?;
    let account = world.account(me).ok_or_else(unregistered)?;
    let pts = account.mailbox.pts();
    if request.pts == 0 {
        return Err(bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    if request.pts < 0 || request.pts > pts {
        return Err(bad("PERSISTENT_TIMESTAMP_INVALID"));
    }
    if request.date <= 0 {
        return Err(bad("DATE_EMPTY"));
    }
    let behind = pts - request.pts;
    let too_much = request
        .pts_total_limit
        .is_some_and(|limit| limit > 0 && behind > limit);
    let limit = request
        .pts_limit
        .filter(|limit| *limit > 0)
        .unwrap_or(world.slice);
    let missed = account
        .mailbox
        .log()
        .missed(request.pts, limit.min(world.slice));
    Ok(match missed {
        Missed::Events { events, complete } if !too_much => {
            difference(world, account, &request, events, complete).into()
        }
        _ => too_long(pts).into(),
    })
}

/// Tells what was missed, or a slice of it.
fn difference(
    world: &World,
    account: &Account,
    request: &functions::updates::GetDifference,
    events: Vec<Event>,
    complete: bool,
) -> enums::updates::Difference {
    // Notices of the second that the client names may or may not be known to it: they are told
    // again, as doing so does no harm.
    let notices: Vec<enums::Update> = account
        .notices
        .iter()
        .filter(|notice| notice.date >= i64::from(request.date))
        .map(notice_update)
        .collect();
    let channels: Vec<i64> = match complete {
        true => world.changed_since(account.id, request.date),
        false => Vec::new(),
    };
    let counted: Vec<&Counted> = match complete {
        true => account
            .counted
            .iter()
            .filter(|it| it.qts > request.qts)
            .collect(),
        false => Vec::new(),
    };
    let nothing_else = notices.is_empty() && channels.is_empty() && counted.is_empty();
    if events.is_empty() && nothing_else {
        let (date, seq) = (world.date(), account.seq());
        return types::updates::DifferenceEmpty { date, seq }.into();
    }
    let reached = events.last().map_or(request.pts, |event| event.pts);
    let (new, others) = digest(events, |id| account.mailbox.entry(id).is_some());
    let mut view = View::new(world, account.id);
    let mut other_updates = names(account, None, &new);
    let new_messages = new.into_iter().map(|id| view.message(id)).collect();
    other_updates.extend(others.iter().map(|event| view.update(event)));
    if complete {
        for peer in counted.iter().flat_map(|it| &it.names) {
            view.peer(*peer);
        }
        other_updates.extend(counted.iter().map(|it| it.update.clone()));
        other_updates.extend(notices);
        other_updates.extend(channels.iter().map(|id| too_long_in(world, &mut view, *id)));
    }
    let (users, chats) = view.shown();
    let state = state(world, account, reached);
    if complete {
        return types::updates::Difference {
            new_messages,
            other_updates,
            chats,
            users,
            state: state.into(),
            ..Default::default()
        }
        .into();
    }
    // Date and qts stay: what they count comes with the last slice.
    let (date, qts) = (request.date, request.qts);
    types::updates::DifferenceSlice {
        new_messages,
        other_updates,
        chats,
        users,
        intermediate_state: types::updates::State { date, qts, ..state }.into(),
        ..Default::default()
    }
    .into()
}

/// Under which `random_id` the account has sent some of its messages
/// (<https://core.telegram.org/constructor/updateMessageID>): who has missed the answer learns it
/// here, as TDLib expects.
pub(super) fn names(account: &Account, channel: Option<i64>, new: &[i32]) -> Vec<enums::Update> {
    let is_there = |peer: Peer| match (peer, channel) {
        (Peer::Channel(id), channel) => channel == Some(id),
        (_, channel) => channel.is_none(),
    };
    let named = account.sent.iter();
    let named = named.filter(|(_, sent)| is_there(sent.peer) && new.contains(&sent.id));
    let named = named.map(|(random_id, sent)| types::UpdateMessageId {
        id: sent.id,
        random_id: *random_id,
    });
    named.map(Into::into).collect()
}

/// Channels have differences of their own: of those in which something has happened since, the
/// client is told how far they are.
fn too_long_in(world: &World, view: &mut View<'_>, channel_id: i64) -> enums::Update {
    view.peer(Peer::Channel(channel_id));
    let channel = world.channels.get(&channel_id);
    types::UpdateChannelTooLong {
        channel_id,
        pts: channel.map(|channel| channel.board.pts()),
    }
    .into()
}

fn too_long(pts: i32) -> enums::updates::Difference {
    types::updates::DifferenceTooLong { pts }.into()
}

/// Where an account stands, as far as the client has been told.
pub(crate) fn state(world: &World, account: &Account, pts: i32) -> types::updates::State {
    types::updates::State {
        pts,
        qts: account.qts(),
        date: world.date(),
        seq: account.seq(),
        unread_count: account.mailbox.unread_total(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{START, Town};
    use super::super::login::log_in;
    use super::*;
    use crate::world::NewChannel;

    fn since(pts: i32) -> functions::updates::GetDifference {
        functions::updates::GetDifference {
            pts,
            date: START,
            ..Default::default()
        }
    }

    #[test]
    fn the_limits_of_a_difference() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        for random_id in 1..=5 {
            town.ask(alice, &town.text(alice, bob, "hello", random_id));
        }
        let caller = town.caller(bob);
        assert_eq!(
            town.refused(&caller, &since(0)),
            "PERSISTENT_TIMESTAMP_EMPTY"
        );
        assert_eq!(
            town.refused(&caller, &since(7)),
            "PERSISTENT_TIMESTAMP_INVALID"
        );
        let undated = functions::updates::GetDifference {
            pts: 1,
            ..Default::default()
        };
        assert_eq!(town.refused(&caller, &undated), "DATE_EMPTY");
        assert!(matches!(
            town.ask(bob, &since(6)),
            enums::updates::Difference::Empty(_)
        ));
        let total = |limit| functions::updates::GetDifference {
            pts_total_limit: Some(limit),
            ..since(1)
        };
        let answer = town.ask(bob, &total(4));
        assert!(matches!(answer, enums::updates::Difference::TooLong(long) if long.pts == 6));
        let answer = town.ask(bob, &total(5));
        let enums::updates::Difference::Difference(all) = answer else {
            panic!("it is not too long");
        };
        assert_eq!((all.new_messages.len(), all.users.len()), (5, 1));
        let enums::updates::State::State(state) = all.state;
        assert_eq!((state.pts, state.unread_count, state.seq), (6, 5, 0));
        town.world
            .account_mut(bob)
            .expect("it exists")
            .mailbox
            .log_mut()
            .limit(2);
        let answer = town.ask(bob, &since(3));
        assert!(matches!(answer, enums::updates::Difference::TooLong(long) if long.pts == 6));
        assert!(matches!(
            town.ask(bob, &since(4)),
            enums::updates::Difference::Difference(_)
        ));
    }

    #[test]
    fn a_login_is_noted_in_the_difference() {
        let mut town = Town::new();
        let alice = town.user(1, "alice");
        town.ask(alice, &functions::updates::GetState {});
        for key in [5, 6] {
            let caller = town.key(key, 1);
            log_in(&mut town.world, &caller, alice).ok();
        }
        let answer = town.ask(alice, &functions::updates::GetState {});
        assert!(matches!(answer, enums::updates::State::State(state) if state.seq == 1));
        town.now += 10;
        let answer = town.ask(
            alice,
            &functions::updates::GetDifference {
                date: 1,
                ..since(1)
            },
        );
        let enums::updates::Difference::Difference(all) = answer else {
            panic!("something happened");
        };
        assert!(matches!(
            all.other_updates[..],
            [enums::Update::NewAuthorization(_)]
        ));
        let later = functions::updates::GetDifference {
            date: START + 1,
            ..since(1)
        };
        assert!(matches!(
            town.ask(alice, &later),
            enums::updates::Difference::Empty(_)
        ));
    }

    #[test]
    fn channels_in_which_something_happened_are_named_in_the_difference() {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        town.now += 10;
        let quiet = functions::updates::GetDifference {
            date: town.now,
            ..since(1)
        };
        assert!(matches!(
            town.ask(bob, &quiet),
            enums::updates::Difference::Empty(_)
        ));
        town.ask(alice, &town.post(alice, club, "hello", 1));
        let enums::updates::Difference::Difference(all) = town.ask(bob, &quiet) else {
            panic!("something happened");
        };
        let [enums::Update::ChannelTooLong(long)] = &all.other_updates[..] else {
            panic!("{:?}", all.other_updates);
        };
        assert_eq!((long.channel_id, long.pts), (club, Some(3)));
        assert!(matches!(&all.chats[..], [enums::Chat::Channel(it)] if it.id == club));
    }
}
