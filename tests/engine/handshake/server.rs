//! The other side of the key exchange, for the tests: it computes everything in its own way.
//!
//! See <https://core.telegram.org/mtproto/auth_key>.
use num_bigint::BigUint;

use crate::given::{Seeded, hex};
use ferogram_sync::Entropy;
use ferogram_sync::crypto::{DhGroup, RsaPublicKey, ige_decrypt, ige_encrypt, sha1, sha256};
use ferogram_sync::tl::{Deserialize, Reader, Serialize, enums, types};

/// An RSA key that exists for these tests only: modulus and secret exponent.
const MODULUS: &str = "\
    c232cd6e25636838a76cc30becf54373ac4deab1a63ddf8eb27c82a4a228b63cb94880c95718232ac9d8610e\
    a9b793e316c1b7c16baea565e5cdf80dabc457cfeddbc8e3c4b174f8689ded83f6a63fe9194fe7ce8b0e3df8\
    9f75e02df0621b7784a016e2d08c32537a637bfb8c3ff3cbc83b358bbb597528d319574575e7a75cca37b653\
    fc4888ac460f673ed472a6c6dd3ac13d87dbefae2ca55da95c8ccd421c6fb910df79dda447e919ab64ddcedd\
    4af139088d94a65cb3abb32d06a0d58594eb28082820aebde79715ec93953d700d68aea45115278ac7071159\
    eb875cf393a5feb77310d1293531f1bee356332cdc237af2168178177d9d0f69722bae93";
const SECRET: &str = "\
    2536f51529870e3ee51ebb95fa77d9d03df1c48afcaf98bad0cb7981b12d9a16b2ef08f70c80aca4937faac1\
    d3964179e02f8956409b7c48b5ac2ddff8cdac824533bc20a1dddbeb8aa8d10e5be2ea16726a54a2c915169d\
    2179c657275cb5a4c6bea3041e30efa7fda938e630af44ba058a0b2dd6de42cc6affcd309b72a428973c5564\
    7b559d334082f248ba282547b1804b94c0667985e55d7a77576b5f0122ae2e3180a80375a0bcf773bf00cafd\
    3203796fb5fc2864240bc38e335fffcb7938932ce1020c030f13117d07461ac6065c97b805a4a35fcad22ec6\
    e18507d81f58900b8522d97a9031a9432dfcebbed380d2ab0a6b3839977d0774308da811";

/// Another good prime, the one of <https://www.rfc-editor.org/rfc/rfc3526#section-3>, with the
/// generator 2.
pub(crate) const OTHER_PRIME: &str = "\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a0879\
    8e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b\
    0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da4836\
    1c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804\
    f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6\
    955817183995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff";

/// What a server knows of one exchange.
pub(crate) struct Server {
    pub(crate) dice: Seeded,
    pub(crate) prime: Vec<u8>,
    pub(crate) g: i32,
    pub(crate) pq: Vec<u8>,
    pub(crate) server_time: i32,
    /// What the client said when it proved its work.
    pub(crate) inner: Option<enums::PQInnerData>,
    /// The key that came out last.
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) retry_id: Option<i64>,
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    a: BigUint,
}

pub(crate) fn public_key() -> RsaPublicKey {
    RsaPublicKey::from_parts(&hex(MODULUS), &[1, 0, 1]).unwrap()
}

fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

pub(crate) fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut padded = vec![0; 256 - bytes.len()];
    padded.extend(bytes);
    padded
}

/// An answer as it goes over the wire: random bytes follow the object.
fn answer(object: &impl Serialize) -> Vec<u8> {
    let mut out = object.to_bytes();
    out.extend_from_slice(&[0xd1; 48]);
    out
}

impl Server {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Seeded::new(seed);
        let a = number(&dice.bytes(256));
        let server_nonce = dice.bytes(16).try_into().unwrap();
        Self {
            dice,
            prime: DhGroup::known().prime().to_vec(),
            g: 3,
            pq: hex("17ed48941a08f981"),
            server_time: 1_800_000_000,
            inner: None,
            key: None,
            retry_id: None,
            nonce: [0; 16],
            server_nonce,
            new_nonce: [0; 32],
            a,
        }
    }

    /// Answers `req_pq_multi`.
    pub(crate) fn res_pq(&mut self, query: &[u8]) -> types::ResPq {
        let mut reader = Reader::new(query);
        assert_eq!(reader.u32(), 0xbe7e_8ef1);
        self.nonce = reader.int128();
        reader.finish().unwrap();
        types::ResPq {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            pq: self.pq.clone(),
            server_public_key_fingerprints: vec![12345, public_key().fingerprint()],
        }
    }

    /// Reads `req_DH_params` and checks all of it.
    pub(crate) fn read_req_dh_params(&mut self, query: &[u8]) {
        let mut reader = Reader::new(query);
        assert_eq!(reader.u32(), 0xd712_e4be);
        assert_eq!(reader.int128(), self.nonce);
        assert_eq!(reader.int128(), self.server_nonce);
        let (p, q) = (reader.bytes().to_vec(), reader.bytes().to_vec());
        assert!(number(&p) < number(&q) && p[0] != 0 && q[0] != 0);
        assert_eq!(number(&p) * number(&q), number(&self.pq));
        assert_eq!(reader.i64(), public_key().fingerprint());
        let data = unpad(reader.bytes());
        reader.finish().unwrap();
        let inner = enums::PQInnerData::deserialize(&mut Reader::new(&data));
        let (in_p, in_q, nonce, server_nonce, new_nonce) = match &inner {
            enums::PQInnerData::Dc(x) => (&x.p, &x.q, x.nonce, x.server_nonce, x.new_nonce),
            enums::PQInnerData::TempDc(x) => (&x.p, &x.q, x.nonce, x.server_nonce, x.new_nonce),
            other => panic!("an old form: {other:?}"),
        };
        assert_eq!((in_p, in_q), (&p, &q));
        assert_eq!((nonce, server_nonce), (self.nonce, self.server_nonce));
        self.new_nonce = new_nonce;
        self.inner = Some(inner);
    }

    /// Our half of the exchange.
    pub(crate) fn dh_inner(&self) -> types::ServerDhInnerData {
        let g = BigUint::from(self.g as u32);
        types::ServerDhInnerData {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            g: self.g,
            dh_prime: self.prime.clone(),
            g_a: padded(&g.modpow(&self.a, &number(&self.prime))),
            server_time: self.server_time,
        }
    }

    /// `server_DH_params_ok` around it.
    pub(crate) fn dh_params(
        &mut self,
        inner: &types::ServerDhInnerData,
    ) -> types::ServerDhParamsOk {
        let object = enums::ServerDhInnerData::from(inner.clone()).to_bytes();
        let mut data = sha1(&[&object]).to_vec();
        data.extend(&object);
        let padding = (16 - data.len() % 16) % 16;
        data.extend(self.dice.bytes(padding));
        self.seal(data)
    }

    /// The same around any bytes, whole blocks of them.
    pub(crate) fn seal(&self, mut data: Vec<u8>) -> types::ServerDhParamsOk {
        let (key, iv) = self.temporary_keys();
        ige_encrypt(&key, &iv, &mut data);
        types::ServerDhParamsOk {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            encrypted_answer: data,
        }
    }

    /// Reads `set_client_DH_params` and makes the key.
    pub(crate) fn read_set_client_dh_params(&mut self, query: &[u8]) {
        let mut reader = Reader::new(query);
        assert_eq!(reader.u32(), 0xf504_5f1f);
        assert_eq!(reader.int128(), self.nonce);
        assert_eq!(reader.int128(), self.server_nonce);
        let mut data = reader.bytes().to_vec();
        reader.finish().unwrap();
        let (key, iv) = self.temporary_keys();
        ige_decrypt(&key, &iv, &mut data);
        let mut reader = Reader::new(&data[20..]);
        let enums::ClientDhInnerData::Data(inner) =
            enums::ClientDhInnerData::deserialize(&mut reader);
        let len = reader.offset();
        assert!(reader.len() < 16);
        assert_eq!(data[..20], sha1(&[&data[20..20 + len]]));
        assert_eq!(inner.nonce, self.nonce);
        assert_eq!(inner.server_nonce, self.server_nonce);
        assert_eq!(inner.g_b.len(), 256);
        assert_ne!(inner.g_b[..8], [0; 8], "g_b is too small");
        let key = number(&inner.g_b).modpow(&self.a, &number(&self.prime));
        self.key = Some(padded(&key));
        self.retry_id = Some(inner.retry_id);
    }

    fn temporary_keys(&self) -> ([u8; 32], [u8; 32]) {
        let (new, server) = (&self.new_nonce[..], &self.server_nonce[..]);
        let stream = [
            sha1(&[new, server]).to_vec(),
            sha1(&[server, new]).to_vec(),
            sha1(&[new, new]).to_vec(),
            new[..4].to_vec(),
        ]
        .concat();
        (
            stream[..32].try_into().unwrap(),
            stream[32..].try_into().unwrap(),
        )
    }

    pub(crate) fn key(&self) -> &[u8] {
        self.key.as_ref().unwrap()
    }

    pub(crate) fn aux_hash(&self) -> [u8; 8] {
        sha1(&[self.key()])[..8].try_into().unwrap()
    }

    fn hash(&self, n: u8) -> [u8; 16] {
        let hash = sha1(&[&self.new_nonce, &[n], &self.aux_hash()]);
        hash[4..].try_into().unwrap()
    }

    pub(crate) fn ok(&self) -> types::DhGenOk {
        types::DhGenOk {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            new_nonce_hash1: self.hash(1),
        }
    }

    pub(crate) fn retry(&self) -> types::DhGenRetry {
        types::DhGenRetry {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            new_nonce_hash2: self.hash(2),
        }
    }

    pub(crate) fn fail(&self) -> types::DhGenFail {
        types::DhGenFail {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            new_nonce_hash3: self.hash(3),
        }
    }

    pub(crate) fn refusal(&self) -> types::ServerDhParamsFail {
        types::ServerDhParamsFail {
            nonce: self.nonce,
            server_nonce: self.server_nonce,
            new_nonce_hash: sha1(&[&self.new_nonce])[4..].try_into().unwrap(),
        }
    }

    /// The first salt: the nonces' first halves, one over the other.
    pub(crate) fn salt(&self) -> i64 {
        let new = i64::from_le_bytes(self.new_nonce[..8].try_into().unwrap());
        new ^ i64::from_le_bytes(self.server_nonce[..8].try_into().unwrap())
    }
}

pub(crate) fn pq(object: types::ResPq) -> Vec<u8> {
    answer(&enums::ResPq::from(object))
}

pub(crate) fn params(object: impl Into<enums::ServerDhParams>) -> Vec<u8> {
    answer(&object.into())
}

pub(crate) fn verdict(object: impl Into<enums::SetClientDhParamsAnswer>) -> Vec<u8> {
    answer(&object.into())
}

/// Undoes the padding that the client put around its data, and checks it.
fn unpad(encrypted: &[u8]) -> Vec<u8> {
    let number =
        number(encrypted).modpow(&self::number(&hex(SECRET)), &self::number(&hex(MODULUS)));
    let bytes = padded(&number);
    let (masked, sealed) = bytes.split_at(32);
    let mut key = sha256(&[sealed]);
    for (byte, mask) in key.iter_mut().zip(masked) {
        *byte ^= mask;
    }
    let mut data = sealed.to_vec();
    ige_decrypt(&key, &[0; 32], &mut data);
    let hash = data.split_off(192);
    data.reverse();
    assert_eq!(hash, sha256(&[&key, &data]));
    data
}

/// Chance that begins with given bytes.
pub(crate) struct Begun(pub(super) Vec<u8>, pub(super) Seeded);

impl Entropy for Begun {
    fn fill(&mut self, bytes: &mut [u8]) {
        let given = bytes.len().min(self.0.len());
        let (first, rest) = bytes.split_at_mut(given);
        first.copy_from_slice(&self.0[..given]);
        self.0.drain(..given);
        self.1.fill(rest);
    }
}
