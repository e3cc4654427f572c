//! What a session knows, as its client sees it: nobody but the store's thread waits for a disk.
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use parking_lot::Mutex;

use super::desk::{Desk, Task};
use super::lease::Lease;
use super::ledger::Ledger;
use super::office::{DeskBell, Office};
use super::peer_cache::{Learned, PeerCache};
use super::registry::{By, Find, Lessons, Registry};
use crate::dc::DcId;
use crate::error::{Error, Result};
use crate::mtproto::{Cause, Delivery, Unanswered};
use crate::net::{
    self, Ended, Ending, Handle, Inbox, Inlet, LinkId, NetError, Notice, Notices, inbox,
};
use crate::store::{Change, Note, PeerRecord, Records, StoreError};

/// What the session knows, and the way to the thread that keeps it.
pub(crate) struct Keeper {
    tasks: Mutex<Option<Inlet<Task>>>,
    place: StorePlace,
    /// When everything is written.
    ended: Ended,
    /// Whether all was written in the end. Nothing while the thread works, or when it panicked.
    last: Arc<Mutex<Option<Result<(), StoreError>>>>,
    records: Arc<Mutex<Records>>,
    peers: Arc<Mutex<PeerCache>>,
    links: Arc<Mutex<HashMap<LinkId, DcId>>>,
}

/// The thread that the store is on.
pub(super) struct StorePlace {
    office: Office,
    /// Whether it is this client's alone, and ends with it.
    is_alone: bool,
    bell: DeskBell,
}

impl StorePlace {
    /// On a thread that clients share, or on one of its own.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when the operating system has no thread left.
    pub(super) fn new(shared: Option<&Office>) -> Result<Self, NetError> {
        let office = shared.map_or_else(Office::open, |office| Ok(office.clone()))?;
        Ok(Self {
            bell: office.bell(),
            office,
            is_alone: shared.is_none(),
        })
    }

    /// Where the network leaves what is to be kept.
    pub(super) fn notices(&self) -> (Notices, Inbox<Notice>) {
        let (inlet, queue) = inbox();
        let bell = self.bell.clone();
        let leave = move |notice| {
            inlet.put(notice).ok(); // Without the desk the client is closing.
            bell.ring();
        };
        (Box::new(leave), queue)
    }
}

impl Keeper {
    /// Gives the store to its thread, which takes the notices of the reactor too, and tells
    /// `handle` when a key is safe.
    pub(super) fn start(
        place: StorePlace,
        mut ledger: Ledger,
        records: Records,
        peers: Arc<Mutex<PeerCache>>,
        notices: Inbox<Notice>,
        handle: Handle,
        pfs: bool,
    ) -> Result<Self> {
        let lease = Lease::begin(&mut ledger, &handle)?;
        let (tasks, queue) = inbox();
        let (ending, ended) = Ending::new();
        let records = Arc::new(Mutex::new(records));
        let links = Arc::default();
        let last = Arc::default();
        let desk = Desk {
            registry: Registry {
                ledger,
                peers: Arc::clone(&peers),
            },
            lease,
            tasks: queue,
            notices,
            rung: place.bell.rung(),
            records: Arc::clone(&records),
            links: Arc::clone(&links),
            last: Arc::clone(&last),
            handle,
            pfs,
            _ending: ending,
        };
        place.office.enter(&place.bell, desk)?;
        Ok(Self {
            tasks: Mutex::new(Some(tasks)),
            place,
            ended,
            last,
            records,
            peers,
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

    /// Nothing comes from this link any more.
    pub(crate) fn forget_link(&self, link: LinkId) {
        self.links.lock().remove(&link);
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
        self.give(Task::Apply(changes));
    }

    /// The same, and says when it was tried: `written` has room for a word.
    pub(crate) fn apply_and_tell(&self, changes: Vec<Change>, written: Sender<()>) {
        self.apply(changes);
        self.give(Task::Tell(written));
    }

    /// Whether the client is open: after close there is nothing to keep. Whether the thread is
    /// still there to take the task, whoever waits for it learns.
    fn give(&self, task: Task) -> bool {
        match &*self.tasks.lock() {
            Some(tasks) => {
                tasks.put(task).ok();
                self.place.bell.ring();
                true
            }
            None => false,
        }
    }

    /// Looks something up in the cache of peers. `look` must not block.
    pub(super) fn cached<T>(&self, look: impl FnOnce(&mut PeerCache, i64) -> T) -> T {
        let now = net::now().unix_seconds();
        look(&mut self.peers.lock(), now)
    }

    /// Takes in something of peers: `learn` must not block.
    pub(super) fn learn(&self, learn: impl FnOnce(&mut PeerCache, i64) -> Learned) {
        let now = net::now().unix_seconds();
        // Under the lock, so that the store takes in what is new in the same order.
        let mut peers = self.peers.lock();
        let Learned { changes, lessons } = learn(&mut peers, now);
        if !changes.is_empty() {
            self.give(Task::Apply(changes));
        }
        if !lessons.is_empty() {
            let account = peers.account();
            self.give(Task::Learn(Lessons {
                account,
                lessons,
                now,
            }));
        }
    }

    /// What the store knows of a peer, which is not in the cache.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it could not be read; [`Error::Unanswered`], not sent, when it was not
    /// by `deadline`; [`Error::Net`] when the client is closed.
    pub(super) fn find(&self, by: By, deadline: Instant) -> Result<Option<PeerRecord>> {
        let (reply, wait) = bounded(1);
        let account = self.peers.lock().account();
        let is_open = self.give(Task::Find(Find { account, by, reply }));
        if !is_open {
            return Err(NetError::Closed.into());
        }
        answer(
            &wait,
            deadline,
            "the session to say what it knows of the peer",
        )
    }

    /// The notes of a room.
    ///
    /// # Errors
    ///
    /// As [`find`](Self::find).
    pub(crate) fn notes(&self, room: &'static str, deadline: Instant) -> Result<Vec<Note>> {
        let (reply, wait) = bounded(1);
        if !self.give(Task::Notes(room, reply)) {
            return Err(NetError::Closed.into());
        }
        answer(&wait, deadline, "the session to say what it has noted")
    }

    /// One note, by its room and key.
    ///
    /// # Errors
    ///
    /// As [`find`](Self::find).
    pub(crate) fn note(
        &self,
        room: String,
        key: Vec<u8>,
        deadline: Instant,
    ) -> Result<Option<Note>> {
        let (reply, wait) = bounded(1);
        if !self.give(Task::Note(room, key, reply)) {
            return Err(NetError::Closed.into());
        }
        answer(&wait, deadline, "the session to say what it has noted")
    }

    /// Forgets everybody, with the account that they belong to.
    pub(crate) fn forget(&self, changes: Vec<Change>) {
        let mut peers = self.peers.lock();
        peers.clear();
        self.apply(changes);
    }

    /// Blocks until everything applied before is on disk, at most until `deadline`.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] when it could not be written, or not in time; [`Error::Net`] when the
    /// client is closed.
    pub(crate) fn flush(&self, deadline: Instant) -> Result<()> {
        let (done, wait) = bounded(1);
        if !self.give(Task::Flush(done)) {
            return Err(NetError::Closed.into());
        }
        match wait.recv_deadline(deadline) {
            Ok(written) => written.map_err(Error::from),
            Err(RecvTimeoutError::Timeout) => {
                Err(StoreError::Other("it takes too long to write".into()).into())
            }
            Err(RecvTimeoutError::Disconnected) => Err(thread_has_ended().into()),
        }
    }

    /// Writes what is left, and ends the thread if it is this client's alone. Doing it twice, or
    /// from several threads, is fine: each waits until all is written.
    ///
    /// On a thread of the library, which a tracing subscriber may drop the last reference to a
    /// client on, it does not wait: that thread may be the one, or one that it is waited for on.
    pub(crate) fn close(&self) {
        *self.tasks.lock() = None;
        self.place.bell.ring();
        if !net::is_own_thread() {
            self.ended.wait();
        }
        if self.place.is_alone {
            self.place.office.close();
        }
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
}

/// What the thread answers to a look-up.
fn answer<T>(
    wait: &Receiver<Result<T, StoreError>>,
    deadline: Instant,
    waiting_for: &str,
) -> Result<T> {
    match wait.recv_deadline(deadline) {
        Ok(found) => found.map_err(Error::from),
        Err(RecvTimeoutError::Timeout) => Err(Error::Unanswered(Unanswered {
            delivery: Delivery::NotSent,
            cause: Cause::Deadline,
            waiting_for: waiting_for.to_owned(),
        })),
        Err(RecvTimeoutError::Disconnected) => Err(thread_has_ended().into()),
    }
}

fn thread_has_ended() -> StoreError {
    StoreError::Other("the thread that keeps it has ended".into())
}
