//! What every store does, whatever it keeps a session in.
//!
//! `STORES_SEEDS=1000` plays so many lives, from `STORES_FROM` on.
use std::env;

use ferogram_sync::DcId;
use ferogram_sync::store::{
    Change, NOTE_LEN_MAX, NOTES_MAX, Note, PeerKey, PeerRecord, Store, StoreError,
};

use super::dice::Dice;
use super::model::Model;
use super::place::Place;

/// The same tests for each place.
macro_rules! hold {
    ($($(#[$cfg:meta])? $name:ident: $place:ident;)*) => {$(
        $(#[$cfg])?
        mod $name {
            use crate::place::$place;

            #[test]
            fn random_lives_are_those_of_the_model() {
                super::live::<$place>();
            }

            #[test]
            fn all_changes_are_kept_or_none() {
                super::refuse(&$place::default());
            }

            #[test]
            fn a_room_keeps_so_many_notes() {
                super::fill(&$place::default());
            }

            #[test]
            fn what_has_expired_goes_when_it_is_time() {
                super::expire(&$place::default());
            }

            #[test]
            fn one_client_at_a_time() {
                super::open_twice(&$place::default());
            }
        }
    )*};
}

hold! {
    memory: InMemory;
    file: InFile;
    #[cfg(feature = "sqlite-session")]
    sqlite: InSqlite;
    #[cfg(feature = "sqlite-session")]
    sqlite_in_memory: InSqliteMemory;
    #[cfg(all(feature = "sqlite-session", feature = "libsql-session"))]
    libsql: OnServer;
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// What happens to a session happens to lists too, and both are the same after each change.
fn live<P: Place + Default>() {
    let from = number("STORES_FROM").unwrap_or(0);
    let seeds = number("STORES_SEEDS").unwrap_or(P::SEEDS);
    for seed in from..from + seeds {
        let (place, mut dice, mut model) = (P::default(), Dice(seed), Model::default());
        let mut store = place.open().expect("it is free");
        for round in 0..P::ROUNDS {
            let changes = dice.changes();
            let when = format!("seed {seed}, round {round}");
            let applied = store.apply(&changes);
            applied.unwrap_or_else(|error| panic!("{when}: {error}"));
            model.apply(&changes);
            let what = match dice.below(4) {
                0 => {
                    store = place.reopen(store);
                    "opened again"
                }
                1 => {
                    store.tidy().expect("there is room");
                    "tidied a bit"
                }
                2 => {
                    while store.tidy().expect("there is room") {}
                    "tidied"
                }
                _ => "as it was",
            };
            model.assert_is(&mut *store, &format!("{when}, {what}"));
        }
    }
}

fn note(room: &str, key: usize, expires: Option<i64>) -> Note {
    Note {
        room: room.to_owned(),
        key: (key as u32).to_be_bytes().to_vec(),
        bytes: vec![key as u8],
        expires,
    }
}

/// The numbers under which the notes of a room are kept.
fn numbers(store: &mut dyn Store, room: &str) -> Vec<usize> {
    let notes = store.notes(room).expect("they are read").into_iter();
    let number = |it: Note| u32::from_be_bytes(it.key.try_into().expect("a number")) as usize;
    notes.map(number).collect()
}

fn refuse(place: &impl Place) {
    let peer = PeerRecord {
        usernames: vec!["durov".to_owned()],
        ..PeerRecord::new(PeerKey::User(1))
    };
    let fine = [
        Change::HomeDc(DcId(2)),
        Change::Peer(peer),
        Change::Note(note("login", 1, None)),
        Change::Channel {
            id: 7,
            pts: Some(7),
        },
    ];
    let mut long = note("login", 2, None);
    long.bytes = vec![0; NOTE_LEN_MAX - long.room.len() - long.key.len()];
    let as_long_as_can_be = Change::Note(long.clone());
    long.bytes.push(0);
    let mut model = Model::default();
    let mut store = place.open().expect("it is free");
    for round in ["nothing is there", "something is there"] {
        for at in 0..=fine.len() {
            let mut changes = fine.to_vec();
            changes.insert(at, Change::Clear);
            changes.insert(at, Change::Note(long.clone()));
            let error = store.apply(&changes).expect_err("it is too long");
            assert!(error.to_string().contains("too long"), "{error}");
            model.assert_is(&mut *store, round);
            store = place.reopen(store);
            model.assert_is(&mut *store, round);
        }
        let changes = [&fine[..], std::slice::from_ref(&as_long_as_can_be)].concat();
        store.apply(&changes).expect("it is kept");
        model.apply(&changes);
        model.assert_is(&mut *store, round);
        store.apply(&[]).expect("nothing is no change");
    }
}

fn fill(place: &impl Place) {
    let mut store = place.open().expect("it is free");
    let all: Vec<_> = (0..NOTES_MAX)
        .map(|key| Change::Note(note("full", key, None)))
        .collect();
    let others = [5, 6].map(|key| Change::Note(note("other", key, None)));
    store.apply(&all).expect("it is kept");
    store.apply(&others).expect("it is kept");
    store = place.reopen(store);
    assert_eq!(numbers(&mut *store, "full").len(), NOTES_MAX);
    // Written again, the first is not the oldest any more.
    let more = [0, NOTES_MAX, NOTES_MAX + 1].map(|key| Change::Note(note("full", key, None)));
    store.apply(&more).expect("it is kept");
    for _ in 0..2 {
        let kept = numbers(&mut *store, "full");
        let wanted = (3..NOTES_MAX).chain([0, NOTES_MAX, NOTES_MAX + 1]);
        assert!(kept.iter().copied().eq(wanted), "{kept:?}");
        assert_eq!(numbers(&mut *store, "other"), [5, 6]);
        let first = note("full", 1, None);
        let first = store.note("full", &first.key).expect("it is read");
        assert_eq!(first, None);
        store = place.reopen(store);
    }
}

fn expire(place: &impl Place) {
    let mut store = place.open().expect("it is free");
    let times = [
        None,
        Some(5),
        Some(10),
        Some(11),
        Some(i64::MIN),
        Some(i64::MAX),
    ];
    let notes = times.iter().enumerate();
    let some: Vec<_> = notes.map(|(at, time)| note("some", at, *time)).collect();
    let changes: Vec<_> = some.iter().cloned().map(Change::Note).collect();
    store.apply(&changes).expect("it is kept");
    // A note that is of use for ever, and then as many others as there is room for.
    let full = (0..NOTES_MAX).map(|key| note("full", key, (key > 0).then_some(10)));
    let changes: Vec<_> = full.map(Change::Note).collect();
    store.apply(&changes).expect("it is kept");
    assert_eq!(store.notes("some").expect("they are read"), some, "not yet");
    let changes = [
        Change::Expire { now: 10 },
        Change::Note(note("full", NOTES_MAX, None)),
    ];
    store.apply(&changes).expect("it is kept");
    for _ in 0..2 {
        assert_eq!(numbers(&mut *store, "some"), [0, 3, 5]);
        assert_eq!(numbers(&mut *store, "full"), [0, NOTES_MAX]);
        store = place.reopen(store);
        while store.tidy().expect("there is room") {}
    }
}

fn open_twice(place: &impl Place) {
    let mut store = place.open().expect("it is free");
    let home = |dc| [Change::HomeDc(DcId(dc))];
    for dc in 1..3 {
        if place.is_exclusive() {
            let error = place.open().err().expect("it is in use");
            let says = matches!(error, StoreError::InUse { .. } | StoreError::Leased { .. });
            assert!(says, "{error}");
            assert!(error.to_string().contains("in use by another"), "{error}");
        }
        store.apply(&home(dc)).expect("the first goes on");
        store.renew().expect("it is still the first's");
    }
    store = place.reopen(store);
    assert_eq!(store.load().expect("it is read").home_dc, Some(DcId(2)));
}
