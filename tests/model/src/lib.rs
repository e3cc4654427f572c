//! The library's reply slot, on threads whose every order is tried.
#[path = "../../../src/net/reply.rs"]
mod reply;

mod park;
mod swap;

use std::time::Instant;

use loom::sync::{Arc, Mutex};
use loom::thread;

use self::reply::Reply;

/// Runs what follows in every order. `check` sees the slot, and another thread answers meanwhile.
fn in_every_order(check: impl Fn(&Reply<u32>) + Send + Sync + 'static) {
    loom::model(move || {
        let reply = Arc::new(Reply::new());
        let other = Arc::clone(&reply);
        let answering = thread::spawn(move || {
            if let Some(sleeper) = other.answer(7) {
                sleeper.unpark();
            }
        });
        check(&reply);
        answering.join().expect("it answers");
        assert!(reply.take().is_none(), "it comes out once");
    });
}

/// Who waits is woken. A wake-up that is lost would leave every thread asleep, which ends the run.
pub fn who_waits_is_woken() {
    in_every_order(|reply| assert_eq!(reply.wait(Instant::now()), Some(7)));
}

/// What is looked for again and again, and then waited for, comes out once.
pub fn who_looks_first_is_woken_too() {
    in_every_order(|reply| {
        let looked = reply.take();
        let waited = looked.is_none().then(|| reply.wait(Instant::now()));
        assert_eq!(looked.or(waited.flatten()), Some(7));
    });
}

/// What is forwarded arrives there, once, whenever that was said.
pub fn what_is_forwarded_arrives() {
    loom::model(|| {
        let reply = Arc::new(Reply::new());
        let other = Arc::clone(&reply);
        let answering = thread::spawn(move || assert!(other.answer(7).is_none()));
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let (there, way) = (Arc::clone(&arrived), std::sync::Arc::new(()));
        let open = std::sync::Arc::downgrade(&way);
        reply.forward(move |answer| {
            let _way = &way;
            there.lock().expect("nobody panics").push(answer);
        });
        answering.join().expect("it answers");
        assert_eq!(*arrived.lock().expect("nobody panics"), [7]);
        assert!(open.upgrade().is_none(), "and nothing keeps the way open");
    });
}
