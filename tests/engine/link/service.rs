//! Service messages and what is done about them.
//!
//! See <https://core.telegram.org/mtproto/service_messages> and
//! <https://core.telegram.org/mtproto/service_messages_about_messages>.
use std::time::Duration;

use super::scene::{Scene, answer, config, play, update};
use super::tl;
use ferogram_sync::mtproto::{Answer, CallError, Delivery, Event, FutureSalt, RpcError};

#[test]
fn acknowledgments_wait_for_company_or_a_while() {
    play(|scene| {
        scene.start();
        let first = scene.serve(&update(1), true);
        let second = scene.serve(&update(2), true);
        scene.serve(&update(3), false);
        scene.seconds(9);
        assert!(scene.names().is_empty());
        scene.seconds(2);
        let ack = scene.take("ack");
        assert_eq!(
            (tl::ids(&ack.body), ack.container),
            (vec![first, second], None)
        );
        let third = scene.serve(&update(4), true);
        scene.ask();
        let ack = scene.take("ack");
        assert_eq!(tl::ids(&ack.body), [third]);
        assert_eq!(ack.container, scene.take("request").container);
    });
}

#[test]
fn many_acknowledgments_go_at_once() {
    play(|scene| {
        scene.start();
        let ids: Vec<i64> = (0..32).map(|i| scene.serve(&update(i), true)).collect();
        assert_eq!(tl::ids(&scene.take("ack").body), ids);
    });
}

#[test]
fn a_message_holds_8192_acknowledgments() {
    let mut scene = Scene::new(config());
    scene.start();
    scene.deaf = true;
    for _ in 0..3 {
        let members: Vec<(i64, i32, Vec<u8>)> = (0..4000)
            .map(|i| (scene.peer.next_id(false), 1, update(i)))
            .collect();
        let container = tl::container(&members);
        let id = scene.peer.next_id(false);
        let packet = scene.peer.packet(id, 0, &container);
        // Without polling in between.
        let received = ferogram_sync::mtproto::Input::Received(scene.lane, &packet);
        scene.link.handle_input(scene.now, received);
    }
    scene.deaf = false;
    scene.drain();
    let sizes: Vec<usize> = scene.got.iter().map(|g| tl::ids(&g.body).len()).collect();
    assert_eq!(sizes, [8192, 12_000 - 8192]);
}

#[test]
fn a_ping_is_answered() {
    play(|scene| {
        scene.start();
        let id = scene.serve(&tl::object(0x7abe_77ec).long(42).0, false);
        let pong = scene.take("pong");
        assert_eq!(
            (tl::long_at(&pong.body, 1), tl::long_at(&pong.body, 3)),
            (id, 42)
        );
        let id = scene.serve(&tl::object(0xf342_7b8c).long(43).int(9).0, false);
        assert_eq!(tl::long_at(&scene.take("pong").body, 1), id);
    });
}

#[test]
fn the_server_is_told_what_became_of_its_messages() {
    play(|scene| {
        scene.start();
        let gap = scene.peer.next_id(false);
        let known = scene.serve(&update(1), true);
        let next = known + (1 << 32);
        let ids = [known, gap, next, 4];
        let asked = scene.serve(&tl::object(0xda69_fb52).longs(&ids).0, false);
        let info = scene.take("info");
        assert_eq!(info.body, tl::state_info(asked, &[4, 2, 3, 1]));
    });
}

#[test]
fn answers_that_are_announced_are_fetched_or_acknowledged() {
    play(|scene| {
        scene.start();
        let known = scene.serve(&update(1), false);
        let (unknown, other) = (scene.peer.next_id(true), scene.peer.next_id(true));
        let detailed = |id| tl::object(0x276d_3ec6).long(8).long(id).int(9).int(0).0;
        let fresh = |id| tl::object(0x809d_b6df).long(id).int(9).int(0).0;
        scene.serve(&detailed(unknown), false);
        assert_eq!(tl::ids(&scene.take("resend").body), [unknown]);
        scene.serve(&fresh(other), false);
        assert_eq!(tl::ids(&scene.take("resend").body), [other]);
        scene.serve(&detailed(known), false);
        scene.serve(&fresh(known), false);
        scene.seconds(11);
        assert_eq!(scene.names(), ["ack"]);
    });
}

#[test]
fn a_message_that_the_server_wants_again_goes_under_its_old_id_in_a_container() {
    play(|scene| {
        scene.start();
        let asked = scene.ask_harmless();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        let again = scene.take("request");
        assert_eq!((again.msg_id, again.seq_no), (first.msg_id, first.seq_no));
        assert!(again.container.is_some());
        assert!(scene.names().is_empty());
        scene.reply(&again, 1);
        assert!(scene.has_answer(asked, 1));
        // What is not known any more is told.
        let query = scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        assert_eq!(scene.take("info").body, tl::state_info(query, &[1]));
        let query = scene.serve(&tl::object(0x8610_baeb).longs(&[4, 8]).0, false);
        assert_eq!(scene.take("info").body, tl::state_info(query, &[1, 1]));
    });
}

#[test]
fn thousands_of_acknowledgments_do_not_burst_a_container_with_a_large_message() {
    let mut scene = Scene::new(config());
    scene.start();
    scene.ask_with(|request| {
        request.harmless = true;
        request.body = vec![7; 1_030_000];
    });
    let first = scene.take("request");
    scene.deaf = true;
    let resend = tl::object(0x7d86_1a08).longs(&[first.msg_id]).0;
    let mut members: Vec<(i64, i32, Vec<u8>)> = (0..4000)
        .map(|i| (scene.peer.next_id(false), 1, update(i)))
        .collect();
    members.push((scene.peer.next_id(false), 0, resend));
    let container = tl::container(&members);
    let id = scene.peer.next_id(false);
    let packet = scene.peer.packet(id, 0, &container);
    let received = ferogram_sync::mtproto::Input::Received(scene.lane, &packet);
    scene.link.handle_input(scene.now, received);
    scene.deaf = false;
    scene.drain();
    let again = scene.take("request");
    assert_eq!(again.msg_id, first.msg_id);
    let acks = scene.take("ack");
    assert_eq!(tl::ids(&acks.body).len(), 4000);
    assert_ne!(acks.carrier(), again.carrier());
}

#[test]
fn what_must_not_be_done_twice_is_asked_about_before_it_goes_again() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        assert_eq!(scene.names(), ["states"]);
        // The server has begun anew since it wanted the message: it must not see it again.
        scene.serve(&tl::new_session(first.msg_id + 4, 5), true);
        assert_eq!(scene.failure_of(asked).delivery, Delivery::Unknown);
        let asked = scene.ask();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        let query = scene.take("states");
        assert_eq!(tl::ids(&query.body), [first.msg_id]);
        scene.serve(&tl::state_info(query.msg_id, &[2]), false);
        let again = scene.take("request");
        assert_eq!(again.msg_id, first.msg_id);
        scene.reply(&again, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn what_was_repeated_and_rejected_is_repeated_under_the_same_id() {
    play(|scene| {
        scene.start();
        scene.ask_harmless();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        let again = scene.take("request");
        scene.serve(&tl::bad_salt(again.carrier(), 9), false);
        assert_eq!(scene.take("request").msg_id, first.msg_id);
    });
}

#[test]
fn what_was_repeated_and_rejected_as_too_old_is_asked_about() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let first = scene.take("request");
        scene.serve(&tl::object(0x7d86_1a08).longs(&[first.msg_id]).0, false);
        let query = scene.take("states");
        scene.serve(&tl::state_info(query.msg_id, &[2]), false);
        let again = scene.take("request");
        // The server has taken one of the two after all, and its clock goes ahead.
        scene.peer.time += Duration::from_secs(611);
        scene.serve(&tl::bad_msg(again.carrier(), 16), false);
        let query = scene.take("states");
        assert_eq!(tl::ids(&query.body), [first.msg_id]);
        scene.serve(&tl::state_info(query.msg_id, &[4]), false);
        assert!(!scene.names().contains(&"request"), "it may be carried out");
        scene.reply(&first, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn future_salts_are_asked_for_and_used_in_time() {
    play(|scene| {
        let first = scene.ask();
        scene.connect();
        scene.seconds(1);
        let got = scene.take("request");
        assert!(
            !scene.names().contains(&"salts"),
            "nothing has been answered yet"
        );
        scene.reply(&got, 1);
        assert!(scene.has_answer(first, 1));
        let query = scene.take("salts");
        let now = scene.peer.time.as_secs() as i32;
        let salts = tl::object(0xae50_0895).long(query.msg_id).int(now).int(2);
        let salts = salts.int(now + 30).int(now + 9000).long(6);
        let salts = salts.int(now - 100).int(now + 60).long(5);
        scene.serve(&salts.0, false);
        let stored = scene.events.iter().find_map(|event| match event {
            Event::Salts(salts) => Some(salts.clone()),
            _ => None,
        });
        let salt = |salt, since, until| FutureSalt {
            valid_since: now + since,
            valid_until: now + until,
            salt,
        };
        assert_eq!(stored, Some(vec![salt(5, -100, 60), salt(6, 30, 9000)]));
        scene.ask();
        assert_eq!(scene.take("request").salt, 5);
        scene.quiet(31);
        scene.ask();
        assert_eq!(scene.take("request").salt, 6);
    });
}

#[test]
fn salts_that_nobody_asked_for_are_ignored() {
    play(|scene| {
        scene.start();
        let now = scene.peer.time.as_secs() as i32;
        let salts = tl::object(0xae50_0895).long(4).int(now).int(1);
        scene.serve(&salts.int(now - 1).int(now + 9000).long(66).0, false);
        scene.ask();
        assert_eq!(scene.take("request").salt, 5);
    });
}

#[test]
fn salts_are_asked_for_once_a_minute_at_most() {
    let mut scene = Scene::new(config());
    let first = scene.ask();
    scene.connect();
    let got = scene.take("request");
    scene.reply(&got, 1);
    assert!(scene.has_answer(first, 1));
    let mut asked = 0;
    for _ in 0..300 {
        scene.seconds(1);
        asked += scene.got.iter().filter(|g| g.name() == "salts").count();
        for got in std::mem::take(&mut scene.got) {
            if got.name() == "ping" {
                scene.serve(&tl::pong(got.msg_id, tl::long_at(&got.body, 1)), false);
            }
        }
    }
    assert!((5..=6).contains(&asked), "{asked} times in five minutes");
}

#[test]
fn functions_of_the_protocol_itself_are_answered_without_a_result_around() {
    play(|scene| {
        scene.start();
        let raw = |body: Vec<u8>| {
            move |request: &mut ferogram_sync::mtproto::Request| {
                request.body = body;
                request.no_prefix = true;
            }
        };
        let key = scene.ask_with(raw(tl::object(0xd143_5160).0));
        let session = scene.ask_with(raw(tl::object(0xe751_2126).long(5).0));
        let ping = scene.ask_with(raw(tl::object(0x7abe_77ec).long(3).0));
        let pinged = scene.got.last().unwrap().msg_id;
        scene.serve(&tl::object(0xf660_e1d4).0, false);
        let ok = Answer::new(tl::object(0xf660_e1d4).0);
        assert_eq!(scene.answer_of(key), Some(Ok(ok)));
        let none = tl::object(0x62d3_50c9).long(5).0;
        scene.serve(&none, false);
        assert_eq!(scene.answer_of(session), Some(Ok(Answer::new(none))));
        scene.serve(&tl::pong(pinged, 3), false);
        assert_eq!(
            scene.answer_of(ping),
            Some(Ok(Answer::new(tl::pong(pinged, 3))))
        );
        // And those that nobody asked for harm nobody.
        scene.serve(&tl::object(0xea10_9b13).0, false);
        scene.serve(&tl::object(0xe220_45fc).long(1).0, false);
        scene.serve(&tl::pong(12, 3), false);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn results_come_plain_compressed_and_as_errors() {
    play(|scene| {
        scene.start();
        let plain = scene.ask();
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(plain, 1));
        let packed = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::rpc_result(got.msg_id, &tl::gzip(&answer(2))), true);
        assert!(scene.has_answer(packed, 2));
        let all_packed = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::gzip(&tl::rpc_result(got.msg_id, &answer(3))), true);
        assert!(scene.has_answer(all_packed, 3));
        for wrap in [|e: &[u8]| e.to_vec(), tl::gzip as fn(&[u8]) -> Vec<u8>] {
            let refused = scene.ask();
            let got = scene.take("request");
            let error = tl::rpc_error(420, "FLOOD_WAIT_3");
            scene.serve(&tl::rpc_result(got.msg_id, &wrap(&error)), true);
            let error = RpcError::new(420, "FLOOD_WAIT_3");
            assert_eq!(scene.answer_of(refused), Some(Err(CallError::Rpc(error))));
        }
    });
}

#[test]
fn results_that_nobody_waits_for_are_acknowledged() {
    play(|scene| {
        scene.start();
        let id = scene.serve(&tl::rpc_result(4444, &answer(1)), true);
        scene.seconds(11);
        assert_eq!(tl::ids(&scene.take("ack").body), [id]);
        assert!(scene.events.is_empty() && scene.disconnects.is_empty());
    });
}

#[test]
fn a_result_that_answers_nothing_is_an_update() {
    play(|scene| {
        scene.start();
        scene.serve(&tl::rpc_result(0, &update(5)), true);
        assert_eq!(scene.updates(), [update(5)]);
    });
}

#[test]
fn a_new_session_is_acknowledged_and_updates_may_be_lost() {
    play(|scene| {
        scene.start();
        scene.ask();
        let first = scene.take("request").msg_id;
        let id = scene.serve(&tl::new_session(first, 1234), true);
        assert_eq!(scene.updates_lost(), 1);
        scene.ask();
        assert_eq!(scene.take("request").salt, 1234);
        assert!(tl::ids(&scene.take("ack").body).contains(&id));
    });
}

#[test]
fn a_list_of_salts_from_before_a_correction_is_not_taken() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
        let query = scene.take("salts");
        scene.ask_harmless();
        let got = scene.take("request");
        scene.serve(&tl::bad_salt(got.msg_id, 9), false);
        let now = scene.peer.time.as_secs() as i32;
        let salts = tl::object(0xae50_0895).long(query.msg_id).int(now).int(1);
        scene.serve(&salts.int(now - 100).int(now + 9000).long(5).0, false);
        scene.names();
        scene.ask();
        assert_eq!(scene.take("request").salt, 9);
    });
}

#[test]
fn acknowledgments_of_the_server_and_copies_change_nothing() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::object(0x62d6_b459).longs(&[got.msg_id, 5]).0, false);
        scene.serve(&tl::object(0xe060_46b2).long(5).0, false);
        assert!(scene.is_waiting(asked));
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
        assert!(scene.disconnects.is_empty() && scene.updates().is_empty());
    });
}
