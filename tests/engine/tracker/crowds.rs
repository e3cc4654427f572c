//! Many of everything: nothing grows without bound, and nothing is looked at in vain.
use super::scene::*;
use ferogram_sync::tracker::{CHANNEL_DIFFERENCES_MAX, CONTAINERS_MAX, HELD_MAX, HELD_MAX_BOX};

#[test]
fn what_waits_is_bounded_in_each_box_and_in_all() {
    let mut scene = Scene::new();
    for pts in 12..12 + HELD_MAX_BOX as i32 {
        assert_eq!(scene.push(alone(new(pts))), [""; 0]);
    }
    let one_more = scene.push(alone(new(12 + HELD_MAX_BOX as i32)));
    assert_eq!(
        one_more,
        ["ask from 10 5 1000"],
        "a difference brings what has no room"
    );
    for channel in 10..40 {
        scene.push(alone(deleted_post(channel, 1)));
        for pts in 3..3 + HELD_MAX_BOX as i32 {
            scene.push(alone(deleted_post(channel, pts)));
        }
    }
    assert_eq!(scene.tracker.held(), HELD_MAX);
    let mut scene = Scene::new();
    for seq in 5..500 {
        scene.push(together(vec![plain(seq)], seq));
    }
    assert_eq!(scene.tracker.held(), CONTAINERS_MAX);
}

#[test]
fn what_has_no_room_is_brought_by_a_second_difference() {
    let mut scene = Scene::new();
    scene.connect();
    let beyond = 11 + HELD_MAX_BOX as i32;
    for pts in 11..=beyond {
        scene.push(alone(new(pts)));
    }
    let given = scene.answer(empty(3));
    assert_eq!(given.len(), HELD_MAX_BOX + 1);
    assert_eq!(
        given.last(),
        Some(&format!("ask from {} 5 2000", beyond - 1))
    );
}

/// Ten thousand channels with a gap at once: they are asked about in turns.
#[test]
fn ten_thousand_channels_have_their_turns() {
    let mut config = config(false);
    config.channels = (0..10_000).map(|id| (id, 100)).collect();
    let mut scene = Scene::of(config);
    let mut given = 0;
    for id in 0..10_000 {
        given += scene.push(alone(deleted_post(id, 101))).len();
    }
    assert_eq!(given, 10_000);
    assert_eq!(
        scene.wait,
        Some(15 * 60 * 1000),
        "nothing is due but for silence"
    );
    scene.saved.clear();
    for id in 0..HELD_MAX as i64 {
        scene.push(alone(deleted_post(id, 103)));
    }
    assert_eq!(scene.saved.len(), 0);
    let mut asked = scene.pass(500);
    let mut all = 0;
    while !asked.is_empty() {
        assert!(asked.len() <= CHANNEL_DIFFERENCES_MAX);
        all += asked.len();
        for id in all - asked.len()..all {
            let id = id as i64;
            let answer = empty_channel(103, None).into();
            (scene.tracker).handle_channel_difference(scene.now, id, answer);
        }
        asked = scene.drain();
    }
    assert_eq!((all, scene.tracker.held()), (HELD_MAX, 0));
    assert_eq!(scene.saved.len(), HELD_MAX, "each is saved once");
}
