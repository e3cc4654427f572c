//! Messages that the server rejects, code by code.
//!
//! See <https://core.telegram.org/mtproto/service_messages_about_messages>.
use std::time::Duration;

use super::scene::{START, Scene, config, play};
use super::tl;
use ferogram_sync::mtproto::{Cause, Delivery, Fault, Reason};

#[test]
fn a_wrong_salt_is_replaced_and_everything_goes_again() {
    play(|scene| {
        scene.start();
        let ids = [scene.queue_with(|_| {}), scene.queue_with(|_| {})];
        scene.drain();
        let old = [scene.take("request"), scene.take("request")];
        scene.serve(&tl::bad_salt(old[0].carrier(), 99), false);
        for (id, old) in ids.into_iter().zip(&old) {
            let new = scene.take("request");
            assert_eq!((new.salt, &new.body), (99, &old.body));
            assert!(new.msg_id > old.msg_id);
            scene.reply(&new, 1);
            assert!(scene.has_answer(id, 1));
        }
        assert!(scene.names().iter().all(|n| *n == "ack"));
    });
}

#[test]
fn a_salt_in_a_notification_without_one_is_that_of_the_packet() {
    play(|scene| {
        scene.start();
        scene.ask();
        let old = scene.take("request");
        scene.peer.salt = 321;
        scene.serve(&tl::bad_msg(old.msg_id, 48), false);
        assert_eq!(scene.take("request").salt, 321);
    });
}

#[test]
fn services_that_were_rejected_go_again_too() {
    play(|scene| {
        scene.start();
        let update = scene.serve(&super::scene::update(1), true);
        scene.seconds(11);
        let ack = scene.take("ack");
        scene.serve(&tl::bad_salt(ack.carrier(), 99), false);
        let again = scene.take("ack");
        assert_eq!((tl::ids(&again.body), again.salt), (vec![update], 99));
    });
}

#[test]
fn only_what_names_a_message_of_ours_counts() {
    play(|scene| {
        scene.start();
        scene.serve(&tl::bad_salt(444, 99), false);
        for code in [16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64] {
            scene.serve(&tl::bad_msg(444, code), false);
        }
        scene.ask();
        let got = scene.take("request");
        assert_eq!(got.salt, 5);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn a_clock_that_is_behind_is_set_by_the_servers() {
    play(|scene| {
        // The server is ten years ahead.
        scene.peer.time = Duration::from_secs(START + 315_360_000);
        let asked = scene.ask();
        scene.connect();
        let got = scene.take("request");
        let session = got.session;
        scene.serve(&tl::bad_msg(got.carrier(), 16), false);
        let got = scene.take("request");
        assert_eq!(got.msg_id >> 32, scene.peer.time.as_secs() as i64);
        assert_eq!(got.session, session);
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn a_rejection_from_another_time_repairs_a_clock_that_was_right() {
    for (jump, code) in [(7200_i64, 16), (-7200, 17)] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            let got = scene.take("request");
            let time = scene.peer.time.as_secs() as i64 + jump;
            scene.peer.time = Duration::from_secs(time as u64);
            scene.peer.rewind();
            scene.serve(&tl::bad_msg(got.msg_id, code), false);
            assert!(scene.disconnects.is_empty());
            let again = scene.take("request");
            assert_eq!(again.msg_id >> 32, time);
            scene.reply(&again, 1);
            assert!(scene.has_answer(asked, 1));
        });
    }
}

#[test]
fn another_session_begins_with_an_empty_memory() {
    let mut scene = Scene::new(config());
    scene.start();
    let early = scene.peer.next_id(false);
    for _ in 0..3 {
        let members: Vec<(i64, i32, Vec<u8>)> = (0..4000)
            .map(|i| (scene.peer.next_id(false), 0, super::scene::update(i)))
            .collect();
        scene.serve(&tl::container(&members), false);
    }
    scene.events.clear();
    scene.ask();
    let got = scene.take("request");
    scene.serve(&tl::bad_msg(got.msg_id, 32), false);
    let packet = scene.peer.packet(early, 0, &super::scene::update(1));
    scene.deliver(&packet);
    assert_eq!(scene.updates().len(), 1);
}

#[test]
fn a_clock_that_is_ahead_needs_another_session() {
    play(|scene| {
        scene.peer.time = Duration::from_secs(START - 315_360_000);
        let ids = [scene.ask(), scene.ask()];
        scene.connect();
        let other = scene.ask();
        let got = scene.take("request");
        let last = scene.got.pop().expect("it went by itself");
        scene.got.clear();
        scene.serve(&tl::bad_msg(got.carrier(), 17), false);
        for id in ids {
            let again = scene.take("request");
            assert_ne!(again.session, got.session);
            assert_eq!(again.msg_id >> 32, scene.peer.time.as_secs() as i64);
            scene.reply(&again, 1);
            assert!(scene.has_answer(id, 1));
        }
        scene.take("ping");
        // What else was sent in the old session waits for its own rejection, which begins no third.
        assert!(!scene.names().contains(&"request"));
        let session = std::mem::replace(&mut scene.peer.session, got.session);
        scene.serve(&tl::bad_msg(last.carrier(), 17), false);
        let again = scene.take("request");
        assert_eq!((again.session, &again.body), (session, &last.body));
        scene.reply(&again, 1);
        assert!(scene.has_answer(other, 1));
    });
}

#[test]
fn a_clock_that_jumps_while_it_rejects_ids_carries_nothing_out_twice() {
    play(|scene| {
        // Ten minutes behind ours, when the first ids come.
        scene.peer.time -= Duration::from_secs(640);
        let refused = scene.ask();
        scene.connect();
        let got = scene.take("request");
        let [heard, silent] = [scene.ask(), scene.ask()];
        let accepted = scene.take("request");
        scene.got.clear();
        scene.serve(&tl::bad_msg(got.carrier(), 17), false);
        let again = scene.take("request");
        assert!(!scene.names().contains(&"request"), "it may have been run");
        scene.reply(&again, 1);
        assert!(scene.has_answer(refused, 1));
        // It has: our ids were right again when they came.
        let session = std::mem::replace(&mut scene.peer.session, got.session);
        scene.reply(&accepted, 2);
        assert!(scene.has_answer(heard, 2));
        scene.peer.session = session;
        // Of the other nothing is heard any more, and in this session nobody can be asked.
        scene.quiet(11);
        let failure = scene.failure_of(silent);
        assert_eq!(failure.cause, Cause::SessionLost);
        assert_eq!(failure.delivery, Delivery::Unknown);
        assert!(!scene.names().contains(&"request"));
    });
}

#[test]
fn what_is_out_when_a_session_is_given_up_ends_with_its_connection() {
    play(|scene| {
        scene.start();
        scene.ask();
        let refused = scene.take("request");
        let other = scene.ask();
        scene.got.clear();
        scene.serve(&tl::bad_msg(refused.msg_id, 32), false);
        let again = scene.take("request");
        assert!(scene.is_waiting(other));
        scene.cut();
        scene.reconnect();
        assert_eq!(scene.failure_of(other).delivery, Delivery::Unknown);
        assert_eq!(tl::ids(&scene.take("states").body), [again.msg_id]);
    });
}

#[test]
fn a_clock_that_was_set_back_and_right_again_carries_nothing_out_twice() {
    play(|scene| {
        scene.start();
        scene.ask();
        let refused = scene.take("request");
        // It reaches the server after its clock was set right again.
        let other = scene.ask();
        scene.take("request");
        scene.peer.time -= Duration::from_secs(7200);
        scene.peer.rewind();
        scene.serve(&tl::bad_msg(refused.msg_id, 17), false);
        assert_eq!(scene.take("request").body, refused.body);
        scene.quiet(11);
        assert_eq!(scene.failure_of(other).delivery, Delivery::Unknown);
        assert!(!scene.names().contains(&"request"));
    });
}

#[test]
fn a_salt_that_is_told_for_a_request_that_has_ended_counts() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let got = scene.take("request");
        scene.link.cancel(scene.now, asked);
        scene.drain();
        scene.serve(&tl::bad_salt(got.msg_id, 9), false);
        scene.ask();
        assert_eq!(scene.take("request").salt, 9);
        // One that names nothing that was ever sent does not.
        scene.serve(&tl::bad_salt(got.msg_id + (1 << 40), 8), false);
        scene.ask();
        assert_eq!(scene.take("request").salt, 9);
    });
}

#[test]
fn a_late_notice_does_not_undo_the_salt_after_another_rejection() {
    play(|scene| {
        scene.start();
        scene.ask_harmless();
        let first = scene.take("request").msg_id;
        scene.ask_harmless();
        let got = scene.take("request");
        // The server's clock was ahead when it sent the notice: its id makes that the younger word.
        let ahead = 20 << 32;
        let (late, seq_no) = (scene.peer.next_id(false) + ahead, scene.peer.next_seq(true));
        scene.serve(&tl::bad_salt(got.msg_id, 9), false);
        let got = scene.take("request");
        assert_eq!(got.salt, 9);
        scene.serve(&tl::bad_msg(got.msg_id, 20), false);
        let notice = tl::new_session(first, 5);
        let packet = scene.peer.packet(late, seq_no, &notice);
        scene.deliver(&packet);
        scene.ask();
        scene.got.retain(|got| got.name() == "request");
        assert!(scene.got.iter().all(|got| got.salt == 9));
        assert!(!scene.got.is_empty());
    });
}

#[test]
fn a_late_notice_about_a_younger_message_does_not_undo_the_salt_of_a_rejection() {
    // What the network holds back longest comes last, though the server said it first.
    play(|scene| {
        scene.start();
        let [oldest, older, younger] = [(); 3].map(|()| {
            scene.ask_harmless();
            scene.take("request").msg_id
        });
        let first = scene.peer.next_id(false);
        let (notice, seq_no) = (scene.peer.next_id(false), scene.peer.next_seq(true));
        scene.serve(&tl::bad_salt(older, 9), false);
        assert_eq!(scene.take("request").salt, 9);
        for (id, seq_no, body) in [
            (first, seq_no + 1, tl::bad_salt(oldest, 5)),
            (notice, seq_no, tl::new_session(younger, 5)),
        ] {
            let packet = scene.peer.packet(id, seq_no, &body);
            scene.deliver(&packet);
        }
        scene.ask();
        let salts: Vec<i64> = scene.got.iter().map(|got| got.salt).collect();
        assert!(
            !salts.is_empty() && salts.iter().all(|salt| *salt == 9),
            "{salts:?}"
        );
        // One that the server sent after the rejection does count.
        let next = scene.take("request").msg_id;
        scene.serve(&tl::new_session(next, 7), true);
        scene.got.clear();
        scene.ask();
        assert_eq!(scene.take("request").salt, 7);
    });
}

#[test]
fn messages_of_the_session_before_are_passed_over() {
    play(|scene| {
        scene.start();
        scene.ask_harmless();
        let got = scene.take("request");
        let old = scene.peer.session;
        scene.serve(&tl::bad_msg(got.msg_id, 32), false);
        let new = scene.peer.session;
        assert_ne!(new, old);
        scene.peer.session = old;
        scene.serve(&super::scene::update(1), true);
        assert!(scene.updates().is_empty() && scene.disconnects.is_empty());
        scene.peer.session = new;
        scene.serve(&super::scene::update(2), true);
        assert_eq!(scene.updates().len(), 1);
    });
}

#[test]
fn mistakes_of_ours_end_the_request_and_the_connection() {
    for code in [18, 19, 34, 35] {
        play(|scene| {
            scene.start();
            let bad = scene.ask_harmless();
            let got = scene.take("request");
            let other = scene.ask();
            scene.serve(&tl::bad_msg(got.msg_id, code), false);
            let failure = scene.failure_of(bad);
            assert!(matches!(failure.cause, Cause::Protocol(_)));
            assert_eq!(failure.delivery, Delivery::NotSent);
            assert_eq!(
                scene.disconnects,
                [Reason::Session(Fault::Rejected { code })]
            );
            assert!(scene.is_waiting(other));
        });
    }
}

#[test]
fn a_mistake_in_what_was_sent_again_says_nothing_of_the_first_time() {
    play(|scene| {
        scene.start();
        let asked = scene.ask_harmless();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        let again = scene.take("request");
        scene.serve(&tl::bad_msg(again.carrier(), 19), false);
        assert_eq!(scene.failure_of(asked).delivery, Delivery::Unknown);
    });
}

#[test]
fn a_message_too_old_to_judge_goes_again_only_if_that_is_harmless() {
    play(|scene| {
        scene.start();
        let harmless = scene.queue_with(|request| request.harmless = true);
        let once = scene.queue_with(|_| {});
        scene.drain();
        let got = scene.take("request");
        scene.got.clear();
        scene.serve(&tl::bad_msg(got.carrier(), 20), false);
        let failure = scene.failure_of(once);
        assert_eq!(
            (failure.cause, failure.delivery),
            (Cause::Forgotten, Delivery::Unknown)
        );
        let again = scene.take("request");
        assert_eq!(again.body, got.body);
        scene.reply(&again, 1);
        assert!(scene.has_answer(harmless, 1));
        assert!(scene.names().iter().all(|n| *n == "ack"));
    });
}

#[test]
fn lost_numbers_need_another_session() {
    for code in [32, 33] {
        play(|scene| {
            scene.start();
            let named = scene.ask();
            let got = scene.take("request");
            let once = scene.ask();
            let harmless = scene.ask_harmless();
            scene.got.clear();
            scene.serve(&tl::bad_msg(got.msg_id, code), false);
            for id in [named, harmless] {
                let again = scene.take("request");
                assert_ne!(again.session, got.session);
                scene.reply(&again, 1);
                assert!(scene.has_answer(id, 1));
            }
            scene.quiet(11);
            let failure = scene.failure_of(once);
            assert_eq!(failure.cause, Cause::SessionLost);
            assert_eq!(failure.delivery, Delivery::Unknown);
        });
    }
}

#[test]
fn members_of_an_invalid_container_go_again() {
    play(|scene| {
        scene.start();
        let ids = [scene.queue_with(|_| {}), scene.queue_with(|_| {})];
        scene.drain();
        let got = scene.take("request");
        scene.got.clear();
        scene.serve(&tl::bad_msg(got.carrier(), 64), false);
        for id in ids {
            let again = scene.take("request");
            scene.reply(&again, 1);
            assert!(scene.has_answer(id, 1));
        }
    });
}

#[test]
fn codes_of_the_future_are_treated_with_care() {
    play(|scene| {
        scene.start();
        let once = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::bad_msg(got.msg_id, 1000), false);
        assert_eq!(scene.failure_of(once).delivery, Delivery::Unknown);
    });
}

#[test]
fn a_server_that_rejects_everything_is_left() {
    for code in [16, 48, 64] {
        play(|scene| {
            scene.start();
            let asked = scene.ask();
            for turn in 0..100 {
                if !scene.disconnects.is_empty() {
                    assert!(turn > 3, "{code}");
                    break;
                }
                let got = scene.take("request");
                scene.got.clear();
                scene.peer.salt = 1000 + turn;
                scene.serve(&tl::bad_msg(got.carrier(), code), false);
            }
            let reason = Reason::Session(Fault::AllRejected { code });
            assert_eq!(scene.disconnects, [reason]);
            assert!(scene.is_waiting(asked));
        });
    }
}

#[test]
fn many_packets_under_one_wrong_salt_are_no_stubbornness() {
    let mut scene = Scene::new(config());
    scene.start();
    let mut asked = Vec::new();
    let mut carriers = Vec::new();
    for _ in 0..50 {
        asked.push(scene.ask());
        carriers.push(scene.take("request").carrier());
    }
    for carrier in carriers {
        scene.serve(&tl::bad_salt(carrier, 99), false);
    }
    assert!(scene.disconnects.is_empty());
    for id in asked {
        let got = scene.take("request");
        assert_eq!(got.salt, 99);
        scene.reply(&got, 1);
        assert!(scene.has_answer(id, 1));
    }
}
