//! What is left when a client ends, whichever way: no thread, no descriptor, and a saved session.
#![cfg(target_os = "linux")]
use std::fs::DirEntry;
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::{
    Client, Delivery, Error, MemoryStore, NetError, Network, Pending, Store, StoreError, Update, tl,
};
use localdc::{LocalDc, NewBot};

use crate::process::passed_alone;

const TOKEN: &str = "1000008:shutdown-test";
const REQUEST: tl::functions::help::GetConfig = tl::functions::help::GetConfig {};

/// A data centre, a session, and what the process had before any client.
struct Scene {
    dc: LocalDc,
    folder: tempfile::TempDir,
    /// How many descriptors there were before any client.
    before: usize,
}

impl Scene {
    fn new() -> Self {
        let dc = LocalDc::start().expect("it listens");
        dc.add_bot(NewBot::new(TOKEN, "shutdown_bot"));
        let folder = tempfile::tempdir().expect("a folder");
        let scene = Self {
            dc,
            folder,
            before: 0,
        };
        // Once for everything that is made at the first use and kept.
        drop(scene.signed_in());
        scene.wait_idle();
        // The data centre closes its own in a moment: the fewest that are seen are what stays.
        let seen = (0..50).map(|_| {
            thread::sleep(Duration::from_millis(1));
            count().1
        });
        let before = seen.min().expect("some were seen");
        Self { before, ..scene }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("bot.session")
    }

    fn connect(&self) -> Client {
        let builder = self.dc.client_builder().session(self.path());
        builder
            .timeout(Duration::from_secs(600))
            .connect()
            .expect("it starts")
    }

    fn signed_in(&self) -> Client {
        let client = self.connect();
        client.bot_sign_in(TOKEN).expect("the token is right");
        client
    }

    /// The data centre's side of a closed connection takes a moment to end.
    fn wait_idle(&self) {
        while self.dc.connections() > 0 {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// What is left when no thread is and at most so many descriptors are, or after a minute: the
    /// kernel goes on listing a thread that was joined for a moment.
    fn settled(&self, descriptors: usize) -> (usize, usize) {
        for _ in 0..60_000 {
            let (threads, open) = count();
            if threads == 0 && open <= descriptors {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        count()
    }

    /// Panics if more is left than there was, and `held` descriptors besides.
    fn check_left(&self, held: usize) {
        let most = self.before + held;
        let (threads, descriptors) = self.settled(most);
        assert_eq!(threads, 0, "threads of the library");
        assert!(descriptors <= most, "{descriptors} descriptors of {most}");
    }

    /// Nothing is left, and whoever comes next is still signed in.
    fn check(self) {
        self.wait_idle();
        self.check_left(0);
        let me = self.connect().get_me().expect("the session was saved");
        assert!(me.is_bot());
    }
}

/// Threads of the library, and descriptors of this process.
///
/// The test program has threads of its own, which come and go; those of the library all have a
/// name, which `tests/tidy.rs` keeps.
fn count() -> (usize, usize) {
    let list = |folder| std::fs::read_dir(folder).expect("procfs");
    let is_ours = |task: &DirEntry| {
        let name = std::fs::read_to_string(task.path().join("comm"));
        name.is_ok_and(|name| name.starts_with("ferogram-"))
    };
    let threads = list("/proc/self/task").flatten().filter(is_ours).count();
    (threads, list("/proc/self/fd").count())
}

/// Many requests under way to a data centre that will not answer them.
fn in_flight(client: &Client) -> Vec<Pending<tl::enums::Config>> {
    (0..100).map(|_| client.submit(&REQUEST)).collect()
}

#[test]
fn the_last_handle() {
    if passed_alone() {
        return;
    }
    let scene = Scene::new();
    let client = scene.signed_in();
    let other = client.clone();
    let updates = client.updates().receiver();
    drop(client);
    other.get_me().expect("a clone keeps it alive");
    assert!(count().0 > 0, "its threads can be seen");
    drop(other);
    assert!(
        updates
            .iter()
            .all(|update| !matches!(update, Update::NewMessage(_)))
    );
    scene.check();
}

#[test]
fn the_token_while_calls_are_in_flight() {
    if passed_alone() {
        return;
    }
    let scene = Scene::new();
    let client = scene.signed_in();
    let token = client.shutdown_token();
    let mut streams = client.updates();
    let pending = in_flight(&client);
    thread::scope(|scope| {
        let calls: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        if let Err(error) = client.invoke(&REQUEST) {
                            return error;
                        }
                    }
                })
            })
            .collect();
        let stream = scope.spawn(move || while streams.next().is_some() {});
        // From two threads at once: both return when all is over.
        let second = scope.spawn(|| client.shutdown_token().cancel());
        token.cancel();
        second.join().expect("no panic");
        for call in calls {
            let error = call.join().expect("no panic");
            assert!(is_closed(&error), "{error}");
        }
        stream.join().expect("no panic");
    });
    for pending in pending {
        if let Err(error) = pending.wait() {
            assert!(is_closed(&error), "{error}");
        }
    }
    let error = client.invoke(&REQUEST).expect_err("it is closed");
    assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
    scene.wait_idle();
    // The handle that is still held holds the waker's descriptor.
    scene.check_left(1);
    drop(client);
    scene.check();
}

#[test]
fn a_panic_in_user_code() {
    if passed_alone() {
        return;
    }
    let scene = Scene::new();
    let client = scene.signed_in();
    let pending = in_flight(&client);
    let user = thread::spawn(move || {
        let _updates = client.updates();
        client.get_me().expect("answered");
        panic!("a bug of the user's");
    });
    user.join().expect_err("it panicked");
    for pending in pending {
        if let Err(error) = pending.wait() {
            assert!(is_closed(&error), "{error}");
        }
    }
    scene.check();
}

fn is_closed(error: &Error) -> bool {
    match error {
        Error::Net(NetError::Closed) => true,
        Error::Unanswered(unanswered) => unanswered.cause == ferogram_sync::Cause::Closed,
        _ => false,
    }
}

/// In memory, where nothing is kept from other clients' sight.
struct OnItsOwn(MemoryStore);

impl Store for OnItsOwn {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.0.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        self.0.apply(changes)
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

#[test]
fn clients_of_one_network_have_two_threads_between_them() {
    if passed_alone() {
        return;
    }
    let scene = Scene::new();
    let network = Network::new().expect("there are threads");
    let mut clients = Vec::new();
    for n in 0..10 {
        let file = scene.folder.path().join(format!("{n}.session"));
        let builder = scene.dc.client_builder().session(file).network(&network);
        let client = builder.connect().expect("it starts");
        assert!(!client.is_authorized().expect("answered"));
        clients.push(client);
    }
    assert_eq!(count().0, 2);
    // A store that may be slow has a thread of its own.
    let store = OnItsOwn(MemoryStore::new());
    let builder = scene.dc.client_builder().session(store).network(&network);
    let apart = builder.connect().expect("it starts");
    assert!(!apart.is_authorized().expect("answered"));
    assert_eq!(count().0, 3);
    drop((apart, network));
    for client in clients {
        client.close().expect("written");
        assert!(count().0 <= 3, "none comes with an end");
    }
    // The data centre keeps what it had of the last connections until the next one comes.
    assert_eq!(scene.settled(usize::MAX).0, 0);
}
