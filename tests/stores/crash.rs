//! A program that is killed while it writes its session, and one that may not write all of it.
//! These tests start themselves again, to have somebody to do that to.
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use ferogram_sync::store::{
    Change, FileStore, KeyPlace, KeyRecord, Note, PeerKey, PeerRecord, Store, StoreError,
};
use ferogram_sync::{DcId, Secret};

use super::dice::{KEYS, NAMES, ROOMS};
use super::model::Model;

/// Says to the process that is killed where it writes.
const VICTIM: &str = "FEROGRAM_TEST_VICTIM";

/// Says it how often.
const STEPS: &str = "FEROGRAM_TEST_STEPS";

/// A kind of store that is kept in files.
#[derive(Clone, Copy)]
struct Kind {
    file: &'static str,
    open: fn(&Path) -> Result<Box<dyn Store>, StoreError>,
}

const FILE: Kind = Kind {
    file: "a.session",
    open: |path| Ok(Box::new(FileStore::open(path)?)),
};

#[cfg(feature = "sqlite-session")]
const SQLITE: Kind = Kind {
    file: "a.db",
    open: |path| Ok(Box::new(ferogram_sync::SqliteStore::open(path)?)),
};

macro_rules! survive {
    ($($(#[$cfg:meta])? $name:ident: $kind:ident;)*) => {$(
        $(#[$cfg])?
        mod $name {
            /// The full name of a test, by which it is started again.
            macro_rules! own {
                ($test:literal) => {
                    concat!("crash::", stringify!($name), "::", $test)
                };
            }

            #[test]
            fn a_kill_at_any_moment() {
                super::kill(super::$kind, own!("a_kill_at_any_moment"));
            }

            #[test]
            fn a_kill_between_any_two_writes() {
                super::kill_between(super::$kind, own!("a_kill_between_any_two_writes"));
            }

            #[test]
            fn a_full_disk() {
                super::fill(super::$kind, own!("a_full_disk"));
            }

            #[test]
            fn a_folder_that_may_only_be_read() {
                super::forbid(super::$kind, own!("a_folder_that_may_only_be_read"));
            }
        }
    )*};
}

survive! {
    file: FILE;
    #[cfg(feature = "sqlite-session")]
    sqlite: SQLITE;
}

/// What is changed in one step: all of it, or nothing. The notes make the session so long that it
/// is written anew from time to time.
fn step(number: i32) -> Vec<Change> {
    let at = number as usize;
    let mut changes = Vec::new();
    if at.is_multiple_of(61) {
        changes.push(Change::SignedOut);
    }
    if at.is_multiple_of(5) {
        changes.push(Change::Key(KeyRecord {
            place: KeyPlace::permanent(DcId(number)),
            key: Box::new(Secret::new([number as u8; 256])),
            created: number.into(),
            expires_at: None,
            time_offset: 0,
        }));
    }
    changes.extend([
        Change::HomeDc(DcId(number)),
        Change::Peer(PeerRecord {
            access_hash: Some(number.into()),
            usernames: vec![NAMES[at % NAMES.len()].to_owned()],
            ..PeerRecord::new(PeerKey::User((number % 5).into()))
        }),
        Change::Note(Note {
            room: ROOMS[at % ROOMS.len()].to_owned(),
            key: KEYS[at % 2].to_vec(),
            bytes: vec![number as u8; 60_000],
            expires: None,
        }),
        Change::Channel {
            id: 7,
            pts: Some(number),
        },
    ]);
    changes
}

/// How far a session is.
fn reached(store: &mut dyn Store) -> i32 {
    let records = store.load().expect("it is whole");
    records.home_dc.map_or(0, |dc| dc.0)
}

/// Writes until it is refused or has done enough, and says each number once it is kept; at last why
/// it was refused.
fn write_on(kind: Kind, path: &Path) {
    let steps = env::var(STEPS).ok().and_then(|it| it.parse().ok());
    let written = (kind.open)(path).and_then(|mut store| {
        let begun = reached(&mut *store);
        for number in (begun + 1..).take(steps.unwrap_or(usize::MAX)) {
            store.apply(&step(number))?;
            eprintln!("{number}");
            while store.tidy()? {}
        }
        Ok(())
    });
    if let Err(error) = written {
        eprintln!("{error}");
    }
}

/// Whether this process was started to write; then it has done so.
fn was_victim(kind: Kind) -> bool {
    let path = env::var_os(VICTIM);
    path.is_some_and(|path| {
        write_on(kind, Path::new(&path));
        true
    })
}

/// The command that starts the test `name` again, to write a session; `first` is what comes before
/// the name of the program.
fn again(name: &str, path: &Path, first: &[&str]) -> Command {
    let own = env::current_exe().expect("it has a name");
    let mut command = match first {
        [] => Command::new(own),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(own);
            command
        }
    };
    command.args(["--exact", name, "--nocapture"]);
    command.env(VICTIM, path).stdout(Stdio::null());
    command.stderr(Stdio::piped());
    command
}

/// A session, and what should be in it.
struct Watched {
    kind: Kind,
    path: PathBuf,
    model: Model,
    /// So many steps the model has taken.
    steps: i32,
}

impl Watched {
    fn new(kind: Kind, folder: &Path) -> Self {
        Self {
            kind,
            path: folder.join(kind.file),
            model: Model::default(),
            steps: 0,
        }
    }

    /// Opens the session, whose lock has ended with its process: what was said to be kept is there,
    /// and of the next step all or nothing. How far it is.
    fn assert_has(&mut self, told: i32, when: &str) -> i32 {
        let mut store = (self.kind.open)(&self.path).unwrap_or_else(|e| panic!("{when}: {e}"));
        let kept = reached(&mut *store);
        assert!(kept == told || kept == told + 1, "{kept} of {told}, {when}");
        for number in self.steps + 1..=kept {
            self.model.apply(&step(number));
        }
        self.steps = kept;
        self.model.assert_is(&mut *store, when);
        kept
    }
}

fn kill(kind: Kind, name: &str) {
    if was_victim(kind) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut watched = Watched::new(kind, folder.path());
    for round in 0..25_u64 {
        let mut victim = again(name, &watched.path, &[]);
        let mut victim = victim.spawn().expect("it starts again");
        let says = victim.stderr.take().expect("it was asked for");
        let mut lines = BufReader::new(says).lines();
        let line = lines.next().expect("it writes").expect("it is text");
        let mut told = line.parse().unwrap_or_else(|_| panic!("{line}"));
        thread::sleep(Duration::from_micros(round * 7919 % 20_000));
        victim.kill().expect("it is still at it");
        victim.wait().expect("it is our child");
        for line in lines {
            let line = line.expect("it is text");
            told = line.parse().unwrap_or_else(|_| panic!("{line}"));
        }
        watched.assert_has(told, &format!("round {round}"));
    }
    assert!(
        watched.steps >= 25,
        "each one went on where the last stopped"
    );
    let beside = fs::read_dir(folder.path()).expect("it is there");
    assert!(beside.count() <= 4, "what a store puts there, and no more");
}

/// What changes a file, as strace names it; not every system has those with a question mark.
const CALLS: &str = "write,pwrite64,writev,fsync,fdatasync,ftruncate,?rename,?renameat,\
                     ?renameat2,?unlink,?unlinkat";

/// Kills a program before the first of the system's calls that change a file, before the second,
/// and so on, until it comes to its end. Needs strace, which stops it there.
fn kill_between(kind: Kind, name: &str) {
    if was_victim(kind) {
        return;
    }
    let origin = tempfile::tempdir().expect("a folder");
    let mut watched = Watched::new(kind, origin.path());
    let mut store = (kind.open)(&watched.path).expect("it is free");
    // So long that it is written anew in the next steps.
    for number in 1..18 {
        store.apply(&step(number)).expect("there is room");
        watched.model.apply(&step(number));
        watched.steps = number;
    }
    drop(store);
    let begun = watched.steps;
    for at in 1.. {
        let folder = tempfile::tempdir().expect("a folder");
        for file in fs::read_dir(origin.path()).expect("it is there") {
            let file = file.expect("it is there");
            let copy = folder.path().join(file.file_name());
            fs::copy(file.path(), copy).expect("there is room");
        }
        let path = folder.path().join(kind.file);
        let trace = format!("trace={CALLS}");
        let inject = format!("inject={CALLS}:signal=KILL:when={at}");
        let strace = [
            "strace",
            "-fqq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
        ];
        let mut victim = again(name, &path, &strace);
        let Ok(output) = victim.env(STEPS, "3").output() else {
            return println!("strace is not there: left out");
        };
        let says = String::from_utf8_lossy(&output.stderr);
        if says.contains("ptrace") {
            return println!("nobody may be traced here: left out");
        }
        let last = says.lines().rev().find_map(|line| line.parse().ok());
        let mut copy = Watched::new(kind, folder.path());
        copy.assert_has(last.unwrap_or(begun), &format!("killed before call {at}"));
        if output.status.success() {
            assert_eq!(copy.steps, begun + 3, "{says}");
            assert!(at > 12, "it was killed {at} times only");
            return;
        }
    }
}

/// As on a full disk: the system takes a part of a file, and then no more.
fn fill(kind: Kind, name: &str) {
    if was_victim(kind) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut watched = Watched::new(kind, folder.path());
    let limited = "trap '' XFSZ; ulimit -f 700; exec \"$0\" \"$@\"";
    let mut victim = again(name, &watched.path, &["sh", "-c", limited]);
    let output = victim.output().expect("it starts again");
    let says = String::from_utf8(output.stderr).expect("it is text");
    assert!(output.status.success(), "{says}");
    let (numbers, refusal) = says.trim_end().rsplit_once('\n').expect("two lines");
    assert!(refusal.contains("as it was before"), "{says}");
    assert!(refusal.contains(kind.file), "{says}");
    let half = format!("{}.tmp", kind.file);
    assert!(!folder.path().join(half).exists(), "no half is left");
    let told = numbers.lines().last().expect("some were kept").parse();
    let told = told.expect("a number");
    let kept = watched.assert_has(told, "there is room again");
    assert_eq!(kept, told, "what was refused has not happened");
    let mut store = (kind.open)(&watched.path).expect("it is free");
    for number in told + 1..told + 20 {
        store.apply(&step(number)).expect("there is room again");
    }
}

/// Nobody in particular, who may not write what is others'.
const NOBODY: u32 = 65_534;

/// A session that may be read and not written stays as it is, and the error says why.
fn forbid(kind: Kind, name: &str) {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    if was_victim(kind) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(kind.file);
    let mut store = (kind.open)(&path).expect("it is free");
    store.apply(&step(1)).expect("there is room");
    drop(store);
    let all: Vec<_> = fs::read_dir(folder.path())
        .expect("it is there")
        .map(|file| file.expect("it is there").path())
        .collect();
    let before = fs::read(&path).expect("it is there");
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    all.iter().for_each(|path| mode(path, 0o444));
    mode(folder.path(), 0o555);
    // Whoever may do everything is stopped by no permission, and lets somebody else try.
    let is_stopped = fs::write(folder.path().join("x"), "").is_err();
    for is_locked in [true, false] {
        if !is_locked {
            // Only the session itself may not be written.
            let lock = all
                .iter()
                .find(|path| path.extension().is_some_and(|it| it == "lock"));
            let lock = lock.expect("it is never removed");
            mode(lock, 0o600);
            if !is_stopped {
                chown(lock, Some(NOBODY), Some(NOBODY)).expect("who may do everything");
            }
        }
        let mut victim = again(name, &path, &[]);
        if !is_stopped {
            victim.uid(NOBODY).gid(NOBODY);
        }
        let Ok(output) = victim.output() else {
            return println!("nobody else may start this program: left out");
        };
        let says = String::from_utf8(output.stderr).expect("it is text");
        assert!(output.status.success(), "{says}");
        assert_eq!(says.lines().count(), 1, "{says}");
        assert!(says.contains(kind.file), "{says}");
        assert!(says.contains("writable"), "{says}");
        assert_eq!(fs::read(&path).expect("it is there"), before);
    }
    mode(folder.path(), 0o755);
}
