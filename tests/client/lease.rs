//! A session that is claimed for a while: the claim is renewed, and without it nothing is sent.
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::tl::functions::help::GetNearestDc;
use ferogram_sync::{
    Cause, Client, DcId, Ended, Error, FileStore, MemoryStore, NetError, Store, StoreError,
};
use localdc::{Effect, LocalDc, NewBot, Rule};

/// What renewing the claim comes to.
#[derive(Clone)]
enum Claim {
    Holds(Duration),
    Fails,
    IsLost,
    /// Nothing, until this ends.
    Hangs(Receiver<()>),
}

/// A store in memory that is claimed: as the first word says, and after that as the last one does.
struct Claimed {
    kept: MemoryStore,
    first: Claim,
    then: Claim,
    renewed: Arc<AtomicU32>,
}

impl Claimed {
    fn new(first: Claim, then: Claim) -> Self {
        Self {
            kept: MemoryStore::new(),
            first,
            then,
            renewed: Arc::default(),
        }
    }
}

impl Store for Claimed {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.kept.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.kept.apply(changes)
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.kept.peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.kept.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.kept.note(room, key)
    }

    fn renew(&mut self) -> Result<Option<Duration>, StoreError> {
        let claim = match self.renewed.fetch_add(1, Ordering::SeqCst) {
            0 => &self.first,
            _ => &self.then,
        };
        match claim {
            Claim::Holds(held) => Ok(Some(*held)),
            Claim::Fails => Err(StoreError::Other("there is no network".into())),
            Claim::IsLost => Err(lost()),
            Claim::Hangs(gate) => {
                gate.iter().for_each(drop);
                Err(StoreError::Other("too late".into()))
            }
        }
    }
}

fn lost() -> StoreError {
    let place = "mine".to_owned();
    StoreError::LeaseLost { place }
}

#[test]
fn a_claim_is_renewed_as_long_as_the_client_is_there() {
    let dc = LocalDc::start().expect("it listens");
    let held = Duration::from_secs(6); // Much more than a busy machine stands still for.
    let store = Claimed::new(Claim::Holds(held), Claim::Holds(held));
    let renewed = Arc::clone(&store.renewed);
    let client = dc.client_builder().session(store);
    let client = client.connect().expect("it starts");
    // By the fifth the first has ended.
    while renewed.load(Ordering::SeqCst) < 5 {
        client.invoke(&GetNearestDc {}).expect("it holds");
        thread::sleep(Duration::from_millis(100));
    }
    client.invoke(&GetNearestDc {}).expect("it holds");
}

/// Whether an error names the reason.
fn says_why(error: &Error) -> bool {
    let text = error.to_string();
    assert!(text.contains("claim to the session"), "{text}");
    match error {
        Error::Net(NetError::LeaseLost) => true,
        Error::Unanswered(unanswered) => unanswered.cause == Cause::LeaseLost,
        _ => false,
    }
}

/// Starts with a claim of so many seconds, and waits until it is over.
fn end_by(then: Claim, seconds: u64, open_gate: Sender<()>) {
    let dc = LocalDc::start().expect("it listens");
    let bot = dc.add_bot(NewBot::new("1000012:lease-test", "lease_bot"));
    let mut store = Claimed::new(Claim::Holds(Duration::from_secs(seconds)), then);
    store.kept = dc.session_of(bot);
    let client = end(&dc, store, || {});
    drop(open_gate); // The end of the client waits for its store.
    drop(client);
}

/// Starts with this session, has it lost, and waits until all is over.
fn end(dc: &LocalDc, store: impl Store + 'static, lose: impl FnOnce()) -> Client {
    let builder = dc.client_builder().timeout(Duration::from_secs(30));
    let client = builder.session(store).connect().expect("it starts");
    let silence = Rule::new(Effect::DropAnswer).method("help.getNearestDc");
    dc.faults().add(silence);
    let pending = client.submit(&GetNearestDc {});
    let mut updates = client.updates();
    lose();
    // It has a deadline, and so this test ends if nobody has noticed.
    let error = pending.wait().expect_err("it is closed");
    assert!(says_why(&error), "{error}");
    while updates.next().is_some() {}
    assert_eq!(updates.ended(), Some(Ended::LeaseLost));
    let error = client.get_me().expect_err("it is closed");
    assert!(says_why(&error), "{error}");
    while dc.connections() > 0 {
        thread::sleep(Duration::from_millis(10)); // Or this test never ends.
    }
    client
}

#[test]
fn without_a_network_everything_is_closed_in_time_and_says_so() {
    end_by(Claim::Fails, 4, bounded(0).0);
}

#[test]
fn a_store_that_hangs_keeps_nothing_open() {
    let (open_gate, gate) = bounded(0);
    end_by(Claim::Hangs(gate), 4, open_gate);
}

#[test]
fn when_another_has_the_session_everything_is_closed_at_once() {
    end_by(Claim::IsLost, 9, bounded(0).0);
}

/// Whoever finds that a session is in use and removes the lock file, has two clients that use one
/// key: the first gives way.
fn lose_lock<S>(name: &str, lock: &str, open: fn(&Path) -> Result<S, StoreError>)
where
    S: Store + 'static,
{
    let dc = LocalDc::start().expect("it listens");
    let token = "1000013:lock-test";
    dc.add_bot(NewBot::new(token, "lock_bot"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    let first = open(&path).expect("nobody has it");
    let client = dc.client_builder().session(first).connect();
    let client = client.expect("it starts");
    client.bot_sign_in(token).expect("the token is right");
    client.close().expect("it is written");
    drop(client);
    let lock = folder.path().join(lock);
    let mut second = None;
    let first = open(&path).expect("nobody has it");
    let client = end(&dc, first, || {
        second = Some(loop {
            // The client may have looked just now, and locked its session again.
            let _ = fs::remove_file(&lock);
            if let Ok(store) = open(&path) {
                break store;
            }
        });
    });
    drop(client);
    assert!(open(&path).is_err(), "the second one's lock was left alone");
    drop(second);
    // What the first was writing while its lock was taken is whole, and can be gone on with.
    let home = [Change::HomeDc(DcId(2))];
    let mut third = open(&path).expect("nobody has it");
    third.apply(&home).expect("it has the session alone");
}

#[test]
fn a_session_file_that_another_has_locked_is_let_go() {
    lose_lock("a.session", "a.session.lock", |path| FileStore::open(path));
}

#[cfg(feature = "sqlite-session")]
#[test]
fn a_session_in_a_database_too() {
    use ferogram_sync::SqliteStore;

    lose_lock("a.db", "a.db.default.lock", |path| SqliteStore::open(path));
}

/// It is the client's own again, and goes on.
#[test]
fn a_lock_file_that_is_removed_ends_nothing() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let client = dc.client_builder().session(&path).connect();
    let client = client.expect("it starts");
    let lock = folder.path().join("a.session.lock");
    fs::remove_file(&lock).expect("it is there");
    while !lock.exists() {
        thread::sleep(Duration::from_millis(100)); // Or this test never ends.
    }
    assert!(FileStore::open(&path).is_err(), "it is locked again");
    client.invoke(&GetNearestDc {}).expect("it goes on");
}

#[test]
fn without_a_claim_no_client_starts() {
    let dc = LocalDc::start().expect("it listens");
    for claim in [Claim::IsLost, Claim::Fails] {
        let store = Claimed::new(claim.clone(), claim);
        let error = dc.client_builder().session(store).connect();
        let error = error.expect_err("it has none");
        assert!(matches!(error, Error::Store(_)), "{error}");
    }
    assert_eq!(dc.connections(), 0);
}
