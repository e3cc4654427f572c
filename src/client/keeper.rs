//! The thread that writes the store: nobody else ever waits for a disk.
use std::collections::HashMap;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, never, select, unbounded};
use parking_lot::Mutex;

use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto;
use crate::net::{self, Handle, LinkId, NetError, Notice};
use crate::secret::Secret;
use crate::store::{Change, KeyPlace, KeyRecord, Records, SaltRecord, Store, StoreError};

/// One write takes at most so many changes, so that a flush is never far away.
const BATCH_MAX: usize = 1024;

/// So many changes are kept for a disk that does not take them.
const UNWRITTEN_MAX: usize = 16 * 1024;

/// What the session knows, and the thread that keeps it.
pub(crate) struct Keeper {
    tasks: Mutex<Option<Sender<Task>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Says nothing, and ends when the thread has written everything.
    ended: Receiver<()>,
    /// Whether all was written in the end. Nothing while the thread works, or when it panicked.
    last: Arc<Mutex<Option<Result<(), StoreError>>>>,
    records: Arc<Mutex<Records>>,
    links: Arc<Mutex<HashMap<LinkId, DcId>>>,
}

enum Task {
    Apply(Vec<Change>),
    Flush(Sender<Result<(), StoreError>>),
}

impl Keeper {
    /// Starts the thread. It takes notices of the reactor too, and tells `handle` when a key is
    /// safe.
    pub(crate) fn start(
        store: Box<dyn Store>,
        records: Records,
        notices: Receiver<Notice>,
        handle: Handle,
        pfs: bool,
    ) -> Result<Self, NetError> {
        let (tasks, queue) = unbounded();
        let (ending, ended) = bounded(0);
        let last_word = LastWord(handle.clone());
        let records = Arc::new(Mutex::new(records));
        let links = Arc::default();
        let last = Arc::default();
        let desk = Desk {
            store,
            records: Arc::clone(&records),
            links: Arc::clone(&links),
            last: Arc::clone(&last),
            handle,
            pfs,
            unwritten: Vec::new(),
            failed: None,
        };
        let thread = thread::Builder::new()
            .name("ferogram-store".into())
            .spawn(move || {
                // Dropped last, also when a subscriber of the user's panics on this thread.
                let _ending: Sender<()> = ending;
                let _last_word = last_word;
                net::mark_own_thread();
                desk.run(&queue, notices);
            })
            .map_err(NetError::Start)?;
        Ok(Self {
            tasks: Mutex::new(Some(tasks)),
            thread: Mutex::new(Some(thread)),
            ended,
            last,
            records,
            links,
        })
    }

    /// Opens a link whose keys and salts are kept as those of `dc`. `open` must not block.
    pub(crate) fn open_link<E>(
        &self,
        dc: DcId,
        open: impl FnOnce() -> Result<LinkId, E>,
    ) -> Result<LinkId, E> {
        // Under the lock, so that the first notice of the link finds it here.
        let mut links = self.links.lock();
        let link = open()?;
        links.insert(link, dc);
        Ok(link)
    }

    /// Looks something up in what the session knows now. `look` must not block.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Records) -> T) -> T {
        look(&self.records.lock())
    }

    /// Changes what the session knows, and has it written.
    pub(crate) fn apply(&self, changes: Vec<Change>) {
        {
            let mut records = self.records.lock();
            for change in &changes {
                change.apply(&mut records);
            }
        }
        if let Some(tasks) = &*self.tasks.lock() {
            tasks.send(Task::Apply(changes)).ok(); // After close there is nothing to keep.
        }
    }

    /// Blocks until everything applied before is on disk, at most until `deadline`.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it could not be written, or not in time; [`Error::Net`] when the
    /// client is closed.
    pub(crate) fn flush(&self, deadline: Instant) -> Result<()> {
        let (done, wait) = bounded(1);
        match &*self.tasks.lock() {
            Some(tasks) => tasks.send(Task::Flush(done)).ok(), // The wait tells.
            None => return Err(NetError::Closed.into()),
        };
        match wait.recv_deadline(deadline) {
            Ok(written) => written.map_err(Error::from),
            Err(RecvTimeoutError::Timeout) => {
                Err(StoreError::Other("it takes too long to write".into()).into())
            }
            Err(RecvTimeoutError::Disconnected) => Err(thread_has_ended().into()),
        }
    }

    /// Writes what is left and ends the thread. Doing it twice, or from several threads, is fine:
    /// each waits until all is written.
    ///
    /// On a thread of the library, which a tracing subscriber may drop the last reference to a
    /// client on, it does not wait: that thread may be the one, or one that it is waited for on.
    pub(crate) fn close(&self) {
        *self.tasks.lock() = None;
        if net::is_own_thread() {
            return;
        }
        let thread = self.thread.lock().take();
        if let Some(thread) = thread {
            thread.join().ok(); // A panic there has been reported by its own hook.
        }
        self.ended.recv().ok(); // Somebody else may be joining it.
    }

    /// Whether all was written, once [`close`](Self::close) has waited for it.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it was not. Whoever asks first gets the error itself, the others what
    /// it says.
    pub(crate) fn written(&self) -> Result<()> {
        let mut last = self.last.lock();
        let (told, kept) = match last.take() {
            Some(Ok(())) => (Ok(()), Some(Ok(()))),
            Some(Err(error)) => {
                let words = match &error {
                    StoreError::Other(inner) => inner.to_string(),
                    error => error.to_string(),
                };
                (
                    Err(error.into()),
                    Some(Err(StoreError::Other(words.into()))),
                )
            }
            None => (Err(thread_has_ended().into()), None),
        };
        *last = kept;
        told
    }

    /// In a child of `fork`, where the thread is not: it can neither be joined nor detached.
    pub(crate) fn abandon(&self) {
        if let Some(mut thread) = self.thread.try_lock() {
            mem::forget(thread.take());
        }
    }
}

/// Ends the network thread too when the store's panics: without it no key would ever be told as
/// kept, and who waits for one would wait until the deadline.
struct LastWord(Handle);

impl Drop for LastWord {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.shutdown();
        }
    }
}

/// What the thread owns.
struct Desk {
    store: Box<dyn Store>,
    records: Arc<Mutex<Records>>,
    links: Arc<Mutex<HashMap<LinkId, DcId>>>,
    last: Arc<Mutex<Option<Result<(), StoreError>>>>,
    handle: Handle,
    pfs: bool,
    /// What could not be written: it is tried again with whatever comes next.
    unwritten: Vec<Change>,
    /// Why the last write failed; told to whoever flushes next.
    failed: Option<StoreError>,
}

impl Desk {
    fn run(mut self, tasks: &Receiver<Task>, mut notices: Receiver<Notice>) {
        loop {
            let mut batch = Vec::new();
            let mut flush = None;
            let open = select! {
                recv(tasks) -> task => match task {
                    Ok(Task::Apply(changes)) => {
                        batch = changes;
                        true
                    }
                    Ok(Task::Flush(done)) => {
                        flush = Some(done);
                        true
                    }
                    Err(_) => false,
                },
                recv(notices) -> notice => {
                    match notice {
                        Ok(notice) => self.notice(notice),
                        Err(_) => notices = never(),
                    }
                    true
                }
            };
            while flush.is_none() && batch.len() < BATCH_MAX {
                match tasks.try_recv() {
                    Ok(Task::Apply(changes)) => batch.extend(changes),
                    Ok(Task::Flush(done)) => flush = Some(done),
                    Err(_) => break,
                }
            }
            self.write(batch);
            if let Some(done) = flush {
                self.write(Vec::new());
                done.send(self.failed.take().map_or(Ok(()), Err)).ok();
            }
            if !open {
                while let Ok(notice) = notices.try_recv() {
                    self.notice(notice);
                }
                *self.last.lock() = Some(self.failed.map_or(Ok(()), Err));
                return;
            }
        }
    }

    /// Writes `changes`, after those that could not be written before.
    fn write(&mut self, changes: Vec<Change>) {
        self.unwritten.extend(changes);
        if self.unwritten.len() > UNWRITTEN_MAX {
            // Who somebody is can be asked again; what else there is has few places.
            self.unwritten
                .retain(|change| !matches!(change, Change::Peer(_)));
        }
        if self.unwritten.is_empty() {
            return;
        }
        match self.apply_unwritten() {
            Ok(()) => self.failed = None,
            Err(error) => {
                tracing::warn!(%error, "the session could not be written");
                self.failed = Some(error);
            }
        }
    }

    fn apply_unwritten(&mut self) -> Result<(), StoreError> {
        // The store may be the user's own. If it took this thread along, keys would never be
        // reported as saved, and nobody would learn why.
        let applied = catch_unwind(AssertUnwindSafe(|| self.store.apply(&self.unwritten)));
        applied.unwrap_or_else(|_| Err(StoreError::Other("it panicked".into())))?;
        self.unwritten.clear();
        Ok(())
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
        self.write(vec![change]);
        self.failed
            .as_ref()
            .map_or(Ok(()), |error| Err(error.to_string()))
    }
}

fn thread_has_ended() -> StoreError {
    StoreError::Other("the thread that writes has ended".into())
}
