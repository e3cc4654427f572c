//! Sealing and opening encrypted messages.
use divan::Bencher;
use divan::counter::BytesCount;
use ferogram_sync::crypto::{AuthKey, Side};
use ferogram_sync::mtproto::{Header, PaddingPool, open, seal};
use ferogram_sync_benches::Seeded;

const SIZES: [usize; 3] = [64, 1024, 512 * 1024];
const HEADER: Header = Header {
    salt: 1,
    session_id: 2,
    msg_id: 4,
    seq_no: 1,
};

fn main() {
    divan::main();
}

fn key() -> AuthKey {
    let mut bytes = [0; 256];
    ferogram_sync::Entropy::fill(&mut Seeded(1), &mut bytes);
    AuthKey::new(bytes)
}

#[divan::bench(args = SIZES)]
fn seal_a_message(bencher: Bencher, size: usize) {
    let (key, body) = (key(), vec![7; size]);
    let (mut pool, mut entropy) = (PaddingPool::new(), Seeded(2));
    let mut out = Vec::with_capacity(size + 2048);
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        out.clear();
        let padding = pool.draw(size, &mut entropy);
        let write = |out: &mut Vec<u8>| out.extend_from_slice(divan::black_box(&body));
        seal(&key, Side::Client, &HEADER, size, write, &padding, &mut out)
    });
}

#[divan::bench(args = SIZES)]
fn open_a_message(bencher: Bencher, size: usize) {
    let (key, body) = (key(), vec![7; size]);
    let padding = PaddingPool::new().draw(size, &mut Seeded(2));
    let mut sealed = Vec::new();
    let write = |out: &mut Vec<u8>| out.extend_from_slice(&body);
    seal(
        &key,
        Side::Server,
        &HEADER,
        size,
        write,
        &padding,
        &mut sealed,
    );
    bencher
        .counter(BytesCount::new(size))
        .with_inputs(|| sealed.clone())
        .bench_local_refs(|sealed| {
            open(&key, Side::Server, sealed).map(|opened| opened.body.len())
        });
}
