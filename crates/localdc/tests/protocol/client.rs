//! A client made of the primitives: it keeps the rules unless a test wants otherwise.
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, SystemTime};

use ferogram_sync::Entropy;
use ferogram_sync::crypto::{
    AuthKey, DhGroup, RsaPublicKey, Side, derive, factorize, first_salt, ige_decrypt, ige_encrypt,
    message_key, new_nonce_hash, sha1, temporary_keys,
};
use ferogram_sync::mtproto::{Framing, Packet, Transport};
use ferogram_sync::tl::{Reader, put_bytes};

/// Nothing on loopback takes this long: a test that waits longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Chance for tests.
pub(crate) struct Dice;

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "tests have no reactor")]
        getrandom::fill(bytes).unwrap();
    }
}

/// Random bytes.
pub(crate) fn dice<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    Dice.fill(&mut bytes);
    bytes
}

/// The time of this machine.
pub(crate) fn unix() -> Duration {
    #[expect(clippy::disallowed_methods, reason = "tests have no reactor")]
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
}

/// Whether something comes true, however busy the machine is.
pub(crate) fn within_a_minute(mut comes_true: impl FnMut() -> bool) -> bool {
    (0..6_000).any(|_| {
        thread::sleep(Duration::from_millis(10));
        comes_true()
    })
}

/// What came over a connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Came {
    Packet(Vec<u8>),
    QuickAck(u32),
    Error(i32),
    Closed,
}

/// A connection.
pub(crate) struct Wire {
    stream: TcpStream,
    framing: Framing,
}

impl Wire {
    pub(crate) fn connect(address: SocketAddr) -> Self {
        Self::connect_as(address, Transport::Intermediate, 2)
    }

    pub(crate) fn connect_as(address: SocketAddr, transport: Transport, dc: i16) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            framing: Framing::new(&transport, dc, &mut Dice),
        }
    }

    pub(crate) fn frame(&mut self, packet: &[u8], quick_ack: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let frame = self.framing.begin(packet.len(), quick_ack, &mut out);
        out.extend(packet);
        self.framing.end(frame, &mut out, &mut Dice);
        out
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    pub(crate) fn send(&mut self, packet: &[u8]) {
        let frame = self.frame(packet, false);
        self.send_raw(&frame);
    }

    pub(crate) fn send_plain(&mut self, body: &[u8]) {
        let mut packet = vec![0; 16];
        packet.extend((body.len() as u32).to_le_bytes());
        packet.extend(body);
        self.send(&packet);
    }

    pub(crate) fn receive(&mut self) -> Came {
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match self.framing.next_packet().unwrap() {
                Some(Packet::Payload(packet)) => return Came::Packet(packet.to_vec()),
                Some(Packet::QuickAck(token)) => return Came::QuickAck(token),
                Some(Packet::Error(error)) => return Came::Error(error.0),
                None => {}
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return Came::Closed,
                Ok(count) => self.framing.receive(&chunk[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {
                    return Came::Closed;
                }
                // Whoever stops this process for a moment interrupts it.
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => panic!("nothing comes: {error}"),
            }
        }
    }

    /// Whether nothing has come.
    pub(crate) fn is_silent(&self) -> bool {
        self.stream.set_nonblocking(true).unwrap();
        let seen = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false).unwrap();
        seen.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    pub(crate) fn receive_packet(&mut self) -> Vec<u8> {
        match self.receive() {
            Came::Packet(packet) => packet,
            other => panic!("{other:?} came"),
        }
    }

    /// The body of an unencrypted message.
    pub(crate) fn receive_plain(&mut self) -> Vec<u8> {
        let packet = self.receive_packet();
        assert_eq!(packet[..8], [0; 8]);
        assert_eq!(packet[8] & 3, 1, "the server answers");
        let length = u32::from_le_bytes(packet[16..20].try_into().unwrap()) as usize;
        packet[20..20 + length].to_vec()
    }

    pub(crate) fn close(&self) {
        // It may be closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// The client's side of a key exchange, step by step.
pub(crate) struct Exchange {
    pub(crate) nonce: [u8; 16],
    pub(crate) server_nonce: [u8; 16],
    pub(crate) new_nonce: [u8; 32],
    pub(crate) pq: Vec<u8>,
    pub(crate) p: Vec<u8>,
    pub(crate) q: Vec<u8>,
    pub(crate) fingerprints: Vec<i64>,
    pub(crate) group: Option<DhGroup>,
    pub(crate) g_a: Vec<u8>,
}

/// What is different from the ordinary.
#[derive(Clone, Copy, Default)]
pub(crate) struct Manner {
    pub(crate) old_query: bool,
    pub(crate) old_padding: bool,
    pub(crate) dc: Option<i32>,
    pub(crate) expires_in: Option<i32>,
}

impl Exchange {
    pub(crate) fn start(wire: &mut Wire, manner: Manner) -> Self {
        let nonce = dice();
        wire.send_plain(&Self::first_query(&nonce, manner));
        Self::read_challenge(nonce, &wire.receive_plain())
    }

    pub(crate) fn first_query(nonce: &[u8; 16], manner: Manner) -> Vec<u8> {
        let id: u32 = if manner.old_query {
            0x6046_9778
        } else {
            0xbe7e_8ef1
        };
        [&id.to_le_bytes()[..], nonce].concat()
    }

    pub(crate) fn read_challenge(nonce: [u8; 16], answer: &[u8]) -> Self {
        let mut reader = Reader::new(answer);
        assert_eq!(reader.u32(), 0x0516_2463);
        assert_eq!(reader.int128(), nonce);
        let server_nonce = reader.int128();
        let pq = reader.bytes().to_vec();
        assert_eq!(reader.u32(), 0x1cb5_c415);
        let count = reader.u32();
        let fingerprints = (0..count).map(|_| reader.i64()).collect();
        assert!(!reader.failed());
        let number = u64::from_be_bytes(pq[..].try_into().unwrap());
        let (p, q) = factorize(number).unwrap();
        let bytes = |factor: u64| {
            let bytes = factor.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            bytes[zeros..].to_vec()
        };
        Self {
            nonce,
            server_nonce,
            new_nonce: dice(),
            p: bytes(p),
            q: bytes(q),
            pq,
            fingerprints,
            group: None,
            g_a: Vec::new(),
        }
    }

    pub(crate) fn inner(&self, manner: Manner) -> Vec<u8> {
        let id: u32 = match (manner.dc, manner.expires_in) {
            (None, None) => 0x83c9_5aec,
            (Some(_), None) => 0xa9f5_5f95,
            (None, Some(_)) => 0x3c6a_84d4,
            (Some(_), Some(_)) => 0x56fd_df88,
        };
        let mut inner = id.to_le_bytes().to_vec();
        put_bytes(&mut inner, &self.pq);
        put_bytes(&mut inner, &self.p);
        put_bytes(&mut inner, &self.q);
        inner.extend(self.nonce);
        inner.extend(self.server_nonce);
        inner.extend(self.new_nonce);
        inner.extend(manner.dc.map(i32::to_le_bytes).into_iter().flatten());
        let expires_in = manner.expires_in.map(i32::to_le_bytes);
        inner.extend(expires_in.into_iter().flatten());
        inner
    }

    pub(crate) fn second_query(&self, key: &RsaPublicKey, encrypted: &[u8]) -> Vec<u8> {
        let mut query = 0xd712_e4be_u32.to_le_bytes().to_vec();
        query.extend(self.nonce);
        query.extend(self.server_nonce);
        put_bytes(&mut query, &self.p);
        put_bytes(&mut query, &self.q);
        query.extend(key.fingerprint().to_le_bytes());
        put_bytes(&mut query, encrypted);
        query
    }

    pub(crate) fn read_offer(&mut self, answer: &[u8]) {
        let mut reader = Reader::new(answer);
        assert_eq!(reader.u32(), 0xd0e8_075c);
        assert_eq!(reader.int128(), self.nonce);
        assert_eq!(reader.int128(), self.server_nonce);
        let mut sealed = reader.bytes().to_vec();
        assert!(!reader.failed());
        let keys = temporary_keys(&self.new_nonce, &self.server_nonce);
        ige_decrypt(&keys.key, &keys.iv, &mut sealed);
        let (hash, data) = sealed.split_at(20);
        let mut reader = Reader::new(data);
        assert_eq!(reader.u32(), 0xb589_0dba);
        assert_eq!(reader.int128(), self.nonce);
        assert_eq!(reader.int128(), self.server_nonce);
        let g = reader.i32();
        let prime = reader.bytes();
        self.g_a = reader.bytes().to_vec();
        let server_time = reader.i32();
        let length = reader.offset();
        assert!(data.len() - length < 16);
        assert_eq!(sha1(&[&data[..length]])[..], *hash);
        assert!(u64::from(server_time.unsigned_abs()).abs_diff(unix().as_secs()) < 200_000);
        self.group = Some(DhGroup::check(prime, g, &mut Dice).unwrap());
    }

    /// The last query, and the key if the server agrees.
    pub(crate) fn third_query(&self, retry_id: i64) -> (Vec<u8>, AuthKey) {
        let group = self.group.as_ref().unwrap();
        let (exponent, g_b) = group.draw(&mut Dice).unwrap();
        let g_a = group.check_public(&self.g_a).unwrap();
        let key = group.shared(&g_a, &exponent).unwrap();
        (self.third_query_with(retry_id, &g_b), key)
    }

    pub(crate) fn third_query_with(&self, retry_id: i64, g_b: &[u8]) -> Vec<u8> {
        let mut data = 0x6643_b654_u32.to_le_bytes().to_vec();
        data.extend(self.nonce);
        data.extend(self.server_nonce);
        data.extend(retry_id.to_le_bytes());
        put_bytes(&mut data, g_b);
        let mut sealed = sha1(&[&data]).to_vec();
        sealed.extend(data);
        sealed.resize(sealed.len().next_multiple_of(16), 7);
        let keys = temporary_keys(&self.new_nonce, &self.server_nonce);
        ige_encrypt(&keys.key, &keys.iv, &mut sealed);
        let mut query = 0xf504_5f1f_u32.to_le_bytes().to_vec();
        query.extend(self.nonce);
        query.extend(self.server_nonce);
        put_bytes(&mut query, &sealed);
        query
    }

    /// Which of the three ends came: its number, after a look at its proof.
    pub(crate) fn read_end(&self, answer: &[u8], key: &AuthKey) -> u8 {
        let mut reader = Reader::new(answer);
        let number = match reader.u32() {
            0x3bcb_f734 => 1,
            0x46dc_1fb9 => 2,
            0xa69d_ae02 => 3,
            other => panic!("{other:#x} came"),
        };
        assert_eq!(reader.int128(), self.nonce);
        assert_eq!(reader.int128(), self.server_nonce);
        let hash = new_nonce_hash(&self.new_nonce, number, &key.aux_hash());
        assert_eq!(reader.int128(), hash);
        number
    }

    pub(crate) fn salt(&self) -> i64 {
        first_salt(&self.new_nonce, &self.server_nonce)
    }
}

/// The public key of the data centre.
pub(crate) fn public_key() -> RsaPublicKey {
    let running = localdc::LocalDc::builder().dcs(1).start().unwrap();
    RsaPublicKey::from_pem(running.public_key_pem()).unwrap()
}

/// Encrypts as clients do today, or as they once did.
pub(crate) fn encrypt(key: &RsaPublicKey, data: &[u8], manner: Manner) -> Vec<u8> {
    if !manner.old_padding {
        return key.pad_encrypt(data, &mut Dice).unwrap().to_vec();
    }
    let mut plain = vec![0];
    plain.extend(sha1(&[data]));
    plain.extend(data);
    plain.resize(256, 0x33);
    let modulus = num_bigint::BigUint::from_bytes_be(&modulus());
    let number = num_bigint::BigUint::from_bytes_be(&plain);
    let bytes = number.modpow(&65_537_u32.into(), &modulus).to_bytes_be();
    [vec![0; 256 - bytes.len()], bytes].concat()
}

/// The modulus of the public key, out of its text.
fn modulus() -> Vec<u8> {
    let running = localdc::LocalDc::builder().dcs(1).start().unwrap();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let lines = running.public_key_pem().lines();
    let letters = lines
        .filter(|line| !line.starts_with('-'))
        .flat_map(str::bytes);
    let mut number = num_bigint::BigUint::default();
    let mut bits = 0;
    for letter in letters.filter(|letter| *letter != b'=') {
        let digit = alphabet.iter().position(|other| *other == letter).unwrap();
        number = (number << 6_u32) + digit;
        bits += 6;
    }
    let der = (number >> (bits % 8_u32)).to_bytes_be();
    // A sequence, an integer of 257 bytes, an integer.
    der[9..9 + 256].to_vec()
}

/// A key from a whole exchange.
pub(crate) fn exchange(wire: &mut Wire, manner: Manner) -> (AuthKey, i64) {
    let key = public_key();
    let mut exchange = Exchange::start(wire, manner);
    assert!(exchange.fingerprints.contains(&key.fingerprint()));
    let encrypted = encrypt(&key, &exchange.inner(manner), manner);
    wire.send_plain(&exchange.second_query(&key, &encrypted));
    exchange.read_offer(&wire.receive_plain());
    let (query, auth) = exchange.third_query(0);
    wire.send_plain(&query);
    assert_eq!(exchange.read_end(&wire.receive_plain(), &auth), 1);
    (auth, exchange.salt())
}

/// A message of the server, out of its packet and container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: Vec<u8>,
    /// It came in a container.
    pub(crate) contained: bool,
}

impl Message {
    pub(crate) fn id(&self) -> u32 {
        u32::from_le_bytes(self.body[..4].try_into().unwrap())
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        let mut reader = Reader::new(&self.body);
        reader.u32();
        reader
    }
}

/// A session over a connection.
pub(crate) struct Client {
    pub(crate) wire: Wire,
    pub(crate) auth: AuthKey,
    pub(crate) salt: i64,
    pub(crate) session_id: i64,
    pub(crate) contents: i32,
    pub(crate) last_id: i64,
    /// How far the client's clock is ahead.
    pub(crate) shift: i64,
    /// Messages that came and were not asked for yet.
    pub(crate) waiting: Vec<Message>,
}

pub(crate) const RPC_RESULT: u32 = 0xf35c_6d01;
pub(crate) const RPC_ERROR: u32 = 0x2144_ca19;
pub(crate) const GET_CONFIG: u32 = 0xc4f9_186b;
pub(crate) const CONFIG: u32 = 0xcc1a_241e;
pub(crate) const NEW_SESSION: u32 = 0x9ec2_0908;
pub(crate) const MSGS_ACK: u32 = 0x62d6_b459;
pub(crate) const BAD_MSG: u32 = 0xa7ef_f811;
pub(crate) const BAD_SALT: u32 = 0xedab_447b;
pub(crate) const PING: u32 = 0x7abe_77ec;
pub(crate) const PONG: u32 = 0x3477_73c5;
pub(crate) const VECTOR: u32 = 0x1cb5_c415;

impl Client {
    /// A client with a permanent key of its own.
    pub(crate) fn new(address: SocketAddr) -> Self {
        let mut wire = Wire::connect(address);
        let (auth, salt) = exchange(&mut wire, Manner::default());
        Self::with_key(wire, auth, salt)
    }

    /// A client that has said what it is: its first query is answered.
    pub(crate) fn initialised(address: SocketAddr) -> Self {
        let mut client = Self::new(address);
        client.initialise();
        client
    }

    pub(crate) fn initialise(&mut self) {
        let result = self.call(&init(&GET_CONFIG.to_le_bytes())).unwrap();
        assert_eq!(result[..4], CONFIG.to_le_bytes());
    }

    pub(crate) fn with_key(wire: Wire, auth: AuthKey, salt: i64) -> Self {
        Self {
            wire,
            auth,
            salt,
            session_id: i64::from_le_bytes(dice()),
            contents: 0,
            last_id: 0,
            shift: 0,
            waiting: Vec::new(),
        }
    }

    /// The same session over a new connection.
    pub(crate) fn reconnect(&mut self, address: SocketAddr) {
        self.wire.close();
        self.wire = Wire::connect(address);
    }

    pub(crate) fn next_id(&mut self) -> i64 {
        let now = unix();
        let seconds = now.as_secs().cast_signed() + self.shift;
        let fraction = (i64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
        let id = ((seconds << 32) | fraction) & !3;
        self.last_id = id.max(self.last_id + 4);
        self.last_id
    }

    pub(crate) fn next_seq_no(&mut self, content: bool) -> i32 {
        let seq_no = self.contents * 2 + i32::from(content);
        self.contents += i32::from(content);
        seq_no
    }

    /// Seals a message as it is told.
    pub(crate) fn seal(&self, msg_id: i64, seq_no: i32, body: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        plain.extend(self.salt.to_le_bytes());
        plain.extend(self.session_id.to_le_bytes());
        plain.extend(msg_id.to_le_bytes());
        plain.extend(seq_no.to_le_bytes());
        plain.extend((body.len() as u32).to_le_bytes());
        plain.extend(body);
        plain.resize((plain.len() + 12).next_multiple_of(16), 0x77);
        self.seal_plain(&plain).0
    }

    pub(crate) fn seal_plain(&self, plain: &[u8]) -> (Vec<u8>, u32) {
        let (msg_key, token) = message_key(&self.auth, Side::Client, plain);
        let keys = derive(&self.auth, Side::Client, &msg_key);
        let mut packet = self.auth.id().to_le_bytes().to_vec();
        packet.extend(msg_key);
        packet.extend(plain);
        ige_encrypt(&keys.key, &keys.iv, &mut packet[24..]);
        (packet, token)
    }

    /// Sends a message; gives its id.
    pub(crate) fn send(&mut self, content: bool, body: &[u8]) -> i64 {
        let (msg_id, seq_no) = (self.next_id(), self.next_seq_no(content));
        self.send_as(msg_id, seq_no, body);
        msg_id
    }

    pub(crate) fn send_as(&mut self, msg_id: i64, seq_no: i32, body: &[u8]) {
        let packet = self.seal(msg_id, seq_no, body);
        self.wire.send(&packet);
    }

    /// Sends a query; gives its id.
    pub(crate) fn query(&mut self, body: &[u8]) -> i64 {
        self.send(true, body)
    }

    /// Sends a query and waits for its answer.
    pub(crate) fn call(&mut self, body: &[u8]) -> Result<Vec<u8>, (i32, String)> {
        let query = self.query(body);
        self.result_of(query)
    }

    /// Waits for the answer to a query.
    pub(crate) fn result_of(&mut self, query: i64) -> Result<Vec<u8>, (i32, String)> {
        let answers = |message: &Message| {
            message.id() == RPC_RESULT && message.body[4..12] == query.to_le_bytes()
        };
        let answer = self.wait(answers);
        assert_eq!(answer.seq_no & 1, 1);
        assert_eq!(answer.msg_id & 3, 1);
        let result = answer.body[12..].to_vec();
        if result[..4] != RPC_ERROR.to_le_bytes() {
            return Ok(result);
        }
        let mut reader = Reader::new(&result[4..]);
        let code = reader.i32();
        let message = String::from_utf8(reader.bytes().to_vec()).unwrap();
        reader.finish().unwrap();
        Err((code, message))
    }

    /// Waits for a message that has this constructor.
    pub(crate) fn wait_for(&mut self, id: u32) -> Message {
        self.wait(|message| message.id() == id)
    }

    pub(crate) fn wait(&mut self, is_it: impl Fn(&Message) -> bool) -> Message {
        loop {
            if let Some(at) = self.waiting.iter().position(&is_it) {
                return self.waiting.remove(at);
            }
            self.receive();
        }
    }

    /// Takes one packet in.
    pub(crate) fn receive(&mut self) {
        let packet = self.wire.receive_packet();
        let messages = self.open(packet);
        self.waiting.extend(messages);
    }

    /// All messages that have come when the server has answered a ping.
    pub(crate) fn all(&mut self) -> Vec<Message> {
        self.ping(4711);
        std::mem::take(&mut self.waiting)
    }

    pub(crate) fn ping(&mut self, ping_id: i64) {
        let body = [&PING.to_le_bytes()[..], &ping_id.to_le_bytes()].concat();
        let msg_id = self.send(false, &body);
        let pong = self
            .wait(|message| message.id() == PONG && message.body[4..12] == msg_id.to_le_bytes());
        assert_eq!(pong.body[12..], ping_id.to_le_bytes());
        assert_eq!(pong.seq_no & 1, 0);
    }

    /// Salt and session of a packet, whatever they are.
    pub(crate) fn header(&self, mut packet: Vec<u8>) -> (i64, i64) {
        let msg_key: [u8; 16] = packet[8..24].try_into().unwrap();
        let keys = derive(&self.auth, Side::Server, &msg_key);
        ige_decrypt(&keys.key, &keys.iv, &mut packet[24..]);
        assert_eq!(
            message_key(&self.auth, Side::Server, &packet[24..]).0,
            msg_key
        );
        let mut reader = Reader::new(&packet[24..]);
        (reader.i64(), reader.i64())
    }

    pub(crate) fn open(&self, mut packet: Vec<u8>) -> Vec<Message> {
        assert_eq!(packet[..8], self.auth.id().to_le_bytes());
        let msg_key: [u8; 16] = packet[8..24].try_into().unwrap();
        let keys = derive(&self.auth, Side::Server, &msg_key);
        let plain = &mut packet[24..];
        ige_decrypt(&keys.key, &keys.iv, plain);
        assert_eq!(message_key(&self.auth, Side::Server, plain).0, msg_key);
        let mut reader = Reader::new(plain);
        let (_salt, session_id) = (reader.i64(), reader.i64());
        assert_eq!(session_id, self.session_id);
        let (msg_id, seq_no, length) = (reader.i64(), reader.i32(), reader.i32());
        let body = reader.raw(length as usize);
        assert!((12..=1024).contains(&reader.len()));
        assert_eq!(msg_id & 1, 1);
        let mut reader = Reader::new(body);
        if reader.u32() != 0x73f1_f8dc {
            return vec![Message {
                msg_id,
                seq_no,
                body: body.to_vec(),
                contained: false,
            }];
        }
        assert_eq!(seq_no & 1, 0);
        let count = reader.u32();
        let messages = (0..count).map(|_| {
            let (inner, seq_no, length) = (reader.i64(), reader.i32(), reader.i32());
            assert!(inner < msg_id);
            Message {
                msg_id: inner,
                seq_no,
                body: reader.raw(length as usize).to_vec(),
                contained: true,
            }
        });
        let messages = messages.collect();
        reader.finish().unwrap();
        messages
    }

    /// A container of messages, each with id and number.
    pub(crate) fn container(parts: &[(i64, i32, Vec<u8>)]) -> Vec<u8> {
        let mut body = 0x73f1_f8dc_u32.to_le_bytes().to_vec();
        body.extend((parts.len() as u32).to_le_bytes());
        for (msg_id, seq_no, object) in parts {
            body.extend(msg_id.to_le_bytes());
            body.extend(seq_no.to_le_bytes());
            body.extend((object.len() as u32).to_le_bytes());
            body.extend(object);
        }
        body
    }

    /// What the server says of a message that it does not accept.
    pub(crate) fn refusal(&mut self) -> (i64, i32) {
        let message = self.wait(|message| matches!(message.id(), BAD_MSG | BAD_SALT));
        assert_eq!(message.seq_no & 1, 0);
        let mut reader = message.reader();
        let msg_id = reader.i64();
        reader.i32();
        (msg_id, reader.i32())
    }
}

/// Wraps a query as the first of a client has to be.
pub(crate) fn init(query: &[u8]) -> Vec<u8> {
    let mut out = 0xda9b_0d0d_u32.to_le_bytes().to_vec();
    out.extend(230_i32.to_le_bytes());
    out.extend(0xc1cd_5ea9_u32.to_le_bytes());
    out.extend(0_u32.to_le_bytes());
    out.extend(12_345_i32.to_le_bytes());
    for text in ["test", "1", "1", "en", "", "en"] {
        put_bytes(&mut out, text.as_bytes());
    }
    out.extend(query);
    out
}

/// A list of ids behind a constructor.
pub(crate) fn ids(constructor: u32, msg_ids: &[i64]) -> Vec<u8> {
    let mut out = constructor.to_le_bytes().to_vec();
    out.extend(VECTOR.to_le_bytes());
    out.extend((msg_ids.len() as u32).to_le_bytes());
    out.extend(msg_ids.iter().flat_map(|id| id.to_le_bytes()));
    out
}
