//! What the client does itself.
use super::scene::*;
use ferogram_sync::tl::types;
use ferogram_sync::tracker::{Affected, Origin};

#[test]
fn answers_go_through_the_same_door() {
    let mut scene = Scene::new();
    let sent = together(vec![plain(1), new(12)], 0);
    assert_eq!(scene.hand(sent, Origin::Answer), ["plain 1"]);
    assert_eq!(
        scene.push(alone(new(11))),
        ["message 11 @11", "message 12 @12"]
    );
}

#[test]
fn what_is_only_counted_leaves_no_gap() {
    let mut scene = Scene::new();
    let affected =
        |pts, pts_count| Affected::from(types::messages::AffectedMessages { pts, pts_count });
    scene.tracker.handle_affected(scene.now, affected(13, 3));
    assert_eq!(scene.push(alone(new(14))), ["message 14 @14"]);
    // It may come before what is before it, too.
    scene.tracker.handle_affected(scene.now, affected(17, 2));
    assert_eq!(scene.drain(), [""; 0]);
    assert_eq!(scene.wait, Some(500));
    assert_eq!(scene.push(alone(new(15))), ["message 15 @15"]);
    assert_eq!(scene.push(alone(new(18))), ["message 18 @18"]);
    // A channel has its own counter.
    let in_channel = affected(102, 2).in_channel(CHANNEL);
    scene.tracker.handle_affected(scene.now, in_channel);
    assert_eq!(scene.push(alone(new_post(103))), ["post 103 @103"]);
    scene.tracker.handle_affected(scene.now, affected(0, 0));
    assert_eq!(scene.drain(), [""; 0]);
}

/// See <https://core.telegram.org/constructor/messages.affectedHistory>.
#[test]
fn a_history_is_affected_in_parts() {
    let mut scene = Scene::new();
    let mut parts = [(110, 100, 1), (115, 5, 0)].into_iter();
    loop {
        let (pts, pts_count, offset) = parts.next().expect("the last one says so");
        let part = types::messages::AffectedHistory {
            pts,
            pts_count,
            offset,
        };
        let part = Affected::from(part);
        scene.tracker.handle_affected(scene.now, part);
        if !part.goes_on() {
            break;
        }
    }
    assert_eq!(parts.next(), None);
    assert_eq!(scene.push(alone(new(116))), ["message 116 @116"]);
}

#[test]
fn a_sent_message_is_put_together() {
    let mut scene = Scene::new();
    let short = types::UpdateShortSentMessage {
        out: true,
        id: 8,
        pts: 11,
        pts_count: 1,
        date: 7,
        ..Default::default()
    };
    let draft = types::Message {
        peer_id: types::PeerUser { user_id: 2 }.into(),
        message: "Hello".into(),
        ..Default::default()
    };
    scene.tracker.handle_sent(scene.now, short.clone(), draft);
    assert_eq!(scene.drain(), ["message 8 @11"]);
    // Of whom nobody knows what was sent, only the count is of use.
    let unknown = types::UpdateShortSentMessage { pts: 12, ..short };
    assert_eq!(scene.hand(unknown.into(), Origin::Answer), [""; 0]);
    assert_eq!(scene.push(alone(new(13))), ["message 13 @13"]);
}
