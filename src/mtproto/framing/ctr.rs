//! AES-256-CTR.
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit, StreamCipher};

pub(super) struct Ctr(Ctr128BE<aes::Aes256>);

impl Ctr {
    pub(super) fn new(key: &[u8; 32], iv: &[u8; 16]) -> Self {
        Self(Ctr128BE::new(key.into(), iv.into()))
    }
    pub(super) fn apply(&mut self, data: &mut [u8]) {
        self.0.apply_keystream(data);
    }
}

pub(super) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::Digest;
    let mut h = sha2::Sha256::new();
    for p in parts {
        h.update(p);
    }
    h.finalize().into()
}
