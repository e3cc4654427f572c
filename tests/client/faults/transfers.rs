//! Files up and down in a storm: each comes out equal byte for byte, or as an error, and nothing is
//! left of it but files whose names say that they are not whole.
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Error, FileError, Message, Upload};
use localdc::{CdnFault, Direction, Effect, Faults, LocalDc, Rule, RuleId};

/// How many mixtures `cargo test` tries.
const ROUNDS: u64 = 2;
const THREADS: usize = 4;
const TRANSFERS: usize = 5;
const CDN: i32 = 201;

/// What a storm of transfers is made of: one in which some of it never happens proves nothing.
const WEATHERS: [&str; 6] = [
    "a cut",
    "a flood",
    "a migration",
    "an expired reference",
    "a lie of a CDN",
    "a full disk",
];

/// How often each of them has happened.
type Tally = BTreeMap<&'static str, u64>;

#[test]
fn transfers_end_equal_or_with_an_error() {
    let environment = |name| std::env::var(name).ok()?.parse().ok();
    let rounds = environment("FAULTS_ROUNDS").unwrap_or(ROUNDS);
    let seed = environment("FAULTS_SEED").unwrap_or(11);
    let (mut whole, mut all) = (0, 0);
    let mut tally = Tally::new();
    for seed in seed..seed + rounds {
        let ended = round(seed, &mut tally);
        println!(
            "mixture {seed}: {ended} of {} transfers",
            THREADS * TRANSFERS
        );
        whole += ended;
        all += THREADS * TRANSFERS;
    }
    println!("{tally:?}");
    let has_full_disk = Path::new("/dev/full").exists();
    for weather in WEATHERS {
        if weather == "a full disk" && !has_full_disk {
            continue;
        }
        let happened = tally.get(weather).copied().unwrap_or_default();
        assert!(happened > 0, "{weather} has never happened: {tally:?}");
    }
    // Whoever fails every transfer breaks no promise: but most can be done.
    assert!(whole * 2 > all, "{whole} of {all}");
}

/// One mixture of faults; gives how many files came down whole.
fn round(seed: u64, tally: &mut Tally) -> usize {
    let telegram = LocalDc::builder().cdns(1).start().expect("it listens");
    let client = telegram.user().with_timeout(Duration::from_secs(20));
    let folder = tempfile::tempdir().expect("a folder");
    let rules = mix(&telegram.faults(), seed);
    let over = AtomicBool::new(false);
    let ended = Ended::default();
    thread::scope(|scope| {
        let weather = scope.spawn(|| weather(&telegram, seed, &over));
        let transfers: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (client, folder, ended) = (&client, folder.path(), &ended);
                scope.spawn(move || {
                    for number in 0..TRANSFERS {
                        let number = thread * TRANSFERS + number;
                        there_and_back(client, folder, seed as usize + number, ended);
                    }
                })
            })
            .collect();
        for transfer in transfers {
            transfer
                .join()
                .expect("no transfer panics or comes out wrong");
        }
        over.store(true, Ordering::Relaxed);
        let lies = weather.join().expect("it ends");
        *tally.entry("a lie of a CDN").or_default() += lies;
    });
    for (weather, rule) in rules {
        *tally.entry(weather).or_default() += telegram.faults().fired(rule);
    }
    let full = ended.full.load(Ordering::Relaxed);
    *tally.entry("a full disk").or_default() += full as u64;
    telegram.faults().clear();
    telegram.set_cdn_fault(None);
    // It goes on as if nothing had been.
    let bytes = content(3 << 20, 1);
    let sent = up(&client, folder.path(), &bytes, 0).expect("the weather is fair");
    let back = down(&client, folder.path(), &sent, 2).expect("the weather is fair");
    assert!(back == bytes);
    for entry in fs::read_dir(folder.path()).expect("it is there") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        assert!(name.ends_with(".part"), "{name} was left");
    }
    // With the client its connections go, and its threads, which it joins.
    client.close().expect("all is written");
    drop(client);
    while telegram.connections() > 0 {
        thread::sleep(Duration::from_millis(5));
    }
    ended.whole.into_inner()
}

/// How transfers have ended.
#[derive(Default)]
struct Ended {
    whole: AtomicUsize,
    /// For the disk was full.
    full: AtomicUsize,
}

/// What moves parts.
const METHODS: [&str; 4] = [
    "upload.saveFilePart",
    "upload.saveBigFilePart",
    "upload.getFile",
    "upload.getCdnFile",
];

/// The rules of one mixture, and which weather each is. Of each weather one happens for certain.
fn mix(faults: &Faults, seed: u64) -> Vec<(&'static str, RuleId)> {
    let rule = |effect, chance, stream| Rule::new(effect).chance(chance, seed * 100 + stream);
    let mut rules = Vec::new();
    let mut add = |weather, rule| rules.push((weather, faults.add(rule)));
    let once = |effect, method| Rule::new(effect).method(method).after(seed % 3).times(1);
    let expired = || Effect::error(400, "FILE_REFERENCE_EXPIRED");
    add(
        "a flood",
        once(Effect::flood_wait(1), "upload.saveFilePart"),
    );
    add(
        "a migration",
        once(Effect::migrate("FILE", 2), "upload.saveBigFilePart"),
    );
    add(
        "a migration",
        once(Effect::migrate("FILE", 1), "upload.getFile"),
    );
    add("an expired reference", once(expired(), "upload.getFile"));
    for (stream, method) in METHODS.into_iter().enumerate() {
        let stream = stream as u64 * 10;
        let calls = |effect, chance, n| rule(effect, chance, stream + n).method(method);
        add("a flood", calls(Effect::flood_wait(0), 0.02, 1));
        add("a flood", calls(Effect::flood_wait(1), 0.01, 2).times(3));
        add(
            "an inner error",
            calls(Effect::internal(-503, false), 0.02, 3),
        );
        add(
            "an inner error",
            calls(Effect::internal(500, true), 0.02, 4),
        );
        add(
            "a lost answer",
            calls(Effect::DropAnswer, 0.005, 5).times(1),
        );
        let elsewhere = Effect::migrate("FILE", 1 + i32::from(seed.is_multiple_of(2)));
        add("a migration", calls(elsewhere, 0.01, 6));
    }
    add(
        "an expired reference",
        rule(expired(), 0.03, 50).method("upload.getFile"),
    );
    let missing = Effect::error(400, "FILE_PART_0_MISSING");
    add(
        "a lost part",
        rule(missing, 0.05, 51).method("messages.sendMedia"),
    );
    let token = Effect::error(400, "FILE_TOKEN_INVALID");
    add(
        "a lost token",
        rule(token, 0.02, 52).method("upload.getCdnFile"),
    );
    add("a message twice", rule(Effect::Duplicate, 0.05, 61));
    add("another order", rule(Effect::Reorder, 0.05, 62));
    add("another salt", rule(Effect::ChangeSalt, 0.005, 63));
    add("a refusal", rule(Effect::Refuse, 0.2, 64).times(3));
    let way = if seed.is_multiple_of(2) {
        Direction::In
    } else {
        Direction::Out
    };
    let tear = rule(Effect::Tear { after: 5000 }, 0.002, 65);
    add("a cut", tear.direction(way).times(4));
    let cut = Effect::Cut {
        after: 1_500_000 + seed % 50_000,
    };
    add("a cut", rule(cut, 0.5, 66).direction(way).times(6));
    rules
}

/// What changes meanwhile: where files are, what CDNs do, which references are good. Gives how
/// often a CDN has answered while it lied.
fn weather(telegram: &LocalDc, seed: u64, over: &AtomicBool) -> u64 {
    let moods = [
        None,
        Some(CdnFault::Altered),
        None,
        Some(CdnFault::Cut),
        Some(CdnFault::NoHashes),
        Some(CdnFault::Tokens),
        Some(CdnFault::Forgets),
    ];
    // By what was asked for and not by a clock: a slow machine has the same weather.
    let asked = || METHODS.iter().map(|it| telegram.executed(it)).sum::<u64>();
    let told = || telegram.executed("upload.getCdnFile");
    let (mut turn, mut seen) = (seed as usize, asked());
    let (mut lies, mut told_before) = (0, told());
    while !over.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(2));
        if asked() < seen + 10 {
            continue;
        }
        if moods[turn % moods.len()].is_some() {
            lies += told() - told_before;
        }
        (turn, seen, told_before) = (turn + 1, asked(), told());
        telegram.set_cdn_fault(moods[turn % moods.len()]);
        telegram.serve_files_by_cdn((!turn.is_multiple_of(3)).then_some(CDN));
        telegram.store_files_on((turn.is_multiple_of(2)).then_some(2));
        match turn % 5 {
            0 => telegram.empty_cdns(),
            1 => telegram.expire_file_references(),
            // Not so often that it would outlast the storm.
            2 if turn < seed as usize + 20 => telegram.forget_file_part(0),
            _ => {}
        }
    }
    lies
}

/// A file goes up, and comes down in one way or another, if neither fails.
fn there_and_back(client: &Client, folder: &Path, number: usize, ended: &Ended) {
    const LENGTHS: [usize; 5] = [1, 100_000, 700_000, 3 << 20, (11 << 20) + 1];
    let len = LENGTHS[number % LENGTHS.len()];
    let bytes = content(len, number);
    let Some(message) = allowed(up(client, folder, &bytes, number)) else {
        return;
    };
    if number.is_multiple_of(3) && is_full(client, &message) {
        ended.full.fetch_add(1, Ordering::Relaxed);
    }
    let Some(back) = allowed(down(client, folder, &message, number)) else {
        return;
    };
    assert!(
        back == bytes,
        "transfer {number} of {len} bytes has come out as another"
    );
    ended.whole.fetch_add(1, Ordering::Relaxed);
}

/// Whether a disk without room is told, where there is one: it comes before any other error, or
/// after one.
fn is_full(client: &Client, file: &Message) -> bool {
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        return false;
    };
    match client.download(file).to_writer(full) {
        Err(Error::File(FileError::Stream(_, error))) => {
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            true
        }
        other => {
            assert!(allowed(other).is_none(), "nothing has room there");
            false
        }
    }
}

/// Bytes that differ from one file to the next.
fn content(len: usize, number: usize) -> Vec<u8> {
    let byte = |at: usize| (at * 7 + at / 251 + number) as u8;
    (0..len).map(byte).collect()
}

fn up(client: &Client, folder: &Path, bytes: &[u8], number: usize) -> Result<Message, Error> {
    let upload = match number % 3 {
        0 => Upload::bytes(bytes),
        1 => Upload::reader(bytes),
        _ => {
            let path = folder.join(format!("up-{number}"));
            fs::write(&path, bytes).expect("there is room");
            let sent = client.send_document("me", &path, "");
            fs::remove_file(&path).expect("it is there");
            return sent;
        }
    };
    client.send_document("me", upload.name("a.bin"), "")
}

fn down(client: &Client, folder: &Path, file: &Message, number: usize) -> Result<Vec<u8>, Error> {
    let download = client.download(file).verify(number.is_multiple_of(2));
    match number % 4 {
        0 => download.to_bytes(),
        1 => {
            let mut all = Vec::new();
            for chunk in download.chunks()? {
                all.extend_from_slice(&chunk?);
            }
            Ok(all)
        }
        2 => {
            let path = folder.join(format!("down-{number}"));
            let written = download.to_path(&path);
            assert_eq!(
                written.is_ok(),
                path.exists(),
                "a name is given to what is whole"
            );
            written?;
            let back = fs::read(&path).expect("it is there");
            fs::remove_file(&path).expect("it is there");
            Ok(back)
        }
        _ => {
            let mut remote = download.open()?;
            let mut all = Vec::new();
            let read = io::Read::read_to_end(&mut remote, &mut all);
            read.map_err(ours)?;
            Ok(all)
        }
    }
}

/// The error of the library that a reader's is.
fn ours(error: io::Error) -> Error {
    let inner = error.into_inner().expect("it comes of the library");
    *inner.downcast::<Error>().expect("it comes of the library")
}

/// What a storm may end a transfer with. That a file is cut or altered is none of it: home has the
/// right bytes, whatever a CDN says.
fn allowed<T>(outcome: Result<T, Error>) -> Option<T> {
    match outcome {
        Ok(done) => Some(done),
        Err(Error::Rpc(_) | Error::Unanswered(_) | Error::File(FileError::PartLost(_))) => None,
        Err(error) => panic!("an error that no fault explains: {error}"),
    }
}

/// A disk that is full is an error, and leaves nothing under the file's name.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let telegram = LocalDc::start().expect("it listens");
    let client = telegram.user();
    let me = client.my_id_or_fetch().expect("signed in");
    let file = telegram.give_file(me, "a.bin", &vec![7; 3 << 20]);
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let error = client
        .download(&file)
        .to_writer(full)
        .expect_err("it is full");
    let is_full = matches!(&error, Error::File(FileError::Stream(_, it))
        if it.kind() == io::ErrorKind::StorageFull);
    assert!(is_full, "{error}");
    // The server's may be full too.
    telegram.set_file_storage(4 << 20);
    let error = client.upload(Upload::bytes(vec![1; 11 << 20]));
    assert!(matches!(error, Err(Error::Rpc(_))), "{error:?}");
    telegram.set_file_storage(1 << 30);
    client
        .upload(Upload::bytes(vec![1; 11 << 20]))
        .expect("there is room again");
}
