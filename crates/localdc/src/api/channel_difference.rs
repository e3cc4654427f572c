//! `updates.getChannelDifference`: what a client has missed of one channel
//! (<https://core.telegram.org/api/updates#recovering-gaps>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::{Channel, Event, Happening, Missed, Peer, World, digest};

use super::dialogs::dialog;
use super::done::Answer;
use super::errors::{bad, unregistered, unsupported};
use super::input;
use super::rights::channel_of;
use super::seam::Caller;
use super::updates::names;
use super::view::View;

/// Events that one call may ask for
/// (<https://core.telegram.org/method/updates.getChannelDifference>).
const USERS_MAX: i32 = 100;
const BOTS_MAX: i32 = 100_000;

/// Messages that come with the word that it is too much.
const LATEST: usize = 20;

/// After how many seconds a client that shows the channel asks again.
const TIMEOUT: i32 = 30;

/// `updates.getChannelDifference`: exactly what happened after the state that the client has, in
/// parts if it is much; if the channel does not know any more, the latest messages.
pub(crate) fn get_channel_difference(
    world: &mut World,
    caller: &Caller,
    request: functions::updates::GetChannelDifference,
) -> Answer<enums::updates::ChannelDifference> {
    let me = caller.user.ok_or_else(unregistered)?;
    let id = input::channel(world, me, &request.channel)?;
    if !matches!(request.filter, enums::ChannelMessagesFilter::Empty) {
        return Err(unsupported("filter"));
    }
    let channel = channel_of(world, id)?;
    let board = &channel.board;
    if request.pts == 0 {
        return Err(bad("PERSISTENT_TIMESTAMP_EMPTY"));
    }
    if request.pts < 0 || request.pts > board.pts() {
        return Err(bad("PERSISTENT_TIMESTAMP_INVALID"));
    }
    let bot = world.account(me).is_some_and(|account| account.is_bot());
    let most = if bot { BOTS_MAX } else { USERS_MAX };
    let most = most.min(world.slice);
    if request.limit <= 0 {
        return Err(bad("LIMIT_INVALID"));
    }
    Ok(
        match board.log().missed(request.pts, request.limit.min(most)) {
            Missed::TooLong => too_long(world, me, channel).into(),
            Missed::Events { events, .. } if events.is_empty() => {
                let empty = types::updates::ChannelDifferenceEmpty {
                    r#final: true,
                    pts: board.pts(),
                    timeout: Some(TIMEOUT),
                };
                enums::updates::ChannelDifference::from(empty).into()
            }
            Missed::Events { events, complete } => {
                difference(world, me, channel, events, complete).into()
            }
        },
    )
}

fn difference(
    world: &World,
    me: i64,
    channel: &Channel,
    events: Vec<Event>,
    complete: bool,
) -> enums::updates::ChannelDifference {
    let pts = events.last().map_or(channel.board.pts(), |event| event.pts);
    let told = |id: i32| channel.shows(me, id) && world.is_told(me, channel, id);
    let (new, others) = digest(events, told);
    let mut view = View::new(world, me);
    let peer = Peer::Channel(channel.id);
    view.peer(peer);
    let account = world.account(me);
    let named = account.map(|account| names(account, Some(channel.id), &new));
    let mut other_updates = named.unwrap_or_default();
    let new_messages = new.into_iter().map(|id| view.message_in(peer, id));
    let new_messages = new_messages.collect();
    // Messages that were edited before the client could see them do not concern it.
    let seen = |event: &&Event| !matches!(event.what, Happening::Edited(id) if !told(id));
    let others = others.iter().filter(seen);
    other_updates.extend(others.map(|event| view.channel_update(channel.id, event)));
    let (users, chats) = view.shown();
    types::updates::ChannelDifference {
        r#final: complete,
        pts,
        timeout: complete.then_some(TIMEOUT),
        new_messages,
        other_updates,
        chats,
        users,
    }
    .into()
}

/// How the channel stands, and its latest messages.
fn too_long(world: &World, me: i64, channel: &Channel) -> enums::updates::ChannelDifference {
    let mut view = View::new(world, me);
    let peer = Peer::Channel(channel.id);
    let ids = channel.visible_to(me);
    let ids = ids.iter().rev().take(LATEST);
    let messages = ids.map(|id| view.message_in(peer, *id)).collect();
    let dialog = match world.account(me) {
        Some(account) => dialog(world, account, &mut view, peer),
        None => types::Dialog::default(),
    };
    let (users, chats) = view.shown();
    types::updates::ChannelDifferenceTooLong {
        r#final: true,
        timeout: Some(TIMEOUT),
        dialog: dialog.into(),
        messages,
        chats,
        users,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Town, pushed};
    use super::*;
    use crate::world::NewChannel;

    fn ask(town: &mut Town, me: i64, id: i64, pts: i32, limit: i32) -> Asked {
        let channel = town.channel_input(me, id);
        let request = functions::updates::GetChannelDifference {
            channel,
            pts,
            limit,
            ..Default::default()
        };
        match town.ask(me, &request) {
            enums::updates::ChannelDifference::Empty(empty) => Asked {
                pts: empty.pts,
                is_final: empty.r#final,
                ..Asked::default()
            },
            enums::updates::ChannelDifference::Difference(all) => Asked {
                pts: all.pts,
                is_final: all.r#final,
                new: all.new_messages,
                others: all.other_updates,
            },
            other => panic!("{other:?}"),
        }
    }

    #[derive(Default)]
    struct Asked {
        pts: i32,
        is_final: bool,
        new: Vec<enums::Message>,
        others: Vec<enums::Update>,
    }

    /// Alice's supergroup with Bob, and five messages in it: its state is 7.
    fn club() -> (Town, i64, i64, i64) {
        let mut town = Town::new();
        let (alice, bob) = (town.user(1, "alice"), town.user(2, "bobby"));
        let club = NewChannel::private("Club").megagroup().owner(alice);
        let club = town.channel(club.members([bob]));
        for number in 1..=5 {
            town.ask(
                alice,
                &town.post(alice, club, &format!("text {number}"), number),
            );
        }
        (town, club, alice, bob)
    }

    #[test]
    fn what_was_missed_comes_in_parts() {
        let (mut town, club, alice, bob) = club();
        let delete = functions::channels::DeleteMessages {
            channel: town.channel_input(alice, club),
            id: vec![2, 3],
        };
        town.ask(alice, &delete);
        let part = ask(&mut town, bob, club, 1, 4);
        assert_eq!((part.pts, part.is_final, part.new.len()), (5, false, 2));
        let rest = ask(&mut town, bob, club, part.pts, 100);
        assert_eq!((rest.pts, rest.is_final, rest.new.len()), (9, true, 2));
        assert!(matches!(
            &rest.others[..],
            [enums::Update::DeleteChannelMessages(gone)]
                if gone.messages == [2, 3] && (gone.pts, gone.pts_count) == (9, 2)
        ));
        let nothing = ask(&mut town, bob, club, 9, 100);
        assert_eq!((nothing.pts, nothing.is_final), (9, true));
    }

    #[test]
    fn a_state_that_is_forgotten_brings_the_latest_messages() {
        let (mut town, club, _, bob) = club();
        let channel = town.world.channels.get_mut(&club).expect("it is there");
        channel.board.log_mut().limit(2);
        let request = functions::updates::GetChannelDifference {
            channel: town.channel_input(bob, club),
            pts: 3,
            limit: 10,
            ..Default::default()
        };
        let enums::updates::ChannelDifference::TooLong(long) = town.ask(bob, &request) else {
            panic!("the log is short");
        };
        let enums::Dialog::Dialog(dialog) = long.dialog else {
            panic!("it is a conversation");
        };
        assert_eq!((dialog.pts, dialog.top_message), (Some(7), 6));
        assert_eq!((dialog.unread_count, long.messages.len()), (6, 6));
    }

    #[test]
    fn who_may_not_ask_is_refused() {
        let (mut town, club, alice, bob) = club();
        let carol = town.user(3, "carol");
        let request = |town: &Town, me, pts| functions::updates::GetChannelDifference {
            channel: town.channel_input(me, club),
            pts,
            limit: 10,
            ..Default::default()
        };
        for (pts, name) in [
            (0, "PERSISTENT_TIMESTAMP_EMPTY"),
            (8, "PERSISTENT_TIMESTAMP_INVALID"),
        ] {
            let it = request(&town, bob, pts);
            assert_eq!(town.refused(&town.caller(bob), &it), name);
        }
        let foreign = request(&town, alice, 1);
        assert_eq!(town.refused(&town.caller(bob), &foreign), "CHANNEL_INVALID");
        let outside = request(&town, carol, 1);
        assert_eq!(
            town.refused(&town.caller(carol), &outside),
            "CHANNEL_PRIVATE"
        );
        let leave = functions::channels::LeaveChannel {
            channel: town.channel_input(bob, club),
        };
        town.ask(bob, &leave);
        let gone = request(&town, bob, 1);
        assert_eq!(town.refused(&town.caller(bob), &gone), "CHANNEL_PRIVATE");
    }

    #[test]
    fn everybody_is_told_the_same_state() {
        let (mut town, club, alice, bob) = club();
        let caller = town.caller(bob);
        let request = town.post(bob, club, "hello", 1);
        let called = town.call(&caller, &request).expect("sent");
        let news = |updates: &enums::Updates| {
            let enums::Updates::Updates(all) = updates else {
                panic!("channels have no short forms: {updates:?}");
            };
            let new = all.updates.iter().find_map(|update| match update {
                enums::Update::NewChannelMessage(new) => Some((new.pts, new.pts_count)),
                _ => None,
            });
            new.expect("a message is new")
        };
        assert_eq!(news(&called.value), (8, 1));
        let pushed = pushed(&called.reply.pushes);
        assert_eq!(pushed.len(), 2);
        for (user, updates) in &pushed {
            assert!([alice, bob].contains(user));
            assert_eq!(news(updates), (8, 1));
        }
    }
}
