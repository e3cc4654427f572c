//! Files from CDNs: encrypted, by anybody's servers, and held against their hashes.
use std::fs;

use ferogram_sync::store::MemoryStore;
use ferogram_sync::tl::{Identifiable, functions};
use ferogram_sync::{Client, Error, FileError};
use localdc::{CdnFault, Effect, LocalDc, NewBot, Rule};

use super::scene::{MIB, assert_same, bytes, given};

const CDN: i32 = 201;

/// Somebody who is sent to a CDN for each file.
fn scene() -> (LocalDc, Client) {
    let telegram = LocalDc::builder().cdns(1).start().expect("it listens");
    telegram.serve_files_by_cdn(Some(CDN));
    let client = telegram.user();
    (telegram, client)
}

#[test]
fn a_file_comes_from_the_cdn_whatever_its_length() {
    let (telegram, client) = scene();
    for len in [0, 1, 5000, 128 << 10, MIB - 1, MIB, MIB + 1, 7 * MIB + 77] {
        let whole = bytes(len);
        let file = given(&telegram, &client, &whole);
        let (home, there) = (telegram.file_bytes_served(), telegram.cdn_bytes_served());
        let got = client.download(&file).to_bytes().expect("it comes");
        assert_same(&got, &whole);
        assert_eq!(telegram.file_bytes_served(), home, "{len}: none from home");
        let there = telegram.cdn_bytes_served() - there;
        assert!(there >= len as u64, "{len}: {there}");
        let mut unknown = ferogram_sync::Downloadable::file_source(&file).expect("a file");
        unknown.size = None;
        let got = client.download(&unknown).to_bytes().expect("it comes");
        assert_same(&got, &whole);
    }
    // One exchange of a key, and one question for the public keys.
    assert_eq!(telegram.executed("help.getCdnConfig"), 1);
    assert_eq!(telegram.executed("auth.exportAuthorization"), 0);
}

#[test]
fn ranges_are_what_they_say() {
    let (telegram, client) = scene();
    let whole = bytes(3 * MIB + 1234);
    let file = given(&telegram, &client, &whole);
    let len = whole.len();
    for (from, until) in [
        (0, 1),
        (1023, 1025),
        (5000, 5000),
        (MIB - 1, MIB + 1),
        (700_000, 2 * MIB + 700_000),
        (len - 1, len),
        (len, len),
    ] {
        let part = client.download(&file).range(from as u64..until as u64);
        let part = part.to_bytes().expect("it is there");
        assert_same(&part, &whole[from..until]);
    }
}

#[test]
fn a_copy_that_is_gone_is_brought_there_again_in_the_middle() {
    let (telegram, client) = scene();
    let whole = bytes(20 * MIB);
    let file = given(&telegram, &client, &whole);
    let mut lost = false;
    let download = client.download(&file).on_progress(|progress| {
        if progress.done > 2 * MIB as u64 && !std::mem::replace(&mut lost, true) {
            telegram.empty_cdns();
        }
    });
    let mut got = Vec::new();
    download.to_writer(&mut got).expect("it comes");
    assert_same(&got, &whole);
    assert!(telegram.executed("upload.reuploadCdnFile") >= 2);
    assert_eq!(telegram.file_bytes_served(), 0, "none from home");
}

#[test]
fn whatever_a_cdn_does_the_file_is_the_right_one() {
    for fault in [
        CdnFault::Altered,
        CdnFault::Cut,
        CdnFault::Hashes,
        CdnFault::NoHashes,
        CdnFault::Forgets,
        CdnFault::Tokens,
    ] {
        let (telegram, client) = scene();
        let whole = bytes(5 * MIB + 9);
        let file = given(&telegram, &client, &whole);
        telegram.set_cdn_fault(Some(fault));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("film.bin");
        let fetched = client.download(&file).to_path(&path);
        if fault == CdnFault::Hashes {
            // Home says that these are the hashes: then its own bytes are not those of the file.
            let error = fetched.expect_err("nothing fits these hashes");
            let wrong = matches!(error, Error::File(FileError::Hash { .. }));
            assert!(wrong, "{error}");
            assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0);
            continue;
        }
        assert_eq!(fetched.expect("home has it"), whole.len() as u64);
        assert_same(&fs::read(&path).expect("it is there"), &whole);
        assert!(telegram.file_bytes_served() > 0, "{fault:?}: from home");
        telegram.set_cdn_fault(None);
        let home = telegram.file_bytes_served();
        let again = client.download(&file).to_bytes().expect("it comes");
        assert_same(&again, &whole);
        assert_eq!(telegram.file_bytes_served(), home, "it is tried again");
    }
}

#[test]
fn a_cdn_that_fails_in_the_middle_costs_no_byte_twice() {
    // Without hashes it is not believed either, though its bytes are the right ones.
    for fault in [CdnFault::Altered, CdnFault::NoHashes] {
        let (telegram, client) = scene();
        let whole = bytes(16 * MIB);
        let file = given(&telegram, &client, &whole);
        let mut at = 0;
        let mut done = Vec::new();
        let mut got = Vec::new();
        {
            let download = client.download(&file).on_progress(|progress| {
                done.push(progress.done);
                at += 1;
                if at == 4 {
                    telegram.set_cdn_fault(Some(fault));
                }
            });
            download.to_writer(&mut got).expect("home has the rest");
        }
        assert_same(&got, &whole);
        let home = telegram.file_bytes_served();
        assert!(home > 0 && home < 14 * MIB as u64, "{fault:?}: {home}");
        assert_eq!(done.last(), Some(&(whole.len() as u64)));
    }
}

#[test]
fn a_cdn_learns_nothing_of_who_asks() {
    let seen = std::sync::Arc::new(parking_lot::Mutex::new(Vec::new()));
    let log = std::sync::Arc::clone(&seen);
    let telegram = LocalDc::builder().cdns(1).on_call(move |call| {
        if call.dc == CDN {
            let model = call.program.device_model.clone();
            log.lock().push((call.constructor_id, call.user, model));
        }
    });
    let telegram = telegram.start().expect("it listens");
    telegram.serve_files_by_cdn(Some(CDN));
    let client = telegram.user();
    let whole = bytes(3 * MIB);
    let file = given(&telegram, &client, &whole);
    // It says that it knows nobody, and sends elsewhere: neither is believed.
    for (code, name) in [(401, "AUTH_KEY_UNREGISTERED"), (303, "FILE_MIGRATE_2")] {
        let lies = Rule::new(Effect::error(code, name));
        let lies = telegram
            .faults()
            .add(lies.method("upload.getCdnFile").times(1));
        let got = client.download(&file).to_bytes().expect("it comes");
        assert_same(&got, &whole);
        assert_eq!(telegram.faults().fired(lies), 1);
    }
    assert_same(
        &client.download(&file).to_bytes().expect("it comes"),
        &whole,
    );
    assert_eq!(telegram.executed("auth.exportAuthorization"), 0);
    let seen = seen.lock();
    assert!(!seen.is_empty());
    let asked = functions::upload::GetCdnFile::CONSTRUCTOR_ID;
    let nobody = |it: &(u32, Option<i64>, String)| *it == (asked, None, "n/a".to_owned());
    assert!(seen.iter().all(nobody), "{seen:?}");
}

#[test]
fn who_wants_none_asks_at_home() {
    let (telegram, client) = scene();
    let whole = bytes(2 * MIB);
    let file = given(&telegram, &client, &whole);
    let got = client.download(&file).cdn(false).to_bytes();
    assert_same(&got.expect("it comes"), &whole);
    assert_eq!(telegram.cdn_bytes_served(), 0);
    // A CDN that nobody tells the keys of.
    telegram.serve_files_by_cdn(Some(299));
    let got = client.download(&file).to_bytes();
    assert_same(&got.expect("it comes"), &whole);
}

#[test]
fn a_cdn_that_has_forgotten_the_key_makes_another() {
    let (telegram, client) = scene();
    let whole = bytes(2 * MIB);
    let store = MemoryStore::new();
    let connect = || {
        let builder = telegram.client_builder().session(store.clone());
        builder.connect().expect("it starts")
    };
    drop(client);
    let me = telegram.add_bot(NewBot::new("201:cdn-key", "cdn_key_bot"));
    let first = connect();
    first
        .bot_sign_in("201:cdn-key")
        .expect("the token is right");
    let file = telegram.give_file(me, "given.bin", &whole);
    let got = first.download(&file).to_bytes();
    assert_same(&got.expect("it comes"), &whole);
    let keys = telegram.keys();
    drop(first);
    // The session has the key, and the CDN has not.
    telegram.forget_cdn_keys();
    let second = connect();
    let got = second.download(&file).to_bytes();
    assert_same(&got.expect("it comes"), &whole);
    assert_eq!(telegram.file_bytes_served(), 0, "none from home");
    assert_eq!(telegram.keys(), keys, "another in its place");
}
