//! What the key exchange reads and writes beside plain TL values.
use zeroize::Zeroizing;

use crate::tl::{
    DecodeError, DecodeErrorKind, Deserialize, Identifiable, Reader, put_bytes, types,
};

/// More than the longest object that is encrypted for the server. A buffer that grows would leave
/// copies of the secret nonce behind.
const INNER_MAX: usize = 144;

/// Both nonces: they stand in every object after the first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nonces {
    pub(super) client: [u8; 16],
    pub(super) server: [u8; 16],
}

impl Nonces {
    pub(super) fn new(nonce: [u8; 16], server_nonce: [u8; 16]) -> Self {
        Self {
            client: nonce,
            server: server_nonce,
        }
    }
}

/// Reads an answer, and tells how many bytes it takes. What follows it is tolerated: servers append
/// random bytes. See <https://core.telegram.org/mtproto/samples-auth_key>.
pub(super) fn read<T: Deserialize>(bytes: &[u8]) -> Result<(T, usize), DecodeError> {
    take(&mut Reader::new(bytes))
}

/// Reads an answer that has one form only, as [`read`] does. `expected` is the name of its type.
pub(super) fn read_single<T: Identifiable + Deserialize>(
    bytes: &[u8],
    expected: &'static str,
) -> Result<(T, usize), DecodeError> {
    let mut reader = Reader::new(bytes);
    let id = reader.u32();
    if id != T::CONSTRUCTOR_ID {
        reader.unknown(id, expected);
    }
    take(&mut reader)
}

fn take<T: Deserialize>(reader: &mut Reader<'_>) -> Result<(T, usize), DecodeError> {
    let answer = T::deserialize(reader);
    match reader.error() {
        Some(error) => Err(*error),
        None => Ok((answer, reader.offset())),
    }
}

/// The answer is of the type `expected`, but in a form that is not known here.
pub(super) fn unknown(bytes: &[u8], expected: &'static str) -> DecodeError {
    let id = Reader::new(bytes).u32();
    let kind = DecodeErrorKind::UnknownConstructor { id, expected };
    DecodeError { kind, offset: 0 }
}

/// `p_q_inner_data_dc`, or `p_q_inner_data_temp_dc` for a key that expires.
///
/// It holds the secret nonce. That goes straight into a buffer that is wiped: a TL value would
/// leave a copy in memory.
///
/// See <https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation>.
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
        let mut out = Zeroizing::new(Vec::with_capacity(INNER_MAX));
        let id = match self.expires_in {
            None => types::PQInnerDataDc::CONSTRUCTOR_ID,
            Some(_) => types::PQInnerDataTempDc::CONSTRUCTOR_ID,
        };
        out.extend_from_slice(&id.to_le_bytes());
        put_bytes(&mut out, self.pq);
        put_bytes(&mut out, self.p);
        put_bytes(&mut out, self.q);
        out.extend_from_slice(&self.nonces.client);
        out.extend_from_slice(&self.nonces.server);
        out.extend_from_slice(self.new_nonce);
        out.extend_from_slice(&self.dc.to_le_bytes());
        if let Some(seconds) = self.expires_in {
            out.extend_from_slice(&seconds.to_le_bytes());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::{Serialize, enums};

    #[test]
    fn the_inner_data_is_what_the_schema_says() {
        let nonces = Nonces::new([1; 16], [2; 16]);
        let mut inner = PqInner {
            pq: &[9; 8],
            p: &[7; 4],
            q: &[8; 4],
            nonces: &nonces,
            new_nonce: &[3; 32],
            dc: -10_002,
            expires_in: None,
        };
        let permanent = enums::PQInnerData::from(types::PQInnerDataDc {
            pq: vec![9; 8],
            p: vec![7; 4],
            q: vec![8; 4],
            nonce: [1; 16],
            server_nonce: [2; 16],
            new_nonce: [3; 32],
            dc: -10_002,
        });
        assert_eq!(*inner.write(), permanent.to_bytes());
        inner.expires_in = Some(86_400);
        let temporary = enums::PQInnerData::from(types::PQInnerDataTempDc {
            pq: vec![9; 8],
            p: vec![7; 4],
            q: vec![8; 4],
            nonce: [1; 16],
            server_nonce: [2; 16],
            new_nonce: [3; 32],
            dc: -10_002,
            expires_in: 86_400,
        });
        assert_eq!(*inner.write(), temporary.to_bytes());
        assert!(inner.write().len() <= INNER_MAX);
    }
}
