//! A store that fails, or panics, for a while: nothing that it was given is lost.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded};
use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::{Client, Delivery, Error, MemoryStore, NetError, Store, StoreError};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000009:store-test";

const WORKS: u8 = 0;
const FAILS: u8 = 1;
const PANICS: u8 = 2;

/// A store in memory that does as it is told, and outlives its client.
struct Moody {
    mood: Arc<AtomicU8>,
    kept: Arc<std::sync::Mutex<MemoryStore>>,
}

impl Store for Moody {
    fn load(&mut self) -> Result<Records, StoreError> {
        self.kept.lock().expect("nobody panics with it").load()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        match self.mood.load(Ordering::SeqCst) {
            FAILS => Err(StoreError::Other("the disk is full".into())),
            PANICS => panic!("a bug of the store's"),
            _ => self
                .kept
                .lock()
                .expect("nobody panics with it")
                .apply(changes),
        }
    }

    fn peer(&mut self, query: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.kept.lock().expect("nobody panics with it").peer(query)
    }

    fn notes(&mut self, room: &str) -> Result<Vec<Note>, StoreError> {
        self.kept.lock().expect("nobody panics with it").notes(room)
    }

    fn note(&mut self, room: &str, key: &[u8]) -> Result<Option<Note>, StoreError> {
        self.kept
            .lock()
            .expect("nobody panics with it")
            .note(room, key)
    }
}

/// A store that takes its time, once it is told to: until its gate ends.
struct Slow {
    is_slow: Arc<AtomicBool>,
    gate: Receiver<()>,
    has_written: Arc<AtomicBool>,
}

impl Store for Slow {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(Records::default())
    }

    fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
        if self.is_slow.load(Ordering::SeqCst) {
            self.gate.iter().for_each(drop);
            self.has_written.store(true, Ordering::SeqCst);
        }
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

/// A client whose store has something to write and does not get on, and what ends that.
fn with_a_slow_store(dc: &LocalDc) -> (Client, crossbeam_channel::Sender<()>, Arc<AtomicBool>) {
    dc.add_bot(NewBot::new(TOKEN, "store_bot"));
    let (open_gate, gate) = bounded(0);
    let (is_slow, has_written) = (Arc::new(AtomicBool::new(false)), Arc::default());
    let store = Slow {
        is_slow: Arc::clone(&is_slow),
        gate,
        has_written: Arc::clone(&has_written),
    };
    let builder = dc.client_builder().session(store);
    let client = builder.connect().expect("it starts");
    client.is_authorized().expect("there is a key");
    is_slow.store(true, Ordering::SeqCst);
    client
        .bot_sign_in(TOKEN)
        .expect("nobody waits for the disk");
    (client, open_gate, has_written)
}

/// A store that does not get on with looking peers up, until its gate ends.
struct Mute(Receiver<()>);

impl Store for Mute {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(Records::default())
    }

    fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
        Ok(())
    }

    fn peer(&mut self, _: &PeerQuery<'_>) -> Result<Option<PeerRecord>, StoreError> {
        self.0.iter().for_each(drop);
        Err(StoreError::Other("the disk is gone".into()))
    }

    fn notes(&mut self, _: &str) -> Result<Vec<Note>, StoreError> {
        Ok(Vec::new())
    }

    fn note(&mut self, _: &str, _: &[u8]) -> Result<Option<Note>, StoreError> {
        Ok(None)
    }
}

/// A message to somebody whom only the store can know is not sent, and says what it waited for.
#[test]
fn a_store_that_does_not_say_who_somebody_is_costs_the_deadline_and_no_more() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "store_bot"));
    let (open_gate, gate) = bounded::<()>(0);
    let builder = dc.client_builder().session(Mute(gate));
    let client = builder.connect().expect("it starts");
    client
        .bot_sign_in(TOKEN)
        .expect("nobody waits for the disk");
    let short = client.with_timeout(Duration::from_millis(50));
    let error = short
        .send_message(777_000, "Hello")
        .expect_err("nobody says who that is");
    assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
    assert!(error.to_string().contains("the session"), "{error}");
    drop(open_gate);
    let error = client
        .send_message(777_000, "Hello")
        .expect_err("the store has failed");
    assert!(matches!(error, Error::Store(_)), "{error}");
    assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
    assert_eq!(dc.executed("messages.sendMessage"), 0);
}

#[test]
fn whoever_closes_waits_until_all_is_written() {
    let dc = LocalDc::start().expect("it listens");
    let (client, open_gate, has_written) = with_a_slow_store(&dc);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                client.shutdown_token().cancel();
                assert!(has_written.load(Ordering::SeqCst), "it did not wait");
            });
        }
        // Whoever does not wait has the time to be seen.
        thread::sleep(Duration::from_millis(200));
        drop(open_gate);
    });
    let error = client.save_session().expect_err("nobody writes any more");
    assert!(matches!(error, Error::Net(NetError::Closed)), "{error}");
}

#[test]
fn a_disk_that_hangs_costs_the_deadline_and_no_more() {
    let dc = LocalDc::start().expect("it listens");
    let (client, open_gate, has_written) = with_a_slow_store(&dc);
    let short = client.with_timeout(Duration::from_millis(50));
    let error = short.save_session().expect_err("the disk hangs");
    assert!(error.to_string().contains("too long"), "{error}");
    assert!(!has_written.load(Ordering::SeqCst));
    drop(open_gate);
    client.save_session().expect("it goes on");
    assert!(has_written.load(Ordering::SeqCst));
}

#[test]
fn what_could_not_be_written_is_written_later() {
    for (mood, says) in [(FAILS, "the disk is full"), (PANICS, "it panicked")] {
        let dc = LocalDc::start().expect("it listens");
        dc.add_bot(NewBot::new(TOKEN, "store_bot"));
        let moody = || Moody {
            mood: Arc::new(AtomicU8::new(WORKS)),
            kept: Arc::default(),
        };
        let store = moody();
        let (mood_now, kept) = (Arc::clone(&store.mood), Arc::clone(&store.kept));
        let client = dc
            .client_builder()
            .session(store)
            .connect()
            .expect("it starts");
        // The key is there: without one that is kept, nothing is sent.
        client.is_authorized().expect("answered");

        mood_now.store(mood, Ordering::SeqCst);
        client.bot_sign_in(TOKEN).expect("the server does not care");
        let error = client.save_session().expect_err("it cannot be written");
        assert!(matches!(error, Error::Store(_)), "{error}");
        assert!(error.to_string().contains(says), "{error}");
        client.get_me().expect("calls go on");

        mood_now.store(WORKS, Ordering::SeqCst);
        client.save_session().expect("it can be written again");
        drop(client);
        let records = kept.lock().expect("nobody panics with it").load();
        let account = records.expect("it is in memory").account;
        assert!(account.is_some_and(|account| account.bot), "{account:?}");
        let again = Moody { kept, ..moody() };
        let client = dc
            .client_builder()
            .session(again)
            .connect()
            .expect("it starts");
        let me = client.get_me().expect("the key was kept");
        assert!(me.is_bot());
    }
}

#[test]
fn a_key_that_cannot_be_kept_is_not_used() {
    for (mood, says) in [(FAILS, "the disk is full"), (PANICS, "it panicked")] {
        let dc = LocalDc::start().expect("it listens");
        let store = Moody {
            mood: Arc::new(AtomicU8::new(mood)),
            kept: Arc::default(),
        };
        let client = dc
            .client_builder()
            .session(store)
            .connect()
            .expect("it starts");
        let error = client.is_authorized().expect_err("there is no key");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.delivery(), Some(ferogram_sync::Delivery::NotSent));
    }
}
