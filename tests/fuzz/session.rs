//! What a server that has the right key may say: messages, containers, compressed objects, results.
use std::io::Write;
use std::net::SocketAddr;

use ferogram_sync::DcId;
use ferogram_sync::crypto::Side;
use ferogram_sync::mtproto::{
    Attention, Header, Input, Lane, LinkConfig, PaddingPool, ServerFraming, StoredKey, open, seal,
    seal_plaintext, sealed_len,
};
use ferogram_sync::tl::put_bytes;

use crate::dice::Dice;
use crate::scene::Scene;
use crate::took::Took;
use crate::wire::key;

/// To compress an object, which this target does, and to expand it again takes tables of a few hundred
/// KiB, however small it is: so much as for these bytes of input.
const PACKED_BYTES: usize = 2500;

/// How many steps of an input are played.
const STEPS_MAX: usize = 48;

/// In place of this number, with another in its last byte, the id of a message of the client is put.
const KNOWN: [u8; 7] = *b"\x00known_";

/// What a step does; it is the remainder of its first byte.
const MESSAGE: u8 = 0;
const PACKED: u8 = 1;
const RESULT: u8 = 2;
const PACKED_RESULT: u8 = 3;
const CONTAINER: u8 = 4;
const PLAINTEXT: u8 = 5;
const TIME: u8 = 6;
const ASK: u8 = 7;

/// Flags in the upper half of the first byte.
const CONTENT: u8 = 0x10;
const ODD_ID: u8 = 0x20;
const OLD_ID: u8 = 0x40;

/// The side of the server.
struct Server {
    scene: Scene,
    framing: ServerFraming,
    padding: PaddingPool,
    session: i64,
    /// Ids of messages that the client has sent, and of what carried them.
    known: Vec<i64>,
    last_id: i64,
    fed: usize,
    /// How many objects were compressed.
    packed: usize,
}

/// A list of steps: a byte for what to do, two for a length, and so many bytes.
pub(crate) fn receive(data: &[u8]) -> Took {
    let server = play(data);
    let accepted = server.scene.hang_ups == 0 && server.fed > 0;
    server.scene.end();
    Took::of(accepted, server.fed + server.packed * PACKED_BYTES)
}

/// Plays the steps of a list.
fn play(data: &[u8]) -> Server {
    let address: SocketAddr = ([127, 0, 0, 1], 443).into();
    let mut config = LinkConfig::new(DcId(2), vec![address], Vec::new().into());
    config.attention = Attention::Hears;
    config.permanent = Some(StoredKey {
        key: key(),
        time_offset: 0,
        expires_at: None,
    });
    let mut server = Server {
        scene: Scene::new(config, Box::new(Dice(7))),
        framing: ServerFraming::new(),
        padding: PaddingPool::new(),
        session: 0,
        known: Vec::new(),
        last_id: 0,
        fed: 0,
        packed: 0,
    };
    let mut rest = data;
    for _ in 0..STEPS_MAX {
        server.look();
        let Some((step, body)) = next(&mut rest) else {
            break;
        };
        server.play(step, body);
    }
    server
}

/// The next step of a list; a length that is too long is what is left.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (head, tail) = rest.split_first_chunk::<3>()?;
    let len = usize::from(u16::from_le_bytes([head[1], head[2]])).min(tail.len());
    let (body, tail) = tail.split_at(len);
    *rest = tail;
    Some((head[0], body))
}

impl Server {
    /// Opens what the client has sent.
    fn look(&mut self) {
        let sent = std::mem::take(&mut self.scene.sent);
        self.framing.receive(&sent);
        while let Some(packet) = self.framing.next_packet().expect("sound framing") {
            let opened = open(&key(), Side::Client, packet.payload).expect("a sound message");
            self.session = opened.header.session_id;
            if opened.body[..4] == 0x73f1_f8dc_u32.to_le_bytes() {
                let mut place = 8;
                while let Some(head) = opened.body.get(place..place + 16) {
                    let id = i64::from_le_bytes(*head.first_chunk().expect("it has 16 bytes"));
                    let len = u32::from_le_bytes(*head.last_chunk().expect("it has 16 bytes"));
                    self.known.push(id);
                    place += 16 + len as usize;
                }
            }
            self.known.push(opened.header.msg_id);
        }
    }

    fn play(&mut self, step: u8, body: &[u8]) {
        if !self.scene.open {
            self.framing = ServerFraming::new();
            self.scene.ask();
            self.scene.connect();
            self.look();
        }
        match step % 8 {
            TIME => self
                .scene
                .pass(u64::from(body.first().copied().unwrap_or(1))),
            ASK => self.scene.ask(),
            PLAINTEXT => self.plaintext(body),
            _ => {
                let body = self.object(step, body);
                self.message(step, &body);
            }
        }
    }

    /// The object that a step means.
    fn object(&mut self, step: u8, body: &[u8]) -> Vec<u8> {
        let mut body = body[..body.len() / 4 * 4].to_vec();
        self.put_known(&mut body);
        self.packed += usize::from(matches!(step % 8, PACKED | PACKED_RESULT));
        match step % 8 {
            PACKED => packed(&body),
            RESULT => self.result(&body),
            PACKED_RESULT => self.result(&packed(&body)),
            CONTAINER => self.container(&body),
            _ => body,
        }
    }

    fn result(&self, object: &[u8]) -> Vec<u8> {
        let id = self.known.iter().rev().nth(1).or(self.known.last());
        let mut out = 0xf35c_6d01_u32.to_le_bytes().to_vec();
        out.extend(id.copied().unwrap_or(0).to_le_bytes());
        out.extend(object);
        out
    }

    /// The body is a list of steps again.
    fn container(&mut self, mut rest: &[u8]) -> Vec<u8> {
        let mut members = Vec::new();
        let mut count = 0_u32;
        while let Some((step, body)) = next(&mut rest) {
            let body = match step % 8 {
                // One container in another is enough.
                CONTAINER => [&0x73f1_f8dc_u32.to_le_bytes()[..], &[0; 4]].concat(),
                TIME | ASK | PLAINTEXT => body[..body.len() / 4 * 4].to_vec(),
                _ => self.object(step, body),
            };
            members.extend(self.id(step).to_le_bytes());
            members.extend(u32::from(step & CONTENT != 0).to_le_bytes());
            members.extend((body.len() as u32).to_le_bytes());
            members.extend(body);
            count += 1;
        }
        let mut out = 0x73f1_f8dc_u32.to_le_bytes().to_vec();
        out.extend(count.to_le_bytes());
        out.extend(members);
        out
    }

    fn put_known(&self, body: &mut [u8]) {
        for place in (0..body.len().saturating_sub(7)).step_by(4) {
            if body[place..].starts_with(&KNOWN) {
                let back = usize::from(body[place + 7]);
                let id = self.known.iter().rev().nth(back % self.known.len().max(1));
                let id = id.copied().unwrap_or(0).to_le_bytes();
                body[place..place + 8].copy_from_slice(&id);
            }
        }
    }

    fn id(&mut self, step: u8) -> i64 {
        let time = (self.scene.now.unix.as_secs() as i64) << 32;
        self.last_id = (self.last_id + 4).max(time) & !3 | 1;
        let id = self.last_id + i64::from(step & ODD_ID != 0);
        id - if step & OLD_ID == 0 { 0 } else { 400 << 32 }
    }

    fn message(&mut self, step: u8, body: &[u8]) {
        let header = Header {
            salt: 5,
            session_id: self.session,
            msg_id: self.id(step),
            seq_no: i32::from(step & CONTENT != 0),
        };
        let padding = self.padding.draw(body.len(), &mut Dice(1));
        let mut out = Vec::new();
        let len = sealed_len(body.len(), &padding);
        let frame = self.framing.begin(len, &mut out);
        let write = |out: &mut Vec<u8>| out.extend_from_slice(body);
        let (key, side) = (key(), Side::Server);
        seal(&key, side, &header, body.len(), write, &padding, &mut out);
        self.framing.end(frame, &mut out, &mut Dice(2));
        self.feed(&out);
    }

    /// All of a message, its header too, is as the input has it; only it is sealed.
    fn plaintext(&mut self, body: &[u8]) {
        let mut packet = vec![0; 24];
        packet.extend_from_slice(body);
        packet.resize(24 + body.len().next_multiple_of(16).max(16), 0);
        seal_plaintext(&key(), Side::Server, &mut packet);
        let mut out = Vec::new();
        let frame = self.framing.begin(packet.len(), &mut out);
        out.extend_from_slice(&packet);
        self.framing.end(frame, &mut out, &mut Dice(2));
        self.feed(&out);
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.fed += bytes.len();
        self.scene.input(Input::Received(Lane::One, bytes));
    }
}

/// `gzip_packed` around an object.
pub(crate) fn packed(object: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(object).expect("memory takes it");
    let stream = encoder.finish().expect("memory takes it");
    let mut out = 0x3072_cfa1_u32.to_le_bytes().to_vec();
    put_bytes(&mut out, &stream);
    out
}

/// One step of a list.
fn step(kind: u8, body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len()).expect("seeds are small");
    [&[kind][..], &len.to_le_bytes(), body].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Stands for the id of the message that came so many before the last one.
fn known(back: u8) -> [u8; 8] {
    let mut bytes = [back; 8];
    bytes[..7].copy_from_slice(&KNOWN);
    bytes
}

/// The service messages that a server sends.
fn service_messages() -> Vec<Vec<u8>> {
    let ids = [&words(&[0x1cb5_c415, 2])[..], &known(0), &known(1)].concat();
    let with = |id: u32, parts: &[&[u8]]| [&words(&[id])[..], &parts.concat()].concat();
    vec![
        with(0x62d6_b459, &[&ids]),
        with(0xa7ef_f811, &[&known(1), &words(&[0, 16])]),
        with(0xa7ef_f811, &[&known(0), &words(&[1, 32])]),
        with(0xedab_447b, &[&known(1), &words(&[0, 48, 7, 7])]),
        with(0xda69_fb52, &[&ids]),
        with(0x04de_b57d, &[&known(1), &[2, 4, 1, 0]]),
        with(0x8cc0_d131, &[&ids, &[2, 4, 1, 0]]),
        with(0x276d_3ec6, &[&known(1), &known(0), &words(&[40, 0])]),
        with(0x809d_b6df, &[&known(0), &words(&[40, 0])]),
        with(0x7d86_1a08, &[&ids]),
        with(0x8610_baeb, &[&ids]),
        with(
            0xae50_0895,
            &[&known(0), &words(&[9, 1, 5, u32::MAX / 2, 8, 8])],
        ),
        with(0x7abe_77ec, &[&words(&[4, 4])]),
        with(0xf342_7b8c, &[&words(&[4, 4, 75])]),
        with(0x3477_73c5, &[&known(0), &words(&[4, 4])]),
        with(0x9ec2_0908, &[&known(1), &words(&[1, 1, 2, 2])]),
        with(0xe220_45fc, &[&words(&[1, 1])]),
        with(0x62d3_50c9, &[&words(&[1, 1])]),
        with(0xf660_e1d4, &[]),
        with(
            0xe064_06b2,
            &[&words(&[3, 3, 0, 4]), &words(&[0x1111_1111])],
        ),
        with(0x74ae_4240, &[&words(&[0; 6])]),
    ]
}

/// Each service message alone, compressed, in a container and as a result.
pub(crate) fn receive_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let error = [&words(&[0x2144_ca19, 420])[..], b"\x0cFLOOD_WAIT_5\0\0\0"].concat();
    for message in service_messages() {
        seeds.push(step(MESSAGE, &message));
        seeds.push(step(PACKED | CONTENT, &message));
        let members = [
            step(MESSAGE | CONTENT, &message),
            step(RESULT | CONTENT, &error),
            step(PACKED, &message),
        ];
        let more = [
            step(CONTAINER, &members.concat()),
            step(TIME, &[11]),
            step(ASK, &[]),
            step(PACKED_RESULT | CONTENT, &words(&[0x9972_75b5])),
        ];
        seeds.push(more.concat());
    }
    let mut plaintext = vec![1; 28];
    plaintext.extend(words(&[4, 0x9972_75b5, 0, 0, 0]));
    seeds.push([step(PLAINTEXT, &plaintext), step(RESULT, &error)].concat());
    seeds.push(step(RESULT | CONTENT, &error));
    // A container that claims more than it has.
    seeds.push(step(MESSAGE, &words(&[0x73f1_f8dc, 4_000_000_000])));
    seeds.push(step(MESSAGE | OLD_ID, &words(&[0x74ae_4240])));
    seeds.push(step(MESSAGE | ODD_ID, &words(&[0x74ae_4240])));
    seeds
}

/// What the link makes of a compressed object: the bytes of a stream, as update and as result.
pub(crate) fn gzip(data: &[u8]) -> Took {
    let mut object = 0x3072_cfa1_u32.to_le_bytes().to_vec();
    put_bytes(&mut object, data);
    object.truncate(usize::from(u16::MAX) / 4 * 4);
    let server = play(&[step(MESSAGE, &object), step(RESULT, &object)].concat());
    // A stream that cannot be read is an update that was lost, and no reason to hang up.
    assert!(server.scene.hang_ups == 0 || server.scene.updates == 0);
    let accepted = server.scene.updates > 0;
    server.scene.end();
    Took::of(accepted, server.fed)
}

/// Good streams, and bombs: 16 MiB of zeros, and a little more.
pub(crate) fn gzip_seeds() -> Vec<Vec<u8>> {
    let stream = |object: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(object).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    let zeros = |len: usize| stream(&vec![0; len]);
    vec![
        stream(&words(&[0x74ae_4240, 0, 0])),
        stream(&words(&[0x1111_1111; 500])),
        zeros(16 << 20),
        zeros((16 << 20) + 4),
        zeros(40 << 20),
    ]
}
