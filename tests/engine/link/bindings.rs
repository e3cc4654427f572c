//! Temporary keys: made, bound, lost, renewed.
//!
//! See <https://core.telegram.org/api/pfs>.
use std::time::Duration;

use super::exchange::{exchange, without_key};
use super::peer::Got;
use super::scene::{Scene, config, key, play_with};
use super::tl;
use crate::handshake::server::{self, Server};
use ferogram_sync::crypto::AuthKey;
use ferogram_sync::mtproto::{
    Cause, Event, Input, KeyKind, LinkConfig, Reason, RequestId, RestartPolicy, StoredKey,
};

fn secret() -> LinkConfig {
    let mut config = config();
    config.pfs = true;
    config.rsa_keys = vec![server::public_key()].into();
    config
}

fn yes() -> Vec<u8> {
    tl::object(0x9972_75b5).0
}

/// Makes a temporary key, up to the request that binds it.
fn make_key(scene: &mut Scene, seed: u64) -> Got {
    scene.deaf = true;
    if scene.connection.is_none() {
        scene.wait_for_connect();
    }
    scene.connect();
    exchange(scene, &mut Server::new(seed));
    scene.deaf = false;
    scene.input(Input::KeySaved);
    take_bind(scene)
}

fn take_bind(scene: &mut Scene) -> Got {
    let bind = scene.take("bind");
    assert_eq!(bind.container, None);
    bind
}

/// Opens the proof as the server does, with the permanent key.
fn check_proof(bind: &Got, permanent: &AuthKey, temporary: &AuthKey) {
    use ferogram_sync::crypto::{Side, derive_v1, ige_decrypt};
    assert_eq!(tl::long_at(&bind.body, 1), permanent.id());
    let nonce = tl::long_at(&bind.body, 3);
    let message = &bind.body[bind.body.len() - 107..bind.body.len() - 3];
    assert_eq!(message[..8], permanent.id().to_le_bytes());
    let msg_key: [u8; 16] = message[8..24].try_into().unwrap();
    let keys = derive_v1(permanent, Side::Client, &msg_key);
    let mut plain = message[24..].to_vec();
    ige_decrypt(&keys.key, &keys.iv, &mut plain);
    assert_eq!(
        plain[16..24],
        bind.msg_id.to_le_bytes(),
        "the id of the message around it"
    );
    let inner = &plain[32..72];
    assert_eq!(inner[..4], 0x75a3_f765_u32.to_le_bytes());
    assert_eq!(inner[4..12], nonce.to_le_bytes());
    assert_eq!(inner[12..20], temporary.id().to_le_bytes());
    assert_eq!(inner[28..36], bind.session.to_le_bytes());
    assert_eq!(
        inner[36..40],
        bind.body[20..24],
        "both tell when it expires"
    );
}

#[test]
fn a_temporary_key_is_made_and_bound_before_anything_else() {
    play_with(secret(), |scene| {
        let asked = scene.ask();
        let bind = make_key(scene, 1);
        assert_eq!(scene.new_keys(), [KeyKind::Temporary]);
        check_proof(&bind, &key(), &scene.peer.key);
        assert!(!scene.names().contains(&"request"));
        scene.seconds(3);
        assert!(!scene.events.iter().any(|e| matches!(e, Event::Connected)));
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        assert!(scene.events.iter().any(|e| matches!(e, Event::Connected)));
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn both_keys_are_made_on_one_connection() {
    let mut config = without_key();
    config.pfs = true;
    play_with(config, |scene| {
        scene.deaf = true;
        scene.ask();
        scene.connect();
        exchange(scene, &mut Server::new(1));
        let permanent = scene.peer.key.clone();
        scene.input(Input::KeySaved);
        exchange(scene, &mut Server::new(2));
        scene.deaf = false;
        scene.input(Input::KeySaved);
        assert_eq!(scene.new_keys(), [KeyKind::Permanent, KeyKind::Temporary]);
        let bind = take_bind(scene);
        check_proof(&bind, &permanent, &scene.peer.key);
        assert_eq!(scene.connects.len(), 1);
    });
}

#[test]
fn the_proof_is_made_anew_when_the_message_is_rejected() {
    play_with(secret(), |scene| {
        scene.ask();
        let first = make_key(scene, 1);
        scene.serve(&tl::bad_salt(first.msg_id, 99), false);
        let second = take_bind(scene);
        assert_eq!(second.salt, 99);
        check_proof(&second, &key(), &scene.peer.key);
        scene.peer.time += Duration::from_secs(20);
        scene.serve(&tl::bad_msg(second.msg_id, 16), false);
        let third = take_bind(scene);
        check_proof(&third, &key(), &scene.peer.key);
        scene.serve(&tl::bad_msg(third.msg_id, 17), false);
        let fourth = take_bind(scene);
        assert_ne!(fourth.session, third.session);
        check_proof(&fourth, &key(), &scene.peer.key);
    });
}

#[test]
fn after_a_reconnect_the_key_is_bound_again_only_if_it_was_not() {
    play_with(secret(), |scene| {
        let asked = scene.ask();
        let bind = make_key(scene, 1);
        scene.names();
        scene.cut();
        scene.reconnect();
        let again = take_bind(scene);
        check_proof(&again, &key(), &scene.peer.key);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        scene.serve(&tl::rpc_result(again.msg_id, &yes()), true);
        let got = scene.take("request");
        scene.names();
        scene.cut();
        scene.reconnect();
        assert!(!scene.got.iter().any(|g| g.name() == "bind"));
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn a_key_that_the_server_does_not_accept_is_replaced() {
    for error in [
        "TEMP_AUTH_KEY_EMPTY",
        "TEMP_AUTH_KEY_ALREADY_BOUND",
        "EXPIRES_AT_INVALID",
    ] {
        let mut scene = Scene::new(secret());
        scene.ask();
        let bind = make_key(&mut scene, 1);
        let error = tl::rpc_error(400, error);
        scene.serve(&tl::rpc_result(bind.msg_id, &error), true);
        assert!(matches!(scene.disconnects[..], [Reason::NotBound(_)]));
        let lost = |e: &Event| matches!(e, Event::KeyLost(KeyKind::Temporary));
        assert!(scene.events.iter().any(lost));
        scene.got.clear();
        make_key(&mut scene, 2);
    }
}

#[test]
fn a_permanent_key_that_cannot_be_proved_twice_is_lost() {
    let mut scene = Scene::new(secret());
    let asked = scene.ask();
    for turn in 0..2 {
        let bind = make_key(&mut scene, turn + 1);
        let error = tl::rpc_error(400, "ENCRYPTED_MESSAGE_INVALID");
        scene.got.clear();
        scene.serve(&tl::rpc_result(bind.msg_id, &error), true);
        assert_eq!(scene.disconnects.len(), turn as usize + 1);
        if turn == 0 {
            assert!(scene.is_waiting(asked));
        }
    }
    assert_eq!(scene.failure_of(asked).cause, Cause::KeyLost);
    let lost = |e: &Event| matches!(e, Event::KeyLost(KeyKind::Permanent));
    assert!(scene.events.iter().any(lost));
}

#[test]
fn a_new_permanent_key_is_not_doubted_for_a_while() {
    let mut config = without_key();
    config.pfs = true;
    let mut scene = Scene::new(config);
    scene.deaf = true;
    let asked = scene.ask();
    scene.connect();
    exchange(&mut scene, &mut Server::new(1));
    scene.input(Input::KeySaved);
    exchange(&mut scene, &mut Server::new(2));
    scene.deaf = false;
    scene.input(Input::KeySaved);
    let error = tl::rpc_error(400, "ENCRYPTED_MESSAGE_INVALID");
    let mut bind = take_bind(&mut scene);
    for turn in 0..3 {
        scene.got.clear();
        scene.serve(&tl::rpc_result(bind.msg_id, &error), true);
        assert!(scene.is_waiting(asked));
        bind = make_key(&mut scene, turn + 3);
    }
    assert!(
        !scene
            .events
            .iter()
            .any(|e| matches!(e, Event::KeyLost(KeyKind::Permanent)))
    );
}

#[test]
fn a_temporary_key_that_the_server_has_dropped_is_replaced() {
    play_with(secret(), |scene| {
        scene.ask();
        let bind = make_key(scene, 1);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        let once = scene.ask();
        let harmless = scene.ask_harmless();
        scene.got.clear();
        let bytes = scene.peer.transport_error(-404);
        scene.deliver(&bytes);
        let lost = |e: &Event| matches!(e, Event::KeyLost(KeyKind::Temporary));
        assert!(scene.events.iter().any(lost));
        assert!(
            !scene
                .events
                .iter()
                .any(|e| matches!(e, Event::KeyLost(KeyKind::Permanent)))
        );
        let bind = make_key(scene, 2);
        let failure = scene.failure_of(once);
        assert_eq!(failure.cause, Cause::SessionLost);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(harmless, 1));
    });
}

#[test]
fn a_server_that_has_forgotten_the_binding_gets_it_again() {
    play_with(secret(), |scene| {
        let asked = scene.ask();
        let bind = make_key(scene, 1);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        let got = scene.take("request");
        let error = tl::rpc_error(401, "AUTH_KEY_PERM_EMPTY");
        scene.serve(&tl::rpc_result(got.msg_id, &error), true);
        let bind = take_bind(scene);
        assert!(!scene.got.iter().any(|g| g.name() == "request"));
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn a_forgotten_binding_is_asked_for_once_however_many_requests_it_refuses() {
    play_with(secret(), |scene| {
        let first = scene.ask();
        let bind = make_key(scene, 1);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        let one = scene.take("request");
        let (second, third) = (scene.ask(), scene.ask());
        let (two, three) = (scene.take("request"), scene.take("request"));
        let error = tl::rpc_error(401, "AUTH_KEY_PERM_EMPTY");
        scene.serve(&tl::rpc_result(one.msg_id, &error), true);
        let bind = take_bind(scene);
        scene.serve(&tl::rpc_result(two.msg_id, &error), true);
        scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
        scene.serve(&tl::rpc_result(three.msg_id, &error), true);
        for _ in 0..3 {
            let got = scene.take("request");
            scene.reply(&got, 1);
        }
        assert!(
            [first, second, third]
                .iter()
                .all(|id| scene.has_answer(*id, 1))
        );
        assert!(!scene.names().contains(&"bind"), "the key is bound");
    });
}

#[test]
fn a_key_that_is_not_bound_in_time_is_a_lost_connection() {
    let mut scene = Scene::new(secret());
    scene.ask();
    make_key(&mut scene, 1);
    scene.quiet(19);
    assert!(scene.disconnects.is_empty());
    scene.seconds(1);
    assert_eq!(scene.disconnects, [Reason::BindTimeout { seconds: 20 }]);
}

/// That is no lost connection.
#[test]
fn who_makes_no_other_connection_renews_its_key_nevertheless() {
    let mut config = secret();
    config.restarts = RestartPolicy::Never;
    let mut scene = Scene::new(config);
    scene.ask();
    let bind = make_key(&mut scene, 1);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let got = scene.take("request");
    scene.reply(&got, 1);
    let mut minutes = 0;
    while scene.disconnects.is_empty() {
        scene.quiet(60);
        minutes += 1;
        assert!(minutes < 3 * 24 * 60);
    }
    assert_eq!(scene.disconnects, [Reason::KeyExpires]);
    scene.got.clear();
    let asked = scene.ask();
    let bind = make_key(&mut scene, 2);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let got = scene.take("request");
    scene.reply(&got, 2);
    assert!(scene.has_answer(asked, 2));
}

#[test]
fn a_key_is_renewed_before_it_expires_when_nothing_is_out() {
    let mut scene = Scene::new(secret());
    let far = scene.now.instant + Duration::from_secs(100_000);
    let first = scene.ask_with(|request| request.deadline = far);
    let bind = make_key(&mut scene, 1);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let got = scene.take("request");
    let renewal = 24 * 3600 - 600;
    let mut minutes = 0;
    while scene.disconnects.is_empty() {
        scene.quiet(60);
        minutes += 1;
        assert!(minutes < 3 * 24 * 60);
        let passed = scene.peer.time.as_secs() - super::scene::START;
        if passed == renewal {
            scene.quiet(10);
            let held = scene.ask();
            assert!(
                !scene.got.iter().any(|g| g.name() == "request"),
                "it is held back"
            );
            assert!(scene.is_waiting(held));
            scene.reply(&got, 1);
            assert!(!scene.disconnects.is_empty(), "nothing is out any more");
        }
    }
    assert!(scene.has_answer(first, 1));
    assert_eq!(scene.disconnects, [Reason::KeyExpires]);
    let bind = make_key(&mut scene, 2);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let got = scene.take("request");
    scene.reply(&got, 2);
    assert!(scene.has_answer(RequestId(2), 2));
}

#[test]
fn requests_are_held_no_longer_when_the_clock_goes_back() {
    let mut scene = Scene::new(secret());
    let far = scene.now.instant + Duration::from_secs(100_000);
    scene.ask_with(|request| request.deadline = far);
    let bind = make_key(&mut scene, 1);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let got = scene.take("request");
    for _ in 0..(24 * 3600 - 600) / 60 {
        scene.quiet(60);
    }
    scene.quiet(10);
    scene.ask_with(|request| request.deadline = far);
    assert!(!scene.got.iter().any(|g| g.name() == "request"), "it waits");
    scene.peer.time -= Duration::from_secs(7200);
    scene.peer.rewind();
    scene.serve(&tl::bad_msg(got.msg_id, 17), false);
    let bind = take_bind(&mut scene);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    let requests = scene.got.iter().filter(|g| g.name() == "request");
    assert_eq!(requests.count(), 2);
    assert!(scene.disconnects.is_empty());
}

#[test]
fn a_stored_key_is_bound_and_one_that_has_expired_is_not_used() {
    for (left, usable) in [(3600, true), (30, false)] {
        let mut config = secret();
        config.temporary = Some(StoredKey {
            key: key(),
            time_offset: 0,
            expires_at: Some(super::scene::START as i32 + left),
        });
        let mut scene = Scene::new(config);
        scene.deaf = !usable;
        scene.ask();
        scene.connect();
        if usable {
            check_proof(&take_bind(&mut scene), &key(), &key());
        } else {
            exchange(&mut scene, &mut Server::new(1));
        }
    }
}

#[test]
fn a_key_that_no_server_binds_is_tried_with_growing_pauses() {
    let refusals = ["TEMP_AUTH_KEY_EMPTY", "NOBODY_KNOWS"];
    for refusal in refusals {
        let mut scene = Scene::new(secret());
        let far = scene.now.instant + Duration::from_secs(100_000);
        scene.ask_with(|request| request.deadline = far);
        let begun = scene.now.instant;
        let mut bind = make_key(&mut scene, 1);
        for seed in 2..22 {
            let error = tl::rpc_error(400, refusal);
            scene.serve(&tl::rpc_result(bind.msg_id, &error), true);
            assert_eq!(scene.disconnects.len(), seed as usize - 1);
            bind = if refusal.starts_with("TEMP") {
                make_key(&mut scene, seed)
            } else {
                scene.reconnect();
                take_bind(&mut scene)
            };
        }
        // Ten rounds of both addresses.
        let took = scene.now.instant - begun;
        assert!(took > Duration::from_secs(30), "{refusal}: {took:?}");
    }
}

#[test]
fn a_key_that_has_expired_when_it_is_made_is_no_reason_to_hurry() {
    let mut scene = Scene::new(secret());
    let far = scene.now.instant + Duration::from_secs(100_000);
    scene.ask_with(|request| request.deadline = far);
    // A server whose clock stands at the end of time: no key can expire after it.
    scene.peer.time = Duration::from_secs(i32::MAX as u64);
    let begun = scene.now.instant;
    for seed in 1..21 {
        scene.deaf = true;
        scene.wait_for_connect();
        scene.connect();
        exchange(&mut scene, &mut Server::new(seed));
        scene.deaf = false;
        scene.input(Input::KeySaved);
        assert_eq!(scene.disconnects.last(), Some(&Reason::KeyExpires));
    }
    let took = scene.now.instant - begun;
    assert!(took > Duration::from_secs(30), "{took:?}");
}

#[test]
fn a_request_without_an_answer_does_not_hold_the_others_back_for_long() {
    let mut scene = Scene::new(secret());
    let far = scene.now.instant + Duration::from_secs(100_000);
    let stuck = scene.ask_with(|request| request.deadline = far);
    let bind = make_key(&mut scene, 1);
    scene.serve(&tl::rpc_result(bind.msg_id, &yes()), true);
    scene.take("request");
    let renewal = 24 * 3600 - 600;
    for _ in 0..(renewal + 5) / 5 {
        scene.quiet(5);
    }
    let minute = scene.now.instant + Duration::from_secs(60);
    let asked = scene.ask_with(|request| request.deadline = minute);
    assert!(!scene.got.iter().any(|g| g.name() == "request"), "it waits");
    scene.quiet(23);
    scene.seconds(4);
    let got = scene.take("request");
    scene.reply(&got, 2);
    assert!(scene.has_answer(asked, 2));
    assert!(scene.is_waiting(stuck));
    // Towards the end nothing is sent any more that would be lost with the key.
    scene.quiet(600 - 60 - 5 - 27 - 20);
    scene.ask();
    assert!(!scene.got.iter().any(|g| g.name() == "request"), "it waits");
    scene.quiet(21);
    assert_eq!(scene.disconnects, [Reason::KeyExpires]);
}
