//! Key exchanges within a link: made, saved, or not.
use std::time::Duration;

use super::scene::{Scene, answer, config, play_with};
use super::tl;
use crate::handshake::server::{self, Server};
use ferogram_sync::crypto::AuthKey;
use ferogram_sync::mtproto::{Answer, Cause, Delivery, Event, Input, KeyKind, LinkConfig, Reason};

pub(super) fn without_key() -> LinkConfig {
    let mut config = config();
    config.permanent = None;
    config.rsa_keys = vec![server::public_key()].into();
    config
}

/// Plays the server's part of a key exchange.
pub(super) fn exchange(scene: &mut Scene, server: &mut Server) {
    server.server_time = scene.peer.time.as_secs() as i32;
    let query = scene.query();
    let reply = server::pq(server.res_pq(&query));
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let query = scene.query();
    server.read_req_dh_params(&query);
    let inner = server.dh_inner();
    let reply = server::params(server.dh_params(&inner));
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let query = scene.query();
    server.read_set_client_dh_params(&query);
    let reply = server::verdict(server.ok());
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let key: [u8; 256] = server.key().try_into().unwrap();
    scene.peer.key = AuthKey::new(key);
    scene.peer.salt = server.salt();
}

impl Scene {
    /// The one query that the client has sent.
    fn query(&mut self) -> Vec<u8> {
        let raw = std::mem::take(&mut self.raw);
        let mut bodies = self.peer.feed_plain(&raw);
        assert_eq!(bodies.len(), 1);
        bodies.remove(0)
    }

    pub(super) fn new_keys(&self) -> Vec<KeyKind> {
        let new = |event: &Event| match event {
            Event::NewKey { kind, .. } => Some(*kind),
            _ => None,
        };
        self.events.iter().filter_map(new).collect()
    }
}

fn begin(scene: &mut Scene) -> Server {
    scene.deaf = true;
    scene.ask();
    scene.connect();
    Server::new(3)
}

#[test]
fn a_key_is_made_saved_and_used() {
    play_with(without_key(), |scene| {
        let mut server = begin(scene);
        scene.peer.time += Duration::from_secs(100);
        exchange(scene, &mut server);
        let event = scene.events.iter().find_map(|event| match event {
            Event::NewKey {
                key, time_offset, ..
            } => Some((key.id(), *time_offset)),
            _ => None,
        });
        assert_eq!(event, Some((scene.peer.key.id(), 100)));
        scene.seconds(5);
        assert!(
            scene.raw.is_empty(),
            "nothing is sent under a key that is not saved"
        );
        scene.deaf = false;
        scene.input(Input::KeySaved);
        assert!(scene.events.iter().any(|e| matches!(e, Event::Connected)));
        let got = scene.take("request");
        assert_eq!(got.salt, server.salt());
        assert!((got.msg_id >> 32).abs_diff(scene.peer.time.as_secs() as i64) <= 1);
        scene.reply(&got, 1);
        let id = ferogram_sync::mtproto::RequestId(1);
        assert_eq!(scene.answer_of(id), Some(Ok(Answer::new(answer(1)))));
    });
}

#[test]
fn a_key_that_cannot_be_saved_is_not_used() {
    play_with(without_key(), |scene| {
        let mut server = begin(scene);
        exchange(scene, &mut server);
        scene.input(Input::KeyNotSaved("disk full".to_owned()));
        let failure = scene.failure_of(ferogram_sync::mtproto::RequestId(1));
        assert_eq!(failure.cause, Cause::KeyNotSaved("disk full".to_owned()));
        assert_eq!(failure.delivery, Delivery::NotSent);
        assert_eq!(failure.waiting_for, "the new key of DC 2 to be saved");
        assert_eq!(
            scene.disconnects,
            [Reason::KeyNotSaved("disk full".to_owned())]
        );
        assert!(scene.raw.is_empty());
        // The next request begins anew.
        scene.ask();
        scene.reconnect();
        exchange(scene, &mut Server::new(4));
        assert_eq!(scene.new_keys().len(), 2);
    });
}

#[test]
fn a_key_can_be_saved_after_its_connection_is_lost() {
    play_with(without_key(), |scene| {
        let mut server = begin(scene);
        exchange(scene, &mut server);
        scene.cut();
        scene.seconds(60);
        assert_eq!(scene.connection, None, "a second key would be of no use");
        scene.deaf = false;
        scene.input(Input::KeySaved);
        scene.connect();
        let got = scene.take("request");
        assert_eq!(got.salt, server.salt());
        assert_eq!(scene.new_keys().len(), 1);
    });
}

#[test]
fn an_unknown_server_is_told_apart_from_a_bad_line() {
    let mut config = without_key();
    config.rsa_keys = Vec::new().into();
    play_with(config, |scene| {
        let mut server = begin(scene);
        let query = scene.query();
        let reply = server::pq(server.res_pq(&query));
        let bytes = scene.peer.plain(&reply);
        scene.deliver(&bytes);
        let failure = scene.failure_of(ferogram_sync::mtproto::RequestId(1));
        assert!(matches!(failure.cause, Cause::Unusable(_)), "{failure}");
        assert!(failure.to_string().contains("RSA"), "{failure}");
        scene.seconds(1000);
        assert_eq!(scene.connects.len(), 1);
    });
}

#[test]
fn an_exchange_that_fails_begins_anew_on_another_connection() {
    play_with(without_key(), |scene| {
        let mut server = begin(scene);
        let query = scene.query();
        let mut answer = server.res_pq(&query);
        answer.nonce[0] ^= 1;
        let bytes = scene.peer.plain(&server::pq(answer));
        scene.deliver(&bytes);
        assert!(matches!(scene.disconnects[..], [Reason::Handshake(_)]));
        scene.reconnect();
        scene.query();
        let bytes = scene.peer.transport_error(-404);
        scene.deliver(&bytes);
        assert_eq!(scene.disconnects.len(), 2);
        scene.reconnect();
        exchange(scene, &mut Server::new(5));
        assert_eq!(scene.new_keys(), [KeyKind::Permanent]);
        assert!(!scene.events.iter().any(|e| matches!(e, Event::KeyLost(_))));
    });
}

#[test]
fn an_exchange_that_takes_too_long_is_given_up() {
    play_with(without_key(), |scene| {
        begin(scene);
        scene.seconds(31);
        assert_eq!(
            scene.disconnects,
            [Reason::HandshakeTimeout { seconds: 30 }]
        );
        scene.wait_for_connect();
    });
}

#[test]
fn an_encrypted_message_has_no_place_in_an_exchange() {
    play_with(without_key(), |scene| {
        begin(scene);
        scene.query();
        let id = scene.peer.next_id(true);
        let bytes = scene.peer.packet(id, 1, &tl::pong(1, 2));
        scene.deliver(&bytes);
        assert!(matches!(scene.disconnects[..], [Reason::Plain(_)]));
    });
}

#[test]
fn a_wall_clock_that_is_set_during_an_exchange_does_not_move_the_servers_time() {
    let mut scene = Scene::new(without_key());
    let mut server = begin(&mut scene);
    server.server_time = scene.peer.time.as_secs() as i32;
    let query = scene.query();
    let reply = server::pq(server.res_pq(&query));
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let query = scene.query();
    server.read_req_dh_params(&query);
    let inner = server.dh_inner();
    let reply = server::params(server.dh_params(&inner));
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    scene.now.unix += Duration::from_secs(3600);
    let query = scene.query();
    server.read_set_client_dh_params(&query);
    let reply = server::verdict(server.ok());
    let bytes = scene.peer.plain(&reply);
    scene.deliver(&bytes);
    let offset = scene.events.iter().find_map(|event| match event {
        Event::NewKey { time_offset, .. } => Some(*time_offset),
        _ => None,
    });
    assert_eq!(offset, Some(-3600));
    let key: [u8; 256] = server.key().try_into().unwrap();
    scene.peer.key = AuthKey::new(key);
    scene.peer.salt = server.salt();
    scene.deaf = false;
    scene.input(Input::KeySaved);
    let got = scene.take("request");
    assert_eq!((got.msg_id >> 32) as u64, scene.peer.time.as_secs());
}
