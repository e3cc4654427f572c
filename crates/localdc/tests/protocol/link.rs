//! Connections: framings, quick acknowledgments, what happens to a session between two of them.
use ferogram_sync::mtproto::{Tag, Transport};
use localdc::LocalDc;

use crate::client::{
    Came, Client, GET_CONFIG, MSGS_ACK, Manner, NEW_SESSION, PING, RPC_RESULT, Wire, exchange, ids,
    init,
};

const TRANSPORTS: [Transport; 7] = [
    Transport::Abridged,
    Transport::Intermediate,
    Transport::PaddedIntermediate,
    Transport::Full,
    Transport::Obfuscated(Tag::Abridged),
    Transport::Obfuscated(Tag::Intermediate),
    Transport::Obfuscated(Tag::PaddedIntermediate),
];

#[test]
fn every_framing() {
    let running = LocalDc::builder().dcs(2).ipv6(true).start().unwrap();
    for (number, transport) in TRANSPORTS.into_iter().enumerate() {
        let addresses = running.addresses();
        let (dc, address) = addresses[number % addresses.len()];
        let mut wire = Wire::connect_as(address, transport, dc as i16);
        let (auth, salt) = exchange(&mut wire, Manner::default());
        let mut client = Client::with_key(wire, auth, salt);
        client.initialise();
        // In pieces of one byte.
        let (msg_id, seq_no) = (client.next_id(), client.next_seq_no(true));
        let packet = client.seal(msg_id, seq_no, &GET_CONFIG.to_le_bytes());
        for byte in client.wire.frame(&packet, false) {
            client.wire.send_raw(&[byte]);
        }
        client.result_of(msg_id).unwrap();
    }
}

#[test]
fn quick_acknowledgments() {
    let running = LocalDc::start().unwrap();
    for transport in TRANSPORTS {
        if transport == Transport::Full {
            continue;
        }
        let mut wire = Wire::connect_as(running.address(1), transport, 1);
        let (auth, salt) = exchange(&mut wire, Manner::default());
        let mut client = Client::with_key(wire, auth, salt);
        let mut plain = vec![0; 64];
        let (msg_id, body) = (client.next_id(), PING.to_le_bytes());
        plain[..8].copy_from_slice(&client.salt.to_le_bytes());
        plain[8..16].copy_from_slice(&client.session_id.to_le_bytes());
        plain[16..24].copy_from_slice(&msg_id.to_le_bytes());
        plain[28..32].copy_from_slice(&12_u32.to_le_bytes());
        plain[32..36].copy_from_slice(&body);
        let (packet, token) = client.seal_plain(&plain);
        let frame = client.wire.frame(&packet, true);
        client.wire.send_raw(&frame);
        assert_eq!(
            client.wire.receive(),
            Came::QuickAck(token),
            "{transport:?}"
        );
        client.wait_for(NEW_SESSION);
    }
}

#[test]
fn who_speaks_something_else_is_cut_off() {
    let running = LocalDc::start().unwrap();
    let mut spoken = vec![
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        vec![0x16, 3, 1, 2, 0, 1, 0, 1],
        // Obfuscated, with a tag that is none.
        vec![0x42; 64],
    ];
    // A frame beyond all limits.
    spoken.push([&[0xee; 4][..], &0x7fff_ffff_u32.to_le_bytes()].concat());
    for bytes in spoken {
        let mut wire = Wire::connect_as(running.address(1), Transport::Full, 1);
        wire.send_raw(&bytes);
        let came = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| wire.receive()));
        // Whatever it is, it is no packet: the client's framing may not even understand it.
        assert!(!matches!(came, Ok(Came::Packet(_))), "{bytes:?}");
    }
    // The server is still there.
    Client::initialised(running.address(1));
}

#[test]
fn a_session_goes_on_over_another_connection() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::new(running.address(1));
    let query = client.query(&init(&GET_CONFIG.to_le_bytes()));
    let announced = client.wait_for(NEW_SESSION);
    let answer = client.wait_for(RPC_RESULT);
    // Nothing was acknowledged: both come again, as they were, when the session is heard of.
    client.reconnect(running.address(1));
    client.send(false, &ids(MSGS_ACK, &[]));
    let again = client.wait_for(NEW_SESSION);
    assert_eq!(
        (again.msg_id, again.body),
        (announced.msg_id, announced.body)
    );
    assert!(again.contained);
    let again = client.wait_for(RPC_RESULT);
    assert_eq!((again.msg_id, again.seq_no), (answer.msg_id, answer.seq_no));
    assert_eq!(again.body, answer.body);
    // What is acknowledged does not.
    client.send(false, &ids(MSGS_ACK, &[announced.msg_id, answer.msg_id]));
    client.ping(1);
    client.reconnect(running.address(1));
    assert!(client.all().is_empty());
    assert_eq!(running.executed("help.getConfig"), 1);
    // The query itself has not been forgotten.
    client.send_as(query, 1, &init(&GET_CONFIG.to_le_bytes()));
    let ack = client.wait_for(MSGS_ACK);
    assert_eq!(ack.body[12..], query.to_le_bytes());
}

#[test]
fn connections_can_be_cut() {
    let running = LocalDc::start().unwrap();
    let mut client = Client::initialised(running.address(1));
    running.cut_connections();
    assert_eq!(client.wire.receive(), Came::Closed);
    client.reconnect(running.address(1));
    client.ping(1);
}
