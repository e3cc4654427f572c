//! The thread that desks are worked at, which clients may share.
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::desk::{Desk, Worked};
use super::rung::Rung;
use crate::net::{self, NetError, OwnThread};

/// The thread that has the stores of one client or of several. It ends with the last clone, when
/// every desk is closed.
#[derive(Clone)]
pub(super) struct Office(Arc<Shared>);

struct Shared {
    calls: Sender<Call>,
    desks: AtomicUsize,
    thread: OwnThread,
}

/// What the thread is told.
enum Call {
    /// One more desk.
    Enter(DeskId, Box<Desk>),
    /// There is something in the queues of this one.
    Work(DeskId),
    /// Ends when the last desk does.
    End,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct DeskId(usize);

/// Says that there is something on a desk, and never waits.
#[derive(Clone)]
pub(super) struct DeskBell {
    calls: Sender<Call>,
    desk: DeskId,
    rung: Rung,
}

impl Office {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// [`NetError::Start`] when the operating system has no thread left.
    pub(super) fn open() -> Result<Self, NetError> {
        let (calls, called) = unbounded();
        let back = calls.clone();
        let thread = OwnThread::start("store", move || Clerk::new(called, back).run())?;
        Ok(Self(Arc::new(Shared {
            calls,
            desks: AtomicUsize::new(0),
            thread,
        })))
    }

    /// The bell of a desk that is still to be made.
    pub(super) fn bell(&self) -> DeskBell {
        DeskBell {
            calls: self.0.calls.clone(),
            desk: DeskId(self.0.desks.fetch_add(1, Ordering::Relaxed)),
            rung: Rung::default(),
        }
    }

    /// From now on the desk of this bell is worked at.
    ///
    /// # Errors
    ///
    /// [`NetError::Closed`] when the thread has ended; [`NetError::Forked`] in a child of the
    /// process that it runs in.
    pub(super) fn enter(&self, bell: &DeskBell, desk: Desk) -> Result<(), NetError> {
        self.0.thread.process().check()?;
        let enters = Call::Enter(bell.desk, Box::new(desk));
        self.0.calls.send(enters).map_err(|_| NetError::Closed)
    }

    /// Ends the thread when its last desk is closed, and joins it. On a thread of the library it
    /// does not wait: that may be the one, or one that it is waited for on.
    pub(super) fn close(&self) {
        self.0.end();
    }
}

impl Shared {
    fn end(&self) {
        if net::is_own_thread() {
            self.calls.send(Call::End).ok();
            return;
        }
        self.thread.end(|| {
            self.calls.send(Call::End).ok();
        });
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.end();
    }
}

impl DeskBell {
    pub(super) fn ring(&self) {
        if self.rung.ring() {
            self.calls.send(Call::Work(self.desk)).ok(); // Its desk has ended, too.
        }
    }

    /// What says at the desk that it was rung.
    pub(super) fn rung(&self) -> Rung {
        self.rung.clone()
    }
}

/// Who works at the desks, on the thread.
struct Clerk {
    calls: Receiver<Call>,
    /// Who has more than one turn's work waits behind the others.
    back: Sender<Call>,
    desks: HashMap<DeskId, Box<Desk>>,
    /// When claims are due.
    due: BinaryHeap<Reverse<(Instant, DeskId)>>,
    /// What is tidied up when there is nothing else to do.
    untidy: VecDeque<DeskId>,
}

impl Clerk {
    fn new(calls: Receiver<Call>, back: Sender<Call>) -> Self {
        Self {
            calls,
            back,
            desks: HashMap::new(),
            due: BinaryHeap::new(),
            untidy: VecDeque::new(),
        }
    }

    fn run(mut self) {
        let mut is_ending = false;
        while !(is_ending && self.desks.is_empty()) {
            self.renew();
            match self.next_call() {
                Some(Call::Enter(desk, made)) => self.enter(desk, made),
                Some(Call::Work(desk)) => self.work(desk),
                Some(Call::End) => is_ending = true,
                None => self.tidy(),
            }
        }
    }

    /// The next call; none when there is time for something else.
    fn next_call(&mut self) -> Option<Call> {
        if !self.untidy.is_empty() {
            return self.calls.try_recv().ok();
        }
        let Some(Reverse((due, _))) = self.due.peek() else {
            return self.calls.recv().ok();
        };
        self.calls.recv_deadline(*due).ok()
    }

    fn enter(&mut self, id: DeskId, desk: Box<Desk>) {
        self.due.extend(desk.due().map(|due| Reverse((due, id))));
        self.desks.insert(id, desk);
        self.work(id);
    }

    /// A claim must not wait for a long queue, so this comes before everything else.
    fn renew(&mut self) {
        while let Some(Reverse((due, id))) = self.due.peek().copied()
            && due <= net::now().instant
        {
            self.due.pop();
            self.at(id, Desk::renew);
            let desk = self.desks.get(&id);
            let due = desk.and_then(|desk| desk.due());
            self.due.extend(due.map(|due| Reverse((due, id))));
        }
    }

    fn work(&mut self, id: DeskId) {
        match self.at(id, Desk::work) {
            Some(Worked::Some) => {
                self.back.send(Call::Work(id)).ok(); // It is this thread's own.
            }
            Some(Worked::Over) => {
                self.desks.remove(&id);
            }
            Some(Worked::All) if !self.untidy.contains(&id) => self.note_untidy(id),
            Some(Worked::All) | None => {}
        }
    }

    fn note_untidy(&mut self, id: DeskId) {
        if self.desks.get(&id).is_some_and(|desk| desk.is_untidy()) {
            self.untidy.push_back(id);
        }
    }

    fn tidy(&mut self) {
        if let Some(id) = self.untidy.pop_front() {
            self.at(id, Desk::tidy);
            self.note_untidy(id);
        }
    }

    /// Does something at a desk. Where that panics, as a subscriber of the user's may, the desk is
    /// closed with its client, and the others go on.
    fn at<T>(&mut self, id: DeskId, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let desk = self.desks.get_mut(&id)?;
        let worked = catch_unwind(AssertUnwindSafe(|| work(desk)));
        if worked.is_err() {
            let desk = self.desks.remove(&id);
            // In here too somebody else's code may run.
            catch_unwind(AssertUnwindSafe(|| desk.map(|desk| desk.leave()))).ok();
        }
        worked.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::client::keeper::{Keeper, StorePlace};
    use crate::client::lease::LOOKED_AT_EVERY;
    use crate::client::ledger::Ledger;
    use crate::client::peer_cache::PeerCache;
    use crate::dc::DcId;
    use crate::net::Handle;
    use crate::store::{
        Change, MemoryStore, Note, PeerQuery, PeerRecord, Records, Store, StoreError,
    };
    use parking_lot::Mutex;

    /// A store that writes down whose turn it was, and waits at its gate.
    struct Diary {
        name: &'static str,
        turns: Sender<&'static str>,
        gate: Receiver<()>,
    }

    impl Store for Diary {
        fn load(&mut self) -> Result<Records, StoreError> {
            Ok(Records::default())
        }

        fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
            self.turns.send(self.name).ok();
            self.gate.recv().ok();
            Ok(())
        }

        fn peer(&mut self, _: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
            self.turns.send(self.name).ok();
            Ok(None)
        }

        fn notes(&mut self, _: &str) -> Result<Vec<Note>, StoreError> {
            self.turns.send(self.name).ok();
            Ok(Vec::new())
        }

        fn note(&mut self, _: &str, _: &[u8]) -> Result<Option<Note>, StoreError> {
            Ok(None)
        }

        fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
            self.turns.send("claim").ok();
            Ok(None)
        }
    }

    /// A keeper that is closed also when a test fails: else its thread would be waited for.
    struct Closing(Keeper);

    impl std::ops::Deref for Closing {
        type Target = Keeper;

        fn deref(&self) -> &Keeper {
            &self.0
        }
    }

    impl Drop for Closing {
        fn drop(&mut self) {
            self.close();
        }
    }

    fn keeper(office: &Office, store: impl Store + 'static) -> Closing {
        let place = StorePlace::new(Some(office)).unwrap();
        let (notices, queue) = place.notices();
        let (handle, _) = Handle::start(notices, 4).unwrap();
        let peers = Arc::new(Mutex::new(PeerCache::new(10)));
        let ledger = Ledger::new(Box::new(store));
        let records = Records::default();
        Closing(Keeper::start(place, ledger, records, peers, queue, handle, false).unwrap())
    }

    fn change() -> Vec<Change> {
        vec![Change::HomeDc(DcId(3))]
    }

    fn minute() -> Instant {
        net::now().instant + Duration::from_secs(60)
    }

    #[test]
    fn desks_are_worked_at_in_turns_and_claims_before_all() {
        let office = Office::open().unwrap();
        let (turns, seen) = unbounded();
        let (open, gate) = unbounded();
        let of = |name, gate: &Receiver<()>| Diary {
            name,
            turns: turns.clone(),
            gate: gate.clone(),
        };
        let (_free, never) = crossbeam_channel::bounded(1);
        let greedy = keeper(&office, of("greedy", &gate));
        let modest = keeper(&office, of("modest", &never));
        // The thread waits in here until all is on the desks and both claims are due.
        greedy.apply(change());
        while seen.recv().unwrap() != "greedy" {}
        for _ in 0..20 {
            let (written, _) = crossbeam_channel::bounded(1);
            greedy.apply_and_tell(change(), written);
        }
        let asking = std::thread::spawn(move || {
            modest.notes("room", minute()).unwrap();
            modest
        });
        std::thread::sleep(LOOKED_AT_EVERY + Duration::from_millis(100));
        (0..100).for_each(|_| open.send(()).unwrap());
        let modest = asking.join().unwrap();
        let order: Vec<_> = seen.try_iter().collect();
        assert_eq!(order[0], "claim", "{order:?}");
        let at = order.iter().position(|name| *name == "modest").unwrap();
        let before = order[..at].iter().filter(|name| **name == "greedy");
        assert!(before.count() < 10, "{order:?}");
        greedy.close();
        modest.close();
        assert!(greedy.written().is_ok() && modest.written().is_ok());
    }

    #[test]
    fn the_thread_ends_with_the_last_desk() {
        let office = Office::open().unwrap();
        let (store, kept) = (MemoryStore::new(), MemoryStore::new());
        let (first, second) = (keeper(&office, store), keeper(&office, kept.clone()));
        let calls = office.0.calls.clone();
        drop(office);
        first.close();
        second.apply(change());
        second.flush(minute()).unwrap();
        assert!(matches!(
            first.flush(minute()),
            Err(crate::error::Error::Net(NetError::Closed))
        ));
        second.close();
        assert!(kept.snapshot().home_dc.is_some());
        drop((first, second));
        // It has gone with its queue: dropping the last clone has joined it.
        assert!(calls.send(Call::End).is_err());
    }
}
