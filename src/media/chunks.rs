//! A file that comes piece by piece.
use std::fmt;
use std::iter::FusedIterator;

use super::chunk::Chunk;
use super::control::{Progress, TransferHandle};
use super::fetch::Fetch;
use crate::client::WeakClient;
use crate::error::Result;

/// A file that comes piece by piece, in order: see
/// [`Download::chunks`](crate::Download::chunks).
///
/// It does not keep the client alive. It ends after an error; dropping it cancels what is under
/// way.
#[must_use = "an iterator gives nothing before it is read"]
pub struct Chunks {
    client: WeakClient,
    fetch: Option<Fetch>,
    control: TransferHandle,
}

impl Chunks {
    pub(super) fn new(client: WeakClient, fetch: Fetch, control: TransferHandle) -> Self {
        Self {
            client,
            fetch: Some(fetch),
            control,
        }
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.control.progress()
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        let fetch = self.fetch.as_mut()?;
        let next = self.client.upgrade();
        let next = next.and_then(|client| fetch.next(&client)).transpose();
        if !matches!(next, Some(Ok(_))) {
            self.fetch = None;
        }
        next
    }
}

impl FusedIterator for Chunks {}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
