//! A store, and what it did not take yet.
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::net;
use crate::store::{Change, Note, PeerQuery, PeerRecord, Store, StoreError};

/// So many changes are kept for a disk that does not take them.
const UNWRITTEN_MAX: usize = 16 * 1024;

/// How often notes that have expired are dropped, in seconds: with others that are written, so it
/// costs no write of its own.
const EXPIRE_EVERY: u64 = 60 * 60;

/// A store, and the changes that it did not take yet: who looks something up sees both.
pub(super) struct Ledger {
    store: Box<dyn Store>,
    /// What could not be written: it is tried again with whatever comes next.
    unwritten: Vec<Change>,
    /// Why the last write failed; told to whoever flushes next.
    failed: Option<StoreError>,
    /// There is something to be tidied when nobody waits.
    untidy: bool,
    /// When notes that had expired were dropped last, in seconds since the Unix epoch.
    expired: i64,
}

impl Ledger {
    pub(super) fn new(store: Box<dyn Store>) -> Self {
        Self {
            store,
            unwritten: Vec::new(),
            failed: None,
            untidy: true,
            expired: 0,
        }
    }

    /// Writes `changes`, after those that could not be written before.
    pub(super) fn write(&mut self, changes: Vec<Change>) {
        if changes.iter().any(|it| matches!(it, Change::Note(_))) {
            self.expire(net::now().unix_seconds());
        }
        self.unwritten.extend(changes);
        if self.unwritten.len() > UNWRITTEN_MAX {
            // Who somebody is can be asked again; what else there is has few places.
            self.unwritten
                .retain(|change| !matches!(change, Change::Peer(_)));
        }
        if self.unwritten.is_empty() {
            return;
        }
        self.untidy = true;
        match guarded(&mut self.store, |store| store.apply(&self.unwritten)) {
            Ok(()) => {
                self.unwritten.clear();
                self.failed = None;
            }
            Err(error) => {
                tracing::warn!(%error, "the session could not be written");
                self.failed = Some(error);
            }
        }
    }

    fn expire(&mut self, now: i64) {
        if self.expired.abs_diff(now) >= EXPIRE_EVERY {
            self.expired = now;
            self.unwritten.push(Change::Expire { now });
        }
    }

    /// Why the last write failed, if it did.
    pub(super) fn failure(&self) -> Option<&StoreError> {
        self.failed.as_ref()
    }

    /// Why the last write failed, for whoever wants to know whether all is written.
    pub(super) fn take_failure(&mut self) -> Result<(), StoreError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    /// What is known of a peer, written or not.
    pub(super) fn find(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        let found = guarded(&mut self.store, |store| store.peer(query))?;
        Ok(self.as_changed(query, found))
    }

    /// The same of several, which takes a store on another machine no longer.
    pub(super) fn find_all(
        &mut self,
        queries: &[PeerQuery<'_>],
    ) -> Result<Vec<Option<PeerRecord>>, StoreError> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let found = guarded(&mut self.store, |store| store.peers(queries))?;
        let pairs = queries.iter().zip(found);
        Ok(pairs
            .map(|(query, found)| self.as_changed(query, found))
            .collect())
    }

    /// What the store has found, with what is not written yet.
    fn as_changed(
        &self,
        query: &PeerQuery<'_>,
        mut found: Option<PeerRecord>,
    ) -> Option<PeerRecord> {
        for change in &self.unwritten {
            match change {
                Change::Peer(record) if record.answers(query) => found = Some(record.clone()),
                // Under this name the store has it, but it is called otherwise now.
                Change::Peer(record) if found.as_ref().is_some_and(|it| it.id == record.id) => {
                    found = None;
                }
                change if change.forgets_account() => found = None,
                _ => {}
            }
        }
        found
    }

    /// Renews the claim to the session: for how long it holds, if it ends at all.
    pub(super) fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        guarded(&mut self.store, |store| store.renew())
    }

    /// The notes of a room that have not expired, written or not, the one that was written first in
    /// front.
    pub(super) fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        let mut notes = guarded(&mut self.store, |store| store.notes(room))?;
        for change in &self.unwritten {
            match change {
                Change::Note(note) if note.room == room => {
                    notes.retain(|it| it.key != note.key);
                    notes.push(note.clone());
                }
                Change::NoNote { room: of, key } if of == room => {
                    notes.retain(|it| it.key != *key);
                }
                change if change.forgets_account() => notes.clear(),
                _ => {}
            }
        }
        let now = net::now().unix_seconds();
        notes.retain(|note| !note.has_expired(now));
        Ok(notes)
    }

    /// One note that has not expired, written or not.
    pub(super) fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        let unwritten = self.unwritten.iter().rev().find_map(|change| match change {
            Change::Note(note) if note.room == room && note.key == key => Some(Some(note.clone())),
            Change::NoNote { room: of, key: it } if of == room && it == key => Some(None),
            change if change.forgets_account() => Some(None),
            _ => None,
        });
        let note = match unwritten {
            Some(note) => note,
            None => guarded(&mut self.store, |store| store.note(room, key))?,
        };
        let now = net::now().unix_seconds();
        Ok(note.filter(|note| !note.has_expired(now)))
    }

    /// Whether there is something to be tidied when nobody waits.
    pub(super) fn is_untidy(&self) -> bool {
        self.untidy
    }

    /// Tidies a piece.
    pub(super) fn tidy(&mut self) {
        let more = guarded(&mut self.store, |store| store.tidy());
        self.untidy = more.unwrap_or_else(|error| {
            tracing::warn!(%error, "the session could not be written anew: it is as it was");
            false
        });
    }
}

/// The store may be the user's own. If it took this thread along, keys would never be reported as
/// saved, and nobody would learn why.
fn guarded<T>(
    store: &mut Box<dyn Store>,
    act: impl FnOnce(&mut dyn Store) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let acted = catch_unwind(AssertUnwindSafe(|| act(&mut **store)));
    acted.unwrap_or_else(|_| Err(StoreError::Other("it panicked".into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{MemoryStore, PeerKey, Records};

    /// A store that takes nothing new.
    struct Full(MemoryStore);

    impl Store for Full {
        fn load(&mut self) -> Result<Records, StoreError> {
            self.0.load()
        }

        fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
            Err(StoreError::Other("the disk is full".into()))
        }

        fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
            self.0.peer(query)
        }

        fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
            self.0.notes(room)
        }

        fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
            self.0.note(room, key)
        }
    }

    fn peer(id: i64, name: &str) -> Change {
        Change::Peer(PeerRecord {
            usernames: vec![name.to_owned()],
            ..PeerRecord::new(PeerKey::User(id))
        })
    }

    fn note(key: u8, byte: u8) -> Change {
        Change::Note(Note {
            room: "room".to_owned(),
            key: vec![key],
            bytes: vec![byte],
            expires: None,
        })
    }

    #[test]
    fn notes_that_are_not_written_yet_are_found() {
        let mut kept = MemoryStore::new();
        kept.apply(&[note(1, 1), note(2, 2), note(3, 3)]).unwrap();
        let mut ledger = Ledger::new(Box::new(Full(kept)));
        let gone = Change::NoNote {
            room: "room".to_owned(),
            key: vec![2],
        };
        ledger.write(vec![note(1, 7), gone, note(4, 4)]);
        for (key, byte) in [
            (1, Some(7)),
            (2, None),
            (3, Some(3)),
            (4, Some(4)),
            (5, None),
        ] {
            let note = ledger.note("room", &[key]).unwrap();
            assert_eq!(note.map(|it| it.bytes[0]), byte);
        }
        let notes = ledger.notes("room").unwrap();
        let bytes: Vec<u8> = notes.iter().map(|it| it.bytes[0]).collect();
        assert_eq!(bytes, [3, 7, 4]);
        assert!(ledger.notes("another").unwrap().is_empty());
    }

    #[test]
    fn notes_that_have_expired_go_when_others_are_written() {
        let note = |key, expires| {
            Change::Note(Note {
                room: "room".to_owned(),
                key: vec![key],
                bytes: Vec::new(),
                expires,
            })
        };
        let mut kept = MemoryStore::new();
        let far = Some(i64::MAX);
        kept.apply(&[note(1, Some(5)), note(2, far), note(3, None)])
            .unwrap();
        let mut ledger = Ledger::new(Box::new(kept.clone()));
        let mut keys = || {
            let notes = kept.notes("room").unwrap();
            notes.iter().map(|it| it.key[0]).collect::<Vec<_>>()
        };
        ledger.write(vec![peer(1, "one")]);
        assert_eq!(keys(), [1, 2, 3], "nobody wrote a note");
        ledger.write(vec![note(4, Some(5))]);
        assert_eq!(keys(), [2, 3, 4], "what is new may be of use yet");
        ledger.write(vec![note(5, None)]);
        assert_eq!(keys(), [2, 3, 4, 5], "not each time");
        ledger.expired -= EXPIRE_EVERY as i64;
        ledger.write(vec![note(6, None)]);
        assert_eq!(keys(), [2, 3, 5, 6]);
    }

    #[test]
    fn what_is_not_written_yet_is_found() {
        let mut kept = MemoryStore::new();
        kept.apply(&[peer(1, "one"), peer(2, "two")]).unwrap();
        let mut ledger = Ledger::new(Box::new(Full(kept)));
        ledger.write(vec![peer(1, "renamed"), peer(3, "TWO")]);
        ledger.write(vec![peer(4, "four")]);
        assert!(ledger.failure().is_some());
        let mut owner = |query| ledger.find(&query).unwrap().map(|it| it.id);
        assert_eq!(owner(PeerQuery::Name("one")), None);
        assert_eq!(owner(PeerQuery::Name("renamed")), Some(PeerKey::User(1)));
        assert_eq!(owner(PeerQuery::Name("two")), Some(PeerKey::User(3)));
        assert_eq!(
            owner(PeerQuery::Id(PeerKey::User(4))),
            Some(PeerKey::User(4))
        );
        ledger.write(vec![Change::SignedOut]);
        assert!(
            ledger.notes("room").unwrap().is_empty(),
            "another account's"
        );
        let mut owner = |query| ledger.find(&query).unwrap().map(|it| it.id);
        assert_eq!(
            owner(PeerQuery::Id(PeerKey::User(2))),
            None,
            "another account's"
        );
    }
}
