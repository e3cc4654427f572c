//! The end of a client: what is told, and what is written.
use std::sync::{Arc, Mutex};
use std::thread;

use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::{Error, MemoryStore, NetError, Store, StoreError, tl};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000023:close-test";

fn with_bot() -> LocalDc {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "close_bot"));
    dc
}

fn is_closed<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Net(NetError::Closed)))
}

#[test]
fn after_close_every_clone_is_closed_and_the_session_is_written() {
    let dc = with_bot();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let connect = || {
        dc.client_builder()
            .session(&path)
            .connect()
            .expect("it starts")
    };
    let client = connect();
    client.bot_sign_in(TOKEN).expect("the token is right");
    let clone = client.clone();
    let pending = client.submit(&tl::functions::help::GetNearestDc {});
    client.close().expect("written");
    assert!(is_closed(clone.get_me()));
    assert!(is_closed(clone.save_session()));
    assert!(is_closed(
        clone.submit(&tl::functions::help::GetNearestDc {}).wait()
    ));
    assert!(clone.updates().next().is_none());
    pending.wait().ok(); // Answered before, or not: it ends.
    client.close().expect("told the same again");
    clone.close().expect("whichever clone it is");
    clone.shutdown_token().cancel();
    // While the handles still live, the file is free for the next one.
    assert!(connect().is_authorized().expect("the login was written"));
}

#[test]
fn threads_that_close_at_once_all_wait_until_it_is_over() {
    let dc = with_bot();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    let connect = || dc.client_builder().session(&path).connect();
    let client = connect().expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                client.close().expect("written");
                assert!(is_closed(client.get_me()));
            });
        }
    });
    connect().expect("the session is free");
}

/// A disk that is full from some day on.
struct Full {
    store: MemoryStore,
    full: Arc<Mutex<bool>>,
}

impl Store for Full {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.store.load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        if *self.full.lock().expect("nobody panics") {
            return Err(StoreError::TooLarge {
                path: "full".into(),
                len: 2,
                max: 1,
            });
        }
        self.store.apply(changes)
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.store.peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.store.notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.store.note(room, key)
    }
}

#[test]
fn close_says_that_the_session_could_not_be_written() {
    let dc = with_bot();
    let full = Arc::<Mutex<bool>>::default();
    let store = Full {
        store: MemoryStore::default(),
        full: Arc::clone(&full),
    };
    let client = dc
        .client_builder()
        .session(store)
        .connect()
        .expect("it starts");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client.save_session().expect("there is room yet");
    *full.lock().expect("nobody panics") = true;
    client.sign_out().expect("the server takes it");
    let error = client.close().expect_err("it could not be written");
    let first = matches!(error, Error::Store(StoreError::TooLarge { .. }));
    assert!(first, "{error}");
    for _ in 0..3 {
        let again = client.close().expect_err("and still is not");
        assert!(again.to_string().contains(&error.to_string()), "{again}");
        assert_eq!(again.to_string().matches("failed").count(), 1, "{again}");
    }
    assert!(is_closed(client.get_me()), "it is closed all the same");
}
