//! Calls over loopback to the local data centre in the same process.
use std::thread;

use divan::Bencher;
use divan::counter::ItemsCount;
use ferogram_sync::{Client, tl};
use localdc::LocalDc;

fn main() {
    divan::main();
}

fn connected() -> (LocalDc, Client) {
    let dc = LocalDc::start().expect("it listens");
    let client = dc.client_builder().connect().expect("it starts");
    client.invoke(&REQUEST).expect("answered");
    (dc, client)
}

const REQUEST: tl::functions::help::GetNearestDc = tl::functions::help::GetNearestDc {};

#[divan::bench]
fn one_blocking_call(bencher: Bencher) {
    let (_dc, client) = connected();
    bencher.bench_local(|| client.invoke(&REQUEST).expect("answered"));
}

#[divan::bench(args = [1, 16, 256])]
fn blocking_calls_from_threads(bencher: Bencher, threads: usize) {
    const CALLS: usize = 4096;
    let (_dc, client) = connected();
    bencher.counter(ItemsCount::new(CALLS)).bench_local(|| {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for _ in 0..CALLS / threads {
                        client.invoke(&REQUEST).expect("answered");
                    }
                });
            }
        });
    });
}

#[divan::bench(args = [1, 16, 256])]
fn calls_in_flight_from_one_thread(bencher: Bencher, window: usize) {
    const CALLS: usize = 4096;
    let (_dc, client) = connected();
    bencher.counter(ItemsCount::new(CALLS)).bench_local(|| {
        for _ in 0..CALLS / window {
            let pending: Vec<_> = (0..window).map(|_| client.submit(&REQUEST)).collect();
            for pending in pending {
                pending.wait().expect("answered");
            }
        }
    });
}
