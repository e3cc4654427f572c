//! What sessions of a thousand to a million peers cost in each store: one change, opening, memory
//! and look-ups. Each is opened in a process of its own.
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ferogram_sync::store::{
    Change, FileStore, LibSqlStore, PeerKey, PeerQuery, PeerRecord, SqliteStore, Store,
};

// Shared with the tests.
#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/stores/hrana.rs"]
mod hrana;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// So many changes are measured, and so many look-ups of each kind.
const SAMPLES: usize = 501;

/// So many peers go into one write: as many as the client writes at once.
const BATCH: i64 = 1024;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["fill", kind, place, peers] => fill(&mut *open(kind, place)?, peers.parse()?),
        ["measure", kind, place, peers] => measure(kind, place, peers.parse()?),
        _ => all(),
    }
}

fn open(kind: &str, place: &str) -> Result<Box<dyn Store>> {
    Ok(match kind {
        "file" => Box::new(FileStore::open(place)?),
        "SQLite" => Box::new(SqliteStore::open(place)?),
        _ => Box::new(LibSqlStore::connect(place, "sesame")?),
    })
}

fn all() -> Result<()> {
    println!(
        "| store | peers | one change | open and load | bytes a peer | at most | by id | by name |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (kind, sizes) in [("file", 3..7), ("SQLite", 3..7), ("libSQL", 3..5)] {
        for size in sizes {
            let peers = 10_i64.pow(size).to_string();
            let folder = tempfile::tempdir()?;
            let server = (kind == "libSQL").then(hrana::Hrana::start);
            let place = match &server {
                Some(server) => server.url(),
                None => path(&folder.path().join("session")),
            };
            for what in ["fill", "measure"] {
                let mut again = Command::new(std::env::current_exe()?);
                let ended = again.args([what, kind, &place, &peers]).status()?;
                if !ended.success() {
                    return Err(format!("{what} {kind} {peers}: {ended}").into());
                }
            }
        }
    }
    Ok(())
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn name(id: i64) -> String {
    format!("somebody_{id}")
}

/// Every second has a public name, and every tenth a number that is shown.
fn peer(id: i64) -> Change {
    Change::Peer(PeerRecord {
        access_hash: Some(id.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as i64)),
        usernames: (id % 2 == 0).then(|| name(id)).into_iter().collect(),
        phone: (id % 10 == 0).then(|| format!("1555{id:07}")),
        usernames_seen: 1_700_000_000,
        ..PeerRecord::new(PeerKey::User(id))
    })
}

fn fill(store: &mut dyn Store, peers: i64) -> Result<()> {
    for first in (0..peers).step_by(BATCH as usize) {
        let some = first..peers.min(first + BATCH);
        store.apply(&some.map(peer).collect::<Vec<_>>())?;
        while store.tidy()? {}
    }
    Ok(())
}

/// Prints a row about a session that is there.
fn measure(kind: &str, place: &str, peers: i64) -> Result<()> {
    let before = memory()?.0;
    let start = Instant::now();
    let mut store = open(kind, place)?;
    store.load()?;
    let opened = start.elapsed();
    let (after, most) = memory()?;
    let each = |bytes: u64| bytes.saturating_sub(before) / peers as u64;

    let mut pts = 0;
    let change = median(|| {
        pts += 1;
        let change = Change::Channel {
            id: 7,
            pts: Some(pts),
        };
        Ok(store.apply(&[change])?)
    })?;
    let mut number = 0_i64;
    let mut someone = || {
        // Somewhere else each time.
        number = (number + 7919 * 104_729) % (peers / 2);
        number * 2
    };
    let by_id = median(|| {
        let key = PeerKey::User(someone());
        let found = store.peer(&PeerQuery::Id(key))?;
        found.map(drop).ok_or_else(|| "nobody is there".into())
    })?;
    let by_name = median(|| {
        let found = store.peer(&PeerQuery::Name(&name(someone())))?;
        found.map(drop).ok_or_else(|| "nobody is there".into())
    })?;
    println!(
        "| {kind} | {peers} | {change:.1?} | {opened:.1?} | {} | {} | {by_id:.1?} | {by_name:.1?} |",
        each(after),
        each(most)
    );
    Ok(())
}

fn median(mut act: impl FnMut() -> Result<()>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..SAMPLES {
        let start = Instant::now();
        act()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[SAMPLES / 2])
}

/// What of this process is in memory, and the most that was, in bytes.
fn memory() -> Result<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| -> Result<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.ok_or("it is not told")?.parse::<u64>()? * 1024)
    };
    Ok((field("VmRSS:")?, field("VmHWM:")?))
}
