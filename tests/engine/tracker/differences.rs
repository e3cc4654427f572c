//! The account's difference.
use super::scene::*;
use ferogram_sync::store::UpdateState;
use ferogram_sync::tl::enums::Update;
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{Origin, TrackerConfig};

fn slice(id: i32, pts: i32) -> types::updates::DifferenceSlice {
    types::updates::DifferenceSlice {
        new_messages: vec![message(id)],
        intermediate_state: wire(UpdateState {
            pts,
            qts: 5,
            date: 1000,
            seq: 3,
        }),
        ..Default::default()
    }
}

#[test]
fn each_connection_is_worth_one_difference() {
    let mut scene = Scene::new();
    assert_eq!(scene.drain(), [""; 0]);
    assert_eq!(scene.connect(), ["ask from 10 5 1000"]);
    assert_eq!(scene.answer(empty(4)), [""; 0]);
    assert_eq!(scene.wait, Some(15 * 60 * 1000));
    assert_eq!(scene.connect(), ["ask from 10 5 2000"]);
    // The answer may be older than this connection.
    assert_eq!(scene.connect(), [""; 0]);
    assert_eq!(scene.answer(empty(4)), ["ask from 10 5 2000"]);
    assert_eq!(scene.answer(empty(4)), [""; 0]);
}

#[test]
fn after_a_quarter_of_an_hour_without_a_word_the_server_is_asked() {
    let mut scene = Scene::new();
    scene.pass(10 * 60 * 1000);
    assert_eq!(scene.push(alone(status())), ["status"]);
    assert_eq!(scene.hand(alone(status()), Origin::Answer), ["status"]);
    scene.pass(10 * 60 * 1000);
    assert_eq!(scene.wait, Some(5 * 60 * 1000));
    assert_eq!(scene.pass(5 * 60 * 1000), ["ask from 10 5 1000"]);
    scene.answer(empty(3));
    assert_eq!(scene.wait, Some(15 * 60 * 1000));
}

#[test]
fn slices_are_asked_for_to_the_end() {
    let mut scene = Scene::new();
    scene.connect();
    assert_eq!(
        scene.answer(slice(11, 12)),
        ["message 11", "ask from 12 5 1000"]
    );
    assert_eq!(scene.push(alone(new(14))), [""; 0]);
    let given = scene.answer(difference(vec![message(13)], 13));
    assert_eq!(given, ["message 13", "message 14 @14"]);
}

#[test]
fn a_slice_that_leads_nowhere_is_not_asked_for_again_at_once() {
    let mut scene = Scene::new();
    scene.connect();
    let mut nowhere = slice(11, 10);
    nowhere.new_messages.clear();
    assert_eq!(scene.answer(nowhere), [""; 0]);
    assert_eq!(scene.wait, Some(1000));
}

#[test]
fn what_a_difference_brings_is_not_counted_again() {
    let mut scene = Scene::new();
    scene.connect();
    let mut all = difference(vec![message(11), post(9)], 13);
    all.other_updates = vec![
        deleted(12, 1),
        new(13),
        plain(1),
        new_post(101),
        Update::PtsChanged,
    ];
    let given = [
        "message 11",
        "post 9",
        "deleted [12]",
        "message 13",
        "plain 1",
        "post 101 @101",
    ];
    assert_eq!(scene.answer(all), given);
    assert_eq!(scene.push(alone(new(13))), [""; 0]);
    assert_eq!(scene.push(alone(new(14))), ["message 14 @14"]);
}

#[test]
fn a_difference_that_is_too_long_is_told_and_goes_on() {
    let mut scene = Scene::new();
    scene.connect();
    let too_long = types::updates::DifferenceTooLong { pts: 500 };
    let told = ["lost Common 10..500: TooLong", "ask from 500 5 1000"];
    assert_eq!(scene.answer(too_long.clone()), told);
    // A server that says nothing else is not asked all the time.
    assert_eq!(scene.answer(too_long), ["lost Common 500..500: TooLong"]);
    assert_eq!(scene.wait, Some(2000));
}

#[test]
fn who_has_no_state_begins_now_and_nothing_pushed_meanwhile_is_left_out() {
    let account = ferogram_sync::store::Account {
        user_id: ME,
        bot: false,
    };
    let mut scene = Scene::of(TrackerConfig::new(account));
    assert_eq!(scene.connect(), ["ask state"]);
    assert_eq!(scene.push(together(vec![new(12), plain(7)], 7)), [""; 0]);
    let given = scene.state(UpdateState {
        pts: 13,
        qts: 5,
        date: 1000,
        seq: 8,
    });
    assert_eq!(given, ["message 12 @12", "plain 7", "ask from 12 5 1007"]);
    let given = scene.answer(difference(vec![message(13)], 13));
    assert_eq!(given, ["message 13"]);
}

#[test]
fn a_state_without_surprises_needs_no_difference() {
    let account = ferogram_sync::store::Account {
        user_id: ME,
        bot: false,
    };
    let mut scene = Scene::of(TrackerConfig::new(account));
    scene.connect();
    let state = UpdateState {
        pts: 13,
        qts: 5,
        date: 1000,
        seq: 8,
    };
    assert_eq!(scene.state(state), [""; 0]);
    assert_eq!(scene.tracker.state(), Some(state));
}

/// See <https://core.telegram.org/constructor/updatePtsChanged>.
#[test]
fn a_counter_that_begins_anew_is_asked_for() {
    let mut scene = Scene::new();
    scene.push(alone(new(12)));
    let told = scene.push(together(vec![Update::PtsChanged], 0));
    let before = ["lost Common 10..11: Reset", "message 12 @12", "ask state"];
    assert_eq!(told, before, "what is missing before it will not come");
    assert_eq!(scene.push(alone(new(3))), [""; 0]);
    let state = UpdateState {
        pts: 3,
        qts: 5,
        date: 1000,
        seq: 3,
    };
    let given = scene.state(state);
    let all = [
        "lost Common 10..3: Reset",
        "message 3 @3",
        "ask from 3 5 1000",
    ];
    assert_eq!(given, all);
}

#[test]
fn a_gap_that_no_difference_fills_is_passed_over_and_told() {
    let mut scene = Scene::new();
    scene.push(alone(new(12)));
    for _ in 0..2 {
        assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
        let nothing = difference(vec![], 10);
        let mut nothing_new = nothing;
        nothing_new.state = wire(UpdateState {
            pts: 10,
            qts: 5,
            date: 1000,
            seq: 3,
        });
        assert_eq!(scene.answer(nothing_new), [""; 0]);
    }
    assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
    let told = scene.answer(empty(3));
    assert_eq!(told, ["lost Common 10..11: Unfilled", "message 12 @12"]);
    assert_eq!(scene.tracker.held(), 0);
}

#[test]
fn an_answer_that_nobody_asked_for_is_left_alone() {
    let mut scene = Scene::new();
    assert_eq!(scene.answer(difference(vec![message(11)], 11)), [""; 0]);
    assert_eq!(
        scene.answer_channel(CHANNEL, empty_channel(900, None)),
        [""; 0]
    );
    scene.connect();
    let state = scene.tracker.state().expect("it is known");
    assert_eq!(scene.state(UpdateState { pts: 900, ..state }), [""; 0]);
    assert_eq!(scene.tracker.state(), Some(state));
}
