//! A session that ends with the process.
use std::sync::Arc;

use parking_lot::Mutex;

use super::change::Change;
use super::error::StoreError;
use super::records::Records;
use super::store::Store;

/// Keeps a session in memory: for tests, and for programs that sign in anew each time.
///
/// A clone is another handle to the same records, so whoever gave a client its store can still
/// look into it, or hand the records to a later client.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Records>>);

impl MemoryStore {
    /// A session that is new.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A session that goes on from `records`.
    #[must_use]
    pub fn from_records(records: Records) -> Self {
        Self(Arc::new(Mutex::new(records)))
    }

    /// The records as they are now.
    #[must_use]
    pub fn snapshot(&self) -> Records {
        self.0.lock().clone()
    }
}

impl Store for MemoryStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(self.snapshot())
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let mut records = self.0.lock();
        for change in changes {
            change.apply(&mut records);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dc::DcId;

    #[test]
    fn clones_share_their_records() {
        let watcher = MemoryStore::new();
        let mut store = watcher.clone();
        store.apply(&[Change::HomeDc(DcId(4))]).unwrap();
        assert_eq!(watcher.snapshot().home_dc, Some(DcId(4)));
        let mut next = MemoryStore::from_records(watcher.snapshot());
        next.apply(&[Change::HomeDc(DcId(5))]).unwrap();
        assert_eq!(next.load().unwrap().home_dc, Some(DcId(5)));
        assert_eq!(watcher.snapshot().home_dc, Some(DcId(4)));
    }
}
