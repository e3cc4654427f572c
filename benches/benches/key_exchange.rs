//! The key exchange and its parts. The whole is over loopback, both sides in one process.
use divan::Bencher;
use ferogram_sync::crypto::{DhGroup, factorize};
use ferogram_sync::tl::functions;
use ferogram_sync_benches::Seeded;
use localdc::LocalDc;

fn main() {
    divan::main();
}

#[divan::bench(args = [0x17ED_4894_1A08_F981, 2_694_724_800_268_887_959, 1_470_626_929_934_143_021])]
fn factorise(pq: u64) -> Option<(u64, u64)> {
    factorize(divan::black_box(pq))
}

#[divan::bench]
fn a_secret_exponentiation(bencher: Bencher) {
    let group = DhGroup::known();
    let exponent = DhGroup::exponent(&mut Seeded(3));
    bencher.bench_local(|| group.public(divan::black_box(&exponent)));
}

#[divan::bench]
fn from_nothing_to_the_first_answer(bencher: Bencher) {
    let dc = LocalDc::start().expect("it listens");
    bencher.bench_local(|| {
        let client = dc.client_builder().connect().expect("it starts");
        client
            .invoke(&functions::help::GetNearestDc {})
            .expect("answered")
    });
}
