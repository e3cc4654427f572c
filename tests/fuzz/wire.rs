//! Packets on a stream, unencrypted messages and envelopes.
use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{
    Framing, Header, MAX_PACKET, Packet, PaddingPool, ServerFraming, open, open_plain, put_plain,
    seal, seal_plaintext,
};
use ferogram_sync::{Tag, Transport};

use crate::dice::Dice;
use crate::took::Took;

const TRANSPORTS: [Transport; 7] = [
    Transport::Abridged,
    Transport::Intermediate,
    Transport::PaddedIntermediate,
    Transport::Full,
    Transport::Obfuscated(Tag::Abridged),
    Transport::Obfuscated(Tag::Intermediate),
    Transport::Obfuscated(Tag::PaddedIntermediate),
];

/// What came out of a stream: packets and their bytes, and how it ended.
type Cut = (Vec<Vec<u8>>, Option<String>);

/// A byte for the transport, one for the sizes of the pieces, and what the server sends. However
/// it is cut into pieces, the same comes out.
pub(crate) fn client_framing(data: &[u8]) -> Took {
    let Some(([transport, step], stream)) = data.split_first_chunk::<2>() else {
        return Took::nothing();
    };
    let transport = TRANSPORTS[usize::from(*transport) % TRANSPORTS.len()];
    let cut = |step: usize| -> Cut {
        let mut framing = Framing::new(&transport, 2, &mut Dice(3));
        let mut packets = Vec::new();
        for piece in stream.chunks(step) {
            framing.receive(piece);
            loop {
                match framing.next_packet() {
                    Ok(None) => break,
                    Ok(Some(Packet::Payload(payload))) => packets.push(payload.to_vec()),
                    Ok(Some(other)) => packets.push(format!("{other:?}").into_bytes()),
                    Err(error) => return (packets, Some(error.to_string())),
                }
            }
        }
        (packets, None)
    };
    let whole = cut(stream.len().max(1));
    let pieces = cut(usize::from(*step).max(1));
    if !matches!(transport, Transport::Full) {
        // Full framing says errors without a frame, and what follows them in the same piece is lost.
        assert_eq!(whole.1, pieces.1, "{transport:?}");
    }
    Took::of(whole.1.is_none() && !whole.0.is_empty(), stream.len())
}

/// What a server sends over each transport. The cipher of an obfuscated connection is known: the
/// client's chance is always the same.
pub(crate) fn client_framing_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (index, transport) in TRANSPORTS.iter().enumerate() {
        let mut server = ServerFraming::new();
        let mut client = Framing::new(transport, 2, &mut Dice(3));
        let mut first = Vec::new();
        write(&mut client, &[9; 40], &mut first);
        server.receive(&first);
        let _ = server.next_packet();
        let mut out = vec![index as u8, 7];
        for len in [24, 40, 1024] {
            let frame = server.begin(len, &mut out);
            out.resize(out.len() + len, len as u8);
            server.end(frame, &mut out, &mut Dice(5));
        }
        if !matches!(transport, Transport::Full) {
            server.write_quick_ack(0x8123_4567, &mut out, &mut Dice(5));
        }
        seeds.push(out);
    }
    seeds
}

fn write(client: &mut Framing, payload: &[u8], out: &mut Vec<u8>) {
    let frame = client.begin(payload.len(), false, out);
    out.extend_from_slice(payload);
    client.end(frame, out, &mut Dice(4));
}

/// A byte for the sizes of the pieces, and what a client sends: the server finds out how.
pub(crate) fn server_framing(data: &[u8]) -> Took {
    let Some((step, stream)) = data.split_first() else {
        return Took::nothing();
    };
    let mut framing = ServerFraming::new();
    let mut packets = 0;
    for piece in stream.chunks(usize::from(*step).max(1)) {
        framing.receive(piece);
        loop {
            match framing.next_packet() {
                Ok(None) => break,
                Ok(Some(packet)) => {
                    assert!(packet.payload.len() <= MAX_PACKET + 4);
                    packets += 1;
                }
                Err(error) => {
                    assert_eq!(framing.next_packet(), Err(error), "it stays so");
                    return Took::refused(stream.len());
                }
            }
        }
    }
    Took::of(packets > 0, stream.len())
}

/// What a client sends over each transport.
pub(crate) fn server_framing_seeds() -> Vec<Vec<u8>> {
    TRANSPORTS
        .iter()
        .map(|transport| {
            let mut client = Framing::new(transport, -10_002, &mut Dice(3));
            let mut out = vec![11];
            for len in [24, 40, 1024] {
                write(&mut client, &vec![len as u8; len], &mut out);
            }
            out
        })
        .collect()
}

/// A packet of the key exchange.
pub(crate) fn plain(data: &[u8]) -> Took {
    let accepted = match open_plain(data) {
        Ok((_, body)) => {
            assert!(body.len() + 20 <= data.len());
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    };
    Took::of(accepted, data.len())
}

/// Messages of several lengths.
pub(crate) fn plain_seeds() -> Vec<Vec<u8>> {
    let message = |len: usize| {
        let mut out = Vec::new();
        put_plain(5, &vec![3; len], &mut out);
        out
    };
    [0, 4, 100].map(message).to_vec()
}

/// The key that envelopes are made with.
pub(crate) fn key() -> AuthKey {
    AuthKey::new(std::array::from_fn(|i| (i * 7 + 3) as u8))
}

/// A byte that says whether what follows is a packet, or the plaintext of one that is sealed here
/// with the right key.
pub(crate) fn envelope(data: &[u8]) -> Took {
    let Some((mode, rest)) = data.split_first() else {
        return Took::nothing();
    };
    let key = key();
    let mut packet = rest.to_vec();
    if mode & 1 == 1 {
        let blocks = rest.len() / 16 * 16;
        packet.truncate(blocks);
        packet.splice(..0, [0; 24]);
        seal_plaintext(&key, Side::Server, &mut packet);
    }
    let bytes = packet.len();
    let accepted = match open(&key, Side::Server, &mut packet) {
        Ok(opened) => {
            let padding = bytes - 24 - 32 - opened.body.len();
            assert!((12..=1024).contains(&padding), "{padding} bytes of padding");
            assert_eq!(opened.body.len() % 4, 0);
            true
        }
        Err(_) => false,
    };
    Took::of(accepted, bytes)
}

/// Sealed messages, and their plaintexts.
pub(crate) fn envelope_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for len in [4, 16, 100, 1000] {
        let padding = PaddingPool::new().draw(len, &mut Dice(9));
        let header = Header {
            salt: 1,
            session_id: 2,
            msg_id: 3,
            seq_no: 4,
        };
        let write = |out: &mut Vec<u8>| out.resize(out.len() + len, 8);
        let mut packet = vec![0];
        seal(
            &key(),
            Side::Server,
            &header,
            len,
            write,
            &padding,
            &mut packet,
        );
        seeds.push(packet);
        let mut plaintext = vec![1];
        plaintext.extend([1; 28]);
        plaintext.extend((len as u32).to_le_bytes());
        plaintext.resize(1 + (32 + len + 12).next_multiple_of(16), 5);
        seeds.push(plaintext);
    }
    seeds
}
