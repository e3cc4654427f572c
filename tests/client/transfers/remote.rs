//! Files that are read from and sought in where they are.
use std::io::{Read, Seek, SeekFrom};

use localdc::{Effect, Rule};

use super::scene::{MIB, assert_same, bytes, given, scene};

#[test]
fn reading_and_seeking_is_as_on_the_disk() {
    let (telegram, client) = scene();
    let whole = bytes(3 * MIB + 321);
    let file = given(&telegram, &client, &whole);
    let mut remote = client.download(&file).open().expect("it opens");
    let mut local = std::io::Cursor::new(whole.clone());
    assert_eq!(remote.len(), whole.len() as u64);
    let mut state = 12345_u64;
    for _ in 0..300 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let dice = (state >> 33) as usize;
        let to = match dice % 4 {
            0 => SeekFrom::Start((dice % (whole.len() + 10)) as u64),
            1 => SeekFrom::Current((dice % 20_000) as i64 - 10_000),
            2 => SeekFrom::End(-((dice % 5000) as i64)),
            _ => SeekFrom::Current(0),
        };
        let (a, b) = (remote.seek(to), local.seek(to));
        assert_eq!(a.ok(), b.ok(), "{to:?}");
        let mut got = vec![0; dice / 7 % 30_000];
        let mut expected = got.clone();
        let a = remote.by_ref().take(got.len() as u64).read(&mut got);
        let read = a.expect("it is there");
        local
            .read_exact(&mut expected[..read])
            .expect("there is as much");
        assert_same(&got[..read], &expected[..read]);
    }
    remote.rewind().expect("to the beginning");
    let mut all = Vec::new();
    remote.read_to_end(&mut all).expect("it comes");
    assert_same(&all, &whole);
}

#[test]
fn little_is_fetched_in_vain() {
    let (telegram, client) = scene();
    let whole = bytes(40 * MIB);
    let file = given(&telegram, &client, &whole);
    let mut remote = client.download(&file).open().expect("it opens");
    let mut needed = 0;
    for (at, len) in [
        (39 * MIB, 300_000),
        (5 * MIB + 17, 2 * MIB),
        (20 * MIB, 700_000),
    ] {
        remote
            .seek(SeekFrom::Start(at as u64))
            .expect("it is within");
        let mut got = vec![0; len];
        // As decoders do: a little at a time.
        for piece in got.chunks_mut(8192) {
            remote.read_exact(piece).expect("it comes");
        }
        assert_same(&got, &whole[at..at + len]);
        needed += len as u64;
    }
    drop(remote);
    let served = telegram.file_bytes_served();
    assert!(served * 10 <= needed * 12, "{served} for {needed}");
}

#[test]
fn a_part_is_a_file_of_its_own() {
    let (telegram, client) = scene();
    let whole = bytes(100_000);
    let file = given(&telegram, &client, &whole);
    let mut part = client
        .download(&file)
        .range(1000..5000)
        .open()
        .expect("it opens");
    assert_eq!(part.len(), 4000);
    let mut got = Vec::new();
    part.read_to_end(&mut got).expect("it comes");
    assert_same(&got, &whole[1000..5000]);
    assert_eq!(part.seek(SeekFrom::End(-1)).expect("within"), 3999);
    assert!(part.seek(SeekFrom::Current(-4000)).is_err());
    got.clear();
    part.read_to_end(&mut got).expect("it comes");
    assert_eq!(got, [whole[4999]]);
}

/// What was read of late is still here, and after an error one may go on.
#[test]
fn nothing_comes_twice_and_an_error_is_not_the_end() {
    let (telegram, client) = scene();
    let whole = bytes(2 * MIB);
    let file = given(&telegram, &client, &whole);
    let mut remote = client.download(&file).open().expect("it opens");
    let mut head = vec![0; 100_000];
    let mut asked = None;
    for _ in 0..3 {
        remote.rewind().expect("to the beginning");
        for piece in head.chunks_mut(5000) {
            remote.read_exact(piece).expect("it comes");
        }
        assert_same(&head, &whole[..100_000]);
        let now = telegram.executed("upload.getFile");
        assert_eq!(*asked.get_or_insert(now), now, "it was here");
        assert!(now > 1, "it came in pieces");
    }
    let refused = Rule::new(Effect::error(400, "LOCATION_INVALID"));
    let refused = refused.method("upload.getFile").times(1);
    telegram.faults().add(refused);
    remote.seek(SeekFrom::Start(1 << 20)).expect("it is within");
    assert!(remote.read(&mut head).is_err());
    remote.read_exact(&mut head).expect("now it comes");
    assert_same(&head, &whole[1 << 20..][..100_000]);
}
