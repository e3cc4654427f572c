//! Both sides of a connection talking to each other, and to strangers.
use crate::given::{Seeded, hex};
use ferogram_sync::mtproto::{Framing, FramingError, Packet, ServerFraming, Tag, Transport};

const TRANSPORTS: [Transport; 7] = [
    Transport::Abridged,
    Transport::Intermediate,
    Transport::PaddedIntermediate,
    Transport::Full,
    Transport::Obfuscated(Tag::Abridged),
    Transport::Obfuscated(Tag::Intermediate),
    Transport::Obfuscated(Tag::PaddedIntermediate),
];

/// Packets of all sizes: encrypted ones (whole blocks) and unencrypted ones.
fn packets(entropy: &mut Seeded) -> Vec<Vec<u8>> {
    let mut packets = Vec::new();
    for size in [
        40,
        56,
        88,
        24 + 16 * 29,
        24 + 16 * 30,
        24 + 16 * 31,
        24 + 16 * 1000,
    ] {
        let mut packet = entropy.bytes(size);
        packet[0] |= 1;
        packets.push(packet);
    }
    for body in [4, 20, 340] {
        packets.push(plain(body));
    }
    packets
}

fn plain(body: usize) -> Vec<u8> {
    let mut packet = vec![0; 16];
    packet.extend_from_slice(&(body as u32).to_le_bytes());
    packet.resize(20 + body, 0xab);
    packet
}

fn send(framing: &mut Framing, packet: &[u8], ack: bool, out: &mut Vec<u8>, dice: &mut Seeded) {
    let frame = framing.begin(packet.len(), ack, out);
    out.extend_from_slice(packet);
    framing.end(frame, out, dice);
}

fn answer(framing: &mut ServerFraming, packet: &[u8], out: &mut Vec<u8>, dice: &mut Seeded) {
    let frame = framing.begin(packet.len(), out);
    out.extend_from_slice(packet);
    framing.end(frame, out, dice);
}

/// Cuts bytes into pieces: single bytes, random ones, all at once.
fn pieces<'a>(bytes: &'a [u8], most: usize, dice: &mut Seeded) -> Vec<&'a [u8]> {
    let mut rest = bytes;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let len = (1 + dice.below(most)).min(rest.len());
        let (piece, after) = rest.split_at(len);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[derive(Debug, PartialEq)]
enum Seen {
    Payload(Vec<u8>),
    QuickAck(u32),
    Error(i32),
}

fn drain(framing: &mut Framing) -> Result<Vec<Seen>, FramingError> {
    let mut seen = Vec::new();
    while let Some(packet) = framing.next_packet()? {
        seen.push(match packet {
            Packet::Payload(bytes) => Seen::Payload(bytes.to_vec()),
            Packet::QuickAck(token) => Seen::QuickAck(token),
            Packet::Error(error) => Seen::Error(error.0),
        });
    }
    Ok(seen)
}

fn drain_server(framing: &mut ServerFraming) -> Vec<(Vec<u8>, bool)> {
    let mut seen = Vec::new();
    while let Some(packet) = framing.next_packet().unwrap() {
        seen.push((packet.payload.to_vec(), packet.quick_ack_wanted));
    }
    seen
}

#[test]
fn a_conversation_in_every_framing_however_the_bytes_are_cut() {
    let mut dice = Seeded::new(10);
    for transport in TRANSPORTS {
        for most in [1, 3, 1000, usize::MAX >> 1] {
            let mut client = Framing::new(&transport, -4, &mut dice);
            let mut server = ServerFraming::new();
            let packets = packets(&mut dice);
            let has_acks = transport != Transport::Full;

            let mut wire = Vec::new();
            for (index, packet) in packets.iter().enumerate() {
                send(&mut client, packet, index % 2 == 0, &mut wire, &mut dice);
            }
            let mut seen = Vec::new();
            for piece in pieces(&wire, most, &mut dice) {
                server.receive(piece);
                seen.extend(drain_server(&mut server));
            }
            assert_eq!(server.transport(), Some(transport));
            let obfuscated = matches!(transport, Transport::Obfuscated(_));
            assert_eq!(server.dc(), obfuscated.then_some(-4));
            assert_eq!(seen.len(), packets.len());
            for (index, (packet, ack)) in seen.iter().enumerate() {
                assert_eq!(packet, &packets[index], "{transport:?}");
                assert_eq!(*ack, has_acks && index % 2 == 0);
            }

            let mut wire = Vec::new();
            let mut expected = Vec::new();
            for packet in &packets {
                server.write_quick_ack(0xff57_1d02, &mut wire, &mut dice);
                if has_acks {
                    expected.push(Seen::QuickAck(0xff57_1d02));
                }
                answer(&mut server, packet, &mut wire, &mut dice);
                expected.push(Seen::Payload(packet.clone()));
                server.write_error(-429, &mut wire, &mut dice);
                expected.push(Seen::Error(-429));
            }
            let mut seen = Vec::new();
            for piece in pieces(&wire, most, &mut dice) {
                client.receive(piece);
                seen.extend(drain(&mut client).unwrap());
            }
            assert_eq!(seen, expected, "{transport:?}");
        }
    }
}

#[test]
fn the_first_bytes_of_a_connection_are_sent_once() {
    for (transport, wire) in [
        (Transport::Abridged, "ef 0a _ 8a _"),
        (Transport::Intermediate, "eeeeeeee 28000000 _ 28000080 _"),
    ] {
        let mut dice = Seeded::new(11);
        let mut framing = Framing::new(&transport, 2, &mut dice);
        let mut out = Vec::new();
        send(&mut framing, &[7; 40], false, &mut out, &mut dice);
        send(&mut framing, &[7; 40], true, &mut out, &mut dice);
        assert_eq!(out, hex(&wire.replace('_', &"07".repeat(40))));
    }
}

#[test]
fn an_obfuscated_connection_does_not_repeat_the_tag() {
    let mut dice = Seeded::new(12);
    let mut framing = Framing::new(&Transport::Obfuscated(Tag::Abridged), 2, &mut dice);
    let mut out = Vec::new();
    send(&mut framing, &[7; 40], false, &mut out, &mut dice);
    assert_eq!(out.len(), 64 + 1 + 40);
    assert_ne!(out[64], 10, "the header is encrypted");
}

#[test]
fn quick_acks_in_both_forms_of_padded_framing() {
    let mut framing = Framing::new(&Transport::PaddedIntermediate, 2, &mut Seeded::new(13));
    framing.receive(&hex("021d57cd"));
    framing.receive(&hex("0b000000 ffffffff 021d57cd 010203"));
    let ack = || Seen::QuickAck(0xcd57_1d02);
    assert_eq!(drain(&mut framing), Ok(vec![ack(), ack()]));
}

#[test]
fn packets_that_say_nothing_are_skipped() {
    let mut framing = Framing::new(&Transport::PaddedIntermediate, 2, &mut Seeded::new(14));
    framing.receive(&hex("04000000 00000000 07000000 00000000 010203 00000000"));
    framing.receive(&hex("04000000 6cfeffff"));
    assert_eq!(drain(&mut framing), Ok(vec![Seen::Error(-404)]));
}

#[test]
fn an_error_that_full_framing_does_not_frame() {
    let mut framing = Framing::new(&Transport::Full, 2, &mut Seeded::new(15));
    let code = (-429_i32).to_le_bytes();
    framing.receive(&code);
    framing.receive(&code);
    framing.receive(&code);
    let seen = drain(&mut framing).unwrap();
    assert_eq!(seen, [Seen::Error(-429)]);
}

#[test]
fn a_huge_length_is_refused_before_a_byte_is_set_aside() {
    for (transport, header) in [
        (Transport::Abridged, "7fffffff"),
        (Transport::Intermediate, "ffffff7f"),
        (Transport::PaddedIntermediate, "ffffff7f"),
        (Transport::Full, "ffffff7f"),
    ] {
        let mut framing = Framing::new(&transport, 2, &mut Seeded::new(16));
        framing.receive(&hex(header));
        for _ in 0..2 {
            let error = framing.next_packet().unwrap_err();
            assert!(matches!(error, FramingError::TooLong { .. }), "{error}");
            framing.receive(&[1; 64]);
        }
    }
}

#[test]
fn strangers_at_a_servers_door() {
    for (first, error) in [
        (b"GET / HTTP/1.1\r\n".as_slice(), FramingError::Http),
        (b"POST /api HTTP/1.1\r\n", FramingError::Http),
        (b"HEAD /", FramingError::Http),
        (b"OPTIONS *", FramingError::Http),
        (&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01], FramingError::Tls),
        (&[0x33; 64], FramingError::Tag),
    ] {
        let mut server = ServerFraming::new();
        for byte in first {
            server.receive(&[*byte]);
        }
        assert_eq!(server.next_packet(), Err(error));
        server.receive(&[1, 2, 3]);
        assert_eq!(server.next_packet(), Err(error));
        assert_eq!(server.transport(), None);
    }
}

#[test]
fn a_server_tells_the_framings_apart_as_early_as_it_can() {
    for (first, transport) in [
        ("ef", Transport::Abridged),
        ("eeeeeeee", Transport::Intermediate),
        ("dddddddd", Transport::PaddedIntermediate),
        ("34000000 00000000", Transport::Full),
    ] {
        let first = hex(first);
        let mut server = ServerFraming::new();
        server.receive(&first[..first.len() - 1]);
        assert_eq!(server.transport(), None);
        server.receive(&first[first.len() - 1..]);
        assert_eq!(server.transport(), Some(transport));
    }
}

#[test]
fn an_overlong_header_is_refused_by_both_sides() {
    let mut server = ServerFraming::new();
    server.receive(&hex("ef 7f010000 00000000"));
    assert_eq!(
        server.next_packet(),
        Err(FramingError::Overlong { length: 4 })
    );
    let mut client = Framing::new(&Transport::Abridged, 2, &mut Seeded::new(17));
    client.receive(&hex("7f010000 00000000"));
    assert_eq!(
        client.next_packet(),
        Err(FramingError::Overlong { length: 4 })
    );
}

#[test]
fn random_bytes_never_panic() {
    let mut dice = Seeded::new(18);
    for round in 0..4000 {
        let transport = TRANSPORTS[round % TRANSPORTS.len()];
        let mut client = Framing::new(&transport, 2, &mut dice);
        let mut server = ServerFraming::new();
        if round % 3 == 0 {
            let mut out = Vec::new();
            let _ = client.begin(40, false, &mut out);
            server.receive(&out);
        }
        for _ in 0..dice.below(20) {
            let mut len = 1 + dice.below(200);
            if dice.below(2) == 0 {
                len = 4;
            }
            let mut bytes = dice.bytes(len);
            if dice.below(2) == 0 && len >= 4 {
                // Lengths that a stream may really have.
                bytes[1..4].fill(0);
            }
            client.receive(&bytes);
            server.receive(&bytes);
            while let Ok(Some(_)) = client.next_packet() {}
            while let Ok(Some(_)) = server.next_packet() {}
        }
    }
}
