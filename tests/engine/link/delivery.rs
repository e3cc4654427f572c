//! What becomes of requests when connections, sessions and memories are lost.
use super::scene::{Scene, play, update};
use super::tl;
use ferogram_sync::mtproto::{Cause, Delivery};

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

/// As above, but the request has been out for so long that its id is of no use any more.
fn ask_after_a_while(scene: &mut Scene, state: u8) -> super::peer::Got {
    let got = scene.take("request");
    scene.quiet(340);
    scene.got.push(got);
    ask_after_a_cut(scene, state)
}

#[test]
fn an_id_that_may_still_arrive_and_cannot_be_used_again_is_waited_out() {
    play(|scene| {
        scene.start();
        let once = scene.ask();
        let old = scene.take("request");
        scene.quiet(260);
        let unheard = tl::object(0x8cc0_d131).longs(&[old.msg_id]).bytes(&[2]);
        scene.serve(&unheard.0, false);
        scene.quiet(60);
        assert!(scene.is_waiting(once));
        scene.quiet(20);
        scene.serve(&unheard.0, false);
        let new = scene.take("request");
        assert!(new.msg_id > old.msg_id);
        let harmless = scene.ask_harmless();
        let old = scene.take("request");
        scene.quiet(260);
        let unheard = tl::object(0x8cc0_d131).longs(&[old.msg_id]).bytes(&[2]);
        scene.serve(&unheard.0, false);
        assert_ne!(scene.take("request").msg_id, old.msg_id);
        assert!(scene.is_waiting(harmless));
    });
}

#[test]
fn what_the_server_has_not_received_goes_again_under_the_same_id() {
    for state in [2, 3, 2 | 64] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            let old = ask_after_a_cut(scene, state);
            let again = scene.take("request");
            assert_eq!((again.msg_id, again.seq_no), (old.msg_id, old.seq_no));
            assert!(again.container.is_some() && again.session == old.session);
            scene.reply(&again, 1);
            assert!(scene.has_answer(asked, 1));
        });
    }
}

#[test]
fn an_id_that_has_become_too_old_is_replaced() {
    for state in [2, 3, 2 | 64] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            let old = ask_after_a_while(scene, state);
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
        let old = ask_after_a_while(scene, 2);
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
        let old = ask_after_a_while(scene, 2);
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
        assert_eq!(scene.take("request").msg_id, got.msg_id);
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
fn a_rejected_request_was_not_carried_out() {
    play(|scene| {
        scene.start();
        let soon = scene.now.instant + std::time::Duration::from_secs(5);
        let asked = scene.ask_with(|request| request.deadline = soon);
        let got = scene.take("request");
        let id = scene.peer.next_id(true);
        let body = tl::bad_salt(got.msg_id, 9);
        let bytes = scene.peer.packet(id, 0, &body);
        // The connection is lost before it can go again.
        let received = ferogram_sync::mtproto::Input::Received(scene.lane, &bytes);
        scene.link.handle_input(scene.now, received);
        scene.cut();
        scene.seconds(6);
        assert_eq!(scene.failure_of(asked).delivery, Delivery::NotSent);
    });
}

#[test]
fn doubt_about_an_earlier_id_stays() {
    play(|scene| {
        scene.start();
        let soon = scene.now.instant + std::time::Duration::from_secs(5);
        let asked = scene.ask_with(|request| {
            request.deadline = soon;
            request.harmless = true;
        });
        let got = scene.take("request");
        scene.serve(&tl::bad_msg(got.msg_id, 20), false);
        let again = scene.take("request");
        let id = scene.peer.next_id(true);
        let body = tl::bad_salt(again.msg_id, 9);
        let bytes = scene.peer.packet(id, 0, &body);
        let received = ferogram_sync::mtproto::Input::Received(scene.lane, &bytes);
        scene.link.handle_input(scene.now, received);
        scene.cut();
        scene.seconds(6);
        assert_eq!(scene.failure_of(asked).delivery, Delivery::Unknown);
    });
}
