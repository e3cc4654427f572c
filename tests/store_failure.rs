//! A store that fails, or panics, for a while: nothing that it was given is lost.
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use ferogram_sync::store::{Change, Records};
use ferogram_sync::{Error, MemoryStore, Store, StoreError};
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
        let client = client.with_timeout(std::time::Duration::from_secs(2));
        let error = client.is_authorized().expect_err("there is no key");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.delivery(), Some(ferogram_sync::Delivery::NotSent));
    }
}
