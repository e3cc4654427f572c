//! What becomes of a session file, whatever happens to it.
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::entry::{HEAD_LEN, Head};
use super::file::{FILE_LEN_MAX, FileStore};
use super::header::{HEADER_LEN, Header, Sums};
use crate::dc::DcId;
use crate::store::dice::Dice;
use crate::store::lock::beside;
use crate::store::older;
use crate::store::{
    Change, MemoryStore, Note, PeerKey, PeerQuery, PeerRecord, Records, Store, StoreError,
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn home(dc: i32) -> Change {
    Change::HomeDc(DcId(dc))
}

/// What a failed `open` says. The file must be as it was.
fn refused(path: &Path) -> StoreError {
    let before = fs::read(path).ok();
    let error = FileStore::open(path).unwrap_err();
    assert_eq!(fs::read(path).ok(), before, "left as it is");
    assert!(
        error.to_string().contains(&*path.to_string_lossy()),
        "{error}"
    );
    error
}

/// What a store holds, to be compared: `Debug` hides what is secret.
fn content(store: &mut FileStore) -> String {
    let records = store.load().unwrap();
    let keys = records.keys.iter().map(|key| key.key.expose().to_vec());
    let keys: Vec<_> = keys.collect();
    let ids = (1..7).flat_map(|id| [PeerKey::User(id), PeerKey::Chat(id), PeerKey::Channel(id)]);
    let peers = ids.map(|id| store.peer(&PeerQuery::Id(id)).unwrap());
    let peers: Vec<_> = peers.collect();
    let rooms = ["", "a", "Z", "é", "漢", "🦀", "_", "\0"];
    let notes = rooms.map(|room| store.notes(room).unwrap());
    let notes = notes.map(|notes| notes.into_iter().map(|it| (it.key, it.bytes, it.expires)));
    let notes = notes.map(Iterator::collect::<Vec<_>>);
    format!(
        "{records:?} {:?} {keys:?} {peers:?} {notes:?}",
        salts(&records)
    )
}

fn salts(records: &Records) -> Vec<i64> {
    records.salts.iter().map(|salt| salt.salt).collect()
}

#[test]
fn one_client_at_a_time() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    assert!(matches!(refused(&path), StoreError::InUse { .. }));
    store.apply(&[home(1)]).unwrap();
    assert!(matches!(refused(&path), StoreError::InUse { .. }));
    let detour = folder.path().join(".").join("a.session");
    let error = FileStore::open(&detour).unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    FileStore::open(folder.path().join("b.session")).unwrap();
    drop(store);
    FileStore::open(&path).unwrap();
    assert!(beside(&path, ".lock").exists(), "never removed");
}

/// A file with a snapshot and a journal, and what it holds.
fn with_journal(path: &Path, seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let mut store = FileStore::open(path).unwrap();
    let mut contents = Vec::new();
    while contents.len() < 6 {
        let changes = dice.changes();
        if changes.is_empty() || changes.iter().any(Change::forgets_account) {
            continue;
        }
        store.apply(&changes).unwrap();
        contents.push(content(&mut store));
    }
    contents
}

#[test]
fn a_session_comes_back() {
    let folder = folder();
    let path = folder.path().join("bot.session");
    for seed in 0..12 {
        fs::remove_file(&path).ok();
        let mut store = FileStore::open(&path).unwrap();
        assert!(
            !path.exists(),
            "nothing is written before there is something to keep"
        );
        let mut dice = Dice(seed);
        for _ in 0..12 {
            store.apply(&dice.changes()).unwrap();
            let kept = content(&mut store);
            if dice.below(3) == 0 {
                drop(store);
                store = FileStore::open(&path).unwrap();
            } else if dice.below(3) == 0 {
                store.write_anew(&[]).unwrap();
            }
            assert_eq!(content(&mut store), kept, "seed {seed}");
        }
    }
}

/// Whatever happens to a file that was closed, it is noticed, but for what stands behind its end.
#[test]
fn every_cut_and_every_flip_of_what_was_closed_is_refused() {
    let folder = folder();
    let path = folder.path().join("a.session");
    with_journal(&path, 5);
    let whole = fs::read(&path).unwrap();
    let sealed = whole.len() - HEAD_LEN;
    for at in 0..sealed {
        for mask in [0x01, 0xff] {
            let mut flipped = whole.clone();
            flipped[at] ^= mask;
            fs::write(&path, &flipped).unwrap();
            let error = refused(&path);
            let as_expected = match at {
                0..8 => matches!(error, StoreError::Foreign { .. }),
                8 => !matches!(error, StoreError::Io { .. }),
                9..12 => matches!(error, StoreError::NewerFormat { .. }),
                _ => matches!(error, StoreError::Damaged { .. }),
            };
            assert!(as_expected, "byte {at}: {error}");
        }
    }
}

/// A crash leaves a part of the last write: all of those before it are there.
#[test]
fn a_write_that_was_cut_short_is_left_out() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let contents = with_journal(&path, 6);
    let mut whole = fs::read(&path).unwrap();
    whole.truncate(whole.len() - HEAD_LEN); // No seal: it was not closed.
    let snapshot = HEADER_LEN + Header::parse(&whole).ok().unwrap().body_len() as usize;
    let mut ends = vec![snapshot];
    while let Some(head) = whole[*ends.last().unwrap()..].first_chunk() {
        ends.push(ends.last().unwrap() + HEAD_LEN + Head::parse(head).payload_len);
    }
    assert!(
        ends.len() > 4 && *ends.last().unwrap() == whole.len(),
        "{ends:?}"
    );
    for len in snapshot..=whole.len() {
        let left = ends.iter().filter(|end| **end <= len).count();
        for rest in [&b""[..], &[0; 64], &[0xff; 64]] {
            if len < whole.len() && rest.first() == Some(&whole[len]) {
                continue; // It would be what was written.
            }
            let file = [&whole[..len], rest].concat();
            fs::write(&path, &file).unwrap();
            drop(FileStore::open(&path).unwrap());
            assert_eq!(fs::read(&path).unwrap(), file, "looking is not writing");
            let mut store = FileStore::open(&path).unwrap();
            let expected = &contents[contents.len() - ends.len() + left - 1];
            assert_eq!(content(&mut store), *expected, "{len} of {}", whole.len());
            if len % 16 == 0 {
                store.apply(&[home(77)]).unwrap();
                drop(store);
                let mut store = FileStore::open(&path).unwrap();
                assert_eq!(store.load().unwrap().home_dc, Some(DcId(77)));
            }
        }
    }
    for len in 0..snapshot {
        fs::write(&path, &whole[..len]).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, StoreError::Damaged { .. }),
            "{len}: {error}"
        );
    }
}

#[test]
fn files_of_older_versions_are_read_and_written_anew() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut dice = Dice(8);
    let records = dice.records();
    let peer = PeerRecord {
        usernames: vec!["durov".to_owned()],
        ..PeerRecord::new(PeerKey::User(5))
    };
    let body = older::encode(&records, std::slice::from_ref(&peer));
    let header = Header::of_older(2, &body).to_bytes();
    let whole = [&header[..], &body].concat();
    fs::write(&path, &whole).unwrap();
    let mut store = FileStore::open(&path).unwrap();
    let kept = content(&mut store);
    let found = |store: &mut FileStore| store.peer(&PeerQuery::Name("Durov")).unwrap();
    assert_eq!(found(&mut store).as_ref(), Some(&peer));
    drop(store);
    assert_eq!(fs::read(&path).unwrap(), whole, "reading is not writing");
    let mut store = FileStore::open(&path).unwrap();
    store
        .apply(&[Change::Channel { id: 1, pts: None }])
        .unwrap();
    drop(store);
    let mut store = FileStore::open(&path).unwrap();
    assert_eq!(content(&mut store), kept);
    assert_eq!(found(&mut store).as_ref(), Some(&peer));
    drop(store);
    for at in HEADER_LEN..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&path, flipped).unwrap();
        assert!(
            matches!(refused(&path), StoreError::Damaged { .. }),
            "byte {at}"
        );
    }
}

/// What is written anew piece by piece takes in what is changed meanwhile.
#[test]
fn changes_go_on_while_the_file_is_written_anew() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    let peer = |id: i64, hash: i64| {
        Change::Peer(PeerRecord {
            access_hash: Some(hash),
            usernames: vec![format!("peer_{id}")],
            ..PeerRecord::new(PeerKey::User(id))
        })
    };
    let all = 1..40_000_i64;
    store
        .apply(&all.clone().map(|id| peer(id, id)).collect::<Vec<_>>())
        .unwrap();
    store.write_anew(&[]).unwrap();
    let mut pieces = 0;
    let mut hash = 1_000_000;
    while store.write_piece().unwrap() {
        pieces += 1;
        hash += 1;
        store
            .apply(&[
                peer(pieces, hash),
                peer(39_000 + pieces, hash),
                home(pieces as i32),
            ])
            .unwrap();
        assert!(beside(&path, ".tmp").exists());
    }
    assert!(pieces > 2, "{pieces}");
    assert!(!beside(&path, ".tmp").exists());
    for reopened in [false, true] {
        if reopened {
            drop(store);
            store = FileStore::open(&path).unwrap();
        }
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(pieces as i32)));
        for id in all.clone() {
            let name = format!("Peer_{id}");
            let found = store.peer(&PeerQuery::Name(&name)).unwrap().unwrap();
            let changed = [id, id - 39_000]
                .into_iter()
                .find(|it| (1..=pieces).contains(it));
            let hash = changed.map_or(id, |piece| 1_000_000 + piece);
            assert_eq!(
                (found.id, found.access_hash),
                (PeerKey::User(id), Some(hash))
            );
        }
    }
}

/// The same for a session in memory and for one in a file, opened again and written anew.
#[test]
fn a_name_is_whose_it_was_last() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let peer = |id, name: &str, phone: &str| {
        Change::Peer(PeerRecord {
            usernames: vec![name.to_owned()],
            phone: Some(phone.to_owned()),
            ..PeerRecord::new(PeerKey::User(id))
        })
    };
    let check = |store: &mut dyn Store| {
        let mut owner = |query| store.peer(&query).unwrap().map(|it| it.id);
        assert_eq!(owner(PeerQuery::Name("THE_SHOP")), Some(PeerKey::User(2)));
        assert_eq!(owner(PeerQuery::Phone("123")), Some(PeerKey::User(2)));
        assert_eq!(owner(PeerQuery::Name("given_up")), None);
        let first = store.peer(&PeerQuery::Id(PeerKey::User(1))).unwrap();
        let first = first.unwrap();
        assert!(
            first.usernames.is_empty() && first.phone.is_none(),
            "{first:?}"
        );
    };
    let changes = [
        peer(1, "the_shop", "123"),
        peer(2, "given_up", "456"),
        peer(2, "The_Shop", "123"),
    ];
    let mut memory = MemoryStore::new();
    memory.apply(&changes).unwrap();
    check(&mut memory);
    let mut store = FileStore::open(&path).unwrap();
    for change in &changes {
        store.apply(std::slice::from_ref(change)).unwrap();
    }
    check(&mut store);
    drop(store);
    let mut store = FileStore::open(&path).unwrap();
    check(&mut store);
    store.write_anew(&[]).unwrap();
    check(&mut store);
    drop(store);
    check(&mut FileStore::open(&path).unwrap());
}

#[test]
fn a_file_is_written_anew_when_most_of_it_is_old() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    let bytes = vec![7; 60_000];
    for round in 0..60 {
        let note = Note {
            room: "room".to_owned(),
            key: vec![1],
            bytes: bytes.clone(),
            expires: Some(round),
        };
        store.apply(&[Change::Note(note)]).unwrap();
        while store.tidy().unwrap() {}
        assert!(fs::metadata(&path).unwrap().len() < 2_500_000);
    }
    // A disk that is full is no reason to lose anything, nor to try without end.
    fs::create_dir(beside(&path, ".tmp")).unwrap();
    for dc in 0..40 {
        let note = Note {
            room: "room".to_owned(),
            key: vec![1],
            bytes: bytes.clone(),
            expires: None,
        };
        store.apply(&[home(dc), Change::Note(note)]).unwrap();
        if store.tidy().is_err() {
            assert!(!store.tidy().unwrap(), "later");
        }
    }
    drop(store);
    let mut store = FileStore::open(&path).unwrap();
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(39)));
    assert_eq!(store.notes("room").unwrap().len(), 1);
}

#[test]
fn what_is_no_session_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("a.session");
    fs::write(&path, b"SQLite format 3\0 and more").unwrap();
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    let mut newer = Header::of(0, &Sums::new()).to_bytes();
    newer[8] = 9;
    fs::write(&path, newer).unwrap();
    let error = refused(&path);
    assert!(
        matches!(error, StoreError::NewerFormat { found: 9, .. }),
        "{error}"
    );
    fs::write(&path, b"").unwrap();
    assert!(matches!(refused(&path), StoreError::Damaged { .. }));
    // Right length, right checksum, wrong content: written by something that is broken.
    let nonsense = [7; 40];
    let older = Header::of_older(1, &nonsense).to_bytes();
    fs::write(&path, [&older[..], &nonsense].concat()).unwrap();
    assert!(matches!(refused(&path), StoreError::Damaged { .. }));
    let sparse = File::create(&path).unwrap();
    (&sparse)
        .write_all(&Header::of(0, &Sums::new()).to_bytes())
        .unwrap();
    sparse.set_len(FILE_LEN_MAX + 1).unwrap();
    drop(sparse);
    let error = FileStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
}

#[test]
fn places_where_no_session_can_be() {
    let folder = folder();
    let directory = folder.path().join("directory");
    fs::create_dir(&directory).unwrap();
    assert!(matches!(refused(&directory), StoreError::NotAFile { .. }));
    let error = FileStore::open("").unwrap_err();
    assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
    assert!(error.to_string().contains("is empty"), "{error}");
    let error = FileStore::open(folder.path().join("missing/a.session")).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StoreError::Io { .. }), "{text}");
    assert!(
        text.contains("missing") && text.contains("create it"),
        "{text}"
    );
    fs::write(folder.path().join("file"), b"").unwrap();
    FileStore::open(folder.path().join("file/a.session")).unwrap_err();
    fs::create_dir(folder.path().join("b.session.lock")).unwrap();
    let error = FileStore::open(folder.path().join("b.session")).unwrap_err();
    assert!(error.to_string().contains("lock file"), "{error}");
}

/// The second one would be removed by the first one's next write.
#[test]
fn no_session_stands_where_another_puts_its_files() {
    let folder = folder();
    let path = folder.path().join("a");
    FileStore::open(&path).unwrap().apply(&[home(1)]).unwrap();
    for name in ["a.tmp", "a.lock", "b.TMP", "b.Lock", ".tmp"] {
        let error = refused(&folder.path().join(name));
        assert!(error.to_string().contains("another name"), "{error}");
    }
    let mut store = FileStore::open(folder.path().join("tmp")).unwrap();
    store.apply(&[home(1)]).unwrap();
}

#[test]
fn what_cannot_be_written_has_not_happened() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    store.apply(&[home(1)]).unwrap();
    fs::remove_file(&path).unwrap(); // So that it has to be written anew.
    let in_the_way = beside(&path, ".tmp");
    fs::create_dir(&in_the_way).unwrap();
    let error = store.apply(&[home(2)]).unwrap_err();
    assert!(error.to_string().contains("as it was before"), "{error}");
    assert!(!path.exists());
    assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
    fs::remove_dir(&in_the_way).unwrap();
    store.apply(&[home(2)]).unwrap();
    drop(store);
    let records = FileStore::open(&path).unwrap().load().unwrap();
    assert_eq!(records.home_dc, Some(DcId(2)));
}

#[test]
fn what_another_program_put_there_is_not_overwritten() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    let refuse = |store: &mut FileStore, content: &[u8]| {
        fs::write(&path, content).unwrap();
        let error = store.apply(&[home(2)]).unwrap_err();
        assert!(matches!(error, StoreError::Changed { .. }), "{error}");
        assert!(error.to_string().contains("a.session"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), content, "left as it is");
        fs::remove_file(&path).unwrap();
    };
    refuse(&mut store, b"notes");
    store.apply(&[home(1)]).unwrap();
    let own = fs::read(&path).unwrap();
    let other = folder.path().join("b.session");
    FileStore::open(&other).unwrap().apply(&[home(3)]).unwrap();
    let other = fs::read(&other).unwrap();
    assert_eq!(other.len(), own.len(), "not even the length tells");
    for content in [&other[..], b"", &own[..own.len().min(20)]] {
        refuse(&mut store, content);
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(1)));
    }
    // What is gone is written again, and its own content is no change.
    store.apply(&[home(4)]).unwrap();
    let own = fs::read(&path).unwrap();
    fs::write(&path, &own).unwrap();
    store.apply(&[home(5)]).unwrap();
    drop(store);
    let records = FileStore::open(&path).unwrap().load().unwrap();
    assert_eq!(records.home_dc, Some(DcId(5)));
}

#[test]
fn a_directory_put_in_its_place_later_is_an_error_too() {
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("content"), b"").unwrap();
    let error = store.apply(&[home(2)]).unwrap_err();
    assert!(error.to_string().contains("replace"), "{error}");
    assert!(
        !beside(&path, ".tmp").exists(),
        "nothing is left lying about"
    );
}

/// None of them may be waited for, written to or replaced.
#[cfg(unix)]
#[test]
fn pipes_devices_and_circles_are_no_sessions() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for path in [&pipe, Path::new("/dev/null")] {
        let error = FileStore::open(path).unwrap_err();
        assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
    }
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    symlink(&here, &there).unwrap();
    symlink(&there, &here).unwrap();
    let error = FileStore::open(&here).unwrap_err();
    assert!(error.to_string().contains("remove the link"), "{error}");
    // Put there later, a pipe is replaced without being opened.
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    fs::rename(&pipe, &path).unwrap();
    store.apply(&[home(1)]).unwrap();
    assert!(fs::metadata(&path).unwrap().is_file());
}

/// A folder that can be written but not read cannot be synchronised. Who may read everything
/// finds nothing wrong with it, and the same records.
#[cfg(unix)]
#[test]
fn what_may_not_last_is_in_the_file_and_in_memory() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("a.session");
    let mut store = FileStore::open(&path).unwrap();
    let permit = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path(), permissions).unwrap();
    };
    permit(0o300);
    let is_readable = File::open(folder.path()).is_ok();
    for dc in 1..3 {
        match store.apply(&[home(dc)]) {
            Ok(()) => assert!(is_readable),
            Err(error) => assert!(error.to_string().contains("is written"), "{error}"),
        }
        assert_eq!(store.load().unwrap().home_dc, Some(DcId(dc)));
    }
    permit(0o700);
    drop(store);
    let records = FileStore::open(&path).unwrap().load().unwrap();
    assert_eq!(records.home_dc, Some(DcId(2)));
}

#[cfg(unix)]
#[test]
fn for_the_owner_only_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let path = folder.path().join("a.session");
    let link = folder.path().join("link");
    let victim = folder.path().join("victim");
    fs::write(&victim, b"not ours").unwrap();
    // Left from a crash, or put there to be written through.
    symlink(&victim, beside(&path, ".tmp")).unwrap();
    FileStore::open(&path).unwrap().apply(&[home(1)]).unwrap();
    assert_eq!(fs::read(&victim).unwrap(), b"not ours");
    symlink(&path, &link).unwrap();
    let mut store = FileStore::open(&link).unwrap();
    assert!(matches!(
        FileStore::open(&path).unwrap_err(),
        StoreError::InUse { .. }
    ));
    let lax = fs::Permissions::from_mode(0o644);
    fs::set_permissions(&path, lax).unwrap(); // As a copy of it may be.
    store.apply(&[home(3)]).unwrap();
    assert!(link.is_symlink());
    for file in [&path, &beside(&path, ".lock")] {
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    symlink(folder.path().join("nowhere"), folder.path().join("broken")).unwrap();
    let error = FileStore::open(folder.path().join("broken")).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
    assert!(error.to_string().contains("remove the link"), "{error}");
}
