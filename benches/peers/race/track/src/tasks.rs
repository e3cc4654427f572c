//! What the async runners do, whatever their call is.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::{Lap, Stopwatch, Way};

/// One call after the other.
pub async fn latency<F: Future>(call: impl Fn() -> F) {
    let mut watch = Stopwatch::default();
    let lap = Lap::begin();
    while !lap.is_over() {
        let begun = Instant::now();
        call().await;
        watch.note(begun);
    }
    watch.done();
}

/// So many tasks, each with one call after the other.
pub async fn calls<F>(tasks: usize, call: impl Fn() -> F + Clone + Send + 'static)
where
    F: Future + Send + 'static,
{
    run(tasks, Lap::warm_up(), call.clone()).await;
    let (lap, calls) = run(tasks, Lap::begin(), call).await;
    lap.done(calls);
}

/// A file's way, and small calls beside it if they are wanted.
pub async fn way<T, F>(
    beside: bool,
    call: impl Fn() -> F + Send + 'static,
    work: impl Future<Output = T>,
) -> T
where
    F: Future + Send + 'static,
{
    let watch = Arc::new(Mutex::new(Stopwatch::default()));
    let way = Way::begin();
    let noted = watch.clone();
    let calls = beside.then(|| {
        tokio::spawn(async move {
            loop {
                let begun = Instant::now();
                call().await;
                noted.lock().expect("nobody panics").note(begun);
                tokio::time::sleep(Stopwatch::PAUSE).await;
            }
        })
    });
    let done = work.await;
    let seconds = way.seconds();
    if let Some(calls) = &calls {
        calls.abort();
    }
    let watch = std::mem::take(&mut *watch.lock().expect("nobody panics"));
    Way::done(seconds, calls.map(|_| watch));
    done
}

async fn run<F>(
    tasks: usize,
    lap: Lap,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> (Lap, usize)
where
    F: Future + Send + 'static,
{
    let shared = Arc::new((lap, AtomicUsize::new(0)));
    let tasks: Vec<_> = (0..tasks)
        .map(|_| {
            let (call, shared) = (call.clone(), shared.clone());
            tokio::spawn(async move {
                while !shared.0.is_over() {
                    call().await;
                    shared.1.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("every call is answered");
    }
    let (lap, calls) = Arc::into_inner(shared).expect("all tasks ended");
    (lap, calls.into_inner())
}
