//! Hostile bytes for everything that reads bytes. Each target of `fuzz/` is a test here, with a
//! bounded number of inputs that are the same in every run: valid ones, and valid ones damaged.
//!
//! `FUZZ_FACTOR=100` tries a hundred times as many. An input that fails is written to a file, and
//! `FUZZ_INPUT=that-file` with the name of the test plays it alone. `FUZZ_SEEDS=folder` writes the
//! valid inputs down, as a corpus to start from. See `fuzz/README.md`.
use std::alloc::System;
use std::sync::{Mutex, PoisonError};
use std::{env, fs, thread};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

mod codec;
mod dice;
mod exchange;
mod files;
mod password;
mod sample;
mod scene;
mod session;
mod text;
mod took;
mod tracker;
mod wire;

use dice::Dice;
use took::Took;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The counts are those of the whole program: one test at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How many bytes the compressed objects of one packet may expand to.
const EXPANSION_MAX: usize = 16 << 20;

/// What a target may allocate, all together and counting every growth of a buffer: a constant, and
/// so much for each byte of input. What the target itself needs to make the input is in it.
struct Limit {
    constant: usize,
    per_byte: usize,
}

struct Target {
    name: &'static str,
    play: fn(&[u8]) -> Took,
    seeds: fn() -> Vec<Vec<u8>>,
    /// How many damaged inputs are tried.
    inputs: usize,
    limit: Limit,
    /// At least one in so many seeds is accepted, so that the inputs get somewhere.
    accepted_in: usize,
}

/// Writes down the input that made a test panic.
struct Culprit<'a>(&'a str, &'a [u8]);

impl Drop for Culprit<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let file = format!("{}/fuzz-{}", env!("CARGO_TARGET_TMPDIR"), self.0);
            fs::write(&file, self.1).expect("the folder of the build is writable");
            let name = self.0;
            eprintln!("replay: FUZZ_INPUT={file} cargo test --test fuzz {name}");
            eprintln!("    or: cargo +nightly fuzz run {name} {file}");
        }
    }
}

impl Target {
    fn test(&self) {
        let guard = ONE_AT_A_TIME.lock();
        let _guard = guard.unwrap_or_else(PoisonError::into_inner);
        // First, because what the targets keep for later inputs is made here and counts for none.
        let seeds = (self.seeds)();
        if let Some(file) = env::var_os("FUZZ_INPUT") {
            let input = fs::read(file).expect("FUZZ_INPUT names a file");
            self.try_one(&input, &mut 0);
            return;
        }
        let factor = env::var("FUZZ_FACTOR")
            .map_or(1, |factor| factor.parse().expect("FUZZ_FACTOR is a number"));
        self.write_down(&seeds);
        let mut worst = 0;
        let mut accepted = 0;
        for seed in &seeds {
            accepted += usize::from(self.try_one(seed, &mut worst));
        }
        assert!(
            accepted * self.accepted_in >= seeds.len(),
            "{accepted} of {} seeds are accepted: the inputs lead nowhere",
            seeds.len()
        );
        let mut dice = Dice(1);
        let mut survived = 0_usize;
        let inputs = self.inputs * factor;
        for _ in 0..inputs {
            let input = dice::mutate(&seeds, &mut dice);
            survived += usize::from(self.try_one(&input, &mut worst));
        }
        println!(
            "{}: {} seeds, {inputs} inputs, {survived} of them accepted; at most {worst} bytes \
             allocated for one",
            self.name,
            seeds.len()
        );
        assert!(survived > 0, "no damaged input was accepted");
        assert!(survived < inputs, "no damaged input was refused");
    }

    fn try_one(&self, input: &[u8], worst: &mut usize) -> bool {
        let culprit = Culprit(self.name, input);
        let (mut took, mut allocated) = self.measure(input);
        let bytes = took.bytes + input.len();
        let most = self.limit.constant + self.limit.per_byte * bytes;
        for _ in 0..3 {
            // The test program itself may have had something to do at this moment.
            if allocated > most {
                (took, allocated) = self.measure(input);
            }
        }
        assert!(
            allocated <= most,
            "{allocated} bytes were allocated for {bytes}, and {most} are allowed"
        );
        drop(culprit);
        *worst = (*worst).max(allocated);
        took.accepted
    }

    fn measure(&self, input: &[u8]) -> (Took, usize) {
        let region = Region::new(ALLOCATOR);
        let took = (self.play)(input);
        (took, region.change().bytes_allocated)
    }

    fn write_down(&self, seeds: &[Vec<u8>]) {
        let Some(folder) = env::var_os("FUZZ_SEEDS") else {
            return;
        };
        let folder = std::path::Path::new(&folder).join(self.name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        for (index, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("{index:05}")), seed).expect("the folder is writable");
        }
    }
}

const fn limit(constant: usize, per_byte: usize) -> Limit {
    Limit { constant, per_byte }
}

macro_rules! targets {
    ($($name:ident: $play:path, $seeds:path, $inputs:expr, $limit:expr, $accepted_in:expr;)*) => {$(
        #[test]
        fn $name() {
            let target = Target {
                name: stringify!($name),
                play: $play,
                seeds: $seeds,
                inputs: $inputs,
                limit: $limit,
                accepted_in: $accepted_in,
            };
            target.test();
        }
    )*};
}

/// What a test, a folder for temporary files and a link need in any case.
const BASE: usize = 16 << 10;

targets! {
    tl_decode: codec::decode, codec::decode_seeds, 30_000, limit(BASE / 4, 40), 1;
    tl_show: codec::show, codec::show_seeds, 10_000, limit(BASE / 4, 30), 1;
    client_framing: wire::client_framing, wire::client_framing_seeds, 2_000, limit(BASE, 30), 1;
    server_framing: wire::server_framing, wire::server_framing_seeds, 2_000, limit(BASE, 10), 1;
    plain_message: wire::plain, wire::plain_seeds, 20_000, limit(BASE, 1), 1;
    envelope: wire::envelope, wire::envelope_seeds, 10_000, limit(BASE, 4), 1;
    session_receive: session::receive, session::receive_seeds, 2_000, limit(BASE * 4, 200), 2;
    gzip: session::gzip, session::gzip_seeds, 200, limit(BASE * 128 + 4 * EXPANSION_MAX, 200), 5;
    key_exchange: exchange::answers, exchange::answers_seeds, 200, limit(BASE * 16, 100), 3;
    password: password::answer, password::answer_seeds, 200, limit(BASE, 10), 4;
    session_file: files::session_file, files::session_file_seeds, 300, limit(BASE, 100), 1;
    public_key: files::public_key, files::public_key_seeds, 5_000, limit(BASE, 40), 1;
    session_string: files::session_string, files::session_string_seeds, 10_000, limit(BASE, 20), 1;
    file_id: files::file_id, files::file_id_seeds, 10_000, limit(BASE, 600), 1;
    schema: files::schema, files::schema_seeds, 2_000, limit(BASE * 4, 500), 2;
    marked_text: text::marked_text, text::marked_text_seeds, 3_000, limit(BASE, 1000), 1;
}
