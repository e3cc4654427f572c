//! What becomes of sessions in an SQLite database.
use std::fs;
use std::path::Path;

use super::store::SqliteStore;
use crate::dc::DcId;
use crate::secret::Secret;
use crate::store::dice::Dice;
use crate::store::lock::beside;
use crate::store::{
    Change, DatabaseFault, FileStore, KeyPlace, KeyRecord, MemoryStore, PeerKey, PeerQuery,
    PeerRecord, Store, StoreError,
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn home(dc: i32) -> Change {
    Change::HomeDc(DcId(dc))
}

fn fault(error: &StoreError) -> Option<DatabaseFault> {
    match error {
        StoreError::Database { fault, .. } => Some(*fault),
        _ => None,
    }
}

const IDS: [fn(i64) -> PeerKey; 3] = [PeerKey::User, PeerKey::Chat, PeerKey::Channel];
const TEXTS: [&str; 8] = ["", "a", "Z", "é", "漢", "🦀", "_", "\0"];

/// What a store holds, to be compared: `Debug` hides what is secret.
fn content(store: &mut dyn Store) -> Vec<String> {
    let mut records = store.load().unwrap();
    for dc in &mut records.dcs {
        // An address as text has no label of a flow, and the server tells none.
        if let std::net::SocketAddr::V6(address) = &mut dc.address {
            address.set_flowinfo(0);
        }
    }
    let keys = records.keys.iter().map(|key| key.key.expose()[0]);
    let keys: Vec<_> = keys.collect();
    let salts: Vec<_> = records.salts.iter().map(|salt| salt.salt).collect();
    let mut lines = vec![format!("{records:?} {keys:?} {salts:?}")];
    for id in (1..7).flat_map(|id| IDS.map(|make| make(id))) {
        lines.push(format!("{:?}", store.peer(&PeerQuery::Id(id)).unwrap()));
    }
    for text in TEXTS {
        let named = store.peer(&PeerQuery::Name(text)).unwrap();
        let called = store.peer(&PeerQuery::Phone(text)).unwrap();
        let notes = store.notes(text).unwrap().into_iter();
        let notes: Vec<_> = notes.map(|it| (it.key, it.bytes, it.expires)).collect();
        lines.push(format!("{text:?} {named:?} {called:?} {notes:?}"));
    }
    lines
}

/// What changes mean is defined by what they do in memory.
#[test]
fn random_lives_are_those_of_a_store_in_memory() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let name = |at: usize| format!("session {at}");
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let models = [MemoryStore::new(), MemoryStore::new()];
        for (at, model) in models.iter().enumerate() {
            let mut store = SqliteStore::open_named(&path, &name(at)).unwrap();
            store.apply(&[Change::Clear]).unwrap();
            drop((store, model));
        }
        for round in 0..30 {
            let at = round % 2;
            let mut store = SqliteStore::open_named(&path, &name(at)).unwrap();
            let mut model = models[at].clone();
            for _ in 0..3 {
                let changes = dice.changes();
                store.apply(&changes).unwrap();
                model.apply(&changes).unwrap();
            }
            assert_eq!(content(&mut store), content(&mut model), "seed {seed}");
            let who = [
                PeerQuery::Id(PeerKey::Chat(3)),
                PeerQuery::Name("A"),
                PeerQuery::Id(PeerKey::User(99)),
                PeerQuery::Phone("a"),
            ];
            let of_model = Store::peers(&mut model, &who).unwrap();
            assert_eq!(store.peers(&who).unwrap(), of_model);
        }
    }
}

#[test]
fn each_session_of_a_file_is_one_clients() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let mut store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.path(), path.canonicalize().unwrap());
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    let mut other = SqliteStore::open_named(&path, "Other/..").unwrap();
    store.apply(&[home(1)]).unwrap();
    other.apply(&[home(2)]).unwrap();
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
    drop(store);
    let mut store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
    store.apply(&[Change::Clear]).unwrap();
    assert_eq!(other.load().unwrap().home_dc, Some(DcId(2)));
}

#[test]
fn many_may_begin_a_file_at_once() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    std::thread::scope(|scope| {
        for at in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let mut store = SqliteStore::open_named(path, &at.to_string()).unwrap();
                for dc in 0..20 {
                    store.apply(&[home(dc)]).unwrap();
                }
            });
        }
    });
    for at in 0..8 {
        let mut store = SqliteStore::open_named(&path, &at.to_string()).unwrap();
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(19)));
    }
}

/// The file, and those beside it, by the ends of their names.
fn files(path: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = fs::read_dir(path.parent().unwrap()).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let read = |file: std::path::PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(file).unwrap())
    };
    let mut files: Vec<_> = files.map(read).collect();
    files.sort();
    files
}

#[test]
fn what_a_newer_version_wrote_is_left_as_it_is() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let store = SqliteStore::open(&path).unwrap();
    let newer = "INSERT INTO ferogram_version VALUES (99)";
    store.connection().execute(newer, []).unwrap();
    drop(store);
    let before = files(&path);
    let error = SqliteStore::open(&path).unwrap_err();
    let StoreError::NewerFormat { found, known, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((found, known), (99, 1));
    assert!(error.to_string().contains("update the library"), "{error}");
    assert_eq!(files(&path), before);
}

#[test]
fn what_is_no_database_of_ours_is_left_as_it_is() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    FileStore::open(at("file.session"))
        .unwrap()
        .apply(&[home(1)])
        .unwrap();
    fs::write(at("text"), "no database").unwrap();
    fs::write(at("start"), b"SQLite format 3\0 and no more").unwrap();
    let other = rusqlite::Connection::open(at("telethon.session")).unwrap();
    other
        .execute("CREATE TABLE sessions (auth_key BLOB)", [])
        .unwrap();
    drop(other);
    for name in ["file.session", "text", "start", "telethon.session"] {
        let before = fs::read(at(name)).unwrap();
        let error = SqliteStore::open(at(name)).unwrap_err();
        assert!(
            matches!(error, StoreError::Foreign { .. }),
            "{name}: {error}"
        );
        assert_eq!(fs::read(at(name)).unwrap(), before);
    }
    fs::write(at("empty"), "").unwrap();
    SqliteStore::open(at("empty")).unwrap();
    let own = SqliteStore::open(at("own")).unwrap();
    let table = "CREATE TABLE mine (text TEXT)";
    own.connection().execute(table, []).unwrap();
    drop(own);
    SqliteStore::open(at("own")).unwrap();
}

#[test]
fn places_where_no_session_can_be() {
    let folder = folder();
    let error = SqliteStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
    let error = SqliteStore::open("1BVtsOK4Bu".repeat(40)).unwrap_err();
    assert!(matches!(error, StoreError::LoginText), "{error}");
    for name in ["a.lock", "a.tmp", "a-wal", "a-shm", "no/folder"] {
        let error = SqliteStore::open(folder.path().join(name)).unwrap_err();
        assert!(matches!(error, StoreError::Io { .. }), "{name}: {error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn for_the_owner_only_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut store = SqliteStore::open(&path).unwrap();
    store.apply(&[home(1)]).unwrap();
    for suffix in ["", "-wal", "-shm", ".default.lock"] {
        assert_eq!(mode(&beside(&path, suffix)), 0o600, "{suffix}");
    }
    let link = folder.path().join("link");
    symlink(&path, &link).unwrap();
    let error = SqliteStore::open(&link).unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    drop(store);
    // As a copy of it may be.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let store = SqliteStore::open(&link).unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(store.path(), path.canonicalize().unwrap());
}

/// Whatever keeps a change from being written: nothing of it is there, and it can be given again.
#[test]
fn what_cannot_be_written_has_not_happened() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let mut store = SqliteStore::open(&path).unwrap();
    store.apply(&[home(1)]).unwrap();
    let before = content(&mut store);
    let peers = (0..2000).map(|id| {
        Change::Peer(PeerRecord {
            access_hash: Some(id),
            ..PeerRecord::new(PeerKey::User(id))
        })
    });
    let much: Vec<_> = [home(2)].into_iter().chain(peers).collect();

    let set = |store: &SqliteStore, pragma: &str, value: i64| {
        let connection = store.connection();
        connection.pragma_update(None, pragma, value).unwrap();
    };
    set(&store, "max_page_count", 1); // Which is as many as there are.
    let error = store.apply(&much).unwrap_err();
    assert_eq!(fault(&error), Some(DatabaseFault::Full), "{error}");
    assert!(error.to_string().contains("make room"), "{error}");
    assert_eq!(content(&mut store), before);
    set(&store, "max_page_count", i64::from(i32::MAX));

    set(&store, "query_only", 1);
    let error = store.apply(&much).unwrap_err();
    assert_eq!(fault(&error), Some(DatabaseFault::ReadOnly), "{error}");
    assert!(error.to_string().contains("must be writable"), "{error}");
    assert_eq!(content(&mut store), before);
    set(&store, "query_only", 0);

    set(&store, "busy_timeout", 1);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.apply(&much).unwrap_err();
    assert_eq!(fault(&error), Some(DatabaseFault::Busy), "{error}");
    assert!(
        error.to_string().contains("another program holds it"),
        "{error}"
    );
    assert_eq!(content(&mut store), before, "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();

    store.apply(&much).unwrap();
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(2)));
    let last = store.peer(&PeerQuery::Id(PeerKey::User(1999))).unwrap();
    assert_eq!(last.and_then(|it| it.access_hash), Some(1999));
}

#[test]
fn a_damaged_database_is_an_error_and_no_panic() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let peers = (0..500).map(|id| Change::Peer(PeerRecord::new(PeerKey::User(id))));
    store.apply(&peers.collect::<Vec<_>>()).unwrap();
    drop(store);
    let bytes = fs::read(&path).unwrap();
    for page in 0..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[page * 4096 + 100..][..3000].fill(0x5a);
        fs::write(&path, damaged).unwrap();
        let Ok(mut store) = SqliteStore::open(&path) else {
            continue;
        };
        store.load().ok();
        for id in 0..500 {
            store.peer(&PeerQuery::Id(PeerKey::User(id))).ok();
        }
        store.apply(&[home(3)]).ok();
    }
    // What stands there may also be of a kind that nobody wrote.
    fs::write(&path, bytes).unwrap();
    let mut store = SqliteStore::open(&path).unwrap();
    let strange = "UPDATE ferogram_peer SET kind = 7, id = 1.5 WHERE id = 1";
    store.connection().execute(strange, []).unwrap();
    let strange = "UPDATE ferogram_session SET home_dc = 'two'";
    store.connection().execute(strange, []).unwrap();
    let error = store.load().unwrap_err().to_string();
    assert!(error.contains("not written there"), "{error}");
}

/// A key that is gone must not be found in a copy of the disk.
#[test]
fn nothing_stays_of_a_key_that_is_gone() {
    let folder = folder();
    let path = folder.path().join("sessions.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let _reader = SqliteStore::open_named(&path, "other").unwrap(); // It keeps the log there.
    let key = |byte| {
        Change::Key(KeyRecord {
            place: KeyPlace::permanent(DcId(2)),
            key: Box::new(Secret::new([byte; 256])),
            created: 1,
            expires_at: None,
            time_offset: 0,
        })
    };
    let found = |byte: u8| {
        let has = |bytes: &[u8]| bytes.windows(64).any(|part| part == [byte; 64]);
        let files = files(&path).into_iter();
        files
            .filter(|(_, bytes)| has(bytes))
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    store.apply(&[key(0xa1)]).unwrap();
    assert!(!found(0xa1).is_empty());
    store.apply(&[key(0xb2)]).unwrap();
    assert!(!store.tidy().unwrap());
    assert!(found(0xa1).is_empty(), "{:?}", found(0xa1));
    assert!(!found(0xb2).is_empty());
    store.apply(&[Change::Clear]).unwrap();
    store.tidy().unwrap();
    assert!(found(0xb2).is_empty(), "{:?}", found(0xb2));
}

#[test]
fn a_database_in_memory_is_one_too() {
    let mut store = SqliteStore::in_memory().unwrap();
    store.apply(&[home(4)]).unwrap();
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(4)));
    assert!(!store.tidy().unwrap());
    let mut other = SqliteStore::in_memory().unwrap();
    assert_eq!(other.load().unwrap().home_dc, None);
}

/// What is told again costs no write: the addresses come with every configuration.
#[test]
fn what_is_known_is_not_written_again() {
    let mut store = SqliteStore::in_memory().unwrap();
    let mut dice = Dice(3);
    let dcs = std::iter::repeat_with(|| dice.records().dcs);
    let dcs = Change::Dcs(dcs.flatten().take(20).collect());
    store.apply(std::slice::from_ref(&dcs)).unwrap();
    let written = store.connection().total_changes();
    store.apply(&[dcs]).unwrap();
    assert_eq!(store.connection().total_changes(), written);
}
