//! An address that says nothing, and the next one, which is tried beside it.
use std::time::Duration;

use super::exchange::without_key;
use super::scene::{Scene, config, play, play_with};
use super::tl;
use crate::handshake::server::{self, Server};
use ferogram_sync::mtproto::{Event, Input, KeyKind, LinkConfig, Reason};

/// Longer than the link has patience.
const WHILE: Duration = Duration::from_secs(3);

/// `req_pq_multi`: what a key exchange begins with.
const FIRST_QUESTION: [u8; 4] = 0xbe7e_8ef1_u32.to_le_bytes();

fn addresses(count: u8) -> LinkConfig {
    let mut config = config();
    config.endpoints = (1..=count).map(|n| ([127, 0, 0, n], 443).into()).collect();
    config
}

/// A server's answer to the first question over the second connection.
fn answer_beside(scene: &mut Scene, server: &mut Server) {
    assert_eq!(scene.asked_beside.len(), 1, "asked once");
    let query = scene.asked_beside.remove(0);
    assert_eq!(query[..4], FIRST_QUESTION);
    let reply = server::pq(server.res_pq(&query));
    let bytes = scene.peer.plain_beside(&reply);
    scene.deliver_beside(&bytes);
}

#[test]
fn the_next_address_is_tried_beside_one_that_says_nothing() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        scene.wait(Duration::from_secs(2));
        assert_eq!(scene.tried_beside, [], "it has time for a far line");
        scene.wait(WHILE - Duration::from_secs(2));
        assert_eq!(scene.tried_beside, [([127, 0, 0, 2], 443).into()]);
        scene.connect_beside();
        scene.names();
        assert_eq!(scene.disconnects, [], "it may still answer");
        answer_beside(scene, &mut Server::new(1));
        assert_eq!(scene.disconnects, [Reason::Overtaken]);
        assert_eq!(scene.connects.last(), Some(&([127, 0, 0, 2], 443).into()));
        assert!(scene.is_open(), "it was there already");
        // What went over the other one may have come to a server: that is asked first.
        assert_eq!(scene.names(), ["ping", "states"]);
        assert!(scene.is_waiting(asked));
        assert!(scene.events.iter().any(|e| matches!(e, Event::Connected)));
        scene.seconds(9);
        assert_eq!((scene.beside, scene.tried_beside.len()), (None, 1));
    });
}

#[test]
fn a_key_exchange_goes_on_where_it_is_answered_first() {
    play_with(without_key(), |scene| {
        scene.deaf = true;
        scene.ask();
        scene.connect();
        scene.wait(WHILE);
        scene.connect_beside();
        scene.raw.clear();
        let mut server = Server::new(3);
        server.server_time = scene.peer.time.as_secs() as i32;
        answer_beside(scene, &mut server);
        assert_eq!(scene.disconnects, [Reason::Overtaken]);
        let bodies = scene.peer.feed_plain(&std::mem::take(&mut scene.raw));
        server.read_req_dh_params(&bodies[0]);
        let inner = server.dh_inner();
        let reply = server::params(server.dh_params(&inner));
        let bytes = scene.peer.plain(&reply);
        scene.deliver(&bytes);
        let bodies = scene.peer.feed_plain(&std::mem::take(&mut scene.raw));
        server.read_set_client_dh_params(&bodies[0]);
        let reply = server::verdict(server.ok());
        let bytes = scene.peer.plain(&reply);
        scene.deliver(&bytes);
        assert_eq!(scene.new_keys(), [KeyKind::Permanent]);
    });
}

#[test]
fn a_slow_address_that_answers_first_stays() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        scene.wait(WHILE);
        scene.connect_beside();
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
        assert_eq!((scene.disconnects.len(), scene.beside), (0, None));
        scene.quiet(20);
        assert_eq!(scene.tried_beside.len(), 1, "it has shown that it is there");
        scene.cut();
        scene.ask();
        scene.wait_for_connect();
        assert_eq!(scene.connects, [([127, 0, 0, 1], 443).into(); 2]);
    });
}

#[test]
fn a_connection_that_takes_its_time_is_not_given_up_for_another() {
    let mut scene = Scene::new(config());
    scene.ask();
    scene.wait(WHILE);
    assert_eq!(scene.tried_beside.len(), 1);
    scene.connect();
    assert_eq!(scene.names(), ["ping", "request"]);
    // The other one is no better.
    for _ in 0..3 {
        scene.refuse_beside();
        assert_eq!(scene.beside, None);
        scene.wait(WHILE);
    }
    assert_eq!(scene.tried_beside, [([127, 0, 0, 2], 443).into(); 4]);
    assert_eq!(scene.disconnects, []);
}

#[test]
fn one_that_is_tried_beside_takes_the_place_of_one_that_ends() {
    for connected in [false, true] {
        let mut scene = Scene::new(config());
        let asked = scene.ask();
        scene.wait(WHILE);
        if connected {
            scene.connect_beside();
        }
        scene.cut();
        assert_eq!(scene.connection, Some(([127, 0, 0, 2], 443).into()));
        if connected {
            // It was asked something else, and has to answer that first.
            assert!(scene.got.is_empty());
            scene.deaf = true;
            let query = scene.asked_beside.remove(0);
            let reply = server::pq(Server::new(1).res_pq(&query));
            scene.deaf = false;
            let bytes = scene.peer.plain(&reply);
            scene.deliver(&bytes);
        } else {
            scene.connect();
        }
        let got = scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(asked, 1));
    }
}

#[test]
fn what_waits_for_the_answer_of_one_that_took_the_place_says_so() {
    let mut scene = Scene::new(config());
    let deadline = scene.now.instant + Duration::from_secs(5);
    let asked = scene.ask_with(|request| request.deadline = deadline);
    scene.wait(WHILE);
    scene.connect_beside();
    scene.cut();
    scene.seconds(3);
    let failure = scene.failure_of(asked);
    assert_eq!(failure.waiting_for, "an answer of 127.0.0.2:443 (cut)");
}

#[test]
fn each_address_gets_its_turn_beside_the_first() {
    let mut scene = Scene::new(addresses(4));
    scene.ask();
    scene.connect();
    scene.seconds(13);
    let last = |n: u8| ([127, 0, 0, n], 443).into();
    assert_eq!(scene.tried_beside, [2, 3, 4, 2, 3].map(last));
    assert_eq!(scene.disconnects, []);
    // The first is given up in its own time, and then the next has all the time.
    scene.seconds(3);
    assert_eq!(scene.connects, [1, 4].map(last));
    let mut scene = Scene::new(addresses(1));
    scene.ask();
    scene.seconds(9);
    assert_eq!(scene.tried_beside, []);
}

#[test]
fn a_wrong_answer_beside_harms_nobody() {
    let wrong: [fn(&mut Scene) -> Vec<u8>; 3] = [
        |scene| {
            // Of another exchange.
            let mut query = scene.asked_beside.remove(0);
            query[4] ^= 1;
            let reply = server::pq(Server::new(1).res_pq(&query));
            scene.peer.plain_beside(&reply)
        },
        |scene| scene.peer.plain_beside(&tl::object(1).0),
        |_| vec![0x7f; 64],
    ];
    for wrong in wrong {
        for with_key in [false, true] {
            let config = if with_key { config() } else { without_key() };
            play_with(config, |scene| {
                scene.deaf = !with_key;
                scene.ask();
                scene.connect();
                scene.wait(WHILE);
                scene.connect_beside();
                let bytes = wrong(scene);
                let lane = scene.lane.other();
                scene.input(Input::Received(lane, &bytes));
                assert_eq!((scene.beside, scene.disconnects.len()), (None, 0));
                assert!(scene.is_open());
                scene.wait(WHILE);
                assert!(scene.beside.is_some(), "and is tried again");
            });
        }
    }
}

#[test]
fn a_key_that_expires_meanwhile_is_not_used() {
    let mut config = config();
    config.pfs = true;
    config.temporary = config.permanent.clone();
    if let Some(temporary) = &mut config.temporary {
        temporary.expires_at = Some(super::scene::START as i32 + 604);
    }
    config.rsa_keys = vec![server::public_key()].into();
    let mut scene = Scene::new(config);
    let deadline = scene.now.instant + Duration::from_secs(5);
    scene.ask_with(|request| request.deadline = deadline);
    scene.connect();
    scene.wait(WHILE);
    scene.connect_beside();
    // The next key is made as soon as nothing is out any more.
    scene.seconds(3);
    assert_eq!(scene.disconnects, [Reason::KeyExpires]);
    scene.deaf = true;
    let query = scene.asked_beside.remove(0);
    let reply = server::pq(Server::new(1).res_pq(&query));
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let bodies = scene.peer.feed_plain(&std::mem::take(&mut scene.raw));
    assert_eq!(bodies.len(), 1, "another key is agreed upon");
    assert_eq!(bodies[0][..4], FIRST_QUESTION);
}

#[test]
fn closing_ends_both() {
    play(|scene| {
        scene.ask();
        scene.connect();
        scene.wait(WHILE);
        scene.connect_beside();
        scene.link.close(scene.now);
        // As the outside sees it: the first is gone, and so is the one in its place.
        scene.drain();
        assert_eq!((scene.connection, scene.beside), (None, None));
        scene.seconds(100);
        assert_eq!(scene.tried_beside.len(), 1);
    });
}
