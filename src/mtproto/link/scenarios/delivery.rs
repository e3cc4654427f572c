//! What becomes of requests when connections, sessions and memories are lost.
use super::scene::{Scene, play, update};
use super::tl;
use crate::mtproto::{Cause, Delivery};

/// A request is out when the connection is lost; after the reconnect the server is asked, and says
/// this.
fn ask_after_a_cut(scene: &mut Scene, state: u8) -> super::peer::Got {
    let got = scene.take("request");
    scene.cut();
    scene.reconnect();
    assert!(
        !scene.got.iter().any(|g| g.name() == "request"),
        "it asks first"
    );
    let query = scene.take("states");
    assert_eq!(tl::ids(&query.body), [got.msg_id]);
    scene.got.clear();
    scene.serve(&tl::state_info(query.msg_id, &[state]), false);
    got
}

#[test]
fn what_the_server_has_not_received_goes_again_under_a_new_id() {
    for state in [2, 3, 2 | 64] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            let old = ask_after_a_cut(scene, state);
            let new = scene.take("request");
            assert!(new.msg_id > old.msg_id && new.session == old.session);
            assert_eq!(new.body, old.body);
            scene.reply(&new, 1);
            assert!(scene.has_answer(asked, 1));
        });
    }
}

#[test]
fn what_the_server_has_received_is_waited_for() {
    for state in [4, 4 | 8, 4 | 32, 4 | 64, 4 | 128, 0, 5] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            let old = ask_after_a_cut(scene, state);
            assert!(scene.names().iter().all(|n| *n != "request"));
            scene.reply(&old, 1);
            assert!(scene.has_answer(asked, 1));
        });
    }
}

#[test]
fn what_the_server_has_forgotten_goes_again_only_if_that_is_harmless() {
    for state in [1, 1 | 32] {
        play(|scene| {
            scene.start();
            let once = scene.ask();
            ask_after_a_cut(scene, state);
            let failure = scene.failure_of(once);
            assert_eq!(
                (failure.cause, failure.delivery),
                (Cause::Forgotten, Delivery::Unknown)
            );
            scene.names();
            let harmless = scene.ask_harmless();
            ask_after_a_cut(scene, state);
            let again = scene.take("request");
            scene.reply(&again, 1);
            assert!(scene.has_answer(harmless, 1));
        });
    }
}

#[test]
fn what_was_never_written_goes_after_any_reconnect() {
    play(|scene| {
        scene.start();
        scene.cut();
        let asked = scene.ask();
        scene.wait_for_connect();
        scene.cut();
        scene.reconnect();
        let got = scene.take("request");
        assert!(!scene.names().contains(&"states"));
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn answers_are_recognised_under_all_ids() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let old = ask_after_a_cut(scene, 2);
        let new = scene.take("request");
        scene.reply(&old, 1);
        assert!(scene.has_answer(asked, 1), "late, but it is one");
        scene.reply(&new, 2);
        assert_eq!(scene.answer_of(asked), None);
        scene.seconds(11);
        assert_eq!(tl::ids(&scene.take("ack").body).len(), 2);
    });
}

#[test]
fn a_word_about_an_old_id_does_not_touch_the_new_one() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let old = ask_after_a_cut(scene, 2);
        let new = scene.take("request");
        scene.serve(&tl::bad_salt(old.msg_id, 99), false);
        let all_info = tl::object(0x8cc0_d131).longs(&[old.msg_id]).bytes(&[2]).0;
        scene.serve(&all_info, false);
        assert!(
            !scene.names().contains(&"request"),
            "it would be carried out twice"
        );
        scene.reply(&new, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn states_that_come_unasked_count_as_well() {
    play(|scene| {
        scene.start();
        scene.ask();
        let got = scene.take("request");
        let info = |state| {
            let ids = [got.msg_id, 4];
            tl::object(0x8cc0_d131).longs(&ids).bytes(&[state, 1]).0
        };
        scene.serve(&info(4), false);
        assert!(scene.names().is_empty());
        scene.serve(&info(2), false);
        assert!(scene.take("request").msg_id > got.msg_id);
    });
}

#[test]
fn states_that_do_not_fit_are_ignored() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let got = scene.take("request");
        scene.cut();
        scene.reconnect();
        let query = scene.take("states");
        scene.got.clear();
        scene.serve(&tl::state_info(444, &[2]), false);
        scene.serve(&tl::state_info(query.msg_id, &[2, 2]), false);
        assert!(scene.names().is_empty());
        assert!(scene.is_waiting(asked));
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn a_long_silence_about_a_request_is_reason_to_ask() {
    play(|scene| {
        scene.start();
        scene.ask();
        let got = scene.take("request");
        for _ in 0..9 {
            scene.seconds(1);
            scene.serve(&update(1), false);
        }
        assert!(!scene.names().contains(&"states"));
        scene.seconds(2);
        let query = scene.take("states");
        assert_eq!(tl::ids(&query.body), [got.msg_id]);
        scene.serve(&tl::state_info(query.msg_id, &[4]), false);
        scene.names();
        for _ in 0..14 {
            scene.seconds(2);
            scene.serve(&update(1), false);
        }
        assert!(!scene.names().contains(&"states"));
        scene.seconds(3);
        scene.take("states");
    });
}

#[test]
fn a_server_that_lost_its_memory_has_forgotten_what_was_sent_before() {
    play(|scene| {
        scene.start();
        let once = scene.queue_with(|_| {});
        let harmless = scene.queue_with(|request| request.harmless = true);
        scene.drain();
        let got = scene.take("request");
        scene.got.clear();
        let later = scene.ask();
        let later_got = scene.take("request");
        scene.serve(&tl::new_session(later_got.msg_id, 99), true);
        let failure = scene.failure_of(once);
        assert_eq!(
            (failure.cause, failure.delivery),
            (Cause::Forgotten, Delivery::Unknown)
        );
        let again = scene.take("request");
        assert!(again.msg_id > got.msg_id && again.salt == 99);
        scene.reply(&again, 1);
        assert!(scene.has_answer(harmless, 1));
        scene.reply(&later_got, 2);
        assert!(scene.has_answer(later, 2), "this one the new session knows");
    });
}

#[test]
fn the_container_tells_whether_a_message_belongs_to_the_new_session() {
    play(|scene| {
        scene.start();
        let ids = [scene.queue_with(|_| {}), scene.queue_with(|_| {})];
        scene.drain();
        let got = [scene.take("request"), scene.take("request")];
        // The ids of the members are lower, but they came in this container.
        scene.serve(&tl::new_session(got[0].carrier(), 5), true);
        for (id, got) in ids.into_iter().zip(&got) {
            assert!(scene.is_waiting(id));
            scene.reply(got, 1);
            assert!(scene.has_answer(id, 1));
        }
    });
}

#[test]
fn a_rejected_request_was_not_carried_out_unless_an_earlier_one_was() {
    play(|scene| {
        scene.start();
        let soon = scene.now.instant + std::time::Duration::from_secs(5);
        let fresh = scene.ask_with(|request| request.deadline = soon);
        let got = scene.take("request");
        scene.cut();
        scene.reconnect();
        let query = scene.take("states");
        scene.serve(&tl::state_info(query.msg_id, &[2]), false);
        let again = scene.take("request");
        assert!(again.msg_id > got.msg_id);
        scene.serve(&tl::bad_salt(again.msg_id, 9), false);
        scene.cut();
        scene.seconds(6);
        let failure = scene.failure_of(fresh);
        assert_eq!(
            failure.delivery,
            Delivery::Unknown,
            "it went out a third time"
        );
        let soon = scene.now.instant + std::time::Duration::from_secs(5);
        scene.reconnect();
        let doubtful = scene.ask_with(|request| {
            request.deadline = soon;
            request.harmless = true;
        });
        let got = scene.take("request");
        scene.serve(&tl::bad_msg(got.carrier(), 20), false);
        scene.take("request");
        scene.seconds(6);
        assert_eq!(scene.failure_of(doubtful).delivery, Delivery::Unknown);
    });
}
