//! Differences that cannot be had.
use super::scene::*;
use ferogram_sync::tl::types;
use ferogram_sync::tracker::Failure;

#[test]
fn inner_errors_are_asked_about_again_with_pauses() {
    let mut scene = Scene::new();
    scene.connect();
    for (name, pause) in [
        ("PERSISTENT_TIMESTAMP_OUTDATED", 1000),
        ("Timeout", 2000),
        ("HISTORY_GET_FAILED", 4000),
    ] {
        assert_eq!(scene.refuse(name), [""; 0]);
        assert_eq!(scene.wait, Some(pause));
        // What is in order is given meanwhile.
        let pts = scene.tracker.state().expect("it is known").pts + 1;
        assert_eq!(scene.push(alone(new(pts))).len(), 1);
        let asked = scene.pass(pause);
        assert_eq!(asked, [format!("ask from {pts} 5 1000")]);
    }
    scene
        .tracker
        .handle_difference_error(scene.now, Failure::Unanswered);
    scene.drain();
    assert_eq!(scene.wait, Some(8000));
    assert_eq!(
        scene.connect(),
        ["ask from 13 5 1000"],
        "a connection ends the pause"
    );
}

#[test]
fn a_flood_wait_is_waited_out_whatever_happens() {
    let mut scene = Scene::new();
    scene.connect();
    assert_eq!(scene.refuse("FLOOD_WAIT_30"), [""; 0]);
    assert_eq!(scene.wait, Some(30_000));
    assert_eq!(scene.connect(), [""; 0]);
    assert_eq!(scene.pass(30_000), ["ask from 10 5 1000"]);
}

#[test]
fn a_state_that_the_server_does_not_believe_is_asked_for_but_not_for_ever() {
    let mut scene = Scene::new();
    scene.connect();
    let state = scene.tracker.state().expect("it is known");
    assert_eq!(scene.refuse("PERSISTENT_TIMESTAMP_INVALID"), ["ask state"]);
    let told = ["lost Common 10..10: Reset", "ask from 10 5 1000"];
    assert_eq!(scene.state(state), told);
    assert_eq!(scene.refuse("PERSISTENT_TIMESTAMP_INVALID"), [""; 0]);
    assert_eq!(scene.wait, Some(2000));
}

#[test]
fn a_channel_that_cannot_be_seen_any_more_is_followed_no_more() {
    for name in [
        "CHANNEL_PRIVATE",
        "CHANNEL_INVALID",
        "CHANNEL_PUBLIC_GROUP_NA",
        "USER_BANNED_IN_CHANNEL",
        "FROZEN_PARTICIPANT_MISSING",
    ] {
        let mut scene = Scene::new();
        scene.push(alone(new_post(102)));
        assert_eq!(scene.pass(500), ["ask 100 of 5 from 100"]);
        let told = ["lost 5 100..?: Forbidden", "post 102 @102"];
        assert_eq!(scene.refuse_channel(CHANNEL, name), told, "{name}");
        let gone = ferogram_sync::store::Change::Channel {
            id: CHANNEL,
            pts: None,
        };
        assert_eq!(
            format!("{:?}", scene.saved.last()),
            format!("{:?}", Some(gone))
        );
        assert_eq!(scene.tracker.channel_pts(CHANNEL), None);
        assert_eq!(
            scene.push(alone(new(11))),
            ["message 11 @11"],
            "the rest goes on"
        );
        assert_eq!(scene.push(alone(new_post(102))), [""; 0], "it comes twice");
        assert_eq!(
            scene.push(alone(new_post(103))),
            ["post 103 @103"],
            "seen again"
        );
        assert_eq!(scene.tracker.channel_pts(CHANNEL), Some(103));
    }
}

#[test]
fn a_channels_failure_is_its_own() {
    let mut scene = Scene::new();
    scene.push(alone(new_post(102)));
    scene.push(alone(deleted_post(6, 50)));
    scene.push(alone(deleted_post(6, 52)));
    assert_eq!(
        scene.pass(500),
        ["ask 100 of 5 from 100", "ask 100 of 6 from 50"]
    );
    scene.refuse_channel(CHANNEL, "FLOOD_WAIT_7");
    scene.refuse_channel(6, "Timeout");
    assert_eq!(scene.wait, Some(1000));
    assert_eq!(scene.pass(1000), ["ask 100 of 6 from 50"]);
    scene.answer_channel(6, empty_channel(52, None));
    assert_eq!(scene.pass(6000), ["ask 100 of 5 from 100"]);
}

#[test]
fn a_connection_ends_the_pauses_of_channels_too() {
    let mut scene = Scene::new();
    scene.push(alone(new_post(102)));
    scene.push(alone(deleted_post(6, 50)));
    scene.push(alone(deleted_post(6, 52)));
    assert_eq!(scene.pass(500).len(), 2);
    scene.refuse_channel(CHANNEL, "Timeout");
    scene.refuse_channel(6, "FLOOD_WAIT_7");
    let asked = ["ask from 10 5 1000", "ask 100 of 5 from 100"];
    assert_eq!(scene.connect(), asked);
}

#[test]
fn a_channel_whose_counter_is_not_believed_is_asked_for_it() {
    let mut scene = Scene::new();
    scene.push(alone(new_post(102)));
    scene.pass(500);
    let told = scene.refuse_channel(CHANNEL, "PERSISTENT_TIMESTAMP_INVALID");
    assert_eq!(
        told,
        ["lost 5 100..101: Reset", "post 102 @102", "ask state of 5"]
    );
    scene.push(alone(new_post(3)));
    scene.tracker.handle_channel_state(scene.now, CHANNEL, 3);
    assert_eq!(scene.drain(), ["lost 5 100..3: Reset", "post 3 @3"]);
}

/// See <https://core.telegram.org/api/peers>: without its access hash a channel cannot be named.
#[test]
fn a_channel_without_its_hash_is_kept_and_asked_about_when_it_is_known() {
    let no_hash = |scene: &mut Scene| {
        scene.push(alone(new_post(102)));
        assert_eq!(scene.pass(500), ["ask 100 of 5 from 100"]);
        let failure = Failure::NoAccessHash;
        (scene.tracker).handle_channel_error(scene.now, CHANNEL, failure);
        assert_eq!(scene.drain(), [""; 0]);
    };
    let mut scene = Scene::new();
    no_hash(&mut scene);
    scene.tracker.handle_access_hash(scene.now, CHANNEL);
    assert_eq!(scene.drain(), ["ask 100 of 5 from 100"]);

    let mut scene = Scene::new();
    no_hash(&mut scene);
    let seen = |min| types::Updates {
        chats: vec![
            types::Channel {
                id: CHANNEL,
                access_hash: Some(1),
                min,
                ..Default::default()
            }
            .into(),
        ],
        ..Default::default()
    };
    assert_eq!(scene.push(seen(true)), [""; 0], "such a hash is of no use");
    assert_eq!(scene.push(seen(false)), ["ask 100 of 5 from 100"]);

    let mut scene = Scene::new();
    no_hash(&mut scene);
    assert_eq!(scene.push(alone(new_post(104))), [""; 0]);
    assert_eq!(scene.wait, Some(29_500));
    let told = [
        "lost 5 100..101: NoAccessHash",
        "post 102 @102",
        "lost 5 102..103: NoAccessHash",
        "post 104 @104",
    ];
    assert_eq!(scene.pass(29_500), told, "what came is given all the same");
    assert_eq!(scene.push(alone(new_post(105))), ["post 105 @105"]);
    assert_eq!(
        scene.tracker.channel_pts(CHANNEL),
        Some(105),
        "the box is kept"
    );
}

/// What was counted before the counter began anew comes first, for the counter goes on from what
/// was counted after that: otherwise that would be news once more when it comes twice.
#[test]
fn a_channel_without_its_hash_that_has_begun_anew_is_where_it_counts_now() {
    let mut config = config(false);
    config.channels.insert(CHANNEL, 2_000_000);
    let mut scene = Scene::of(config);
    scene.push(alone(new_post(2_000_002)));
    assert_eq!(scene.pass(500), ["ask 100 of 5 from 2000000"]);
    let failure = Failure::NoAccessHash;
    (scene.tracker).handle_channel_error(scene.now, CHANNEL, failure);
    assert_eq!(scene.push(alone(new_post(7))), [""; 0]);
    let told = [
        "lost 5 2000000..2000001: Reset",
        "post 2000002 @2000002",
        "lost 5 2000000..6: NoAccessHash",
        "post 7 @7",
    ];
    assert_eq!(scene.pass(29_500), told);
    assert_eq!(scene.push(alone(new_post(7))), [""; 0], "it comes twice");
    assert_eq!(scene.push(alone(new_post(8))), ["post 8 @8"]);
}
