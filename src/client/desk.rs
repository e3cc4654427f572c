//! What the thread that has the stores does for one client.
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::Sender;
use parking_lot::Mutex;

use super::lease::Lease;
use super::registry::{Find, Lessons, Registry};
use super::rung::Rung;
use crate::dc::DcId;
use crate::mtproto;
use crate::net::{self, Empty, Ending, Handle, Inbox, LinkId, Notice};
use crate::secret::Secret;
use crate::store::{Change, KeyPlace, KeyRecord, Note, Records, SaltRecord, StoreError};

/// One write takes at most so many changes, so that a flush is never far away.
const BATCH_MAX: usize = 1024;

/// What the thread is asked for.
pub(super) enum Task {
    Apply(Vec<Change>),
    /// To be taken in of peers that are not in the cache.
    Learn(Lessons),
    Find(Find),
    /// The notes of a room.
    Notes(&'static str, Sender<Result<Vec<Note>, StoreError>>),
    /// One note, by its room and key.
    Note(String, Vec<u8>, Sender<Result<Option<Note>, StoreError>>),
    Flush(Sender<Result<(), StoreError>>),
    /// A word, when what came before has been written, if it could be.
    Tell(Sender<()>),
}

/// How far a turn at a desk has come.
pub(super) enum Worked {
    /// Nothing is left.
    All,
    /// There is more.
    Some,
    /// The client has closed, and all is written.
    Over,
}

/// What the thread owns of a client.
pub(super) struct Desk {
    pub(super) registry: Registry,
    pub(super) lease: Lease,
    pub(super) tasks: Inbox<Task>,
    pub(super) notices: Inbox<Notice>,
    pub(super) rung: Rung,
    pub(super) records: Arc<Mutex<Records>>,
    pub(super) links: Arc<Mutex<HashMap<LinkId, DcId>>>,
    /// Whether all was written in the end.
    pub(super) last: Arc<Mutex<Option<Result<(), StoreError>>>>,
    pub(super) handle: Handle,
    pub(super) pfs: bool,
    /// Ends with the desk.
    pub(super) _ending: Ending,
}

impl Desk {
    /// When the claim to the session is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.lease.due()
    }

    pub(super) fn renew(&mut self) {
        if self.lease.is_due() {
            self.lease.renew(&mut self.registry.ledger, &self.handle);
        }
    }

    /// Whether there is something to be done when nobody waits.
    pub(super) fn is_untidy(&self) -> bool {
        self.registry.ledger.is_untidy()
    }

    pub(super) fn tidy(&mut self) {
        self.registry.ledger.tidy();
    }

    /// One turn: what the network says, and one task with those that can be done with it.
    pub(super) fn work(&mut self) -> Worked {
        self.rung.heard();
        // Nobody waits behind what could be done later, a key least of all.
        while let Ok(notice) = self.notices.take() {
            self.notice(notice);
        }
        match self.tasks.take() {
            Ok(task) => {
                self.serve(task);
                Worked::Some
            }
            Err(Empty::Yet) => Worked::All,
            Err(Empty::Ended) => {
                // The network was done with the client before its tasks ended.
                while let Ok(notice) = self.notices.take() {
                    self.notice(notice);
                }
                self.registry.ledger.write(Vec::new());
                *self.last.lock() = Some(self.registry.ledger.take_failure());
                Worked::Over
            }
        }
    }

    /// Ends the client too: without the desk no key would ever be told as kept, and who waits for
    /// one would wait until the deadline.
    pub(super) fn leave(self) {
        self.handle.shutdown();
    }

    /// Does a task, and those behind it that can be done with it.
    fn serve(&mut self, task: Task) {
        let mut next = Some(task);
        let mut batch = Vec::new();
        while let Some(Task::Apply(changes)) = next {
            batch.extend(changes);
            next = match batch.len() < BATCH_MAX {
                true => self.tasks.take().ok(),
                false => None,
            };
        }
        // Also without changes: what could not be written before may be now.
        self.registry.ledger.write(batch);
        match next {
            Some(Task::Learn(lessons)) => self.registry.learn(lessons),
            Some(Task::Find(find)) => self.registry.find(find),
            Some(Task::Notes(room, reply)) => {
                reply.send(self.registry.ledger.notes(room)).ok();
            }
            Some(Task::Note(room, key, reply)) => {
                reply.send(self.registry.ledger.note(&room, &key)).ok();
            }
            Some(Task::Flush(done)) => {
                done.send(self.registry.ledger.take_failure()).ok();
            }
            Some(Task::Tell(written)) => {
                written.try_send(()).ok();
            }
            Some(Task::Apply(_)) | None => {}
        }
    }

    fn notice(&mut self, notice: Notice) {
        match notice {
            // Kept nowhere: a stolen session file is to open no recorded traffic.
            Notice::NewKey {
                link,
                kind: mtproto::KeyKind::Temporary,
                ..
            } => {
                self.handle.key_saved(link, Ok(()));
            }
            Notice::NewKey {
                link,
                key,
                time_offset,
                ..
            } => {
                let Some(place) = self.place(link) else {
                    let unknown = Err("nobody knows which data centre it is for".to_owned());
                    return self.handle.key_saved(link, unknown);
                };
                let record = KeyRecord {
                    place,
                    key: Box::new(Secret::new(*key.as_bytes())),
                    created: net::now().unix_seconds(),
                    expires_at: None,
                    time_offset,
                };
                let kept = self.keep(Change::Key(record));
                self.handle.key_saved(link, kept);
            }
            Notice::KeyLost {
                kind: mtproto::KeyKind::Temporary,
                ..
            } => {}
            Notice::KeyLost { link, .. } => {
                if let Some(place) = self.place(link) {
                    // Nothing proves that it is the server of this key that says so: it may be
                    // another, at a wrong address. The key is kept until one that its server has
                    // made takes its place.
                    tracing::warn!(dc = %place.dc, "the server does not know the key any more");
                }
            }
            // With forward secrecy these are the salts of a key that is not kept.
            Notice::Salts { .. } if self.pfs => {}
            Notice::Salts { link, salts } => {
                if let Some(place) = self.place(link) {
                    let salts = salts.into_iter().map(|salt| SaltRecord {
                        place,
                        valid_since: salt.valid_since,
                        valid_until: salt.valid_until,
                        salt: salt.salt,
                    });
                    let salts = salts.collect();
                    self.keep(Change::Salts { place, salts }).ok();
                }
            }
            Notice::Connected { link } => tracing::debug!(?link, "connected"),
            Notice::Disconnected { link, why } => tracing::info!(?link, why, "disconnected"),
        }
    }

    fn place(&self, link: LinkId) -> Option<KeyPlace> {
        self.links
            .lock()
            .get(&link)
            .copied()
            .map(KeyPlace::permanent)
    }

    /// Changes what the session knows, and writes it at once.
    fn keep(&mut self, change: Change) -> Result<(), String> {
        change.apply(&mut self.records.lock());
        self.registry.ledger.write(vec![change]);
        let failure = self.registry.ledger.failure();
        failure.map_or(Ok(()), |error| Err(error.to_string()))
    }
}
