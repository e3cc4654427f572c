//! `auth.bindTempAuthKey`: a temporary key shows to whom it belongs.
//!
//! See <https://core.telegram.org/method/auth.bindTempAuthKey>.
use std::sync::Arc;

use ferogram_sync::crypto::{AuthKey, Side, derive_v1, equal, ige_decrypt, message_key_v1};
use ferogram_sync::tl::Reader;

use super::peer::{Incoming, Peer};
use crate::api::RpcError;
use crate::wire::ids::{BIND_AUTH_KEY_INNER, BOOL_TRUE};

/// Key id, message key, and five blocks.
const SEALED_LEN: usize = 8 + 16 + 80;

/// A header of 32 bytes and the object of 40.
const PLAIN_LEN: usize = 72;

/// A client computes when its key dies by its own idea of the server's time: it may be off by this
/// many seconds.
const EXPIRY_SLACK: i64 = 120;

/// What the proof says.
#[derive(Debug, PartialEq, Eq)]
struct Proof {
    msg_id: i64,
    nonce: i64,
    temporary_id: i64,
    permanent_id: i64,
    session_id: i64,
    expires_at: i32,
}

impl Peer {
    /// Binds the key that the query came under.
    pub(super) fn bind(&self, incoming: Incoming<'_>, body: &[u8]) -> Result<Vec<u8>, RpcError> {
        let mut reader = Reader::new(body);
        reader.u32();
        let (permanent_id, nonce) = (reader.i64(), reader.i64());
        let (expires_at, sealed) = (reader.i32(), reader.bytes());
        if reader.finish().is_err() {
            return Err(RpcError::new(400, "INPUT_FETCH_ERROR"));
        }
        let temporary = incoming.key;
        let Some(dies) = temporary.expires_at else {
            return Err(RpcError::new(400, "TEMP_AUTH_KEY_EMPTY"));
        };
        let told = i64::from(expires_at);
        if told <= incoming.now.as_secs().cast_signed() || told > dies + EXPIRY_SLACK {
            return Err(RpcError::new(400, "EXPIRES_AT_INVALID"));
        }
        let invalid = || RpcError::new(400, "ENCRYPTED_MESSAGE_INVALID");
        let permanent = self.centre.keys.find(permanent_id).ok_or_else(invalid)?;
        let expected = Proof {
            msg_id: incoming.part.msg_id,
            nonce,
            temporary_id: temporary.id,
            permanent_id,
            session_id: incoming.session_id,
            expires_at,
        };
        if permanent.is_temporary() || open(&permanent.auth, sealed) != Some(expected) {
            return Err(invalid());
        }
        let mut state = temporary.lock();
        let other = |bound: &Arc<_>| !Arc::ptr_eq(bound, &permanent);
        if state.bound.as_ref().is_some_and(other) {
            return Err(RpcError::new(400, "TEMP_AUTH_KEY_ALREADY_BOUND"));
        }
        state.bound = Some(permanent);
        // What the client is has to be told anew. See https://core.telegram.org/api/pfs.
        state.program = None;
        Ok(BOOL_TRUE.to_le_bytes().to_vec())
    }
}

/// Opens the proof: a message of MTProto 1.0 under the permanent key.
fn open(permanent: &AuthKey, sealed: &[u8]) -> Option<Proof> {
    if sealed.len() != SEALED_LEN {
        return None;
    }
    let (key_id, rest) = sealed.split_first_chunk::<8>()?;
    let (msg_key, rest) = rest.split_first_chunk::<16>()?;
    if i64::from_le_bytes(*key_id) != permanent.id() {
        return None;
    }
    let keys = derive_v1(permanent, Side::Client, msg_key);
    let mut plain = rest.to_vec();
    ige_decrypt(&keys.key, &keys.iv, &mut plain);
    let plain = &plain[..PLAIN_LEN];
    if !equal(&message_key_v1(plain), msg_key) {
        return None;
    }
    let mut reader = Reader::new(&plain[16..]);
    let (msg_id, seq_no, length) = (reader.i64(), reader.i32(), reader.i32());
    let id = reader.u32();
    let proof = Proof {
        msg_id,
        nonce: reader.i64(),
        temporary_id: reader.i64(),
        permanent_id: reader.i64(),
        session_id: reader.i64(),
        expires_at: reader.i32(),
    };
    (seq_no == 0 && length == 40 && id == BIND_AUTH_KEY_INNER).then_some(proof)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn the_published_inputs() {
        let permanent = AuthKey::new(std::array::from_fn(|i| 255 - i as u8));
        let mut sealed = bytes(concat!(
            "96d1b10e8f724a137bb888c6aa9280ce9664b5279ec8e944bacb4c9772e1fbb439b1c5605cbedeb01d86",
            "458335146b2857b5af0a3cedd9af96ec96f4cea213d51c73abe02e86de4d3e9e382788b92ed0d8d93563",
            "eb03ffd2c435ec4f393370d390921d44f5c82ebb",
        ));
        let proof = open(&permanent, &sealed).unwrap();
        assert_eq!(
            proof,
            Proof {
                msg_id: 0x0011_2233_4455_6677,
                nonce: 0x0001_0203_0405_0607,
                temporary_id: 0x0011_2233_4455_6677,
                permanent_id: permanent.id(),
                session_id: 0x0010_2030_4050_6070,
                expires_at: 1_735_689_600,
            }
        );
        for at in 0..SEALED_LEN - 16 {
            sealed[at] ^= 1;
            assert_eq!(open(&permanent, &sealed), None, "byte {at}");
            sealed[at] ^= 1;
        }
        assert_eq!(open(&permanent, &sealed[1..]), None);
    }
}
