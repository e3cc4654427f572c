//! Counters, order, and what is missing.
use super::scene::*;
use ferogram_sync::store::{Change, PeerKey};
use ferogram_sync::tl::types;

#[test]
fn what_is_next_is_given_and_what_has_been_here_is_not() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(alone(new(11))), ["message 11 @11"]);
    assert_eq!(scene.push(alone(new(11))), [""; 0]);
    assert_eq!(scene.push(alone(deleted(14, 3))), ["deleted [14] @14"]);
    assert_eq!(scene.push(alone(deleted(14, 0))), ["deleted [14] @14"]);
    assert_eq!(scene.push(alone(deleted(13, 0))), [""; 0]);
    assert_eq!(scene.push(alone(stopped(6))), ["stopped 6 @6"]);
    assert_eq!(scene.push(alone(stopped(6))), [""; 0]);
    assert_eq!(scene.push(alone(new_post(101))), ["post 101 @101"]);
    let saved = |change| match change {
        Change::Updates(state) => (0, state.pts, state.qts),
        Change::Channel { id, pts } => (id, pts.expect("it is known"), 0),
        other => panic!("{other:?}"),
    };
    let saved: Vec<_> = scene.saved.drain(..).map(saved).collect();
    let states = [(0, 11, 5), (0, 14, 5), (0, 14, 5), (0, 14, 6), (5, 101, 0)];
    assert_eq!(saved, states);
}

#[test]
fn what_comes_too_early_waits_half_a_second_for_what_is_missing() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(alone(new(13))), [""; 0]);
    assert_eq!(scene.wait, Some(500));
    assert_eq!(scene.pass(400), [""; 0]);
    assert_eq!(scene.push(alone(new(12))), [""; 0]);
    assert_eq!(scene.wait, Some(100), "the wait has begun with the first");
    let all = ["message 11 @11", "message 12 @12", "message 13 @13"];
    assert_eq!(scene.push(alone(new(11))), all);
    assert_eq!(scene.wait, Some(15 * 60 * 1000), "nothing is missing");
}

#[test]
fn what_does_not_come_is_asked_for() {
    let mut scene = Scene::new();
    scene.push(alone(new(13)));
    assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
    assert_eq!(scene.wait, None, "it is asked once");
    // What is pushed meanwhile waits, also what would be next.
    assert_eq!(scene.push(alone(new(14))), [""; 0]);
    assert_eq!(scene.push(alone(stopped(6))), [""; 0]);
    let given = scene.answer(difference(vec![message(11), message(12), message(13)], 13));
    let all = [
        "message 11",
        "message 12",
        "message 13",
        "message 14 @14",
        "stopped 6 @6",
    ];
    assert_eq!(given, all);
}

#[test]
fn each_counter_has_gaps_of_its_own() {
    let mut scene = Scene::new();
    scene.push(alone(new(12)));
    assert_eq!(scene.push(alone(stopped(6))), ["stopped 6 @6"]);
    assert_eq!(scene.push(alone(new_post(101))), ["post 101 @101"]);
    scene.pass(300);
    scene.push(alone(stopped(8)));
    assert_eq!(
        scene.push(alone(new(11))),
        ["message 11 @11", "message 12 @12"]
    );
    assert_eq!(scene.wait, Some(500), "the second gap is as old as itself");
    assert_eq!(scene.pass(500), ["ask from 12 6 1000"]);
}

#[test]
fn an_update_that_begins_before_what_is_known_and_ends_after_it_is_a_gap() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(alone(deleted(12, 3))), [""; 0]);
    assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
}

#[test]
fn a_counter_far_below_has_begun_anew() {
    let mut config = config(false);
    let state = config.state.as_mut().expect("it is there");
    state.pts = 2_000_000;
    let mut scene = Scene::of(config);
    assert_eq!(scene.push(alone(new(1_500_000))), [""; 0], "that is old");
    assert_eq!(scene.push(alone(new(7))), ["ask from 2000000 5 1000"]);
    assert_eq!(scene.refuse("PERSISTENT_TIMESTAMP_INVALID"), ["ask state"]);
    assert_eq!(scene.push(alone(new(2_000_002))), [""; 0], "it comes late");
    let mut state = scene.tracker.state().expect("it is known");
    state.pts = 8;
    let given = scene.state(state);
    let all = [
        "lost Common 2000000..8: Reset",
        "message 7 @7",
        "ask from 7 5 1000",
    ];
    assert_eq!(given, all, "what came by then is not left out");
    assert_eq!(
        scene.tracker.held(),
        0,
        "what was counted before does not wait"
    );
}

/// An update that was counted before the counter began anew may come later than everything else.
/// It waits for nothing that will come, and the counter does not go there.
#[test]
fn what_is_far_beyond_where_the_server_is_was_counted_before_it_began_anew() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(alone(new(3_000_000))), [""; 0]);
    assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
    let empty = types::updates::DifferenceEmpty { date: 1001, seq: 3 };
    assert_eq!(scene.answer(empty), [""; 0]);
    assert_eq!(scene.tracker.held(), 0);
    assert_eq!(scene.push(alone(new(11))), ["message 11 @11"]);
}

#[test]
fn a_short_message_is_whole() {
    let mut scene = Scene::new();
    let short = types::UpdateShortMessage {
        id: 8,
        user_id: 2,
        pts: 11,
        pts_count: 1,
        ..Default::default()
    };
    assert_eq!(scene.push(short.clone()), ["message 8 @11"]);
    let short = types::UpdateShortChatMessage {
        id: 9,
        from_id: 2,
        chat_id: 3,
        pts: 12,
        pts_count: 1,
        ..Default::default()
    };
    assert_eq!(scene.push(short), ["message 9 @12"]);
}

/// See <https://core.telegram.org/api/updates#recovering-gaps>.
#[test]
fn a_short_message_that_names_a_stranger_is_asked_for_in_whole() {
    let user = |user_id| types::PeerUser { user_id }.into();
    let short = |pts| types::UpdateShortChatMessage {
        id: pts,
        from_id: 2,
        chat_id: 3,
        pts,
        pts_count: 1,
        via_bot_id: Some(4),
        fwd_from: Some(
            types::MessageFwdHeader {
                from_id: Some(user(6)),
                ..Default::default()
            }
            .into(),
        ),
        entities: Some(vec![
            types::MessageEntityMentionName {
                offset: 0,
                length: 1,
                user_id: 7,
            }
            .into(),
        ]),
        ..Default::default()
    };
    let named = [2, 4, 6, 7].map(PeerKey::User);
    for stranger in named.into_iter().chain([PeerKey::Chat(3)]) {
        let mut scene = Scene::new();
        scene.strangers.insert(stranger);
        assert_eq!(scene.push(short(10)), [""; 0], "it has been here");
        let asked = scene.push(short(11));
        assert_eq!(asked, ["ask from 10 5 1000"], "{stranger:?}");
        let given = scene.answer(difference(vec![message(11)], 11));
        assert_eq!(given, ["message 11"], "once");
    }
    let mut scene = Scene::new();
    scene.strangers.insert(PeerKey::User(99));
    assert_eq!(scene.push(short(11)), ["message 11 @11"]);
}
