//! What comes together, and how containers are counted.
use super::scene::*;
use ferogram_sync::tl::enums::Updates;
use ferogram_sync::tl::types;

#[test]
fn what_a_container_has_in_disorder_is_given_in_order() {
    let mut scene = Scene::new();
    let all = vec![plain(1), new(13), deleted(11, 1), stopped(6), new(12)];
    let given = [
        "plain 1",
        "stopped 6 @6",
        "deleted [11] @11",
        "message 12 @12",
        "message 13 @13",
    ];
    assert_eq!(scene.push(together(all, 4)), given);
}

#[test]
fn containers_have_their_turn_and_counted_updates_their_own() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.push(together(vec![plain(5), new(11)], 5)),
        ["message 11 @11"]
    );
    assert_eq!(scene.wait, Some(500));
    assert_eq!(
        scene.push(together(vec![plain(0)], 0)),
        ["plain 0"],
        "no number, no turn"
    );
    let given = scene.push(together(vec![plain(4)], 4));
    assert_eq!(given, ["plain 4", "plain 5"]);
    assert_eq!(
        scene.push(together(vec![plain(4), new(12)], 4)),
        ["message 12 @12"]
    );
    assert_eq!(
        scene.tracker.state().map(|it| (it.seq, it.date)),
        Some((5, 1005))
    );
}

#[test]
fn a_combined_container_stands_for_several() {
    let mut scene = Scene::new();
    let combined = |seq_start, seq| types::UpdatesCombined {
        updates: vec![plain(seq)],
        users: Vec::new(),
        chats: Vec::new(),
        date: 1,
        seq_start,
        seq,
    };
    assert_eq!(scene.push(combined(4, 6)), ["plain 6"]);
    assert_eq!(scene.push(combined(8, 9)), [""; 0]);
    assert_eq!(scene.push(together(vec![], 7)), ["plain 9"]);
}

#[test]
fn what_is_urgent_is_not_held_up_by_a_gap() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.push(together(vec![plain(5), status()], 5)),
        ["status"]
    );
    assert_eq!(scene.pass(500), ["ask from 10 5 1000"]);
    assert_eq!(
        scene.push(together(vec![plain(4), status()], 4)),
        ["status"]
    );
    assert_eq!(
        scene.answer(empty(4)),
        ["plain 5"],
        "the answer brought the fourth"
    );
}

#[test]
fn what_is_too_long_is_asked_for() {
    let mut scene = Scene::new();
    assert_eq!(scene.push(Updates::TooLong), ["ask from 10 5 1000"]);
}

#[test]
fn who_came_along_is_told_at_once_and_with_what_waits() {
    use ferogram_sync::tracker::{Origin, Output};
    let mut scene = Scene::new();
    let users = vec![types::User::default().into()];
    let updates = types::Updates {
        updates: vec![new(12)],
        users,
        ..Default::default()
    };
    let mut batches = Vec::new();
    for updates in [updates.into(), alone(new(11))] {
        (scene.tracker).handle_updates(scene.now, updates, Origin::Push, &mut |_| true);
        while let Output::Updates(batch) = scene.tracker.poll_output(scene.now) {
            batches.push((batch.company.users.len(), batch.events.len()));
        }
        scene.drain();
    }
    assert_eq!(batches, [(1, 0), (0, 1), (1, 1)]);
}
