//! A tracing subscriber that panics on the thread that writes the store, which then is not there.
use ferogram_sync::store::{Change, Note, PeerQuery, PeerRecord, Records};
use ferogram_sync::{Cause, Delivery, Error, NetError, Network, Store, StoreError};
use localdc::LocalDc;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::process::passed_alone;

/// Panics when it is told that something could not be written.
struct Panics;

impl Subscriber for Panics {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::WARN
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        panic!("a bug of the subscriber's");
    }

    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A store without room.
struct Full;

impl Store for Full {
    fn load(&mut self) -> Result<Records, StoreError> {
        Ok(Records::default())
    }

    fn apply(&mut self, _: &[Change]) -> Result<(), StoreError> {
        Err(StoreError::Other("the disk is full".into()))
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

    fn needs_own_thread(&self) -> bool {
        false
    }
}

#[test]
fn calls_end_at_once_and_nothing_is_said_to_be_kept() {
    if passed_alone() {
        return;
    }
    tracing::subscriber::set_global_default(Panics).expect("the only one");
    let dc = LocalDc::start().expect("it listens");
    let builder = dc.client_builder().session(Full);
    let client = builder.connect().expect("it starts");
    // It waits for its key to be kept, by a thread that is no more.
    let error = client.is_authorized().expect_err("there is no key");
    assert!(matches!(error, Error::Unanswered(_)), "{error}");
    assert!(is_closed(&error), "{error}");
    // The network thread may still be about to end: then it takes the call and gives it back.
    let error = client.get_me().expect_err("it has ended");
    assert!(is_closed(&error), "{error}");
    let error = client.save_session().expect_err("nobody writes");
    assert!(matches!(error, Error::Store(_)), "{error}");
    client.shutdown_token().cancel();
}

#[test]
fn a_client_on_the_same_thread_goes_on() {
    if passed_alone() {
        return;
    }
    tracing::subscriber::set_global_default(Panics).expect("the only one");
    let dc = LocalDc::start().expect("it listens");
    let network = Network::new().expect("there are threads");
    let build = || dc.client_builder().network(&network);
    let full = build().session(Full).connect().expect("it starts");
    let other = build().connect().expect("it starts");
    let error = full.is_authorized().expect_err("there is no key");
    assert!(is_closed(&error), "{error}");
    assert!(!other.is_authorized().expect("its key is kept"));
    other.save_session().expect("it is written");
    full.shutdown_token().cancel();
    other.close().expect("all is written");
}

/// The client has ended, and the request did not leave it.
fn is_closed(error: &Error) -> bool {
    let closed = match error {
        Error::Unanswered(unanswered) => unanswered.cause == Cause::Closed,
        error => matches!(error, Error::Net(NetError::Closed)),
    };
    closed && error.delivery() == Some(Delivery::NotSent)
}
