//! The objects of the key exchange, as they are written and read.
//!
//! What holds secrets goes straight into a buffer that is wiped: it never lies in a TL value.
//!
//! See <https://core.telegram.org/mtproto/auth_key> and the table in
//! <https://core.telegram.org/schema/mtproto>.
use zeroize::Zeroizing;

use crate::tl::{DecodeError, Deserialize, Reader, put_bytes};

const REQ_PQ_MULTI: u32 = 0xbe7e_8ef1;
const RES_PQ: u32 = 0x0516_2463;
const P_Q_INNER_DATA_DC: u32 = 0xa9f5_5f95;
const P_Q_INNER_DATA_TEMP_DC: u32 = 0x56fd_df88;
const REQ_DH_PARAMS: u32 = 0xd712_e4be;
const SERVER_DH_PARAMS_OK: u32 = 0xd0e8_075c;
const SERVER_DH_PARAMS_FAIL: u32 = 0x79cb_045d;
const SERVER_DH_INNER_DATA: u32 = 0xb589_0dba;
const CLIENT_DH_INNER_DATA: u32 = 0x6643_b654;
const SET_CLIENT_DH_PARAMS: u32 = 0xf504_5f1f;
const DH_GEN_OK: u32 = 0x3bcb_f734;
const DH_GEN_RETRY: u32 = 0x46dc_1fb9;
const DH_GEN_FAIL: u32 = 0xa69d_ae02;

/// Both nonces: they stand in every object after the first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nonces {
    pub(super) client: [u8; 16],
    pub(super) server: [u8; 16],
}

impl Nonces {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            client: reader.int128(),
            server: reader.int128(),
        }
    }

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.client);
        out.extend_from_slice(&self.server);
    }
}

fn put_id(id: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&id.to_le_bytes());
}

/// Whatever follows an answer is tolerated: servers append random bytes.
/// See <https://core.telegram.org/mtproto/samples-auth_key>.
fn check(reader: &Reader<'_>) -> Result<(), DecodeError> {
    reader.error().map_or(Ok(()), |error| Err(error.clone()))
}

/// `req_pq_multi`.
pub(super) fn req_pq_multi(nonce: &[u8; 16]) -> Vec<u8> {
    let mut out = Vec::with_capacity(20);
    put_id(REQ_PQ_MULTI, &mut out);
    out.extend_from_slice(nonce);
    out
}

/// `resPQ`.
pub(super) struct ResPq<'a> {
    pub(super) nonces: Nonces,
    pub(super) pq: &'a [u8],
    pub(super) fingerprints: Vec<i64>,
}

impl<'a> ResPq<'a> {
    pub(super) fn read(body: &'a [u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(body);
        let id = reader.u32();
        if id != RES_PQ {
            reader.unknown(id, "ResPQ");
        }
        let answer = Self {
            nonces: Nonces::read(&mut reader),
            pq: reader.bytes(),
            fingerprints: Vec::deserialize(&mut reader),
        };
        check(&reader)?;
        Ok(answer)
    }
}

/// `p_q_inner_data_dc`, or `p_q_inner_data_temp_dc` for a key that expires.
pub(super) struct PqInner<'a> {
    pub(super) pq: &'a [u8],
    pub(super) p: &'a [u8],
    pub(super) q: &'a [u8],
    pub(super) nonces: &'a Nonces,
    pub(super) new_nonce: &'a [u8; 32],
    pub(super) dc: i32,
    pub(super) expires_in: Option<i32>,
}

impl PqInner<'_> {
    pub(super) fn write(&self) -> Zeroizing<Vec<u8>> {
        // Enough for all of it: a buffer that grows leaves copies behind.
        let mut out = Zeroizing::new(Vec::with_capacity(144));
        put_id(
            match self.expires_in {
                None => P_Q_INNER_DATA_DC,
                Some(_) => P_Q_INNER_DATA_TEMP_DC,
            },
            &mut out,
        );
        put_bytes(&mut out, self.pq);
        put_bytes(&mut out, self.p);
        put_bytes(&mut out, self.q);
        self.nonces.put(&mut out);
        out.extend_from_slice(self.new_nonce);
        out.extend_from_slice(&self.dc.to_le_bytes());
        if let Some(seconds) = self.expires_in {
            out.extend_from_slice(&seconds.to_le_bytes());
        }
        out
    }
}

/// `req_DH_params`.
pub(super) fn req_dh_params(
    nonces: &Nonces,
    p: &[u8],
    q: &[u8],
    fingerprint: i64,
    encrypted: &[u8],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(340);
    put_id(REQ_DH_PARAMS, &mut out);
    nonces.put(&mut out);
    put_bytes(&mut out, p);
    put_bytes(&mut out, q);
    out.extend_from_slice(&fingerprint.to_le_bytes());
    put_bytes(&mut out, encrypted);
    out
}

/// `Server_DH_Params`.
pub(super) struct ServerDhParams<'a> {
    pub(super) nonces: Nonces,
    pub(super) answer: DhAnswer<'a>,
}

pub(super) enum DhAnswer<'a> {
    /// `server_DH_params_ok`.
    Encrypted(&'a [u8]),
    /// `server_DH_params_fail`.
    Refused([u8; 16]),
}

impl<'a> ServerDhParams<'a> {
    pub(super) fn read(body: &'a [u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(body);
        let id = reader.u32();
        if id != SERVER_DH_PARAMS_OK && id != SERVER_DH_PARAMS_FAIL {
            reader.unknown(id, "Server_DH_Params");
        }
        let nonces = Nonces::read(&mut reader);
        let answer = if id == SERVER_DH_PARAMS_OK {
            DhAnswer::Encrypted(reader.bytes())
        } else {
            DhAnswer::Refused(reader.int128())
        };
        check(&reader)?;
        Ok(Self { nonces, answer })
    }
}

/// `server_DH_inner_data`.
pub(super) struct ServerDhInner<'a> {
    pub(super) nonces: Nonces,
    pub(super) g: i32,
    pub(super) prime: &'a [u8],
    pub(super) g_a: &'a [u8],
    pub(super) server_time: i32,
    /// How many bytes the object takes.
    pub(super) len: usize,
}

impl<'a> ServerDhInner<'a> {
    pub(super) fn read(answer: &'a [u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(answer);
        let id = reader.u32();
        if id != SERVER_DH_INNER_DATA {
            reader.unknown(id, "Server_DH_inner_data");
        }
        let mut inner = Self {
            nonces: Nonces::read(&mut reader),
            g: reader.i32(),
            prime: reader.bytes(),
            g_a: reader.bytes(),
            server_time: reader.i32(),
            len: 0,
        };
        check(&reader)?;
        inner.len = reader.offset();
        Ok(inner)
    }
}

/// Appends `client_DH_inner_data`.
pub(super) fn put_client_dh_inner(
    nonces: &Nonces,
    retry_id: &[u8; 8],
    g_b: &[u8; 256],
    out: &mut Vec<u8>,
) {
    put_id(CLIENT_DH_INNER_DATA, out);
    nonces.put(out);
    out.extend_from_slice(retry_id);
    put_bytes(out, g_b);
}

/// `set_client_DH_params`.
pub(super) fn set_client_dh_params(nonces: &Nonces, encrypted: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(400);
    put_id(SET_CLIENT_DH_PARAMS, &mut out);
    nonces.put(&mut out);
    put_bytes(&mut out, encrypted);
    out
}

/// `Set_client_DH_params_answer`.
pub(super) struct DhGen {
    pub(super) nonces: Nonces,
    pub(super) verdict: Verdict,
    pub(super) new_nonce_hash: [u8; 16],
}

/// What the server makes of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    Retry,
    Fail,
}

impl Verdict {
    /// The number in the hash that proves the answer.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Ok => 1,
            Self::Retry => 2,
            Self::Fail => 3,
        }
    }
}

impl DhGen {
    pub(super) fn read(body: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(body);
        let verdict = match reader.u32() {
            DH_GEN_OK => Verdict::Ok,
            DH_GEN_RETRY => Verdict::Retry,
            DH_GEN_FAIL => Verdict::Fail,
            id => {
                reader.unknown(id, "Set_client_DH_params_answer");
                Verdict::Fail
            }
        };
        let answer = Self {
            nonces: Nonces::read(&mut reader),
            verdict,
            new_nonce_hash: reader.int128(),
        };
        check(&reader)?;
        Ok(answer)
    }
}
