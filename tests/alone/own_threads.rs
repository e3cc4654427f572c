//! User code on the library's own threads (a tracing subscriber, a store) can call nothing that
//! would wait for itself.
use std::sync::{Mutex, OnceLock};
use std::thread;

use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::{Client, Delivery, Error, NetError, Store, StoreError, tl};
use localdc::{LocalDc, NewBot};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::process::passed_alone;

const TOKEN: &str = "1000007:own-threads";
const REQUEST: tl::functions::help::GetConfig = tl::functions::help::GetConfig {};

static CLIENT: OnceLock<Client> = OnceLock::new();
/// What calls on each of the library's threads came to.
static SEEN: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Calls the client from wherever it hears something.
struct Caller;

impl Subscriber for Caller {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        call_from_here();
    }

    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A store that calls the client that it keeps.
struct CallingStore;

impl Store for CallingStore {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(Records::default())
    }

    fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
        call_from_here();
        Ok(())
    }

    fn peer(&mut self, _: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        Ok(None)
    }

    fn notes(&mut self, _: &str) -> Result<Vec<Note>, StoreError> {
        Ok(Vec::new())
    }

    fn note(&mut self, _: &str, _: &[u8]) -> Result<Option<Note>, StoreError> {
        Ok(None)
    }
}

fn call_from_here() {
    let thread = thread::current();
    let name = thread.name().unwrap_or_default();
    let (true, Some(client)) = (name.starts_with("ferogram-"), CLIENT.get()) else {
        return;
    };
    let calls = [
        client.invoke(&REQUEST).map(drop),
        client.submit(&REQUEST).wait().map(drop),
        client.save_session(),
        client.send_message("me", "hello").map(drop),
    ];
    let mut seen = SEEN.lock().expect("nobody panics with it");
    seen.extend(calls.map(|call| {
        let said = match call {
            Err(Error::Net(NetError::WouldDeadlock)) => "refused".to_owned(),
            // What is under way may be carried out, though nobody can wait for it here.
            Err(error) if error.delivery() == Some(Delivery::Unknown) => "refused".to_owned(),
            Err(Error::Net(NetError::Closed)) => "closed".to_owned(),
            other => format!("{other:?}"),
        };
        (name.to_owned(), said)
    }));
}

#[test]
fn calls_that_would_wait_for_themselves_are_refused() {
    if passed_alone() {
        return;
    }
    tracing::subscriber::set_global_default(Caller).expect("the only one");
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "own_threads_bot"));
    let client = dc
        .client_builder()
        .session(CallingStore)
        .connect()
        .expect("it starts");
    CLIENT.set(client.clone()).expect("the only one");
    client.bot_sign_in(TOKEN).expect("nothing hangs");
    client.save_session().expect("it is kept");
    dc.cut_connections();
    client.get_me().expect("it connects again");

    let seen = SEEN.lock().expect("nobody panics with it").clone();
    // The threads still run here: from now on a call may find the client closed instead.
    client.shutdown_token().cancel();
    // The network thread logs failures of its own only; its unit tests make it wait for itself.
    let store = seen.iter().filter(|(name, _)| name == "ferogram-store");
    assert!(
        store.count() > 4,
        "of the subscriber and of the store: {seen:?}"
    );
    assert!(seen.iter().all(|(_, said)| said == "refused"), "{seen:?}");
    let seen = SEEN.lock().expect("nobody panics with it");
    let ended = |said: &str| said == "refused" || said == "closed";
    assert!(seen.iter().all(|(_, said)| ended(said)), "{seen:?}");
}
