//! The other side of a scenario: opens what the client sends and holds it against the rules, seals
//! what the scenario wants to be sent.
use std::collections::HashMap;
use std::time::Duration;

use super::tl;
use crate::given::Seeded;
use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{Header, PaddingPool, ServerFraming, open, seal, sealed_len};

/// A message of the client.
#[derive(Clone, Debug)]
pub(super) struct Got {
    pub(super) msg_id: i64,
    pub(super) seq_no: i32,
    pub(super) body: Vec<u8>,
    /// The container that it came in.
    pub(super) container: Option<i64>,
    pub(super) salt: i64,
    pub(super) session: i64,
    pub(super) quick_ack: Option<u32>,
}

impl Got {
    pub(super) fn name(&self) -> &'static str {
        tl::name(&self.body)
    }

    /// The message that travelled by itself.
    pub(super) fn carrier(&self) -> i64 {
        self.container.unwrap_or(self.msg_id)
    }
}

/// What is checked within one session of the client.
#[derive(Default)]
struct Rules {
    highest: i64,
    content: i32,
    seen: HashMap<i64, Vec<u8>>,
}

pub(super) struct Peer {
    framing: ServerFraming,
    /// Of the connection that is tried beside the other one.
    beside: ServerFraming,
    pub(super) key: AuthKey,
    pub(super) session: i64,
    pub(super) salt: i64,
    /// The server's clock.
    pub(super) time: Duration,
    last_id: i64,
    content: i32,
    rules: HashMap<i64, Rules>,
    padding: PaddingPool,
    entropy: Seeded,
}

impl Peer {
    pub(super) fn new(key: AuthKey, time: Duration) -> Self {
        Self {
            framing: ServerFraming::new(),
            beside: ServerFraming::new(),
            key,
            session: 0,
            salt: 0,
            time,
            last_id: 0,
            content: 0,
            rules: HashMap::new(),
            padding: PaddingPool::new(),
            entropy: Seeded::new(99),
        }
    }

    /// Another connection: the one beside this, or one to come.
    pub(super) fn reconnect(&mut self) {
        self.framing = std::mem::replace(&mut self.beside, ServerFraming::new());
    }

    pub(super) fn leave_beside(&mut self) {
        self.beside = ServerFraming::new();
    }

    /// What has come over the connection beside the other one: nothing that is encrypted.
    pub(super) fn feed_beside(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        std::mem::swap(&mut self.framing, &mut self.beside);
        let bodies = self.feed_plain(bytes);
        std::mem::swap(&mut self.framing, &mut self.beside);
        bodies
    }

    /// An unencrypted message for there.
    pub(super) fn plain_beside(&mut self, body: &[u8]) -> Vec<u8> {
        std::mem::swap(&mut self.framing, &mut self.beside);
        let bytes = self.plain(body);
        std::mem::swap(&mut self.framing, &mut self.beside);
        bytes
    }

    /// Opens what the client has sent.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Got> {
        self.framing.receive(bytes);
        let mut got = Vec::new();
        let mut packets = Vec::new();
        while let Some(packet) = self.framing.next_packet().expect("sound framing") {
            packets.push((packet.payload.to_vec(), packet.quick_ack_wanted));
        }
        for (mut packet, quick) in packets {
            let opened = open(&self.key, Side::Client, &mut packet).expect("a sound message");
            let header = opened.header;
            let token = quick.then_some(opened.quick_ack);
            got.extend(self.unwrap(&header, opened.body, token));
            self.session = header.session_id;
        }
        got
    }

    fn unwrap(&mut self, header: &Header, body: &[u8], quick_ack: Option<u32>) -> Vec<Got> {
        let one = |msg_id, seq_no, body: &[u8], container| Got {
            msg_id,
            seq_no,
            body: body.to_vec(),
            container,
            salt: header.salt,
            session: header.session_id,
            quick_ack,
        };
        let mut got = Vec::new();
        if body[..4] == 0x73f1_f8dc_u32.to_le_bytes() {
            let mut reader = ferogram_sync::tl::Reader::new(&body[4..]);
            let count = reader.i32();
            assert!(
                (1..=1000).contains(&count),
                "{count} messages in a container"
            );
            for _ in 0..count {
                let (id, seq_no, len) = (reader.i64(), reader.i32(), reader.i32());
                assert!(id < header.msg_id, "members are older than their container");
                got.push(one(
                    id,
                    seq_no,
                    reader.raw(len as usize),
                    Some(header.msg_id),
                ));
            }
            reader
                .finish()
                .expect("a container ends with its last member");
            assert!(body.len() < 1 << 20);
        } else {
            got.push(one(header.msg_id, header.seq_no, body, None));
        }
        for message in &got {
            self.check(message);
        }
        if let Some(id) = got[0].container {
            let rules = self.rules.entry(header.session_id).or_default();
            assert!(id > rules.highest);
            rules.highest = id;
            assert_eq!(
                header.seq_no,
                rules.content * 2,
                "a container's number is even"
            );
        }
        got
    }

    /// Ids rise and end with two zero bits; numbers count what is content-related. A message that
    /// comes again under its old id is the same, and in a container.
    fn check(&mut self, got: &Got) {
        let rules = self.rules.entry(got.session).or_default();
        if let Some(body) = rules.seen.get(&got.msg_id) {
            assert!(body.ends_with(&got.body) || got.body.ends_with(body));
            assert!(
                got.container.is_some(),
                "a repeated message travels in a container"
            );
            return;
        }
        assert_eq!(got.msg_id % 4, 0);
        assert!(got.msg_id > rules.highest, "ids rise");
        rules.highest = got.msg_id;
        let service = [
            "ack", "ping", "pong", "salts", "states", "info", "resend", "drop",
        ];
        let content = !service.contains(&got.name());
        assert_eq!(
            got.seq_no,
            rules.content * 2 + i32::from(content),
            "{}",
            got.name()
        );
        rules.content += i32::from(content);
        rules.seen.insert(got.msg_id, got.body.clone());
    }

    /// The next id of the server, by its clock.
    pub(super) fn next_id(&mut self, answer: bool) -> i64 {
        let fraction = (i64::from(self.time.subsec_nanos()) << 32) / 1_000_000_000;
        let time = ((self.time.as_secs() as i64) << 32) + fraction;
        let low = if answer { 1 } else { 3 };
        self.last_id = (self.last_id + 4).max(time) & !3 | low;
        self.last_id
    }

    /// The server's clock was set back, and its ids with it.
    pub(super) fn rewind(&mut self) {
        self.last_id = 0;
    }

    pub(super) fn next_seq(&mut self, content: bool) -> i32 {
        let seq_no = self.content * 2 + i32::from(content);
        self.content += i32::from(content);
        seq_no
    }

    /// One packet with this message.
    pub(super) fn packet(&mut self, msg_id: i64, seq_no: i32, body: &[u8]) -> Vec<u8> {
        let header = Header {
            salt: self.salt,
            session_id: self.session,
            msg_id,
            seq_no,
        };
        self.seal(&header, body)
    }

    pub(super) fn seal(&mut self, header: &Header, body: &[u8]) -> Vec<u8> {
        let padding = self.padding.draw(body.len(), &mut self.entropy);
        let mut out = Vec::new();
        let frame = self
            .framing
            .begin(sealed_len(body.len(), &padding), &mut out);
        let write = |out: &mut Vec<u8>| out.extend_from_slice(body);
        seal(
            &self.key,
            Side::Server,
            header,
            body.len(),
            write,
            &padding,
            &mut out,
        );
        self.framing.end(frame, &mut out, &mut self.entropy);
        out
    }

    /// A frame with any bytes.
    pub(super) fn frame(&mut self, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let frame = self.framing.begin(payload.len(), &mut out);
        out.extend_from_slice(payload);
        self.framing.end(frame, &mut out, &mut self.entropy);
        out
    }

    pub(super) fn transport_error(&mut self, code: i32) -> Vec<u8> {
        let mut out = Vec::new();
        self.framing.write_error(code, &mut out, &mut self.entropy);
        out
    }

    pub(super) fn quick_ack(&mut self, token: u32) -> Vec<u8> {
        let mut out = Vec::new();
        self.framing
            .write_quick_ack(token, &mut out, &mut self.entropy);
        out
    }

    /// What arrived before any key was agreed upon: bodies of unencrypted messages.
    pub(super) fn feed_plain(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        self.framing.receive(bytes);
        let mut bodies = Vec::new();
        while let Some(packet) = self.framing.next_packet().expect("sound framing") {
            let (_, body) =
                ferogram_sync::mtproto::open_plain(packet.payload).expect("a plain message");
            bodies.push(body.to_vec());
        }
        bodies
    }

    pub(super) fn plain(&mut self, body: &[u8]) -> Vec<u8> {
        let mut message = Vec::new();
        ferogram_sync::mtproto::put_plain(self.next_id(true), body, &mut message);
        self.frame(&message)
    }
}
