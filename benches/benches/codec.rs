//! Reading and writing TL.
use divan::Bencher;
use divan::counter::BytesCount;
use ferogram_sync::tl::{Deserialize, Serialize, TypeRef, enums, functions, walk};
use ferogram_sync_benches::page;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench]
fn parse_a_page_of_100_messages(bencher: Bencher) {
    let bytes = page().to_bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| enums::messages::Messages::from_bytes(divan::black_box(&bytes)));
}

#[divan::bench]
fn walk_a_page_of_100_messages(bencher: Bencher) {
    let bytes = page().to_bytes();
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let mut seen = 0_u32;
        walk(divan::black_box(&bytes), TypeRef::OBJECT, &mut |_, _| {
            seen += 1
        })
        .map(|()| seen)
    });
}

#[divan::bench]
fn serialise_a_page_of_100_messages(bencher: Bencher) {
    let page = page();
    let mut out = Vec::with_capacity(1 << 20);
    bencher.bench_local(|| {
        out.clear();
        divan::black_box(&page).serialize(&mut out);
    });
}

#[divan::bench]
fn serialise_get_history(bencher: Bencher) {
    let request = functions::messages::GetHistory {
        limit: 100,
        ..Default::default()
    };
    let mut out = Vec::with_capacity(1024);
    bencher.bench_local(|| {
        out.clear();
        divan::black_box(&request).serialize(&mut out);
    });
}

#[divan::bench]
fn serialise_send_message(bencher: Bencher) {
    let request = functions::messages::SendMessage {
        message: "Hello, World!".into(),
        random_id: 7,
        ..Default::default()
    };
    let mut out = Vec::with_capacity(1024);
    bencher.bench_local(|| {
        out.clear();
        divan::black_box(&request).serialize(&mut out);
    });
}
