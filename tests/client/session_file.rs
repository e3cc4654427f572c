//! Sessions that cannot be used, and what the error says of them.
use std::fs;
use std::path::Path;

use ferogram_sync::{Client, Error, StoreError};
use localdc::{LocalDc, NewBot};

const TOKEN: &str = "1000005:session-test";

fn open(dc: &LocalDc, path: &Path) -> ferogram_sync::Result<Client> {
    dc.client_builder().session(path).connect()
}

fn refused(dc: &LocalDc, path: &Path) -> StoreError {
    match open(dc, path) {
        Err(Error::Store(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was opened"),
    }
}

fn signed_in(dc: &LocalDc, path: &Path) {
    dc.add_bot(NewBot::new(TOKEN, "session_bot"));
    let client = open(dc, path).expect("a new session");
    client.bot_sign_in(TOKEN).expect("the token is right");
    client.save_session().expect("it can be written");
}

#[test]
fn a_damaged_file_is_refused_and_left_as_it_is() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    signed_in(&dc, &path);
    let good = fs::read(&path).expect("it is there");
    let flipped = |at: usize| {
        let mut file = good.clone();
        file[at] ^= 1;
        file
    };
    let beginning = good[..50].to_vec();
    for damaged in [flipped(60), flipped(good.len() / 2), beginning] {
        fs::write(&path, &damaged).expect("writable");
        let error = refused(&dc, &path);
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains("bot.session"), "{error}");
        assert_eq!(fs::read(&path).expect("it is there"), damaged, "untouched");
    }
    // What a program that was stopped while it wrote leaves at the end is left out.
    let cut = good[..good.len() - 1].to_vec();
    for whole in [cut, [good.as_slice(), b"x"].concat(), good] {
        fs::write(&path, &whole).expect("writable");
        let client = open(&dc, &path).expect("all that was kept is there");
        client.get_me().expect("still signed in");
    }
}

#[test]
fn a_foreign_file_and_one_of_another_version_are_refused() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.txt");
    fs::write(&path, "these are somebody's notes, and no session at all").expect("writable");
    let error = refused(&dc, &path);
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    assert!(
        fs::read_to_string(&path)
            .expect("it is there")
            .starts_with("these")
    );
}

#[test]
fn a_folder_in_its_place_is_refused() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let error = refused(&dc, folder.path());
    assert!(matches!(error, StoreError::NotAFile { .. }), "{error}");
    let error = refused(&dc, &folder.path().join("no/such/folder/bot.session"));
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

#[test]
fn a_session_in_use_is_refused_and_the_login_survives() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    signed_in(&dc, &path);
    let first = open(&dc, &path).expect("nobody has it");
    let error = refused(&dc, &path);
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    first.get_me().expect("the first one goes on");
    drop(first);
    open(&dc, &path)
        .expect("free again")
        .get_me()
        .expect("still signed in");
}

#[test]
fn a_session_that_cannot_be_written_fails_before_its_key_is_used() {
    let dc = LocalDc::start().expect("it listens");
    dc.add_bot(NewBot::new(TOKEN, "session_bot"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sub/bot.session");
    fs::create_dir(path.parent().expect("it has one")).expect("writable");
    let client = open(&dc, &path).expect("a new session");
    // From now on nothing can be put there.
    fs::remove_dir_all(path.parent().expect("it has one")).expect("writable");
    let error = client
        .bot_sign_in(TOKEN)
        .expect_err("the key cannot be kept");
    assert_eq!(
        error.delivery(),
        Some(ferogram_sync::Delivery::NotSent),
        "{error}"
    );
    assert!(error.to_string().contains("session"), "{error}");
    assert_eq!(dc.executed("auth.importBotAuthorization"), 0);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bot.session");
    signed_in(&dc, &path);
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
