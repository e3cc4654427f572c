//! Transfers under cuts, floods, inner errors, lost answers and keys that are forgotten.
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ferogram_sync::{Client, Error, FileError, TransferHandle, Upload};
use localdc::{Direction, Effect, LocalDc, Rule};

use super::scene::{MIB, assert_same, bytes, document, given, scene};

/// A file goes up and comes down while things go wrong: equal, byte for byte.
fn there_and_back(rules: &[Rule]) -> (LocalDc, Client) {
    let (telegram, client) = scene();
    let added: Vec<_> = rules
        .iter()
        .map(|rule| telegram.faults().add(rule.clone()))
        .collect();
    for len in [100_000, 9 * MIB, 13 * MIB + 1] {
        let whole = bytes(len);
        let file = client
            .upload(Upload::bytes(&whole[..]))
            .expect("it goes up");
        let streamed = client
            .upload(Upload::reader(&whole[..]))
            .expect("it goes up");
        for file in [file, streamed] {
            let document = document(&client, &file);
            let down = client
                .download(&document)
                .to_bytes()
                .expect("it comes down");
            assert_same(&down, &whole);
            let checked = client.download(&document).verify(true).to_bytes();
            assert_same(&checked.expect("it comes down"), &whole);
        }
    }
    for rule in added {
        assert!(
            telegram.faults().fired(rule) > 0,
            "{rule:?} has never applied"
        );
    }
    (telegram, client)
}

#[test]
fn under_cuts_both_ways() {
    there_and_back(&[
        Rule::new(Effect::Cut { after: 3_000_000 }).direction(Direction::In),
        Rule::new(Effect::Cut { after: 4_000_000 }).direction(Direction::Out),
    ]);
}

#[test]
fn under_torn_packets_and_forgotten_sessions() {
    there_and_back(&[
        Rule::new(Effect::Tear { after: 1000 })
            .after(20)
            .every(40)
            .times(10),
        Rule::new(Effect::ForgetSession).every(25),
        Rule::new(Effect::ChangeSalt).every(31),
    ]);
}

#[test]
fn under_floods_inner_errors_and_lost_answers() {
    let on = |effect: Effect, method: &str| Rule::new(effect).method(method);
    there_and_back(&[
        on(Effect::flood_wait(1), "upload.saveFilePart")
            .after(3)
            .times(2),
        on(
            Effect::error(420, "FLOOD_PREMIUM_WAIT_1"),
            "upload.saveBigFilePart",
        )
        .after(5)
        .times(2),
        on(Effect::internal(500, true), "upload.saveBigFilePart")
            .every(20)
            .times(3),
        on(Effect::internal(-503, false), "upload.getFile")
            .every(7)
            .times(3),
        on(Effect::flood_wait(1), "upload.getFile")
            .after(9)
            .times(1),
        on(Effect::Duplicate, "upload.getFile").every(3),
        on(Effect::Reorder, "upload.getFile").every(4),
    ]);
}

/// Cuts every connection whenever three more parts went through, until it is told that it is over:
/// by what went through and not by a clock, so that a slow machine gets its parts across too.
fn cut_every_third_part(telegram: &LocalDc, method: &str, over: &AtomicBool) -> usize {
    let (mut seen, mut cuts) = (telegram.executed(method), 0);
    while !over.load(Ordering::Relaxed) {
        let now = telegram.executed(method);
        if now >= seen + 3 {
            telegram.cut_connections();
            (seen, cuts) = (now, cuts + 1);
        }
        thread::sleep(Duration::from_millis(2));
    }
    cuts
}

#[test]
fn while_all_connections_are_cut_again_and_again() {
    let (telegram, client) = scene();
    let whole = bytes(40 * MIB);
    let while_cut = |method: &str, transfer: &mut dyn FnMut()| {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let cutting = scope.spawn(|| cut_every_third_part(&telegram, method, &over));
            transfer();
            over.store(true, Ordering::Relaxed);
            let cuts = cutting.join().expect("nobody panics");
            assert!(cuts >= 10, "{method}: only {cuts} cuts");
        });
    };
    let (mut up, mut down) = (None, None);
    while_cut("upload.saveBigFilePart", &mut || {
        up = Some(client.upload(Upload::bytes(&whole[..])));
    });
    let file = up.expect("it ran").expect("it goes up");
    let file = document(&client, &file);
    while_cut("upload.getFile", &mut || {
        down = Some(client.download(&file).to_bytes());
    });
    assert_same(&down.expect("it ran").expect("it comes down"), &whole);
}

#[test]
fn a_data_centre_that_forgets_who_is_signed_in_is_told_again() {
    let (telegram, client) = scene();
    telegram.store_files_on(Some(2));
    let whole = bytes(5 * MIB);
    let file = given(&telegram, &client, &whole);
    let forgets = Rule::new(Effect::error(401, "AUTH_KEY_UNREGISTERED"));
    let forgets = telegram
        .faults()
        .add(forgets.method("upload.getFile").after(2).times(2));
    assert_same(
        &client.download(&file).to_bytes().expect("it comes"),
        &whole,
    );
    assert_eq!(telegram.faults().fired(forgets), 2);
    assert!(telegram.executed("auth.importAuthorization") >= 2);
}

#[test]
fn a_wait_that_is_longer_than_a_call_is_the_callers_and_silence_is_an_error() {
    let (telegram, client) = scene();
    let whole = bytes(3 * MIB);
    let file = given(&telegram, &client, &whole);
    let flood = Effect::flood_wait(1000);
    let flood = telegram
        .faults()
        .add(Rule::new(flood).method("upload.getFile").times(1));
    let error = client.download(&file).to_bytes().expect_err("too long");
    assert!(
        matches!(&error, Error::Rpc(it) if it.is("FLOOD_WAIT_*")),
        "{error}"
    );
    telegram.faults().remove(flood);
    let hasty = client.with_timeout(Duration::from_millis(400));
    let silent = Rule::new(Effect::DropAnswer).method("upload.getFile");
    let silent = telegram.faults().add(silent);
    let error = hasty
        .download(&file)
        .to_bytes()
        .expect_err("nothing arrives");
    assert!(matches!(error, Error::Unanswered(_)), "{error}");
    // Paused, it may wait as long as one likes.
    telegram.faults().remove(silent);
    let handle = TransferHandle::new();
    handle.pause();
    thread::scope(|scope| {
        let download = hasty.download(&file).handle(&handle);
        let going = scope.spawn(|| download.to_bytes());
        thread::sleep(Duration::from_millis(800));
        handle.resume();
        assert_same(&going.join().expect("no panic").expect("it comes"), &whole);
    });
}

/// While the server wants to be left alone, no part is sent and none is asked for.
#[test]
fn a_flood_wait_holds_all_parts_back() {
    let (telegram, client) = scene();
    let patient = client.with_timeout(Duration::from_secs(600));
    let whole = bytes(12 * MIB);
    let file = given(&telegram, &client, &whole);
    for method in ["upload.saveBigFilePart", "upload.getFile"] {
        // The window is small at first: what was under way with the first part is refused too.
        let flood = Rule::new(Effect::flood_wait(30)).method(method).times(3);
        let flood = telegram.faults().add(flood);
        let handle = TransferHandle::new();
        thread::scope(|scope| {
            let going = scope.spawn(|| match method {
                "upload.getFile" => patient.download(&file).handle(&handle).to_bytes().err(),
                _ => {
                    let upload = Upload::bytes(&whole[..]).handle(&handle);
                    patient.upload(upload).err()
                }
            });
            while telegram.faults().fired(flood) == 0 && !going.is_finished() {
                thread::sleep(Duration::from_millis(5));
            }
            thread::sleep(Duration::from_millis(300));
            assert_eq!(
                telegram.executed(method),
                0,
                "{method}: it was told to wait"
            );
            handle.cancel();
            let error = going.join().expect("no panic").expect("it was cancelled");
            let is_cancelled = matches!(error, Error::File(FileError::Cancelled));
            assert!(is_cancelled, "{error}");
        });
        telegram.faults().remove(flood);
    }
}

/// Whoever is sent elsewhere with a part comes back when that one sends it back, and all arrives.
#[test]
fn parts_are_sent_where_the_server_wants_them() {
    let (telegram, client) = scene();
    for (len, method) in [
        (5 * MIB, "upload.saveFilePart"),
        (12 * MIB, "upload.saveBigFilePart"),
    ] {
        let whole = bytes(len);
        let astray = Rule::new(Effect::migrate("FILE", 2)).method(method);
        let astray = telegram.faults().add(astray.after(3).times(1));
        let file = Upload::bytes(&whole[..]).name("a.bin");
        let sent = client.send_document("me", file, "").expect("it is sent");
        assert_eq!(telegram.faults().fired(astray), 1);
        assert_same(
            &client.download(&sent).to_bytes().expect("it comes"),
            &whole,
        );
    }
}
