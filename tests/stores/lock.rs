//! A lock file that somebody has removed.
use std::fs;
use std::path::Path;

use ferogram_sync::DcId;
use ferogram_sync::store::{Change, FileStore, Store, StoreError};

fn home(dc: i32) -> [Change; 1] {
    [Change::HomeDc(DcId(dc))]
}

type Open = dyn Fn(&Path) -> Result<Box<dyn Store>, StoreError>;

fn in_use(result: Result<(), StoreError>) -> bool {
    matches!(result, Err(StoreError::InUse { .. }))
}

/// Whoever has the session locks it anew with the next change; two at once are told.
fn lose(path: &Path, lock: &str, open: &Open) {
    let lock = path.with_file_name(lock);
    let mut first = open(path).expect("it is free");
    first.apply(&home(1)).expect("it is kept");
    fs::remove_file(&lock).expect("it is there");
    first.apply(&home(2)).expect("nobody else came");
    assert!(in_use(open(path).map(drop)), "it is locked again");

    fs::remove_file(&lock).expect("it is there");
    let mut second = open(path).expect("nothing tells that it is in use");
    assert!(in_use(first.apply(&home(8))), "the second has it now");
    second.apply(&home(3)).expect("it is kept");
    assert!(in_use(first.apply(&home(9))));
    drop(first);
    assert!(in_use(open(path).map(drop)), "what was lost is not let go");
    second.apply(&home(4)).expect("it is kept");
    drop(second);
    let mut third = open(path).expect("it is free, and whole");
    assert_eq!(third.load().expect("it is read").home_dc, Some(DcId(4)));
}

#[test]
fn a_lock_file_that_is_removed_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    lose(&path, "a.session.lock", &|path| {
        Ok(Box::new(FileStore::open(path)?))
    });
}

#[cfg(feature = "sqlite-session")]
#[test]
fn the_lock_file_of_a_session_in_a_database_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    lose(&path, "a.db.default.lock", &|path| {
        Ok(Box::new(ferogram_sync::SqliteStore::open(path)?))
    });
}

/// Who comes back after another was there writes nothing into the middle of what that one wrote.
#[test]
fn what_another_has_added_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.session");
    let lock = folder.path().join("a.session.lock");
    let mut first = FileStore::open(&path).expect("it is free");
    first.apply(&home(1)).expect("it is kept");
    first.apply(&home(2)).expect("it is kept");
    fs::remove_file(lock).expect("it is there");
    let mut second = FileStore::open(&path).expect("nothing tells that it is in use");
    second.apply(&home(3)).expect("it is kept");
    drop(second);
    let error = first.apply(&home(9)).expect_err("it is not as it was");
    assert!(matches!(error, StoreError::Changed { .. }), "{error}");
    drop(first);
    let mut third = FileStore::open(&path).expect("it is free, and whole");
    assert_eq!(third.load().expect("it is read").home_dc, Some(DcId(3)));
}
