//! What no sane server says, at the edges of the rules: it must not lead anywhere that a client
//! does not come back from.
use std::time::Duration;

use super::scene::{answer, play, update};
use super::tl;
use ferogram_sync::mtproto::{Answer, CallError, Cause, RpcError};

#[test]
fn a_notice_of_a_session_that_begins_in_the_future_does_not_lock_the_salts() {
    play(|scene| {
        scene.start();
        scene.serve(&tl::new_session(i64::MAX, 1), true);
        let asked = scene.ask();
        let got = scene.take("request");
        assert_eq!(got.salt, 1);
        scene.serve(&tl::bad_salt(got.carrier(), 9), false);
        let got = scene.take("request");
        assert_eq!(got.salt, 9, "the server's last word on the salt counts");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn of_two_sessions_to_be_destroyed_each_gets_its_own_answer() {
    play(|scene| {
        scene.start();
        let mut destroy = |session: i64| {
            scene.ask_with(|request| {
                request.body = tl::object(0xe751_2126).long(session).0;
                request.no_prefix = true;
            })
        };
        let (first, second) = (destroy(1), destroy(2));
        let ok = |session| tl::object(0xe220_45fc).long(session).0;
        let none = |session| tl::object(0x62d3_50c9).long(session).0;
        scene.serve(&ok(3), false);
        assert!(scene.is_waiting(first) && scene.is_waiting(second));
        scene.serve(&none(2), false);
        assert_eq!(scene.answer_of(second), Some(Ok(Answer::new(none(2)))));
        scene.serve(&ok(1), false);
        assert_eq!(scene.answer_of(first), Some(Ok(Answer::new(ok(1)))));
    });
}

#[test]
fn an_update_that_comes_compressed_and_as_a_result_is_unpacked() {
    play(|scene| {
        scene.start();
        let packed = tl::gzip(&update(5));
        scene.serve(&tl::rpc_result(0, &packed), true);
        assert_eq!(scene.updates(), [update(5)]);
        let damaged = tl::object(0x3072_cfa1).bytes(b"none").0;
        scene.serve(&tl::rpc_result(0, &damaged), true);
        assert_eq!(scene.updates_lost(), 1);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn errors_of_any_number_and_length_are_handed_on() {
    play(|scene| {
        scene.start();
        let long = "X".repeat(100_000);
        let errors = [
            (0, ""),
            (-1, "A"),
            (i32::MIN, "FLOOD_WAIT_99999999999999999999"),
            (i32::MAX, &*long),
        ];
        for (code, message) in errors {
            for packed in [false, true] {
                let asked = scene.ask();
                let got = scene.take("request");
                let mut error = tl::rpc_error(code, message);
                if packed {
                    error = tl::gzip(&error);
                }
                scene.serve(&tl::rpc_result(got.msg_id, &error), true);
                let message = message.to_owned();
                let expected = RpcError { code, message };
                let outcome = scene.answer_of(asked);
                assert!(matches!(outcome, Some(Err(CallError::Rpc(e))) if e == expected));
            }
        }
    });
}

#[test]
fn an_answer_without_a_whole_word_ends_its_request() {
    play(|scene| {
        scene.start();
        let asked: Vec<_> = (0..3).map(|_| scene.ask()).collect();
        let members: Vec<(i64, i32, Vec<u8>)> = [0, 1, 3]
            .into_iter()
            .map(|length| {
                let got = scene.take("request");
                let result = tl::rpc_result(got.msg_id, &vec![1; length]);
                (scene.peer.next_id(true), 1, result)
            })
            .collect();
        scene.serve(&tl::container(&members), false);
        for id in asked {
            assert!(matches!(scene.failure_of(id).cause, Cause::Protocol(_)));
        }
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn senseless_salts_do_not_keep_from_sending() {
    play(|scene| {
        scene.ask();
        scene.connect();
        let ping = scene.take("ping");
        scene.serve(&tl::pong(ping.msg_id, tl::long_at(&ping.body, 1)), false);
        let query = scene.take("salts");
        let senseless = [
            (i32::MIN, i32::MAX),
            (i32::MAX, i32::MAX),
            (i32::MAX, i32::MIN),
            (-1, 0),
            (0, -1),
        ];
        let start = tl::object(0xae50_0895).long(query.msg_id).int(-1).int(5);
        let salts = senseless
            .iter()
            .fold(start, |list, (from, to)| list.int(*from).int(*to).long(7));
        scene.serve(&salts.0, false);
        scene.names();
        let asked = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::bad_salt(got.carrier(), 9), false);
        let got = scene.take("request");
        assert_eq!(got.salt, 9);
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
        scene.quiet(7200);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn answers_to_nothing_and_acknowledgments_of_the_same_change_nothing() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        let got = scene.take("request");
        let id = got.msg_id;
        scene.serve(&tl::object(0x62d6_b459).longs(&[id; 8192]).0, false);
        scene.serve(&tl::pong(id + 4, 1), false);
        scene.serve(&tl::state_info(id, &[1]), false);
        let future = tl::object(0xae50_0895).long(id + 4).int(0).int(0).0;
        scene.serve(&future, false);
        scene.serve(&tl::rpc_result(id + 4, &answer(1)), false);
        scene.serve(&tl::rpc_result(i64::MIN, &answer(1)), false);
        let copy = tl::object(0xe060_46b2).raw(&answer(3)).0;
        scene.serve(&copy, true);
        assert!(scene.is_waiting(asked));
        scene.reply(&got, 2);
        assert!(scene.has_answer(asked, 2));
        assert!(scene.disconnects.is_empty() && scene.updates().is_empty());
    });
}

#[test]
fn deadlines_of_nothing_and_of_a_lifetime_are_kept() {
    play(|scene| {
        scene.start();
        let now = scene.now.instant;
        let none = scene.ask_with(|request| request.deadline = now);
        assert_eq!(scene.failure_of(none).cause, Cause::Deadline);
        let life = Duration::from_secs(100 * 365 * 24 * 3600);
        let long = scene.ask_with(|request| request.deadline = now + life);
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(long, 1));
        scene.link.cancel(scene.now, long);
        scene.link.cancel(scene.now, none);
        scene.drain();
        assert_eq!(scene.answer_of(long), None);
        assert!(!scene.names().contains(&"drop"));
    });
}
