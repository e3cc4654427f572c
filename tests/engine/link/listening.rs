//! Listening: a link that stands while somebody waits for updates, and begins them.
use super::peer::Got;
use super::scene::{Scene, answer, config, play, play_with, update};
use super::tl;
use ferogram_sync::mtproto::{Attention, Event, Input, LinkConfig};

fn listening() -> LinkConfig {
    LinkConfig {
        attention: Attention::Listens,
        greeting: tl::object(tl::GREETING).0,
        ..config()
    }
}

fn attend(scene: &mut Scene, attention: Attention) {
    scene.input(Input::Attention(attention));
}

/// The server answers the greeting; nobody hears of it.
fn greeted(scene: &mut Scene, greeting: &Got) {
    scene.events.clear();
    scene.serve(&tl::rpc_result(greeting.msg_id, &answer(0)), true);
    let told = |event: &Event| matches!(event, Event::Answer(..) | Event::Update(_));
    assert!(!scene.events.iter().any(told), "{:?}", scene.events);
}

#[test]
fn a_listening_link_connects_at_once_and_again_and_greets_once_each_time() {
    play_with(listening(), |scene| {
        for _ in 0..3 {
            scene.reconnect();
            assert!(scene.events.iter().any(|e| matches!(e, Event::Connected)));
            scene.take("ping");
            let greeting = scene.take("greeting");
            assert_eq!(greeting.seq_no & 1, 1);
            scene.peer.salt = greeting.salt;
            greeted(scene, &greeting);
            let asked = scene.ask();
            let got = scene.take("request");
            scene.reply(&got, 1);
            assert!(scene.has_answer(asked, 1));
            scene.quiet(100);
            assert!(!scene.names().contains(&"greeting"));
            scene.cut();
        }
    });
}

#[test]
fn the_greeting_goes_after_what_somebody_waits_for() {
    play_with(listening(), |scene| {
        scene.ask();
        scene.connect();
        assert_eq!(scene.names(), ["ping", "request", "greeting"]);
    });
}

#[test]
fn a_link_is_told_to_listen_and_not_to_listen() {
    let mut config = listening();
    config.attention = Attention::Hears;
    play_with(config, |scene| {
        scene.seconds(100);
        assert_eq!(scene.connects, []);
        attend(scene, Attention::Listens);
        scene.connect();
        let greeting = scene.take("greeting");
        scene.peer.salt = greeting.salt;
        greeted(scene, &greeting);
        scene.names();
        // Once on each connection, however often somebody comes and goes.
        attend(scene, Attention::Hears);
        attend(scene, Attention::Listens);
        assert!(scene.names().is_empty());
        attend(scene, Attention::Hears);
        scene.serve(&update(1), true);
        assert_eq!(scene.updates(), [update(1)], "it stands as yet");
        scene.cut();
        scene.seconds(1000);
        assert_eq!((scene.connection, scene.next), (None, None));
    });
}

#[test]
fn a_running_link_greets_when_somebody_comes() {
    let mut config = listening();
    config.attention = Attention::Hears;
    play_with(config, |scene| {
        scene.start();
        attend(scene, Attention::Listens);
        assert!(scene.names().contains(&"greeting"));
    });
}

#[test]
fn updates_on_a_link_for_single_requests_are_acknowledged_and_dropped() {
    play(|scene| {
        scene.start();
        attend(scene, Attention::Deaf);
        scene.ask();
        scene.take("without updates");
        let id = scene.serve(&update(1), true);
        scene.serve(&tl::gzip(&update(2)), true);
        scene.serve(&tl::object(0x3072_cfa1).bytes(b"damaged").0, true);
        scene.serve(&tl::rpc_result(0, &update(3)), true);
        assert_eq!((scene.updates(), scene.updates_lost()), (Vec::new(), 0));
        scene.quiet(11);
        scene.ask();
        attend(scene, Attention::Hears);
        scene.serve(&update(4), true);
        assert_eq!(scene.updates(), [update(4)]);
        scene.ask();
        scene.take("request");
        assert!(id > 0);
    });
}

#[test]
fn the_prefix_stands_before_the_greeting_too() {
    let mut config = listening();
    config.prefix = tl::object(tl::PREFIX).0;
    play_with(config, |scene| {
        scene.connect();
        let first = scene.take("prefixed");
        assert_eq!(first.body[4..], tl::object(tl::GREETING).0);
        scene.peer.salt = first.salt;
        // A server that has not seen it, for whatever reason, is shown it again; not for ever.
        let error = tl::rpc_error(400, "CONNECTION_NOT_INITED");
        let mut greeting = first;
        for _ in 0..3 {
            scene.serve(&tl::rpc_result(greeting.msg_id, &error), true);
            greeting = scene.take("prefixed");
        }
        scene.serve(&tl::rpc_result(greeting.msg_id, &error), true);
        assert!(!scene.names().contains(&"prefixed"));
        scene.cut();
        scene.reconnect();
        let greeting = scene.take("prefixed");
        greeted(scene, &greeting);
        scene.ask();
        assert_eq!(scene.take("request").body.len(), 8, "it was taken");
    });
}

/// Whoever reads has to know that nobody is signed in any more.
#[test]
fn an_error_to_the_greeting_is_told_and_changes_nothing() {
    play_with(listening(), |scene| {
        scene.connect();
        let greeting = scene.take("greeting");
        scene.peer.salt = greeting.salt;
        scene.events.clear();
        let error = tl::rpc_error(401, "AUTH_KEY_UNREGISTERED");
        scene.serve(&tl::rpc_result(greeting.msg_id, &error), true);
        let [Event::UpdatesRefused(told)] = &scene.events[..] else {
            panic!("{:?}", scene.events);
        };
        assert_eq!(told.message, "AUTH_KEY_UNREGISTERED");
        assert!(scene.disconnects.is_empty());
        assert!(!scene.names().contains(&"greeting"));
    });
}

#[test]
fn what_the_server_has_not_accepted_or_has_forgotten_is_sent_again() {
    play_with(listening(), |scene| {
        scene.connect();
        let first = scene.take("greeting");
        scene.serve(&tl::bad_salt(first.carrier(), 5), false);
        scene.peer.salt = 5;
        let second = scene.take("greeting");
        assert_eq!(second.salt, 5);
        greeted(scene, &second);
        scene.quiet(11);
        scene.names();
        // Of what was sent before this message the server knows nothing any more.
        let known = second.carrier();
        scene.serve(&tl::new_session(known, 5), true);
        assert!(!scene.names().contains(&"greeting"), "it knows this one");
        scene.serve(&tl::new_session(known + 4, 5), true);
        let third = scene.take("greeting");
        assert_eq!(third.session, second.session);
        // Numbers out of order begin another session, of which the server sends updates when it is
        // asked there.
        scene.serve(&tl::bad_msg(third.carrier(), 32), false);
        let fourth = scene.take("greeting");
        assert_ne!(fourth.session, third.session);
    });
}

/// A connection is reason enough to ask what has been missed: the session that the server begins
/// with it is no other one, as long as updates were begun in it.
#[test]
fn a_session_that_begins_with_its_connection_has_lost_nothing() {
    play_with(listening(), |scene| {
        scene.connect();
        let greeting = scene.take("greeting");
        scene.peer.salt = greeting.salt;
        scene.serve(&tl::new_session(greeting.carrier(), 5), true);
        assert_eq!(scene.updates_lost(), 0);
        scene.peer.salt = 5;
        scene.quiet(11);
        scene.names();
        // It has restarted.
        scene.serve(&tl::new_session(greeting.carrier() + 4, 5), true);
        assert_eq!(scene.updates_lost(), 1);
        let again = scene.take("greeting");
        scene.serve(&tl::new_session(again.carrier(), 5), true);
        assert_eq!(scene.updates_lost(), 1, "that was told");
    });
}

#[test]
fn somebody_new_is_reason_to_try_again() {
    play_with(listening(), |scene| {
        scene.connect();
        let bytes = scene.peer.transport_error(-444);
        scene.deliver(&bytes);
        scene.seconds(1000);
        assert_eq!(scene.connects.len(), 1, "it leads nowhere");
        attend(scene, Attention::Listens);
        assert_eq!(scene.connects.len(), 1, "nobody new");
        attend(scene, Attention::Hears);
        attend(scene, Attention::Listens);
        scene.wait_for_connect();
    });
}
