//! A session that ends with the process.
use std::sync::Arc;

use parking_lot::Mutex;

use super::change::Change;
use super::error::StoreError;
use super::note::Note;
use super::note_book::NoteBook;
use super::peer::{PeerQuery, PeerRecord};
use super::peer_book::PeerBook;
use super::records::Records;
use super::store::Store;

/// Keeps a session in memory: for tests, and for programs that sign in anew each time.
///
/// A clone is another handle to the same session, so whoever gave a client its store can still
/// look into it, or hand it to a later client.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    records: Records,
    peers: PeerBook,
    notes: NoteBook,
}

impl MemoryStore {
    /// A session that is new.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A session that goes on from `records`.
    #[must_use]
    pub fn from_records(records: Records) -> Self {
        let kept = Kept {
            records,
            ..Kept::default()
        };
        Self(Arc::new(Mutex::new(kept)))
    }

    /// The records as they are now.
    #[must_use]
    pub fn snapshot(&self) -> Records {
        self.0.lock().records.clone()
    }

    /// Everybody that was seen, in no order.
    #[must_use]
    pub fn peers(&self) -> Vec<PeerRecord> {
        self.0.lock().peers.iter().collect()
    }
}

impl Store for MemoryStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(self.snapshot())
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        for change in changes {
            change.check()?;
        }
        let kept = &mut *self.0.lock();
        for change in changes {
            change.apply(&mut kept.records);
            kept.peers.apply(change);
            kept.notes.apply(change);
        }
        Ok(())
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        Ok(self.0.lock().peers.find(query))
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        Ok(self.0.lock().notes.room(room).cloned().collect())
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        Ok(self.0.lock().notes.find(room, key).cloned())
    }

    fn needs_own_thread(&self) -> bool {
        false
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
