//! A program that is killed while it writes its session, and one that may not write all of it.
//! These tests start themselves again, to have somebody to do that to.
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use ferogram_sync::DcId;
use ferogram_sync::store::{Change, FileStore, PeerKey, PeerRecord, Records, Store};

/// Says to the process that is killed where it writes.
const VICTIM: &str = "FEROGRAM_TEST_VICTIM";
const CHANNEL: i64 = 7;

/// How often the session was written: two places say so, which are written together.
fn written(records: &Records) -> i32 {
    let home = records.home_dc.map_or(0, |dc| dc.0);
    let pts = records.channels.get(&CHANNEL).copied().unwrap_or(0);
    assert_eq!(home, pts, "all changes of one step, or none");
    home
}

/// Writes until it is refused, and says each number once it is kept; at last why it was refused.
fn write_on(path: &Path) {
    let mut store = FileStore::open(path).expect("nobody else has it");
    let begun = written(&store.load().expect("it is whole"));
    for number in begun + 1.. {
        let peer = PeerRecord {
            access_hash: Some(1),
            usernames: vec!["somebody with a long name, so that the file grows".repeat(20)],
            ..PeerRecord::new(PeerKey::User(number.into()))
        };
        let step = [
            Change::HomeDc(DcId(number)),
            Change::Peer(peer),
            Change::Channel {
                id: CHANNEL,
                pts: Some(number),
            },
        ];
        if let Err(error) = store.apply(&step) {
            let kept = written(&store.load().expect("it is whole"));
            assert_eq!(kept, number - 1, "what was refused has not happened");
            eprintln!("{error}");
            return;
        }
        eprintln!("{number}");
    }
}

/// The command that starts the test `name` again, to write a session.
fn again(name: &str, path: &Path, mut command: Command) -> Command {
    command.args(["--exact", name, "--nocapture"]);
    command.env(VICTIM, path).stdout(Stdio::null());
    command.stderr(Stdio::piped());
    command
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_session() {
    if let Some(path) = env::var_os(VICTIM) {
        return write_on(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let program = env::current_exe().expect("it has a name");
    let mut told = 0;
    for round in 0..40_u64 {
        let name = "session_kill::a_kill_at_any_moment_leaves_a_whole_session";
        let mut command = again(name, &path, Command::new(&program));
        let mut victim = command.spawn().expect("it starts again");
        let says = victim.stderr.take().expect("it was asked for");
        let mut lines = BufReader::new(says).lines();
        let line = lines.next().expect("it writes").expect("it is text");
        told = line.parse().unwrap_or_else(|_| panic!("{line}"));
        thread::sleep(Duration::from_micros(round * 97 % 1_000));
        victim.kill().expect("it is still at it");
        victim.wait().expect("it is our child");
        for line in lines {
            told = line.expect("it is text").parse().expect("a number");
        }
        // The lock has ended with its process, and what was said to be kept is there.
        let mut store = FileStore::open(&path).expect("it is whole");
        let kept = written(&store.load().expect("it is whole"));
        assert!(kept == told || kept == told + 1, "{kept} of {told}");
    }
    assert!(told >= 40, "each one went on where the last one stopped");
    let beside = fs::read_dir(folder.path()).expect("it is there");
    assert!(
        beside.count() <= 3,
        "the session, its lock, and half a file"
    );
}

/// As on a full disk: the system takes a part of the file, and then no more.
#[cfg(unix)]
#[test]
fn half_a_write_leaves_the_session_as_it_was() {
    if let Some(path) = env::var_os(VICTIM) {
        return write_on(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let mut shell = Command::new("sh");
    let limited = "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\"";
    shell.args(["-c", limited]);
    shell.arg(env::current_exe().expect("it has a name"));
    let name = "session_kill::half_a_write_leaves_the_session_as_it_was";
    let output = again(name, &path, shell).output().expect("it starts again");
    let says = String::from_utf8(output.stderr).expect("it is text");
    let (numbers, refusal) = says
        .trim_end()
        .rsplit_once('\n')
        .expect("two lines at least");
    assert!(refusal.starts_with("could not write"), "{says}");
    assert!(refusal.contains("as it was before"), "{says}");
    assert!(output.status.success(), "{says}");
    assert!(
        !folder.path().join("a.session.tmp").exists(),
        "no half is left"
    );
    let mut store = FileStore::open(&path).expect("it is whole");
    let kept = written(&store.load().expect("it is whole"));
    assert_eq!(numbers.lines().last(), Some(kept.to_string().as_str()));
    let more = [
        Change::HomeDc(DcId(1)),
        Change::Channel {
            id: CHANNEL,
            pts: Some(1),
        },
    ];
    store.apply(&more).expect("there is room again");
}
