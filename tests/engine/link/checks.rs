//! What is checked in every message of the server.
//!
//! See <https://core.telegram.org/mtproto/security_guidelines>.
use std::time::Duration;

use super::scene::{Scene, answer, play, update};
use super::tl;
use ferogram_sync::mtproto::{Cause, Delivery, EnvelopeError, Fault, Header, Reason};

/// A running link gets this message, and closes the connection with this reason.
fn refuses(body: impl Fn(&mut Scene) -> Vec<u8>, fault: impl Fn(&Fault) -> bool) {
    play(|scene| {
        scene.start();
        let body = body(scene);
        scene.serve(&body, false);
        match &scene.disconnects[..] {
            [Reason::Session(reason)] if fault(reason) => {}
            other => panic!("{other:?}"),
        }
        assert!(scene.updates().is_empty());
    });
}

/// A message with a made-up header.
fn packet(scene: &mut Scene, change: impl Fn(&mut Header), body: &[u8]) -> Vec<u8> {
    let mut header = Header {
        salt: scene.peer.salt,
        session_id: scene.peer.session,
        msg_id: scene.peer.next_id(false),
        seq_no: 1,
    };
    change(&mut header);
    scene.peer.seal(&header, body)
}

#[test]
fn another_session_is_refused() {
    play(|scene| {
        scene.start();
        let bytes = packet(scene, |h| h.session_id ^= 1, &update(1));
        scene.deliver(&bytes);
        assert_eq!(scene.disconnects, [Reason::Session(Fault::ForeignSession)]);
        assert!(scene.updates().is_empty());
    });
}

#[test]
fn an_id_that_only_a_client_gives_is_refused() {
    play(|scene| {
        scene.start();
        let bytes = packet(scene, |h| h.msg_id -= 1, &update(1));
        scene.deliver(&bytes);
        assert_eq!(scene.disconnects, [Reason::Session(Fault::ClientId)]);
        assert!(scene.updates().is_empty());
    });
}

#[test]
fn a_message_from_another_time_is_refused() {
    for (seconds, refused) in [(-310, true), (-290, false), (25, false), (40, true)] {
        play(|scene| {
            scene.start();
            scene.quiet(400);
            let bytes = packet(scene, |h| h.msg_id += seconds << 32, &update(1));
            scene.deliver(&bytes);
            assert_eq!(scene.updates().is_empty(), refused, "{seconds}");
            let time = matches!(scene.disconnects[..], [Reason::Session(Fault::Time { .. })]);
            assert_eq!(time, refused, "{seconds}: {:?}", scene.disconnects);
        });
    }
}

#[test]
fn a_server_whose_clock_jumps_is_understood_again_after_a_reconnect() {
    for jump in [100_i64, -1000] {
        play(|scene| {
            scene.start();
            scene.quiet(2000);
            let moved = scene.peer.time.as_secs() as i64 + jump;
            scene.peer.time = Duration::from_secs(moved as u64);
            let id = scene.peer.next_id(true);
            let id = if jump < 0 { moved << 32 | 1 } else { id };
            let bytes = packet(scene, |h| h.msg_id = id, &update(1));
            scene.deliver(&bytes);
            assert!(matches!(
                scene.disconnects[..],
                [Reason::Session(Fault::Time { .. })]
            ));
            let request = scene.ask();
            scene.reconnect();
            let ping = scene.take("ping");
            let pong = tl::pong(ping.msg_id, tl::long_at(&ping.body, 1));
            let bytes = packet(scene, |h| h.msg_id = id + 8, &pong);
            scene.deliver(&bytes);
            let got = scene.take("request");
            let result = tl::rpc_result(got.msg_id, &answer(1));
            let bytes = packet(scene, |h| h.msg_id = id + 16, &result);
            scene.deliver(&bytes);
            assert!(scene.has_answer(request, 1), "jump by {jump}");
            let next = scene.ask();
            let got = scene.take("request");
            assert!((got.msg_id >> 32).abs_diff(moved) < 20 || jump < 0);
            assert!(scene.is_waiting(next));
        });
    }
}

#[test]
fn a_duplicate_is_acknowledged_and_not_looked_at_again() {
    play(|scene| {
        scene.start();
        let id = scene.peer.next_id(false);
        let bytes = scene.peer.packet(id, 7, &update(1));
        scene.deliver(&bytes);
        scene.seconds(20);
        assert_eq!(tl::ids(&scene.take("ack").body).last(), Some(&id));
        scene.deliver(&bytes);
        assert_eq!(scene.updates().len(), 1);
        scene.seconds(20);
        assert_eq!(tl::ids(&scene.take("ack").body), [id]);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn what_is_older_than_all_that_is_remembered_is_not_looked_at() {
    let mut scene = Scene::new(super::scene::config());
    scene.start();
    let old = scene.peer.next_id(false);
    for _ in 0..4 {
        let members: Vec<(i64, i32, Vec<u8>)> = (0..4000)
            .map(|i| (scene.peer.next_id(false), 0, update(i)))
            .collect();
        scene.serve(&tl::container(&members), false);
    }
    assert_eq!(scene.updates().len(), 16_000);
    let bytes = scene.peer.packet(old, 1, &update(-1));
    scene.deliver(&bytes);
    assert_eq!(scene.updates().len(), 16_000);
    scene.seconds(20);
    assert_eq!(tl::ids(&scene.take("ack").body).last(), Some(&old));
}

#[test]
fn members_of_a_container_are_older_than_it_and_of_the_server() {
    refuses(
        |s| {
            let later = s.peer.next_id(false) + (1 << 20);
            tl::container(&[(later, 1, update(1))])
        },
        |f| *f == Fault::InnerId,
    );
    refuses(
        |s| tl::container(&[(s.peer.next_id(false) - 1, 1, update(1))]),
        |f| *f == Fault::InnerId,
    );
}

#[test]
fn a_member_that_comes_twice_counts_once() {
    play(|scene| {
        scene.start();
        let id = scene.peer.next_id(false);
        let members = [
            (id, 1, update(1)),
            (id, 1, update(1)),
            (id - 8, 3, update(2)),
        ];
        scene.serve(&tl::container(&members), false);
        assert_eq!(scene.updates(), [update(1), update(2)]);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn wrappings_are_not_nested() {
    let nesting = |f: &Fault| *f == Fault::Nesting;
    refuses(
        |s| {
            let inner = tl::container(&[]);
            tl::container(&[(s.peer.next_id(false), 0, inner)])
        },
        nesting,
    );
    refuses(|_| tl::gzip(&tl::container(&[])), nesting);
    refuses(|_| tl::gzip(&tl::gzip(&update(1))), nesting);
    play(|scene| {
        scene.start();
        let id = scene.peer.next_id(false);
        let members = [(id, 1, tl::gzip(&update(4)))];
        scene.serve(&tl::container(&members), false);
        assert_eq!(scene.updates(), [update(4)]);
    });
}

#[test]
fn damaged_containers_are_refused() {
    let damaged = |f: &Fault| *f == Fault::Container;
    refuses(|_| tl::object(0x73f1_f8dc).int(1).0, damaged);
    refuses(|_| tl::object(0x73f1_f8dc).int(0).int(0).0, damaged);
    refuses(
        |s| {
            let id = s.peer.next_id(false);
            tl::object(0x73f1_f8dc)
                .int(1)
                .long(id)
                .int(1)
                .int(-4)
                .int(0)
                .0
        },
        damaged,
    );
    refuses(
        |_| tl::object(0x73f1_f8dc).int(1 << 30).0,
        |f| matches!(f, Fault::ContainerCount { .. }),
    );
    play(|scene| {
        scene.start();
        scene.serve(&tl::container(&[]), false);
        assert!(scene.disconnects.is_empty(), "an empty container is legal");
    });
}

#[test]
fn damaged_service_messages_are_refused() {
    let service = |f: &Fault| matches!(f, Fault::Service(_));
    refuses(|_| tl::object(0x9ec2_0908).long(1).0, service);
    refuses(
        |_| tl::object(0x62d6_b459).int(0x1cb5_c415).int(-1).0,
        service,
    );
    refuses(|_| tl::object(0xf35c_6d01).int(1).0, service);
    refuses(|_| Vec::new(), service);
}

#[test]
fn a_packet_that_was_tampered_with_is_refused() {
    play(|scene| {
        scene.start();
        let id = scene.peer.next_id(false);
        let mut bytes = scene.peer.packet(id, 1, &update(1));
        let place = bytes.len() - 20;
        bytes[place] ^= 1;
        scene.deliver(&bytes);
        assert_eq!(scene.disconnects, [Reason::Envelope(EnvelopeError)]);
    });
}

#[test]
fn an_unencrypted_message_is_refused() {
    play(|scene| {
        scene.start();
        let bytes = scene.peer.plain(&update(1));
        scene.deliver(&bytes);
        assert_eq!(scene.disconnects, [Reason::Envelope(EnvelopeError)]);
        assert!(scene.updates().is_empty());
    });
}

#[test]
fn what_is_no_service_message_is_an_update() {
    play(|scene| {
        scene.start();
        let content = scene.serve(&update(1), true);
        scene.serve(&update(2), false);
        scene.serve(&tl::gzip(&update(3)), true);
        assert_eq!(scene.updates(), [update(1), update(2), update(3)]);
        scene.seconds(20);
        let acks = tl::ids(&scene.take("ack").body);
        assert!(acks.contains(&content));
    });
}

#[test]
fn compressed_objects_expand_within_a_limit() {
    play(|scene| {
        scene.start();
        let bomb = tl::gzip(&vec![0; (16 << 20) + 4]);
        let asked = scene.ask();
        let got = scene.take("request");
        scene.serve(&tl::rpc_result(got.msg_id, &bomb), true);
        let failure = scene.failure_of(asked);
        assert!(matches!(failure.cause, Cause::Protocol(_)), "{failure}");
        assert_eq!(failure.delivery, Delivery::Unknown);
        assert_eq!(scene.updates_lost(), 0);
        scene.serve(&bomb, true);
        assert_eq!(scene.updates_lost(), 1);
        assert!(scene.disconnects.is_empty());
    });
}

#[test]
fn the_limit_holds_for_all_objects_of_a_packet() {
    play(|scene| {
        scene.start();
        let mut half = update(1);
        half.resize(9 << 20, 0);
        let half = tl::gzip(&half);
        let ids = [scene.peer.next_id(false), scene.peer.next_id(false)];
        let members = [(ids[0], 1, half.clone()), (ids[1], 3, half.clone())];
        scene.serve(&tl::container(&members), false);
        assert_eq!((scene.updates().len(), scene.updates_lost()), (1, 1));
        scene.serve(&half, true);
        assert_eq!(scene.updates().len(), 2, "each packet has its own budget");
    });
}
