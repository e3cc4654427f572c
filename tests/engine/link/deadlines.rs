//! Deadlines, cancelling, limits: no request waits longer than it may, and none is left behind.
use std::time::Duration;

use super::scene::{Scene, answer, config, play};
use super::tl;
use ferogram_sync::mtproto::{CallError, Cause, Delivery, Input, Unanswered};

fn soon(scene: &Scene) -> std::time::Instant {
    scene.now.instant + Duration::from_secs(5)
}

#[test]
fn what_waits_for_a_connection_ends_at_its_deadline_and_says_so() {
    play(|scene| {
        let deadline = soon(scene);
        let asked = scene.ask_with(|request| request.deadline = deadline);
        for _ in 0..2 {
            scene.refuse();
        }
        scene.seconds(4);
        assert!(scene.is_waiting(asked));
        scene.seconds(2);
        let failure = scene.failure_of(asked);
        assert_eq!(
            (&failure.cause, failure.delivery),
            (&Cause::Deadline, Delivery::NotSent)
        );
        let words = "a connection to 127.0.0.1:443 (connection refused)";
        assert_eq!(failure.waiting_for, words);
    });
}

#[test]
fn what_was_sent_ends_unknown_and_the_server_need_not_answer() {
    play(|scene| {
        scene.start();
        let deadline = soon(scene);
        let asked = scene.ask_with(|request| request.deadline = deadline);
        let got = scene.take("request");
        scene.seconds(6);
        let failure = scene.failure_of(asked);
        assert_eq!(
            (&failure.cause, failure.delivery),
            (&Cause::Deadline, Delivery::Unknown)
        );
        assert_eq!(failure.waiting_for, "the answer of DC 2");
        let drop = scene.take("drop");
        assert_eq!(tl::long_at(&drop.body, 1), got.msg_id);
        // Its answer is acknowledged, and the late one as well.
        let dropped = tl::object(0xa43a_d8b7).long(1).int(2).int(3).0;
        let first = scene.serve(&tl::rpc_result(drop.msg_id, &dropped), true);
        let late = scene.serve(&tl::rpc_result(got.msg_id, &answer(1)), true);
        assert_eq!(scene.answer_of(asked), None);
        scene.seconds(11);
        let acks = tl::ids(&scene.take("ack").body);
        assert!(acks.contains(&first) && acks.contains(&late));
    });
}

#[test]
fn every_answer_to_a_dropped_request_is_taken() {
    for answer in [
        tl::object(0x5e2a_d36e).0,
        tl::object(0xcd78_e586).0,
        tl::object(0xa43a_d8b7).long(1).int(2).int(3).0,
    ] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            scene.link.cancel(scene.now, asked);
            scene.drain();
            let got = scene.take("request");
            let drop = scene.take("drop");
            scene.serve(&tl::rpc_result(got.msg_id, &answer), true);
            scene.serve(&tl::rpc_result(drop.msg_id, &answer), true);
            assert_eq!(scene.failure_of(asked).cause, Cause::Cancelled);
            assert!(scene.disconnects.is_empty());
        });
    }
}

#[test]
fn a_cancelled_request_that_has_not_gone_never_goes() {
    play(|scene| {
        let asked = scene.ask();
        scene.link.cancel(scene.now, asked);
        scene.drain();
        let failure = scene.failure_of(asked);
        assert_eq!(
            (&failure.cause, failure.delivery),
            (&Cause::Cancelled, Delivery::NotSent)
        );
        scene.connect();
        assert_eq!(scene.names(), ["ping"]);
        scene.link.cancel(scene.now, asked);
        scene.drain();
        assert_eq!(scene.answer_of(asked), None);
    });
}

#[test]
fn no_drop_goes_to_a_connection_that_is_gone() {
    play(|scene| {
        scene.start();
        let deadline = soon(scene);
        let asked = scene.ask_with(|request| request.deadline = deadline);
        scene.names();
        scene.cut();
        scene.seconds(6);
        assert_eq!(scene.failure_of(asked).delivery, Delivery::Unknown);
        scene.ask();
        if scene.connection.is_none() {
            scene.wait_for_connect();
        }
        scene.connect();
        let names = scene.names();
        assert!(
            !names.contains(&"drop") && !names.contains(&"states"),
            "{names:?}"
        );
    });
}

#[test]
fn a_deadline_in_the_past_is_no_reason_to_connect() {
    let mut scene = Scene::new(config());
    let past = scene.now.instant;
    let asked = scene.ask_with(|request| request.deadline = past);
    assert_eq!(scene.failure_of(asked).cause, Cause::Deadline);
    assert_eq!(scene.connects, []);
}

#[test]
fn what_waits_its_turn_says_so() {
    let mut scene = Scene::new(config());
    scene.start();
    for _ in 0..1024 {
        scene.queue_with(|_| {});
    }
    let deadline = soon(&scene);
    let last = scene.ask_with(|request| request.deadline = deadline);
    scene.seconds(6);
    let failure = scene.failure_of(last);
    assert_eq!(failure.delivery, Delivery::NotSent);
    let words = "its turn to be sent to DC 2 (1024 requests are out)";
    assert_eq!(failure.waiting_for, words);
}

#[test]
fn what_cannot_be_a_message_is_refused() {
    let mut scene = Scene::new(config());
    for (body, cause) in [
        (vec![0; 6], None),
        (Vec::new(), None),
        (vec![0; 1 << 20], Some((1 << 20) - (1 << 14))),
    ] {
        let size = body.len();
        let asked = scene.ask_with(|request| request.body = body);
        let failure = scene.failure_of(asked);
        assert_eq!(failure.delivery, Delivery::NotSent);
        match cause {
            None => assert!(matches!(failure.cause, Cause::Protocol(_))),
            Some(limit) => assert_eq!(failure.cause, Cause::TooLarge { size, limit }),
        }
    }
    assert_eq!(scene.connects, []);
}

#[test]
fn closing_ends_everything_for_good() {
    play(|scene| {
        scene.start();
        let out = scene.ask();
        scene.link.close(scene.now);
        scene.drain();
        assert_eq!(scene.failure_of(out).cause, Cause::Closed);
        assert_eq!(scene.connection, None);
        let after = scene.ask();
        let failure = scene.failure_of(after);
        assert_eq!(
            (failure.cause, failure.delivery),
            (Cause::Closed, Delivery::NotSent)
        );
        scene.seconds(1000);
        assert_eq!((scene.connection, scene.next), (None, None));
        scene.link.close(scene.now);
        scene.input(Input::Closed(scene.lane, String::new()));
        scene.input(Input::KeySaved);
        scene.input(Input::NetworkRestored);
        assert_eq!(scene.connection, None);
    });
}

#[test]
fn the_text_of_a_failure_tells_all() {
    let unanswered = Unanswered {
        delivery: Delivery::Unknown,
        cause: Cause::Deadline,
        waiting_for: "the answer of DC 2".to_owned(),
    };
    let text = CallError::from(unanswered).to_string();
    assert!(text.contains("deadline") && text.contains("DC 2") && text.contains("unknown"));
}
