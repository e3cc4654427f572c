//! Connecting, losing, waiting, pinging: the life of a link.
use std::time::Duration;

use super::scene::{Scene, config, play, play_with, update};
use super::tl;
use ferogram_sync::mtproto::TransportError;
use ferogram_sync::mtproto::{
    Attention, Cause, Delivery, Event, Fault, Input, KeyKind, LinkConfig, Reason, RestartPolicy,
};

fn one_address() -> LinkConfig {
    let mut config = config();
    config.endpoints.truncate(1);
    config
}

#[test]
fn connects_when_there_is_something_to_send() {
    play(|scene| {
        scene.seconds(100);
        assert_eq!(scene.connects, []);
        scene.ask();
        assert_eq!(scene.connects, [([127, 0, 0, 1], 443).into()]);
    });
}

#[test]
fn a_link_with_nothing_to_do_stays_disconnected() {
    play(|scene| {
        scene.start();
        scene.cut();
        scene.seconds(1000);
        assert_eq!((scene.connection, scene.next), (None, None));
    });
}

fn never() -> LinkConfig {
    let mut config = config();
    config.restarts = RestartPolicy::Never;
    config
}

#[test]
fn a_connection_that_is_never_made_again_ends_everything() {
    play_with(never(), |scene| {
        scene.start();
        let sent = scene.ask();
        scene.take("request");
        let connects = scene.connects.len();
        scene.cut();
        let late = scene.ask();
        scene.input(Input::NetworkRestored);
        scene.seconds(1000);
        for (request, delivery) in [(sent, Delivery::Unknown), (late, Delivery::NotSent)] {
            let failure = scene.failure_of(request);
            assert!(matches!(failure.cause, Cause::Disconnected(_)), "{failure}");
            assert_eq!(failure.delivery, delivery);
        }
        let retired = scene.events.iter().filter(|e| matches!(e, Event::Retired));
        assert_eq!(retired.count(), 1);
        assert_eq!((scene.connects.len(), scene.next), (connects, None));
    });
}

#[test]
fn who_connects_once_tries_every_address() {
    let mut scene = Scene::new(never());
    let asked = scene.ask();
    scene.refuse();
    assert!(scene.is_waiting(asked));
    scene.refuse();
    assert_eq!(scene.failure_of(asked).delivery, Delivery::NotSent);
    scene.seconds(1000);
    assert_eq!(scene.connects.len(), 2);
}

#[test]
fn all_addresses_are_tried_before_the_pause() {
    let mut scene = Scene::new(config());
    scene.ask();
    scene.refuse();
    assert_eq!(scene.connection, Some(([127, 0, 0, 2], 443).into()));
    scene.refuse();
    assert_eq!(scene.connection, None);
    scene.seconds(1);
    assert_eq!(scene.connection, Some(([127, 0, 0, 1], 443).into()));
}

#[test]
fn pauses_grow_and_start_over_after_success() {
    let mut scene = Scene::new(one_address());
    scene.ask();
    let pauses: Vec<Duration> = (0..12).map(|_| refused(&mut scene)).collect();
    assert!(pauses[0] <= Duration::from_millis(100));
    assert!(pauses.windows(2).take(4).all(|p| p[0] < p[1] * 2));
    let second = Duration::from_secs(1);
    assert!(pauses[11] >= second / 2 && pauses.iter().all(|p| *p <= second));
    while scene.seconds_since_start() < 60 {
        refused(&mut scene);
    }
    let later = refused(&mut scene);
    assert!(later > second && later <= second * 3, "{later:?}");
    scene.connect();
    let got = scene.take("request");
    scene.cut();
    assert!(pause(&mut scene) > second, "nothing was answered");
    scene.connect();
    scene.reply(&got, 1);
    scene.ask();
    scene.cut();
    let again = pause(&mut scene);
    assert!(again > Duration::from_millis(100) && again <= second);
    scene.connect();
    scene.quiet(10);
    scene.cut();
    assert!(pause(&mut scene) <= Duration::from_millis(100));
}

/// A connection cannot be made: how long it is until the next attempt.
fn refused(scene: &mut Scene) -> Duration {
    scene.refuse();
    pause(scene)
}

fn pause(scene: &mut Scene) -> Duration {
    let before = scene.now.instant;
    scene.wait_for_connect();
    scene.now.instant - before
}

#[test]
fn a_request_does_not_wait_for_the_pause_of_a_link_that_listens() {
    let mut config = one_address();
    config.attention = Attention::Listens;
    let mut scene = Scene::new(config);
    while scene.seconds_since_start() < 600 {
        refused(&mut scene);
    }
    let long = refused(&mut scene);
    assert!(long >= Duration::from_secs(15), "{long:?}");
    scene.refuse();
    scene.seconds(4);
    assert_eq!(scene.connection, None);
    scene.ask();
    assert!(scene.connection.is_some(), "somebody waits now");
    assert!(refused(&mut scene) <= Duration::from_secs(3));
}

#[test]
fn when_the_network_is_back_nobody_waits() {
    let mut scene = Scene::new(one_address());
    scene.ask();
    for _ in 0..8 {
        scene.refuse();
        scene.wait_for_connect();
    }
    scene.refuse();
    assert_eq!(scene.connection, None);
    scene.input(Input::NetworkRestored);
    assert!(scene.connection.is_some());
    scene.connect();
    scene.names();
    scene.input(Input::NetworkRestored);
    assert_eq!(
        scene.names(),
        ["ping"],
        "the connection has to show that it is alive"
    );
}

#[test]
fn a_connection_that_does_not_come_about_is_given_up() {
    play(|scene| {
        scene.ask();
        scene.seconds(11);
        assert_eq!(scene.disconnects, [Reason::ConnectTimeout { seconds: 10 }]);
        assert_eq!(scene.connects.len(), 2);
    });
}

#[test]
fn an_idle_connection_is_pinged_every_minute() {
    play(|scene| {
        scene.start();
        scene.quiet(50);
        for _ in 0..3 {
            scene.seconds(58);
            assert!(scene.names().is_empty());
            scene.seconds(2);
            let ping = scene.take("ping");
            assert_eq!(ping.body[12..], 150_i32.to_le_bytes());
            scene.serve(&tl::pong(ping.msg_id, tl::long_at(&ping.body, 1)), false);
        }
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn a_silent_server_is_left() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        scene.seconds(11);
        scene.take("ping");
        scene.seconds(13);
        assert!(scene.disconnects.is_empty());
        scene.seconds(2);
        assert_eq!(scene.disconnects, [Reason::Session(Fault::Silent)]);
        scene.reconnect();
        scene.take("states");
        assert!(scene.is_waiting(asked));
    });
}

#[test]
fn a_server_that_never_says_anything_is_left_too() {
    play(|scene| {
        scene.ask();
        scene.connect();
        scene.seconds(16);
        assert_eq!(scene.disconnects, [Reason::Session(Fault::Silent)]);
    });
}

#[test]
fn a_slow_line_has_time_to_carry_what_is_large() {
    let mut scene = Scene::new(config());
    scene.start();
    let far = scene.now.instant + Duration::from_secs(7200);
    let part = scene.ask_with(|request| {
        request.body.resize(512 << 10, 1);
        request.deadline = far;
    });
    // All of it, and the ping behind it, lies in the buffers of the system meanwhile.
    scene.seconds(60);
    assert!(scene.disconnects.is_empty(), "{:?}", scene.disconnects);
    let got = scene.take("request");
    scene.reply(&got, 1);
    assert!(scene.has_answer(part, 1));
    // A line that carries nothing is not waited for much longer.
    scene.ask_with(|request| {
        request.body.resize(512 << 10, 1);
        request.deadline = far;
    });
    scene.seconds(90);
    assert_eq!(scene.disconnects, [Reason::Session(Fault::Silent)]);
}

#[test]
fn any_sign_of_life_counts() {
    play(|scene| {
        scene.start();
        scene.ask();
        for _ in 0..11 {
            scene.seconds(5);
            scene.serve(&update(1), false);
        }
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn a_server_that_talks_and_does_not_hear_is_left() {
    play(|scene| {
        scene.start();
        let asked = scene.ask();
        for _ in 0..30 {
            if !scene.is_open() {
                break;
            }
            scene.serve(&update(1), false);
            scene.seconds(5);
        }
        assert_eq!(scene.disconnects, [Reason::Session(Fault::Silent)]);
        scene.reconnect();
        assert!(scene.is_waiting(asked));
    });
}

#[test]
fn a_key_is_lost_when_two_connections_in_a_row_are_told_so() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        let bytes = scene.peer.transport_error(-404);
        scene.deliver(&bytes);
        let reason = Reason::Transport(TransportError(-404));
        assert_eq!(scene.disconnects, std::slice::from_ref(&reason));
        assert!(scene.is_waiting(asked), "it could be something else");
        scene.reconnect();
        let bytes = scene.peer.transport_error(-404);
        scene.deliver(&bytes);
        let failure = scene.failure_of(asked);
        assert_eq!(
            (failure.cause, failure.delivery),
            (Cause::KeyLost, Delivery::Unknown)
        );
        let lost = |e: &&Event| matches!(e, Event::KeyLost(KeyKind::Permanent));
        assert_eq!(scene.events.iter().filter(lost).count(), 1);
        assert_eq!(scene.disconnects, [reason.clone(), reason]);
    });
}

#[test]
fn a_key_that_works_again_is_not_lost() {
    play(|scene| {
        scene.start();
        for _ in 0..3 {
            let asked = scene.ask();
            let got = scene.take("request");
            let bytes = scene.peer.transport_error(-404);
            scene.deliver(&bytes);
            scene.reconnect();
            scene.reply(&got, 1);
            assert!(scene.has_answer(asked, 1));
            scene.names();
        }
        assert!(!scene.events.iter().any(|e| matches!(e, Event::KeyLost(_))));
    });
}

#[test]
fn a_flood_error_makes_the_pause_longer() {
    play_with(one_address(), |scene| {
        scene.start();
        scene.ask();
        let bytes = scene.peer.transport_error(-429);
        scene.deliver(&bytes);
        let before = scene.now.instant;
        scene.wait_for_connect();
        assert!(scene.now.instant - before >= Duration::from_secs(2));
        // However often somebody asks meanwhile.
        scene.connect();
        let bytes = scene.peer.transport_error(-429);
        scene.deliver(&bytes);
        scene.seconds(1);
        scene.ask();
        assert_eq!(scene.connection, None);
    });
}

#[test]
fn a_wrong_data_centre_is_not_tried_again() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        let bytes = scene.peer.transport_error(-444);
        scene.deliver(&bytes);
        let failure = scene.failure_of(asked);
        assert!(matches!(failure.cause, Cause::Unusable(_)), "{failure}");
        scene.seconds(1000);
        assert_eq!(scene.connects.len(), 1);
        scene.ask();
        assert_eq!(scene.connects.len(), 2, "a new request is a new reason");
    });
}

#[test]
fn other_transport_errors_are_just_a_lost_connection() {
    play(|scene| {
        let asked = scene.ask();
        scene.connect();
        let bytes = scene.peer.transport_error(-403);
        scene.deliver(&bytes);
        scene.reconnect();
        assert!(scene.is_waiting(asked));
    });
}

#[test]
fn without_an_address_there_is_nothing_to_wait_for() {
    let mut config = config();
    config.endpoints.clear();
    let mut scene = Scene::new(config);
    let asked = scene.ask();
    let failure = scene.failure_of(asked);
    assert_eq!(
        failure.cause,
        Cause::Unusable("no address of DC 2 is known".to_owned())
    );
}

#[test]
fn inputs_out_of_place_do_nothing() {
    play(|scene| {
        scene.input(Input::Connected(scene.lane));
        scene.input(Input::Received(scene.lane, &[1, 2, 3]));
        scene.input(Input::Closed(scene.lane, String::new()));
        scene.input(Input::KeySaved);
        scene.input(Input::KeyNotSaved(String::new()));
        scene.input(Input::Timeout);
        assert_eq!((scene.connection, scene.events.len()), (None, 0));
        scene.start();
        scene.input(Input::Connected(scene.lane));
        scene.input(Input::KeySaved);
        scene.input(Input::KeyNotSaved(String::new()));
        assert!(scene.names().is_empty() && scene.disconnects.is_empty());
    });
}

#[test]
fn garbage_closes_the_connection() {
    play(|scene| {
        scene.start();
        scene.deliver(&[0x7f; 64]);
        assert!(matches!(scene.disconnects[..], [Reason::Framing(_)]));
        scene.ask();
        scene.wait_for_connect();
    });
}
