//! How requests travel: containers, limits, prefixes, compression, quick acks, all transports.
use super::scene::{Scene, config, play, play_with};
use super::tl;
use ferogram_sync::mtproto::{Attention, CallError, Event, LinkConfig, Tag, Transport};

fn prefixed() -> LinkConfig {
    let mut config = config();
    config.prefix = tl::object(tl::PREFIX).int(230).0;
    config
}

#[test]
fn one_message_goes_alone_and_several_together() {
    play(|scene| {
        scene.start();
        scene.ask();
        let got = scene.take("request");
        assert_eq!(got.container, None);
        scene.queue_with(|_| {});
        scene.queue_with(|_| {});
        scene.drain();
        let got = [scene.take("request"), scene.take("request")];
        assert!(got[0].container.is_some());
        assert_eq!(got[0].container, got[1].container);
    });
}

#[test]
fn a_container_holds_a_thousand_messages_and_1024_requests_are_out() {
    let mut scene = Scene::new(config());
    scene.start();
    for _ in 0..1500 {
        scene.queue_with(|_| {});
    }
    scene.drain();
    assert_eq!(scene.got.len(), 1024);
    let first = scene.got[0].container;
    let together = scene.got.iter().filter(|g| g.container == first).count();
    assert_eq!(together, 1000);
    let got = scene.take("request");
    scene.reply(&got, 1);
    assert_eq!(
        scene.got.len(),
        1024 + 1,
        "the next one follows, with an acknowledgment"
    );
}

#[test]
fn large_requests_do_not_share_a_container_beyond_a_mebibyte() {
    let mut scene = Scene::new(config());
    scene.start();
    for _ in 0..3 {
        scene.queue_with(|request| request.body = vec![7; 500_000]);
    }
    for _ in 0..3 {
        scene.queue_with(|request| request.body = vec![7; 40_000]);
    }
    scene.drain();
    let carriers: Vec<i64> = (0..6).map(|_| scene.take("request").carrier()).collect();
    assert_eq!(
        carriers
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .len(),
        5
    );
    assert_eq!(carriers[3], carriers[4], "the smaller ones travel in pairs");
    for size in [60_000, 1_000_000] {
        scene.queue_with(|request| request.body = vec![7; size]);
    }
    scene.drain();
    assert_ne!(
        scene.take("request").carrier(),
        scene.take("request").carrier()
    );
}

#[test]
fn no_more_bytes_are_out_than_a_line_holds() {
    let mut scene = Scene::new(config());
    scene.start();
    for _ in 0..20 {
        scene.queue_with(|request| request.body = vec![7; 1 << 19]);
    }
    scene.drain();
    let sent = scene.got.iter().filter(|g| g.name() == "request").count();
    assert_eq!(sent, 16);
}

#[test]
fn the_prefix_goes_until_the_first_answer_on_each_connection() {
    play_with(prefixed(), |scene| {
        scene.ask();
        let second = scene.ask();
        scene.connect();
        let got = scene.take("prefixed");
        assert!(got.body.starts_with(&scene_prefix()));
        let other = scene.take("prefixed");
        let error = tl::rpc_error(400, "PEER_ID_INVALID");
        scene.serve(&tl::rpc_result(got.msg_id, &error), true);
        scene.ask();
        let third = scene.take("prefixed");
        scene.reply(&other, 1);
        assert!(scene.has_answer(second, 1));
        scene.ask();
        scene.take("request");
        scene.reply(&third, 1);
        let slow = scene.ask();
        let got = scene.take("request");
        scene.names();
        scene.cut();
        scene.reconnect();
        scene.reply(&got, 2);
        assert!(scene.has_answer(slow, 2));
        scene.ask();
        scene.take("prefixed");
    });
}

#[test]
fn an_answer_to_a_prefix_of_another_connection_proves_nothing() {
    play_with(prefixed(), |scene| {
        let slow = scene.ask();
        scene.connect();
        let got = scene.take("prefixed");
        scene.names();
        scene.cut();
        scene.reconnect();
        scene.reply(&got, 2);
        assert!(scene.has_answer(slow, 2));
        scene.ask();
        scene.take("prefixed");
    });
}

fn scene_prefix() -> Vec<u8> {
    prefixed().prefix
}

#[test]
fn the_prefix_goes_again_after_the_server_lost_its_memory() {
    play_with(prefixed(), |scene| {
        let first = scene.ask();
        scene.connect();
        let got = scene.take("prefixed");
        scene.reply(&got, 1);
        assert!(scene.has_answer(first, 1));
        scene.serve(&tl::new_session(1, 5), true);
        scene.ask();
        scene.take("prefixed");
    });
}

#[test]
fn a_server_that_misses_the_prefix_gets_it() {
    for error in ["CONNECTION_NOT_INITED", "CONNECTION_LAYER_INVALID"] {
        play_with(prefixed(), |scene| {
            let first = scene.ask();
            scene.connect();
            let got = scene.take("prefixed");
            scene.reply(&got, 1);
            assert!(scene.has_answer(first, 1));
            let asked = scene.ask();
            let got = scene.take("request");
            let result = tl::rpc_result(got.msg_id, &tl::rpc_error(400, error));
            scene.serve(&result, true);
            assert!(scene.is_waiting(asked));
            let again = scene.take("prefixed");
            scene.reply(&again, 1);
            assert!(scene.has_answer(asked, 1));
        });
    }
}

#[test]
fn a_refusal_of_an_old_id_does_not_end_what_was_sent_again() {
    play_with(prefixed(), |scene| {
        let asked = scene.ask();
        scene.connect();
        let old = scene.take("prefixed");
        scene.quiet(340);
        let all_info = tl::object(0x8cc0_d131).longs(&[old.msg_id]).bytes(&[2]);
        scene.serve(&all_info.0, false);
        let new = scene.take("prefixed");
        assert_ne!(new.msg_id, old.msg_id);
        let error = tl::rpc_error(400, "CONNECTION_NOT_INITED");
        scene.serve(&tl::rpc_result(old.msg_id, &error), true);
        assert!(scene.is_waiting(asked));
        scene.reply(&new, 1);
        assert!(scene.has_answer(asked, 1));
    });
}

#[test]
fn a_server_that_never_takes_the_prefix_is_believed_in_the_end() {
    play_with(prefixed(), |scene| {
        let asked = scene.ask();
        scene.connect();
        for _ in 0..4 {
            let got = scene.take("prefixed");
            let error = tl::rpc_error(400, "CONNECTION_NOT_INITED");
            scene.serve(&tl::rpc_result(got.msg_id, &error), true);
        }
        assert!(matches!(
            scene.answer_of(asked),
            Some(Err(CallError::Rpc(_)))
        ));
    });
}

#[test]
fn links_beside_the_main_one_want_no_updates() {
    let mut config = prefixed();
    config.attention = Attention::Deaf;
    play_with(config, |scene| {
        let first = scene.ask();
        let bare = scene.ask_with(|request| request.no_prefix = true);
        scene.connect();
        let got = scene.take("prefixed");
        assert_eq!(got.body[8..12], 0xbf94_59b7_u32.to_le_bytes());
        assert_eq!(got.body.len(), 8 + 4 + 8);
        scene.take("request");
        scene.reply(&got, 1);
        assert!(scene.has_answer(first, 1) && scene.is_waiting(bare));
        scene.ask();
        scene.take("without updates");
        scene.serve(&tl::new_session(1, 5), true);
        assert_eq!(scene.updates_lost(), 0);
    });
}

#[test]
fn only_what_shall_be_compressed_and_shrinks_is() {
    play(|scene| {
        scene.start();
        let text = b"all work and no play ".repeat(80);
        let body = |request: &mut ferogram_sync::mtproto::Request| request.body = text.clone();
        scene.ask_with(body);
        assert_eq!(scene.take("request").body, text);
        scene.ask_with(|request| {
            body(request);
            request.compress = true;
        });
        let got = scene.take("gzip");
        assert!(got.body.len() < text.len() / 4 && got.seq_no % 2 == 1);
        scene.ask_with(|request| request.compress = true);
        scene.take("request");
    });
}

#[test]
fn a_quick_ack_is_told_once() {
    for transport in [
        Transport::Abridged,
        Transport::Intermediate,
        Transport::PaddedIntermediate,
        Transport::Obfuscated(Tag::Abridged),
    ] {
        let mut config = config();
        config.transport = transport;
        play_with(config, |scene| {
            scene.start();
            let asked = scene.ask_with(|request| request.quick_ack = true);
            let got = scene.take("request");
            let token = got.quick_ack.expect("one is wanted");
            let bytes = scene.peer.quick_ack(token);
            scene.deliver(&bytes);
            let told = |event: &Event| matches!(event, Event::QuickAck(id) if *id == asked);
            assert_eq!(scene.events.iter().filter(|e| told(e)).count(), 1);
            let bytes = scene.peer.quick_ack(token);
            scene.deliver(&bytes);
            let bytes = scene.peer.quick_ack(0x8000_0001);
            scene.deliver(&bytes);
            assert_eq!(scene.events.iter().filter(|e| told(e)).count(), 1);
            assert!(scene.disconnects.is_empty());
        });
    }
}

#[test]
fn every_transport_carries_it() {
    for transport in [
        Transport::Abridged,
        Transport::Intermediate,
        Transport::PaddedIntermediate,
        Transport::Full,
        Transport::Obfuscated(Tag::Abridged),
        Transport::Obfuscated(Tag::Intermediate),
        Transport::Obfuscated(Tag::PaddedIntermediate),
    ] {
        let mut config = config();
        config.transport = transport;
        play_with(config, |scene| {
            scene.start();
            let asked = scene.ask();
            let got = scene.take("request");
            scene.reply(&got, 1);
            assert!(scene.has_answer(asked, 1));
            scene.names();
            scene.cut();
            let asked = scene.ask();
            scene.reconnect();
            let got = scene.take("request");
            scene.reply(&got, 2);
            assert!(scene.has_answer(asked, 2));
        });
    }
}

#[test]
fn small_requests_need_no_new_buffers() {
    let mut scene = Scene::new(config());
    scene.start();
    for _ in 0..100 {
        scene.ask();
        let got = scene.take("request");
        scene.reply(&got, 1);
        scene.names();
    }
    assert!(scene.new_buffers <= 2, "{}", scene.new_buffers);
}
