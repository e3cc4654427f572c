//! Files up: from paths, bytes, readers and writers.
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use ferogram_sync::tl::enums;
use ferogram_sync::{Client, Error, FileError, TransferHandle, Upload, UploadTicket};
use localdc::{Effect, LocalDc, Rule};
use md5::{Digest, Md5};

use super::scene::{MIB, PART, assert_same, bytes, document, given, make_pipe, scene};

#[test]
fn every_length_comes_down_as_it_went_up() {
    let (_telegram, client) = scene();
    for len in [
        1,
        511,
        PART - 1,
        PART,
        PART + 1,
        10 * MIB - 1,
        10 * MIB,
        10 * MIB + 1,
    ] {
        let whole = bytes(len);
        let file = client
            .upload(Upload::bytes(&whole[..]))
            .expect("it goes up");
        assert_eq!(file.size(), len as u64);
        let is_small = matches!(file.raw, enums::InputFile::File(_));
        assert_eq!(is_small, len <= 10 * MIB, "{len}");
        let document = document(&client, &file);
        let down = client
            .download(&document)
            .to_bytes()
            .expect("it comes down");
        assert_same(&down, &whole);
    }
}

#[test]
fn paths_readers_and_writers_give_the_same() {
    let (_telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.png");
    for len in [100, 3 * PART, 3 * PART + 5] {
        let whole = bytes(len);
        fs::write(&path, &whole).expect("it is written");
        let from_path = client.upload(&path).expect("a path");
        assert_eq!(
            (from_path.name(), from_path.mime_type()),
            ("picture.png", "image/png")
        );
        // A reader that gives a thousand bytes at a time.
        let slow = || Slow(Cursor::new(whole.clone()));
        let known = Upload::reader(slow()).len(len as u64);
        let known = client.upload(known).expect("a known length");
        let streamed = client
            .upload(Upload::reader(slow()))
            .expect("an unknown one");
        assert!(matches!(streamed.raw, enums::InputFile::Big(_)));
        let mut writer = client.upload_writer("w.bin").expect("it begins");
        for piece in whole.chunks(777) {
            writer.write_all(piece).expect("there is room");
        }
        let written = writer.finish().expect("all is there");
        for file in [from_path, known, streamed, written] {
            assert_eq!(file.size(), len as u64);
            let down = client.download(&document(&client, &file)).to_bytes();
            assert_same(&down.expect("it comes down"), &whole);
        }
    }
}

struct Slow(Cursor<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let most = out.len().min(1000);
        self.0.read(&mut out[..most])
    }
}

#[test]
fn what_cannot_be_sent_is_refused_before_the_first_byte() {
    let (telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty");
    fs::write(&path, b"").expect("it is written");
    let empty = |upload: Upload<'_>| {
        let error = client.upload(upload).expect_err("there is nothing");
        assert!(matches!(error, Error::File(FileError::Empty)), "{error}");
    };
    empty(Upload::path(&path));
    empty(Upload::bytes(&b""[..]));
    empty(Upload::reader(&b""[..]));
    empty(Upload::reader(&b""[..]).len(0));
    let error = client
        .upload_writer("w")
        .expect("it begins")
        .finish()
        .expect_err("nothing");
    assert!(matches!(error, Error::File(FileError::Empty)), "{error}");
    let error = client
        .upload(folder.path().join("nowhere"))
        .expect_err("not there");
    assert!(
        matches!(error, Error::File(FileError::Path { .. })),
        "{error}"
    );
    let error = client.upload(folder.path()).expect_err("a folder");
    assert!(
        matches!(error, Error::File(FileError::Path { .. })),
        "{error}"
    );
    // A file with a hole, of a byte more than may be sent.
    let large = fs::File::create(&path).expect("it is made");
    let me = client.my_id_or_fetch().expect("signed in");
    for wanted in [2_097_152_000, 4_194_304_000] {
        large.set_len(wanted + 1).expect("a hole takes no room");
        let error = client.upload(&path).expect_err("too large");
        let Error::File(FileError::TooLarge { size, limit }) = error else {
            panic!("{error}");
        };
        assert_eq!((size, limit), (wanted + 1, wanted));
        telegram.make_premium(me);
    }
    // The largest file is not refused here: the first of its parts is on its way.
    large.set_len(4_194_304_000).expect("a hole takes no room");
    let refuse = Rule::new(Effect::error(400, "FILE_PART_INVALID"));
    telegram
        .faults()
        .add(refuse.method("upload.saveBigFilePart"));
    let error = client.upload(&path).expect_err("the server refuses it");
    assert!(matches!(error, Error::Rpc(_)), "{error}");
    assert_eq!(telegram.executed("upload.saveFilePart"), 0);
    assert_eq!(telegram.executed("upload.saveBigFilePart"), 0);
}

/// What has no end, or waits for somebody to write, is told instead of being waited for.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_no_files() {
    let (telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    for path in [pipe.as_path(), Path::new("/dev/zero")] {
        let error = client.upload(path).expect_err("no file");
        assert!(error.to_string().contains("Upload::reader"), "{error}");
        let error = client.send_file("me", path, "").expect_err("no file");
        assert!(
            matches!(error, Error::File(FileError::Path { .. })),
            "{error}"
        );
    }
    assert_eq!(telegram.executed("upload.saveFilePart"), 0);
    assert_eq!(telegram.executed("upload.saveBigFilePart"), 0);
}

#[test]
fn whatever_it_is_called_it_arrives() {
    let (_telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let mut names = vec![
        "two words.txt".to_owned(),
        ".hidden".to_owned(),
        "-rf".to_owned(),
        "\u{1f600}\u{5d0}\u{301}.txt".to_owned(),
        "x".repeat(251) + ".txt",
    ];
    if cfg!(unix) {
        names.push("a\nb\\c\".txt".to_owned());
    }
    for name in names {
        let path = folder.path().join(&name);
        fs::write(&path, &name).expect("it is written");
        let sent = client.send_file("me", &path, "").expect("it is sent");
        let file = sent.document().expect("it is one");
        assert_eq!(file.file_name(), Some(&name[..]));
        let again = folder.path().join("down").join(&name);
        fs::create_dir_all(folder.path().join("down")).expect("it is made");
        client.download(&sent).to_path(&again).expect("it comes");
        assert_same(&fs::read(&again).expect("it is there"), name.as_bytes());
    }
}

/// A time beyond all reckoning is a long one.
#[test]
fn who_would_wait_for_ever_is_served() {
    let (telegram, client) = scene();
    let client = client.with_timeout(Duration::MAX);
    let file = client.upload(Upload::bytes(b"Hello")).expect("it goes up");
    assert_eq!(file.size(), 5);
    let file = given(&telegram, &client, b"Hello");
    assert_same(
        &client.download(&file).to_bytes().expect("it comes"),
        b"Hello",
    );
}

#[test]
fn a_file_that_changes_meanwhile_is_an_error() {
    let (_telegram, client) = scene();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    for now in [20 * MIB as u64 + 1, 100] {
        fs::write(&path, bytes(20 * MIB)).expect("it is written");
        let mut once = true;
        let upload = Upload::path(&path).on_progress(|progress| {
            if progress.done > 0 && std::mem::take(&mut once) {
                let file = fs::OpenOptions::new().write(true).open(&path);
                file.expect("it is there").set_len(now).expect("it changes");
            }
        });
        let error = client.upload(upload).expect_err("it has changed");
        let Error::File(FileError::Changed { before, now: seen }) = error else {
            panic!("{error}");
        };
        assert_eq!((before, seen), (20 * MIB as u64, now));
    }
    for told in [9, 11] {
        let upload = Upload::reader(&b"ten bytes."[..]).len(told);
        let error = client.upload(upload).expect_err("there are ten");
        assert!(
            matches!(error, Error::File(FileError::Changed { .. })),
            "{error}"
        );
    }
}

#[test]
fn the_sum_of_a_small_file_is_right_whatever_is_in_it() {
    let (_telegram, client) = scene();
    let with_zero = (0_u32..).map(|it| it.to_le_bytes());
    let with_zero = with_zero.filter(|it| Md5::digest(it).contains(&0)).take(5);
    for whole in with_zero {
        let file = client
            .upload(Upload::bytes(&whole[..]))
            .expect("it goes up");
        let enums::InputFile::File(raw) = &file.raw else {
            panic!("it is small");
        };
        assert_eq!(raw.md5_checksum.len(), 32);
        document(&client, &file); // The data centre compares.
    }
}

#[test]
fn it_can_be_paused_gone_on_with_and_cancelled() {
    let (telegram, client) = scene();
    let whole = bytes(20 * MIB);
    let handle = TransferHandle::new();
    handle.pause();
    thread::scope(|scope| {
        let upload = Upload::bytes(&whole[..]).handle(&handle);
        let going = scope.spawn(|| client.upload(upload));
        thread::sleep(Duration::from_millis(300));
        assert_eq!(
            telegram.executed("upload.saveBigFilePart"),
            0,
            "it is paused"
        );
        handle.resume();
        let file = going.join().expect("no panic").expect("it goes up");
        assert_eq!(handle.progress().done, whole.len() as u64);
        assert_eq!(handle.progress().fraction(), Some(1.0));
        let down = client.download(&document(&client, &file)).to_bytes();
        assert_same(&down.expect("it comes down"), &whole);
    });
    pause_in_the_middle(&telegram, &client, &whole);
    let stop = TransferHandle::new();
    let upload = Upload::bytes(&whole[..]).handle(&stop);
    let upload = upload.on_progress(|progress| {
        if progress.done > 0 {
            stop.cancel();
        }
    });
    let error = client.upload(upload).expect_err("it was cancelled");
    assert!(
        matches!(error, Error::File(FileError::Cancelled)),
        "{error}"
    );
    assert!(stop.progress().done < whole.len() as u64);
}

/// Once it is paused, what is under way arrives, and no more is sent; cancelled, it ends at once.
fn pause_in_the_middle(telegram: &LocalDc, client: &Client, whole: &[u8]) {
    let parts = || telegram.executed("upload.saveBigFilePart");
    let before = parts();
    let handle = TransferHandle::new();
    thread::scope(|scope| {
        let upload = Upload::bytes(whole).handle(&handle);
        let upload = upload.on_progress(|progress| {
            if progress.done > 0 {
                handle.pause();
            }
        });
        let going = scope.spawn(|| client.upload(upload));
        while !handle.is_paused() && !going.is_finished() {
            thread::sleep(Duration::from_millis(5));
        }
        thread::sleep(Duration::from_millis(300));
        let sent = parts() - before;
        assert!(sent < whole.len().div_ceil(PART) as u64, "{sent}");
        assert!(!going.is_finished(), "it is paused");
        handle.cancel();
        let error = going
            .join()
            .expect("no panic")
            .expect_err("it is cancelled");
        assert!(
            matches!(error, Error::File(FileError::Cancelled)),
            "{error}"
        );
    });
}

#[test]
fn other_calls_do_not_wait_behind_a_file() {
    let (telegram, client) = scene();
    // The connection for parts takes the first of them and then is silent.
    let whole = bytes(12 * MIB);
    client.get_me().expect("the main connection stands");
    let stall = localdc::Effect::Stall { after: 2 << 20 };
    let stall = localdc::Rule::new(stall).direction(localdc::Direction::In);
    telegram.faults().add(stall);
    let handle = TransferHandle::new();
    thread::scope(|scope| {
        let upload = Upload::bytes(&whole[..]).handle(&handle);
        let going = scope.spawn(|| client.upload(upload));
        while handle.progress().done == 0 && !going.is_finished() {
            thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..20 {
            client.get_me().expect("it is answered");
        }
        assert!(handle.progress().done < whole.len() as u64);
        handle.cancel();
        assert!(going.join().expect("no panic").is_err());
    });
    drop(given(&telegram, &client, b"x"));
}

/// A long line is filled by several connections, if nobody wants fewer.
#[test]
fn no_more_connections_are_opened_than_are_wanted() {
    let (telegram, client) = scene();
    let whole = bytes(40 * MIB);
    let long = Effect::Delay(Duration::from_millis(300));
    let long = Rule::new(long).method("upload.saveBigFilePart");
    telegram.faults().add(long);
    let mut most = 0;
    let upload = Upload::bytes(&whole[..]).connections(1);
    let upload = upload.on_progress(|_| most = most.max(telegram.connections()));
    client.upload(upload).expect("it goes up");
    assert!(most <= 2, "that of the client, and one for parts: {most}");
}

#[test]
fn a_client_that_closes_ends_its_transfers() {
    let (telegram, client) = scene();
    let whole = bytes(8 * MIB);
    let handle = TransferHandle::new();
    handle.pause();
    let file = given(&telegram, &client, &whole);
    thread::scope(|scope| {
        let upload = Upload::bytes(&whole[..]).handle(&handle);
        let up = scope.spawn(|| client.upload(upload));
        let down = scope.spawn(|| client.download(&file).handle(&handle).to_bytes());
        thread::sleep(Duration::from_millis(100));
        client.close().expect("it closes");
        assert!(up.join().expect("no panic").is_err());
        assert!(down.join().expect("no panic").is_err());
    });
}

#[test]
fn another_run_goes_on_where_one_has_come_to() {
    let (telegram, client) = scene();
    for len in [9 * MIB, 30 * MIB + 9] {
        let whole = bytes(len);
        let sent = || {
            telegram.executed("upload.saveFilePart") + telegram.executed("upload.saveBigFilePart")
        };
        let parts = len.div_ceil(PART) as u64;
        let method = match len > 10 * MIB {
            true => "upload.saveBigFilePart",
            false => "upload.saveFilePart",
        };
        // The first one ends with a part that the server has not got.
        let refused = Rule::new(Effect::error(400, "FILE_PART_INVALID"));
        let refused = refused.method(method).after(parts * 2 / 3).times(1);
        telegram.faults().add(refused);
        let first = TransferHandle::new();
        let upload = Upload::bytes(&whole[..]).handle(&first).connections(1);
        let error = client.upload(upload).expect_err("a part was refused");
        assert!(matches!(error, Error::Rpc(_)), "{error}");
        let ticket = first.upload_ticket().expect("it has begun").encode();
        let ticket = UploadTicket::decode(&ticket).expect("as it was written");
        let before = sent();
        let file = client.upload(Upload::bytes(&whole[..]).resume(ticket));
        let down = client
            .download(&document(&client, &file.expect("it goes on")))
            .to_bytes();
        assert_same(&down.expect("it comes down"), &whole);
        assert!(sent() - before < parts * 3 / 4, "not all of it again");
        let other = client.upload(Upload::bytes(&whole[1..]).resume(ticket));
        let error = other.expect_err("another length");
        assert!(
            matches!(error, Error::File(FileError::Changed { .. })),
            "{error}"
        );
    }
}
