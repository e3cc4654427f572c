//! Session files of other libraries. Those libraries themselves have their turn in `interop/`.
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use ferogram_sync::store::{
    Account, Change, DatabaseFault, FileFormat, ForeignFile, KeyPlace, PeerKey, PeerQuery,
    PeerRecord, StringSession, UpdateState,
};
use ferogram_sync::{DcId, MemoryStore, Secret, SqliteStore, Store, StoreError};
use localdc::{LocalDc, NewBot};
use rusqlite::{Connection, params};

const FORMATS: [FileFormat; 2] = [FileFormat::Telethon, FileFormat::Mtcute];

fn login() -> StringSession {
    StringSession {
        dc: DcId(4),
        key: Box::new(Secret::new(std::array::from_fn(|at| at as u8))),
        address: Some(([149, 154, 167, 91], 443).into()),
        test: Some(true),
        account: Some(Account {
            user_id: 777_000_123_456,
            bot: true,
        }),
        api_id: None,
    }
}

/// Somebody as both formats can keep them.
fn peer(id: PeerKey, hash: i64, name: &str, phone: Option<&str>) -> PeerRecord {
    PeerRecord {
        access_hash: Some(hash).filter(|hash| *hash != 0),
        usernames: Some(name.to_owned())
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect(),
        phone: phone.map(ToOwned::to_owned),
        usernames_seen: 1_700_000_000,
        phone_seen: 1_700_000_000,
        ..PeerRecord::new(id)
    }
}

fn peers() -> Vec<PeerRecord> {
    vec![
        peer(
            PeerKey::User(5_000_000_000),
            i64::MIN,
            "durov",
            Some("15550001"),
        ),
        peer(PeerKey::User(8), -1, "", None),
        peer(PeerKey::Chat(999_999_999_999), 0, "", None),
        peer(PeerKey::Channel(1), 0x7fff_ffff_8000_0000, "telegram", None),
        peer(PeerKey::Channel(2_000_000_000), i64::MAX, "", None),
    ]
}

fn state() -> Vec<Change> {
    let (pts, qts, date, seq) = (10, 20, 1_700_000_000, 30);
    vec![
        Change::Updates(UpdateState {
            pts,
            qts,
            date,
            seq,
        }),
        Change::Channel {
            id: 1,
            pts: Some(70),
        },
    ]
}

fn all() -> Vec<Change> {
    state()
        .into_iter()
        .chain(peers().into_iter().map(Change::Peer))
        .collect()
}

fn read(path: &Path) -> MemoryStore {
    let mut store = MemoryStore::new();
    let file = ForeignFile::open(path).expect("it is one");
    file.copy_into(&mut store).expect("it is whole");
    store
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in FORMATS {
        let path = folder.path().join(format!("{format} 100%?#.session"));
        let mut file = ForeignFile::create(&path, format, &login()).expect("it is free");
        file.add(&all()).expect("there is room");
        drop(file);
        let before = fs::read(&path).expect("it is there");
        let file = ForeignFile::open(&path).expect("it is one");
        assert_eq!(file.format(), format);
        let says = (format == FileFormat::Mtcute).then(login);
        let login = file.login().expect("there is one");
        assert_eq!(login.test, says.as_ref().and_then(|it| it.test));
        assert_eq!(login.account, says.as_ref().and_then(|it| it.account));
        assert!(!format!("{file:?} {login:?}").contains("1, 2, 3"));

        let mut store = SqliteStore::in_memory().expect("memory");
        let old = Change::Peer(peer(PeerKey::User(1000), 1, "gone", None));
        store.apply(&[old]).expect("it is kept");
        file.copy_into(&mut store).expect("it is whole");
        let records = store.load().expect("it is there");
        assert_eq!(records.home_dc, Some(DcId(4)));
        assert_eq!(records.keys.len(), 1);
        assert_eq!(records.keys[0].place, KeyPlace::permanent(DcId(4)));
        assert_eq!(records.keys[0].key.expose(), self::login().key.expose());
        assert_eq!(Some(records.dcs[0].address), self::login().address);
        let [Change::Updates(updates), _] = state()[..] else {
            panic!()
        };
        assert_eq!(records.updates, Some(updates), "{format}");
        assert_eq!(
            records.channels.into_iter().collect::<Vec<_>>(),
            [(1, 70)],
            "{format}"
        );
        for peer in peers() {
            let found = store.peer(&PeerQuery::Id(peer.id)).expect("it is read");
            assert_eq!(found, Some(peer), "{format}");
        }
        for query in [PeerQuery::Name("DUROV"), PeerQuery::Phone("15550001")] {
            assert!(
                store.peer(&query).expect("it is read").is_some(),
                "{format}"
            );
        }
        assert!(
            store
                .peer(&PeerQuery::Name("gone"))
                .expect("it is read")
                .is_none()
        );
        drop(file);
        assert_eq!(
            fs::read(&path).expect("it is there"),
            before,
            "it was changed"
        );
    }
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(
        left.len(),
        FORMATS.len(),
        "something stands beside them: {left:?}"
    );
}

#[test]
fn a_login_goes_there_and_comes_back() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new("1000:abc", "some_bot"));
    let mut client = dc.client_builder().connect().expect("it starts");
    client.bot_sign_in("1000:abc").expect("the token is right");
    let folder = tempfile::tempdir().expect("a folder");
    for format in FORMATS {
        let path = folder.path().join(format!("{format}.session"));
        let login = client.export_session().expect("signed in");
        drop(client);
        ForeignFile::create(&path, format, &login).expect("it is free");
        let store = read(&path);
        client = dc
            .client_builder()
            .session(store)
            .connect()
            .expect("it starts");
        let me = client.get_me().expect("signed in");
        assert_eq!(me.username(), Some("some_bot"), "{format}");
    }
    assert_eq!(dc.keys(), 1, "no key was made anew");
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    fs::write(&path, "precious").expect("it is written");
    for format in FORMATS {
        let error = ForeignFile::create(&path, format, &login()).expect_err("it is there");
        assert!(matches!(error, StoreError::Io { .. }), "{error}");
        assert_eq!(fs::read(&path).expect("it is there"), b"precious");
    }
    fs::remove_file(&path).expect("it goes");
    for format in FORMATS {
        let mut nowhere = login();
        nowhere.address = None;
        let error = ForeignFile::create(&path, format, &nowhere).expect_err("it says too little");
        assert!(matches!(error, StoreError::Incomplete { .. }), "{error}");
        assert!(!path.exists(), "a file was left behind");
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_made() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    for format in FORMATS {
        let path = folder.path().join(format.to_string());
        ForeignFile::create(&path, format, &login()).expect("it is free");
        let mode = fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// mtcute notes the data centre when it is told to move, not before.
#[test]
fn a_login_of_mtcute_that_never_moved_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    ForeignFile::create(&path, FileFormat::Mtcute, &login()).expect("it is free");
    let change = |sql: &str| {
        let changed = Connection::open(&path).and_then(|it| it.execute_batch(sql));
        changed.expect("it is changed");
        ForeignFile::open(&path).and_then(|it| it.login())
    };
    let found = change("DELETE FROM key_value WHERE key = 'dc_main'").expect("there is one key");
    assert_eq!((found.dc, found.address, found.test), (DcId(4), None, None));
    assert_eq!(found.account, login().account);
    let second = "INSERT INTO auth_keys VALUES (2, zeroblob(255) || x'01')";
    let strange = change(second).expect_err("it is no key, but text");
    assert!(matches!(strange, StoreError::Damaged { .. }), "{strange}");
    let second = "UPDATE auth_keys SET key = randomblob(256) WHERE dc = 2";
    assert_eq!(change(second).expect("there are two").dc, DcId(2));
}

/// Tables as older versions of Telethon made them.
fn old_telethon(path: &Path, version: i64) -> Connection {
    let file = Connection::open(path).expect("it opens");
    let tables = "CREATE TABLE version (version integer primary key);
        CREATE TABLE sessions (dc_id integer primary key, server_address text, port integer,
            auth_key blob);
        CREATE TABLE entities (id integer primary key, hash integer not null, username text,
            phone integer, name text);
        INSERT INTO entities VALUES (7, 70, 'seven', 15550007, 'Seven'), (0, 5, NULL, NULL, NULL),
            (-1000000000000, 5, NULL, NULL, NULL);";
    file.execute_batch(tables).expect("it is new");
    file.execute("INSERT INTO version VALUES (?1)", [version])
        .expect("it is new");
    let session = params![2, "149.154.167.51", 443, [7_u8; 256]];
    file.execute("INSERT INTO sessions VALUES (?1, ?2, ?3, ?4)", session)
        .expect("it is new");
    file
}

#[test]
fn older_versions_of_telethon_are_read_and_newer_ones_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    for version in [1, 3, 5, 6, 7, 8, 9, 0] {
        let path = folder.path().join(version.to_string());
        let file = old_telethon(&path, version);
        if version >= 4 {
            let table = "CREATE TABLE update_state (id integer primary key, pts integer,
                qts integer, date integer, seq integer);
                INSERT INTO update_state VALUES (0, 1, 2, 3.25, 4)";
            file.execute_batch(table).expect("it is new");
        }
        if version >= 7 {
            file.execute_batch("ALTER TABLE entities ADD COLUMN date integer")
                .expect("it is new");
        }
        drop(file);
        match ForeignFile::open(&path) {
            Err(StoreError::NewerFormat {
                found: 9, known: 8, ..
            }) => assert_eq!(version, 9),
            Err(StoreError::Damaged { .. }) => assert_eq!(version, 0),
            Err(error) => panic!("{error}"),
            Ok(_) => {
                let mut store = read(&path);
                let updates = store.snapshot().updates;
                assert_eq!(updates.map(|it| it.date), (version >= 4).then_some(3));
                let seven = store.peer(&PeerQuery::Name("seven")).expect("it is read");
                let hash = seven.and_then(|it| it.access_hash);
                // Before, the hashes were wrong.
                assert_eq!(hash, (version >= 6).then_some(70), "{version}");
            }
        }
    }
}

#[test]
fn of_two_with_one_name_the_newest_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, sql) in [
        "UPDATE entities SET username = 'same', date = iif(id = 8, 2, 1)",
        "UPDATE peers SET usernames = '[\"same\"]', updated = iif(id = 8, 2000, 1999)",
    ]
    .iter()
    .enumerate()
    {
        let path = folder.path().join(at.to_string());
        let mut file = ForeignFile::create(&path, FORMATS[at], &login()).expect("it is free");
        file.add(&all()).expect("there is room");
        drop(file);
        Connection::open(&path)
            .and_then(|it| it.execute_batch(sql))
            .expect("it is changed");
        let found = read(&path)
            .peer(&PeerQuery::Name("same"))
            .expect("it is read");
        assert_eq!(found.map(|it| it.id), Some(PeerKey::User(8)));
    }
}

/// mtcute's files are in this mode, and it may end without taking up what it wrote last.
#[test]
fn a_file_with_a_log_is_read_with_it_and_nothing_is_put_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let mut file = ForeignFile::create(&path, FileFormat::Mtcute, &login()).expect("it is free");
    file.add(&all()).expect("there is room");
    drop(file);
    let theirs = Connection::open(&path).expect("it opens");
    theirs
        .pragma_update(None, "journal_mode", "WAL")
        .expect("it can");
    theirs
        .execute_batch("UPDATE peers SET phone = '1' WHERE id = 8")
        .expect("it is there");
    let eight = |store: &mut MemoryStore| {
        let found = store.peer(&PeerQuery::Phone("1")).expect("it is read");
        found.map(|it| it.id)
    };
    assert_eq!(
        eight(&mut read(&path)),
        Some(PeerKey::User(8)),
        "while it is open"
    );
    drop(theirs);
    assert_eq!(
        eight(&mut read(&path)),
        Some(PeerKey::User(8)),
        "when it is closed"
    );
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 1, "something stands beside it");
}

#[test]
fn a_file_that_is_being_written_is_busy_and_an_unfinished_change_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let theirs = old_telethon(&path, 8);
    theirs
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM entities")
        .expect("it begins");
    // Only begun: what was there before is what counts.
    assert!(ForeignFile::open(&path).is_ok());
    theirs
        .execute_batch(
            "COMMIT; PRAGMA cache_size = 1; BEGIN EXCLUSIVE;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO entities SELECT i, i, NULL, NULL, printf('%0500d', i) FROM n",
        )
        .expect("it begins");
    let error = ForeignFile::open(&path).expect_err("it is being written");
    let busy = matches!(
        error,
        StoreError::Database {
            fault: DatabaseFault::Busy,
            ..
        }
    );
    assert!(busy, "{error}");
    // As if that program had been killed here.
    let copy = folder.path().join("b.session");
    fs::copy(&path, &copy).expect("it is copied");
    let journal = folder.path().join("a.session-journal");
    fs::copy(journal, folder.path().join("b.session-journal")).expect("it is copied");
    let error = ForeignFile::open(&copy).expect_err("it is half written");
    assert!(
        error.to_string().contains("open it with that one"),
        "{error}"
    );
}

#[test]
fn what_is_no_session_of_others_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let error = || ForeignFile::open(&path).expect_err("it is none");
    assert!(matches!(error(), StoreError::Io { .. }));
    fs::write(&path, "text").expect("it is written");
    assert!(matches!(error(), StoreError::UnknownFile { .. }));
    fs::remove_file(&path).expect("it goes");
    drop(SqliteStore::open(&path).expect("it is free"));
    assert!(matches!(error(), StoreError::UnknownFile { .. }), "our own");
    let text = login()
        .encode(ferogram_sync::store::StringFormat::Native)
        .expect("it says all");
    for error in [
        ForeignFile::open(text.expose()).expect_err("it is no path"),
        ForeignFile::create(text.expose(), FileFormat::Mtcute, &login()).expect_err("nor here"),
    ] {
        assert!(matches!(error, StoreError::LoginText), "another error");
    }
    let folder = ForeignFile::open(folder.path()).expect_err("it is a folder");
    assert!(matches!(folder, StoreError::NotAFile { .. }), "{folder}");
}

#[test]
fn a_file_without_a_login_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, sql) in [
        "UPDATE sessions SET auth_key = x''",
        "DELETE FROM auth_keys",
    ]
    .iter()
    .enumerate()
    {
        let path = folder.path().join(at.to_string());
        ForeignFile::create(&path, FORMATS[at], &login()).expect("it is free");
        Connection::open(&path)
            .and_then(|it| it.execute_batch(sql))
            .expect("it is changed");
        let mut store = MemoryStore::new();
        store.apply(&[Change::HomeDc(DcId(1))]).expect("it is kept");
        let file = ForeignFile::open(&path).expect("it is one");
        let error = file.copy_into(&mut store).expect_err("there is no login");
        assert!(matches!(error, StoreError::NoLogin { .. }), "{error}");
        assert_eq!(store.snapshot().home_dc, Some(DcId(1)));
    }
}

/// Whatever stands in a field and whatever byte is wrong: an error or a session, never a panic; and
/// no error shows a key.
#[test]
fn no_damage_is_a_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let values = [
        "NULL",
        "-1",
        "9223372036854775807",
        "'x'",
        "x'ff'",
        "zeroblob(256)",
        "1.5",
        "''",
    ];
    let try_it = || {
        let outcome = ForeignFile::open(&path).and_then(|it| it.copy_into(&mut MemoryStore::new()));
        if let Err(error) = &outcome {
            assert!(!error.to_string().contains("1, 2, 3"), "{error}");
        }
        outcome.is_ok()
    };
    let (mut read, mut refused) = (0, 0);
    for format in FORMATS {
        fs::remove_file(&path).ok();
        let mut file = ForeignFile::create(&path, format, &login()).expect("it is free");
        file.add(&all()).expect("there is room");
        drop(file);
        let whole = fs::read(&path).expect("it is there");
        let columns: Vec<(String, String)> = {
            let file = Connection::open(&path).expect("it opens");
            let sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
                WHERE m.type = 'table'";
            let mut all = file.prepare(sql).expect("it is right");
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.expect("it runs")
                .collect::<Result<_, _>>()
                .expect("it is read")
        };
        for (table, column) in columns {
            for value in values {
                fs::write(&path, &whole).expect("it is written");
                let file = Connection::open(&path).expect("it opens");
                let change = format!("UPDATE OR IGNORE {table} SET {column} = {value}");
                file.execute_batch(&change).ok();
                drop(file);
                if try_it() { read += 1 } else { refused += 1 }
            }
        }
        let mut dice = 7_usize;
        for _ in 0..300 {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let mut damaged = whole.clone();
            let at = (dice >> 20) % whole.len();
            damaged[at] ^= (dice >> 8) as u8 | 1;
            if dice.is_multiple_of(5) {
                damaged.truncate(at);
            }
            fs::write(&path, &damaged).expect("it is written");
            if try_it() { read += 1 } else { refused += 1 }
        }
    }
    assert!(
        read > 100 && refused > 100,
        "{read} read, {refused} refused"
    );
}

#[test]
fn a_name_that_is_no_address_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let file = old_telethon(&path, 8);
    let sql = "ALTER TABLE entities ADD COLUMN date integer;
        CREATE TABLE update_state (id integer primary key, pts integer, qts integer, date integer,
            seq integer);
        UPDATE sessions SET server_address = 'venus.web.telegram.org'";
    file.execute_batch(sql).expect("it is changed");
    drop(file);
    let login = ForeignFile::open(&path)
        .and_then(|it| it.login())
        .expect("there is one");
    assert_eq!((login.dc, login.address), (DcId(2), None::<SocketAddr>));
}
