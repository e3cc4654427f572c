//! What a server may answer while a key is made.
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use ferogram_sync::crypto::{
    AuthKey, DhGroup, RsaPublicKey, ige_decrypt, ige_encrypt, new_nonce_hash, sha1, temporary_keys,
};
use ferogram_sync::mtproto::{Input, Lane, LinkConfig, ServerFraming, open_plain, put_plain};
use ferogram_sync::tl::{Deserialize, Reader, Serialize, enums, types};
use ferogram_sync::{DcId, Entropy};
use num_bigint::BigUint;

use crate::dice::Dice;
use crate::scene::Scene;
use crate::took::Took;

/// Chance that is always the same, and that the server of this test looks into: so it needs no
/// secret key to learn the client's secret nonce.
struct Open(Dice, Arc<Mutex<Vec<[u8; 32]>>>);

impl Entropy for Open {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
        if let Ok(nonce) = <[u8; 32]>::try_from(&*bytes) {
            self.1.lock().expect("nobody panics here").push(nonce);
        }
    }
}

struct Server {
    scene: Scene,
    framing: ServerFraming,
    drawn: Arc<Mutex<Vec<[u8; 32]>>>,
    nonce: [u8; 16],
    fed: usize,
}

const SERVER_NONCE: [u8; 16] = [0xa5; 16];

/// The server's half: a secret exponent that is not secret, and its public number.
fn half() -> &'static (BigUint, Vec<u8>) {
    static HALF: OnceLock<(BigUint, Vec<u8>)> = OnceLock::new();
    HALF.get_or_init(|| {
        let secret = BigUint::from_bytes_be(&Dice(77).bytes(256));
        let prime = BigUint::from_bytes_be(DhGroup::known().prime());
        let public = BigUint::from(3_u32).modpow(&secret, &prime);
        let public = public.to_bytes_be();
        let padded = [vec![0; 256 - public.len()], public].concat();
        (secret, padded)
    })
}

impl Server {
    fn new() -> Self {
        let address: SocketAddr = ([127, 0, 0, 1], 443).into();
        let keys = vec![RsaPublicKey::production()].into();
        let config = LinkConfig::new(DcId(2), vec![address], keys);
        let drawn = Arc::default();
        let entropy = Box::new(Open(Dice(21), Arc::clone(&drawn)));
        let mut server = Self {
            scene: Scene::new(config, entropy),
            framing: ServerFraming::new(),
            drawn,
            nonce: [0; 16],
            fed: 0,
        };
        let query = server.query().expect("the exchange begins with a query");
        server.nonce = *query.last_chunk().expect("it ends with the nonce");
        // What was drawn before the first answer is of no interest.
        server.drawn.lock().expect("nobody panics here").clear();
        server
    }

    /// The last query of the client, if it has sent one.
    fn query(&mut self) -> Option<Vec<u8>> {
        let sent = std::mem::take(&mut self.scene.sent);
        self.framing.receive(&sent);
        let mut last = None;
        while let Some(packet) = self.framing.next_packet().expect("sound framing") {
            let (_, body) = open_plain(packet.payload).expect("a plain message");
            last = Some(body.to_vec());
        }
        last
    }

    fn answer(&mut self, body: &[u8]) {
        let mut message = Vec::new();
        put_plain(1_800_000_000 << 32 | 1, body, &mut message);
        let mut out = Vec::new();
        let frame = self.framing.begin(message.len(), &mut out);
        out.extend_from_slice(&message);
        self.framing.end(frame, &mut out, &mut Dice(2));
        self.fed += out.len();
        self.scene.input(Input::Received(Lane::One, &out));
    }

    fn res_pq(&self) -> Vec<u8> {
        let answer = types::ResPq {
            nonce: self.nonce,
            server_nonce: SERVER_NONCE,
            pq: vec![0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81],
            server_public_key_fingerprints: vec![5, RsaPublicKey::production().fingerprint()],
        };
        enums::ResPq::from(answer).to_bytes()
    }

    fn new_nonce(&self) -> [u8; 32] {
        let drawn = self.drawn.lock().expect("nobody panics here");
        *drawn.first().expect("the secret nonce was drawn")
    }

    fn dh_inner(&self) -> Vec<u8> {
        let inner = types::ServerDhInnerData {
            nonce: self.nonce,
            server_nonce: SERVER_NONCE,
            g: 3,
            dh_prime: DhGroup::known().prime().to_vec(),
            g_a: half().1.clone(),
            server_time: 1_800_000_000,
        };
        enums::ServerDhInnerData::from(inner).to_bytes()
    }

    /// `server_DH_params_ok` around an object with its hash and padding, or around just any blocks.
    fn dh_params(&self, object: &[u8], with_hash: bool) -> Vec<u8> {
        let mut data = Vec::new();
        if with_hash {
            data.extend(sha1(&[object]));
        }
        data.extend_from_slice(object);
        data.resize(data.len().next_multiple_of(16), 0);
        let keys = temporary_keys(&self.new_nonce(), &SERVER_NONCE);
        ige_encrypt(&keys.key, &keys.iv, &mut data);
        let answer = types::ServerDhParamsOk {
            nonce: self.nonce,
            server_nonce: SERVER_NONCE,
            encrypted_answer: data,
        };
        enums::ServerDhParams::from(answer).to_bytes()
    }

    /// The end of a good exchange: the three answers that it may have.
    fn verdicts(&mut self) -> Vec<Vec<u8>> {
        let query = self.query().expect("the client has sent its half");
        let mut reader = Reader::new(&query[36..]);
        let mut data = reader.bytes().to_vec();
        let keys = temporary_keys(&self.new_nonce(), &SERVER_NONCE);
        ige_decrypt(&keys.key, &keys.iv, &mut data);
        let inner = enums::ClientDhInnerData::deserialize(&mut Reader::new(&data[20..]));
        let enums::ClientDhInnerData::Data(inner) = inner;
        let prime = BigUint::from_bytes_be(DhGroup::known().prime());
        let key = BigUint::from_bytes_be(&inner.g_b).modpow(&half().0, &prime);
        let key = key.to_bytes_be();
        let mut bytes = [0; 256];
        bytes[256 - key.len()..].copy_from_slice(&key);
        let aux = AuthKey::new(bytes).aux_hash();
        let (nonce, server_nonce) = (self.nonce, SERVER_NONCE);
        let hash = |n| new_nonce_hash(&self.new_nonce(), n, &aux);
        let ok = types::DhGenOk {
            nonce,
            server_nonce,
            new_nonce_hash1: hash(1),
        };
        let retry = types::DhGenRetry {
            nonce,
            server_nonce,
            new_nonce_hash2: hash(2),
        };
        let fail = types::DhGenFail {
            nonce,
            server_nonce,
            new_nonce_hash3: hash(3),
        };
        [ok.into(), retry.into(), fail.into()]
            .map(|verdict: enums::SetClientDhParamsAnswer| verdict.to_bytes())
            .to_vec()
    }
}

/// How far an exchange goes well, and where the input takes its place.
const RES_PQ: u8 = 0;
const PARAMS: u8 = 1;
const INNER: u8 = 2;
const BLOCKS: u8 = 3;
const VERDICT: u8 = 4;
const STAGES: u8 = 5;

/// A byte for the stage, and the answer at that stage.
pub(crate) fn answers(data: &[u8]) -> Took {
    let Some((stage, answer)) = data.split_first() else {
        return Took::nothing();
    };
    let stage = stage % STAGES;
    let mut server = Server::new();
    if stage > RES_PQ {
        server.answer(&server.res_pq());
    }
    if stage == VERDICT {
        server.answer(&server.dh_params(&server.dh_inner(), true));
    }
    assert_eq!(server.scene.hang_ups, 0, "all was well so far");
    let answer = match stage {
        INNER | BLOCKS => server.dh_params(answer, stage == INNER),
        _ => answer.to_vec(),
    };
    server.answer(&answer);
    let accepted = server.scene.hang_ups == 0;
    assert!(server.scene.new_keys <= usize::from(accepted && stage == VERDICT));
    server.scene.end();
    Took::of(accepted, server.fed)
}

/// The good answer of each stage.
pub(crate) fn answers_seeds() -> Vec<Vec<u8>> {
    let mut server = Server::new();
    let mut seeds = Vec::new();
    let mut add = |stage: u8, answer: &[u8]| seeds.push([&[stage], answer].concat());
    let res_pq = server.res_pq();
    add(RES_PQ, &res_pq);
    server.answer(&res_pq);
    let inner = server.dh_inner();
    let params = server.dh_params(&inner, true);
    add(PARAMS, &params);
    add(INNER, &inner);
    add(BLOCKS, &[&sha1(&[&inner])[..], &inner].concat());
    server.answer(&params);
    for verdict in server.verdicts() {
        add(VERDICT, &verdict);
    }
    seeds
}
