//! Files down: to paths, writers and memory, whole and in part.
use std::fs;
use std::path::PathBuf;

use ferogram_sync::tl::types;
use ferogram_sync::{Error, FileError, TransferHandle};
use localdc::{Effect, Rule};

use super::scene::{MIB, assert_same, bytes, given, make_pipe, scene};

#[test]
fn ranges_are_what_they_say() {
    let (telegram, client) = scene();
    let whole = bytes(3 * MIB + 1234);
    let file = given(&telegram, &client, &whole);
    let len = whole.len();
    for (from, until) in [
        (0, 1),
        (0, len),
        (1, 2),
        (1023, 1025),
        (5000, 5000),
        (MIB - 1, MIB + 1),
        (700_000, 2 * MIB + 700_000),
        (3 * MIB, len),
        (len - 1, len),
        (len, len),
    ] {
        let range = from as u64..until as u64;
        for verify in [false, true] {
            let part = client.download(&file).range(range.clone()).verify(verify);
            assert_same(&part.to_bytes().expect("it is there"), &whole[from..until]);
        }
    }
    let rest = client.download(&file).range(2 * MIB as u64..).to_bytes();
    assert_same(&rest.expect("to the end"), &whole[2 * MIB..]);
    let beyond = client.download(&file).range(len as u64 + 1..).to_bytes();
    let error = beyond.expect_err("there is nothing");
    assert!(
        matches!(error, Error::File(FileError::Range { .. })),
        "{error}"
    );
}

#[test]
fn nothing_is_asked_for_at_the_end_and_unknown_lengths_end() {
    let (telegram, client) = scene();
    for len in [0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB] {
        let whole = bytes(len);
        let file = given(&telegram, &client, &whole);
        let before = telegram.executed("upload.getFile");
        let known = client.download(&file).to_bytes().expect("it comes");
        assert_same(&known, &whole);
        let asked = telegram.executed("upload.getFile") - before;
        assert_eq!(asked, len.div_ceil(MIB) as u64, "{len}");
        let mut unknown = ferogram_sync::Downloadable::file_source(&file).expect("a file");
        unknown.size = None;
        let unknown = client.download(&unknown).to_bytes().expect("it comes");
        assert_same(&unknown, &whole);
    }
}

/// Where nobody knows how long a file is, it ends where the server knows of nothing.
#[test]
fn beyond_the_end_of_a_file_of_unknown_length_there_is_nothing() {
    let (telegram, client) = scene();
    let whole = bytes(MIB);
    let file = given(&telegram, &client, &whole);
    let mut unknown = ferogram_sync::Downloadable::file_source(&file).expect("a file");
    unknown.size = None;
    let beyond = Rule::new(Effect::error(400, "OFFSET_INVALID"));
    let beyond = beyond.method("upload.getFile").after(1);
    let beyond = telegram.faults().add(beyond);
    let got = client.download(&unknown).to_bytes();
    assert_same(&got.expect("all of it is there"), &whole);
    assert!(telegram.faults().fired(beyond) > 0);
    // Of one whose length is known it is an error, and so it is of the first piece.
    let longer = types::Document {
        size: file.size + 5,
        ..file
    };
    let error = client.download(&longer).to_bytes().expect_err("it ends");
    assert!(matches!(error, Error::Rpc(_)), "{error}");
    let error = client.download(&unknown).to_bytes();
    assert!(error.is_err(), "there is not even a beginning");
}

#[test]
fn chunks_come_in_order_and_end() {
    let (telegram, client) = scene();
    let whole = bytes(7 * MIB + 77);
    let file = given(&telegram, &client, &whole);
    let mut chunks = client.download(&file).chunks().expect("it begins");
    let mut got = Vec::new();
    for chunk in &mut chunks {
        let chunk = chunk.expect("it comes");
        assert_eq!(chunk.offset(), got.len() as u64);
        got.extend_from_slice(&chunk);
    }
    assert_same(&got, &whole);
    assert!(chunks.next().is_none());
    let progress = chunks.progress();
    assert_eq!(progress.done, whole.len() as u64);
    assert_eq!(progress.total, Some(progress.done));
    // After an error nothing comes, as something would be missing.
    let refused = Rule::new(Effect::error(400, "LOCATION_INVALID"));
    let refused = refused.method("upload.getFile").after(2).times(1);
    telegram.faults().add(refused);
    let mut chunks = client.download(&file).chunks().expect("it begins");
    let came = chunks.by_ref().take_while(Result::is_ok).count();
    assert!(came <= 2, "{came}");
    assert!(chunks.next().is_none());
}

#[test]
fn a_file_elsewhere_is_fetched_there_at_once_or_by_the_servers_word() {
    let (telegram, client) = scene();
    telegram.store_files_on(Some(2));
    let whole = bytes(2 * MIB + 5);
    let file = given(&telegram, &client, &whole);
    assert_eq!(file.dc_id, 2);
    assert_same(
        &client.download(&file).to_bytes().expect("it comes"),
        &whole,
    );
    assert_eq!(telegram.executed("auth.importAuthorization"), 1);
    assert_eq!(
        telegram.executed("upload.getFile"),
        3,
        "nothing was asked for at home"
    );
    let misled = types::Document { dc_id: 1, ..file };
    assert_same(
        &client.download(&misled).to_bytes().expect("it comes"),
        &whole,
    );
    assert_eq!(telegram.executed("auth.importAuthorization"), 1);
}

#[test]
fn a_path_gets_its_name_when_all_is_there() {
    let (telegram, client) = scene();
    let whole = bytes(30 * MIB);
    let file = given(&telegram, &client, &whole);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("film.bin");
    fs::write(&path, "an older one").expect("it is written");
    let stop = TransferHandle::new();
    let download = client.download(&file).handle(&stop);
    let cancelled = download.on_progress(|progress| {
        if progress.done > 10 * MIB as u64 {
            stop.cancel();
        }
    });
    let error = cancelled.to_path(&path).expect_err("it was cancelled");
    assert!(
        matches!(error, Error::File(FileError::Cancelled)),
        "{error}"
    );
    assert_eq!(fs::read(&path).expect("it stays"), b"an older one");
    let left: Vec<_> = names(folder.path());
    assert!(left.iter().any(|name| name.ends_with(".part")), "{left:?}");
    // Another run takes up what is there.
    let served = telegram.file_bytes_served();
    let mut first = None;
    let again = client.download(&file).on_progress(|progress| {
        first.get_or_insert(progress.done);
    });
    assert_eq!(
        again.to_path(&path).expect("the rest comes"),
        whole.len() as u64
    );
    assert!(first > Some(10 * MIB as u64), "{first:?}");
    let served = telegram.file_bytes_served() - served;
    assert!(served < 28 * MIB as u64, "{served}");
    assert_same(&fs::read(&path).expect("it is there"), &whole);
    assert_eq!(names(folder.path()), ["film.bin"]);
}

/// Where no file can be, nothing is fetched, and what stands there stays.
#[cfg(unix)]
#[test]
fn folders_pipes_and_devices_are_not_written_to() {
    let (telegram, client) = scene();
    let file = given(&telegram, &client, &bytes(1000));
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    let there = folder.path().join("there");
    fs::create_dir(&there).expect("it is made");
    let above = there.join("..");
    let missing = folder.path().join("missing/");
    let beneath = folder.path().join("missing/file");
    let nowhere = PathBuf::new();
    for (path, says) in [
        (&nowhere, "empty"),
        (&there, "folder"),
        (&above, "folder"),
        (&missing, "folder"),
        (&beneath, "No such file"),
        (&pipe, "to_writer"),
    ] {
        let error = client.download(&file).to_path(path).expect_err("no file");
        let text = error.to_string();
        assert!(text.contains(says), "{}: {text}", path.display());
        assert!(
            matches!(error, Error::File(FileError::Path { .. })),
            "{error}"
        );
    }
    assert_eq!(telegram.file_bytes_served(), 0);
    let mut left = names(folder.path());
    left.sort();
    assert_eq!(left, ["pipe", "there"]);
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is there");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    entries
        .map(|it| name(it).to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_cut_or_altered_file_is_an_error_and_leaves_nothing() {
    let (telegram, client) = scene();
    let whole = bytes(2 * MIB + 50);
    let file = given(&telegram, &client, &whole);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("film.bin");
    for size in [file.size - 20, file.size + 20, file.size + 3 * MIB as i64] {
        let wrong = types::Document {
            size,
            ..file.clone()
        };
        let error = client
            .download(&wrong)
            .to_path(&path)
            .expect_err("another length");
        assert!(
            matches!(error, Error::File(FileError::Length { .. }) | Error::Rpc(_)),
            "{error}"
        );
    }
    telegram.corrupt_files(true);
    let download = client.download(&file).verify(true);
    let error = download.to_path(&path).expect_err("a bit is wrong");
    assert!(
        matches!(error, Error::File(FileError::Hash { .. })),
        "{error}"
    );
    assert_eq!(names(folder.path()), [""; 0]);
    let unseen = client.download(&file).to_bytes().expect("nobody looks");
    assert_ne!(unseen, whole);
    telegram.corrupt_files(false);
    client
        .download(&file)
        .verify(true)
        .to_path(&path)
        .expect("it is right");
    assert_same(&fs::read(&path).expect("it is there"), &whole);
}

/// What came unchecked may be anything: who wants it checked begins anew.
#[test]
fn what_was_left_unchecked_is_not_taken_up_where_hashes_count() {
    let (telegram, client) = scene();
    let whole = bytes(9 * MIB);
    let file = given(&telegram, &client, &whole);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("film.bin");
    telegram.corrupt_files(true);
    let stop = TransferHandle::new();
    let download = client.download(&file).handle(&stop);
    let download = download.on_progress(|_| stop.cancel());
    assert!(download.to_path(&path).is_err());
    assert_eq!(names(folder.path()).len(), 1, "the wrong beginning");
    telegram.corrupt_files(false);
    let checked = client.download(&file).verify(true).to_path(&path);
    checked.expect("it is right");
    assert_same(&fs::read(&path).expect("it is there"), &whole);
}

#[test]
fn memory_has_its_limit_whatever_the_server_says_of_the_length() {
    let (telegram, client) = scene();
    let whole = bytes(3 * MIB);
    let file = given(&telegram, &client, &whole);
    let limited = |file: &dyn ferogram_sync::Downloadable| {
        let error = client
            .download(file)
            .memory(2 << 20)
            .to_bytes()
            .expect_err("too much");
        assert!(
            matches!(error, Error::File(FileError::TooLargeForMemory { .. })),
            "{error}"
        );
    };
    limited(&file);
    assert_eq!(telegram.executed("upload.getFile"), 0);
    let mut unknown = ferogram_sync::Downloadable::file_source(&file).expect("a file");
    unknown.size = None;
    limited(&unknown);
}

#[test]
fn a_writer_that_fails_ends_it() {
    let (telegram, client) = scene();
    let file = given(&telegram, &client, &bytes(3 * MIB));
    let mut room = [0; 1000];
    let error = client
        .download(&file)
        .to_writer(&mut room[..])
        .expect_err("it is full");
    assert!(
        matches!(error, Error::File(FileError::Stream("writer", _))),
        "{error}"
    );
}
