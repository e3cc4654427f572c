//! What was executed, and how often.
use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// Counts methods, and single requests if told to.
#[derive(Default)]
pub(crate) struct Ledger {
    methods: HashMap<&'static str, u64>,
    /// By the hash of method and fields: one entry is of the same size whatever the request's.
    requests: Option<HashMap<[u8; 32], u64>>,
}

impl Ledger {
    /// A method runs; `request` is its constructor id and its fields.
    pub(crate) fn count(&mut self, method: &'static str, request: &[u8]) {
        *self.methods.entry(method).or_default() += 1;
        if let Some(requests) = &mut self.requests {
            *requests.entry(Sha256::digest(request).into()).or_default() += 1;
        }
    }

    /// From now on single requests are counted too.
    pub(crate) fn count_requests(&mut self) {
        self.requests.get_or_insert_default();
    }

    /// How often a method ran.
    pub(crate) fn method(&self, name: &str) -> u64 {
        self.methods.get(name).copied().unwrap_or(0)
    }

    /// How often this very request ran; none if nobody has counted.
    pub(crate) fn request(&self, request: &[u8]) -> Option<u64> {
        let requests = self.requests.as_ref()?;
        let hash: [u8; 32] = Sha256::digest(request).into();
        Some(requests.get(&hash).copied().unwrap_or(0))
    }
}
