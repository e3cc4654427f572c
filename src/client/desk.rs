//! The work of the thread that has the store.
use std::collections::HashMap;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, at, never, select};
use parking_lot::Mutex;

use super::lease::Lease;
use super::registry::{Find, Lessons, Registry};
use crate::dc::DcId;
use crate::mtproto;
use crate::net::{self, Handle, LinkId, Notice};
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

/// What the thread owns.
pub(super) struct Desk {
    pub(super) registry: Registry,
    pub(super) lease: Lease,
    pub(super) records: Arc<Mutex<Records>>,
    pub(super) links: Arc<Mutex<HashMap<LinkId, DcId>>>,
    /// Whether all was written in the end.
    pub(super) last: Arc<Mutex<Option<Result<(), StoreError>>>>,
    pub(super) handle: Handle,
    pub(super) pfs: bool,
}

impl Desk {
    pub(super) fn run(mut self, tasks: &Receiver<Task>, mut notices: Receiver<Notice>) {
        loop {
            // Before everything else: it must not wait for a long queue.
            if self.lease.is_due() {
                self.lease.renew(&mut self.registry.ledger, &self.handle);
            }
            let renewal = self.lease.due().map_or_else(never, at);
            // Nobody waits behind what could be done later, a key least of all.
            let is_idle = tasks.is_empty() && notices.is_empty();
            let idle = match is_idle && self.registry.ledger.is_untidy() {
                true => at(net::now().instant),
                false => never(),
            };
            select! {
                recv(tasks) -> task => match task {
                    Ok(task) => self.serve(task, tasks),
                    Err(_) => break,
                },
                recv(notices) -> notice => match notice {
                    Ok(notice) => self.notice(notice),
                    Err(_) => notices = never(),
                },
                recv(renewal) -> _ => {}
                recv(idle) -> _ => self.registry.ledger.tidy(),
            }
        }
        while let Ok(notice) = notices.try_recv() {
            self.notice(notice);
        }
        self.registry.ledger.write(Vec::new());
        *self.last.lock() = Some(self.registry.ledger.take_failure());
    }

    /// Does a task, and those behind it that can be done with it.
    fn serve(&mut self, task: Task, tasks: &Receiver<Task>) {
        let mut next = Some(task);
        let mut batch = Vec::new();
        while let Some(Task::Apply(changes)) = next {
            batch.extend(changes);
            next = match batch.len() < BATCH_MAX {
                true => tasks.try_recv().ok(),
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
