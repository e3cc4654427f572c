//! Channels and their differences.
use super::scene::*;
use ferogram_sync::store::Change;
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{CHANNEL_DIFFERENCES_MAX, WATCHED_MAX};

fn part(r#final: bool, pts: i32, ids: &[i32]) -> types::updates::ChannelDifference {
    types::updates::ChannelDifference {
        r#final,
        pts,
        new_messages: ids.iter().copied().map(post).collect(),
        ..Default::default()
    }
}

fn too_long(channel_id: i64, pts: Option<i32>) -> ferogram_sync::tl::enums::Updates {
    alone(types::UpdateChannelTooLong { channel_id, pts }.into())
}

#[test]
fn a_gap_in_a_channel_is_asked_for_part_by_part() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(alone(new_post(105))), [""; 0]);
    assert_eq!(scene.wait, Some(500));
    assert_eq!(scene.pass(500), ["ask 100 of 5 from 100"]);
    assert_eq!(scene.push(alone(new_post(106))), [""; 0]);
    let more = scene.answer_channel(CHANNEL, part(false, 102, &[101, 102]));
    assert_eq!(more, ["post 101", "post 102", "ask 100 of 5 from 102"]);
    let last = scene.answer_channel(CHANNEL, part(true, 105, &[103, 104, 105]));
    assert_eq!(last, ["post 103", "post 104", "post 105", "post 106 @106"]);
    assert_eq!(scene.wait, Some(15 * 60 * 1000));
}

#[test]
fn a_part_that_leads_nowhere_is_not_asked_for_again_at_once() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.push(too_long(CHANNEL, None)),
        ["ask 100 of 5 from 100"]
    );
    let more = scene.answer_channel(CHANNEL, part(false, 101, &[101]));
    assert_eq!(more, ["post 101", "ask 100 of 5 from 101"]);
    let nowhere = scene.answer_channel(CHANNEL, part(false, 101, &[]));
    assert_eq!(nowhere, [""; 0]);
    assert_eq!(scene.wait, Some(1000));
}

#[test]
fn bots_ask_for_more_at_once() {
    let mut scene = Scene::of(config(true));
    assert_eq!(
        scene.push(too_long(CHANNEL, None)),
        ["ask 100000 of 5 from 100"]
    );
    assert!(
        !scene.tracker.watch_channel(scene.now, CHANNEL),
        "and may not watch"
    );
}

#[test]
fn an_unknown_channel_begins_with_its_first_update() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.push(alone(deleted_post(6, 50))),
        ["deleted posts [50] @50"]
    );
    assert_eq!(scene.push(alone(deleted_post(6, 52))), [""; 0]);
    assert_eq!(scene.pass(500), ["ask 100 of 6 from 50"]);
}

/// See <https://core.telegram.org/constructor/updateChannelTooLong>.
#[test]
fn a_channel_with_too_much_is_asked_about_unless_all_is_known() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(too_long(CHANNEL, Some(100))), [""; 0]);
    assert_eq!(
        scene.push(too_long(CHANNEL, Some(140))),
        ["ask 100 of 5 from 100"]
    );
    assert_eq!(scene.push(too_long(6, Some(70))), [""; 0]);
    assert_eq!(scene.pass(500), ["ask 100 of 6 from 70"]);
    assert_eq!(scene.push(too_long(7, None)), ["ask state of 7"]);
    assert_eq!(scene.push(alone(deleted_post(7, 30))), [""; 0]);
    scene.tracker.handle_channel_state(scene.now, 7, 31);
    let given = ["deleted posts [30] @30", "ask 100 of 7 from 30"];
    assert_eq!(
        scene.drain(),
        given,
        "nothing that came meanwhile is left out"
    );
}

fn told_of(channel: i64, pts: Option<i32>) -> types::updates::Difference {
    let other_updates = vec![
        types::UpdateChannelTooLong {
            channel_id: channel,
            pts,
        }
        .into(),
    ];
    types::updates::Difference {
        other_updates,
        ..difference(Vec::new(), 10)
    }
}

/// The difference names channels in which something has happened. From what counter on would have to
/// be known to ask for it.
#[test]
fn what_happened_in_a_channel_before_it_was_known_is_told_as_lost() {
    let mut scene = Scene::new();
    scene.connect();
    assert_eq!(scene.answer(told_of(6, Some(70))), [""; 0]);
    let told = ["lost 6 0..70: Unknown", "ask 100 of 6 from 70"];
    assert_eq!(scene.pass(500), told);
    scene.connect();
    assert_eq!(scene.answer(told_of(7, None)), ["ask state of 7"]);
    scene.tracker.handle_channel_state(scene.now, 7, 31);
    assert_eq!(scene.drain(), ["lost 7 0..31: Unknown"]);
    // What is on its way then may be all that is meant.
    scene.connect();
    assert_eq!(scene.answer(told_of(8, Some(50))), [""; 0]);
    let post = alone(deleted_post(8, 50));
    assert_eq!(scene.push(post), ["deleted posts [50] @50"]);
    assert_eq!(scene.pass(500), [""; 0]);
    // Of one that is known it is asked.
    scene.connect();
    let told = scene.answer(told_of(CHANNEL, Some(140)));
    assert_eq!(told, ["ask 100 of 5 from 100"]);
}

/// A list of dialogs says where to ask from.
#[test]
fn what_happened_in_a_channel_after_its_dialog_was_listed_is_asked_for() {
    let mut scene = Scene::new();
    let mut list = |channel, pts| scene.tracker.handle_dialog(scene.now, channel, pts);
    (6..=9).for_each(|channel| list(channel, 50));
    list(6, 60); // Nothing was given of what came between.
    list(CHANNEL, 90); // That is known better.
    assert_eq!(scene.drain(), [""; 0], "nothing is asked for yet");
    let saved = |change: &Change| match change {
        Change::Channel { id, pts } => (*id, *pts),
        other => panic!("{other:?}"),
    };
    let saved: Vec<_> = scene.saved.iter().map(saved).collect();
    assert_eq!(saved, [6, 7, 8, 9].map(|channel| (channel, Some(50))));
    // The difference names it after an outage.
    scene.connect();
    assert_eq!(scene.answer(told_of(6, None)), ["ask 100 of 6 from 50"]);
    scene.answer_channel(6, empty_channel(50, None));
    // Something comes, and what is before it does not.
    assert_eq!(scene.push(alone(deleted_post(7, 53))), [""; 0]);
    assert_eq!(scene.pass(500), ["ask 100 of 7 from 50"]);
    scene.answer_channel(7, part(true, 53, &[1, 2]));
    // What was pushed before the list was made comes after it.
    let post = alone(deleted_post(8, 50));
    assert_eq!(scene.push(post), ["deleted posts [50] @50"]);
    let next = alone(deleted_post(8, 51));
    assert_eq!(scene.push(next), ["deleted posts [51] @51"]);
    // That it is where it was is no news.
    assert_eq!(scene.push(too_long(9, Some(50))), [""; 0]);
    assert_eq!(scene.pass(500), [""; 0]);
    assert_eq!(scene.push(too_long(9, Some(51))), ["ask 100 of 9 from 50"]);
}

/// The word that there is more may overtake what it tells of.
#[test]
fn what_was_on_its_way_when_a_channel_was_told_of_is_given() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(too_long(8, Some(50))), [""; 0]);
    let post = alone(deleted_post(8, 50));
    assert_eq!(scene.push(post), ["deleted posts [50] @50"]);
    assert_eq!(scene.pass(500), [""; 0], "that was all");
    assert_eq!(scene.push(too_long(9, Some(60))), [""; 0]);
    let post = alone(deleted_post(9, 58));
    let given = ["deleted posts [58] @58", "ask 100 of 9 from 58"];
    assert_eq!(scene.push(post), given);
}

/// See <https://core.telegram.org/constructor/updates.channelDifferenceTooLong>.
#[test]
fn what_a_channel_has_lost_is_told_and_what_the_answer_has_is_given() {
    let mut scene = Scene::new();
    scene.push(alone(new_post(101)));
    scene.push(too_long(CHANNEL, None));
    let answer = types::updates::ChannelDifferenceTooLong {
        r#final: true,
        timeout: None,
        dialog: types::Dialog {
            pts: Some(900),
            ..Default::default()
        }
        .into(),
        messages: [899, 898, 101].map(post).into(),
        chats: Vec::new(),
        users: Vec::new(),
    };
    let told = scene.answer_channel(CHANNEL, answer.clone());
    assert_eq!(
        told,
        ["lost 5 101..900: TooLong", "post 898", "post 899"],
        "none twice"
    );
    assert_eq!(scene.push(alone(new_post(901))), ["post 901 @901"]);
    // A dialog that does not say how far the channel is.
    scene.push(too_long(CHANNEL, None));
    let answer = types::updates::ChannelDifferenceTooLong {
        dialog: types::Dialog::default().into(),
        ..answer
    };
    let told = scene.answer_channel(CHANNEL, answer);
    assert_eq!(told, ["lost 5 901..?: TooLong", "ask state of 5"]);
}

#[test]
fn a_watched_channel_is_asked_about_as_often_as_the_server_says() {
    let mut scene = Scene::new();
    assert!(scene.tracker.watch_channel(scene.now, CHANNEL));
    assert_eq!(scene.drain(), ["ask 100 of 5 from 100"]);
    scene.answer_channel(CHANNEL, empty_channel(100, Some(7)));
    assert_eq!(scene.wait, Some(7000));
    assert_eq!(scene.pass(7000), ["ask 100 of 5 from 100"]);
    scene.answer_channel(CHANNEL, empty_channel(100, None));
    assert_eq!(scene.wait, Some(1000));
    scene.tracker.unwatch_channel(scene.now, CHANNEL);
    scene.drain();
    assert_eq!(scene.wait, Some(15 * 60 * 1000 - 7000));
    // One that is not known begins now.
    assert!(scene.tracker.watch_channel(scene.now, 6));
    assert_eq!(scene.drain(), ["ask state of 6"]);
    scene.tracker.handle_channel_state(scene.now, 6, 40);
    assert_eq!(scene.drain(), [""; 0]);
    assert_eq!(scene.pass(1000), ["ask 100 of 6 from 40"]);
}

#[test]
fn no_more_are_watched_or_asked_about_at_once_than_may_be() {
    let mut scene = Scene::new();
    let most = 50 + WATCHED_MAX as i64;
    let watched = (50..100).filter(|id| scene.tracker.watch_channel(scene.now, *id));
    assert_eq!(watched.collect::<Vec<_>>(), (50..most).collect::<Vec<_>>());
    assert_eq!(scene.drain().len(), CHANNEL_DIFFERENCES_MAX);
    assert_eq!(
        scene.push(too_long(CHANNEL, None)),
        [""; 0],
        "it waits for its turn"
    );
    scene.tracker.handle_channel_state(scene.now, 50, 1);
    assert_eq!(scene.drain(), ["ask 100 of 5 from 100"]);
    scene.tracker.unwatch_channel(scene.now, 51);
    assert!(scene.tracker.watch_channel(scene.now, 99));
}
