//! Our half of the proof that sessions live in databases of others.
//!
//! `serve` is the server that the tests of this library use, with a session in it, for another's
//! client; it ends with its input. `keep` keeps a session on another's server. `hold` has a session in
//! an SQLite file open until its input ends, and `look PATH` says whose one is.
use std::io::read_to_string;
use std::time::Duration;

use ferogram_sync::store::{
    Account, Change, KeyKind, KeyPlace, KeyRecord, Note, PeerKey, PeerQuery, PeerRecord,
    SaltRecord, UpdateState,
};
use ferogram_sync::{DcId, LibSqlStore, Secret, SqliteStore, Store, StoreError};
use serde_json::{Value, json};

#[path = "../../../../tests/stores/hrana.rs"]
#[expect(dead_code, reason = "only the tests make it misbehave")]
mod hrana;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const HOME: KeyPlace = KeyPlace {
    dc: DcId(2),
    media: false,
    kind: KeyKind::Permanent,
};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve(),
        ["keep"] => keep(),
        ["hold"] => hold(),
        ["look", path] => look(path),
        _ => Err("usage: interop-databases serve | keep | hold | look PATH".into()),
    }
}

fn hold() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("sessions.db");
    let mut store = SqliteStore::open_named(&path, "first")?;
    store.apply(&changes())?;
    let program = std::env::current_exe()?;
    println!("{}", json!({"path": path, "program": program}));
    read_to_string(std::io::stdin())?;
    Ok(())
}

fn look(path: &str) -> Result<()> {
    let mut store = SqliteStore::open_named(path, "first")?;
    let account = store.load()?.account.ok_or("an account")?;
    let named = store.peer(&PeerQuery::Name("NAME8"))?;
    expect(
        named.is_some_and(|it| it.id == PeerKey::User(8)),
        "the peer is found",
    )?;
    println!("{}", account.user_id);
    Ok(())
}

fn serve() -> Result<()> {
    let server = hrana::Hrana::start();
    let mut store = LibSqlStore::connect(&server.url(), "sesame")?;
    store.apply(&changes())?;
    println!("{}", json!({"url": server.url(), "token": "sesame"}));
    read_to_string(std::io::stdin())?;
    Ok(())
}

/// Plays every scene, whatever becomes of the others.
fn keep() -> Result<()> {
    let facts: Value = serde_json::from_str(&std::env::var("INTEROP_FACTS")?)?;
    let url = facts["url"].as_str().ok_or("a URL")?;
    let token = facts["token"].as_str().unwrap_or_default();
    let open = |name: &str| LibSqlStore::connect_named(url, token, name);
    tell("a session", a_session(&open));
    tell("peers", peers(&open));
    tell("notes", notes(&open));
    tell("one at a time", one_at_a_time(&open));
    tell("taken over", taken_over(&open));
    Ok(())
}

fn tell(capability: &str, outcome: Result<()>) {
    let note = outcome.as_ref().err().map(ToString::to_string);
    let (ok, note) = (outcome.is_ok(), note.unwrap_or_default());
    println!(
        "{}",
        json!({"capability": capability, "ok": ok, "note": note})
    );
}

fn expect(holds: bool, what: &str) -> Result<()> {
    match holds {
        true => Ok(()),
        false => Err(format!("it does not hold that {what}").into()),
    }
}

type Open<'a> = &'a dyn Fn(&str) -> std::result::Result<LibSqlStore, StoreError>;

fn key(byte: u8) -> Change {
    Change::Key(KeyRecord {
        place: HOME,
        key: Box::new(Secret::new([byte; 256])),
        created: 1,
        expires_at: None,
        time_offset: -3,
    })
}

fn peer(id: i64) -> Change {
    Change::Peer(PeerRecord {
        access_hash: Some(i64::MIN + id),
        usernames: vec![format!("Name{id}"), format!("Other{id}")],
        phone: Some(id.to_string()),
        ..PeerRecord::new(PeerKey::User(id))
    })
}

fn changes() -> Vec<Change> {
    let salt = SaltRecord {
        place: HOME,
        valid_since: 1,
        valid_until: 2,
        salt: i64::MAX,
    };
    let (user_id, bot) = (7, true);
    vec![
        Change::HomeDc(DcId(2)),
        Change::Account(Some(Account { user_id, bot })),
        key(0xab),
        Change::Salts {
            place: HOME,
            salts: vec![salt],
        },
        Change::Updates(UpdateState {
            pts: 1,
            qts: 2,
            date: 3,
            seq: 4,
        }),
        Change::Channel {
            id: 5,
            pts: Some(6),
        },
        peer(8),
    ]
}

fn a_session(open: Open<'_>) -> Result<()> {
    open("first")?.apply(&changes())?;
    let mut store = open("first")?;
    let records = store.load()?;
    expect(records.home_dc == Some(DcId(2)), "home is there")?;
    expect(records.account.is_some_and(|it| it.bot), "the bot is there")?;
    expect(records.keys[0].key.expose() == &[0xab; 256], "the key is")?;
    expect(records.salts[0].salt == i64::MAX, "the salt is")?;
    expect(
        records.updates.is_some_and(|it| it.seq == 4),
        "the state is",
    )?;
    expect(records.channels.get(&5) == Some(&6), "the channel is")?;
    store.apply(&[key(0xcd)])?;
    let records = store.load()?;
    expect(
        records.salts.is_empty(),
        "the salts of the old key are gone",
    )?;
    store.apply(&[Change::Clear])?;
    expect(store.load()?.keys.is_empty(), "nothing is left")
}

fn peers(open: Open<'_>) -> Result<()> {
    let mut store = open("second")?;
    store.apply(&(0..300).map(peer).collect::<Vec<_>>())?;
    let taken = PeerRecord {
        usernames: vec!["NAME4".to_owned()],
        phone: Some("5".to_owned()),
        ..PeerRecord::new(PeerKey::Channel(4))
    };
    store.apply(&[peer(3), Change::Peer(taken.clone())])?;
    let (four, five) = (PeerKey::User(4), PeerKey::User(5));
    let asked = [
        PeerQuery::Name("name4"),
        PeerQuery::Phone("5"),
        PeerQuery::Id(four),
        PeerQuery::Id(five),
        PeerQuery::Id(PeerKey::User(1000)),
    ];
    let found = store.peers(&asked)?;
    let taken = Some(taken);
    expect(
        found[0] == taken && found[1] == taken,
        "name and number moved",
    )?;
    let [Some(four), Some(five)] = &found[2..4] else {
        return Err("those who lost something are not there".into());
    };
    expect(four.usernames == ["Other4"], "the name is gone")?;
    expect(five.phone.is_none(), "the number is gone")?;
    expect(found[4].is_none(), "nobody else is there")?;
    store.apply(&[Change::SignedOut])?;
    expect(
        store.peers(&asked)?.iter().all(Option::is_none),
        "all are gone",
    )
}

fn notes(open: Open<'_>) -> Result<()> {
    let mut store = open("third")?;
    let note = |key: u8| {
        Change::Note(Note {
            room: "room \0é".to_owned(),
            key: vec![key, 0, 255],
            bytes: vec![key; 1000],
            expires: Some(i64::MAX),
        })
    };
    store.apply(&[note(1), note(2), note(1)])?;
    let kept = store.notes("room \0é")?;
    let order: Vec<_> = kept.iter().map(|it| it.key[0]).collect();
    expect(
        order == [2, 1],
        "they are in the order in which they were written",
    )?;
    expect(
        kept[0].bytes == [2; 1000] && kept[0].expires == Some(i64::MAX),
        "whole",
    )?;
    let one = store.note("room \0é", &[1, 0, 255])?;
    expect(one.is_some(), "one of them is found")
}

fn one_at_a_time(open: Open<'_>) -> Result<()> {
    let mut store = open("fifth")?;
    let Err(StoreError::Leased { ends_in, .. }) = open("fifth") else {
        return Err("it was opened twice".into());
    };
    expect(
        ends_in <= Duration::from_secs(60),
        "it ends within a minute",
    )?;
    expect(store.renew()?.is_some(), "it is renewed")?;
    drop(store);
    open("fifth")?;
    Ok(())
}

/// The minute of whoever does not renew passes; what is written after that is undone as a whole.
fn taken_over(open: Open<'_>) -> Result<()> {
    let mut first = open("sixth")?;
    first.apply(&[Change::HomeDc(DcId(1))])?;
    let Err(StoreError::Leased { ends_in, .. }) = open("sixth") else {
        return Err("it was opened twice".into());
    };
    std::thread::sleep(ends_in + Duration::from_secs(1));
    let mut second = open("sixth")?;
    let late = first.apply(&[Change::HomeDc(DcId(9)), peer(9)]);
    expect(
        matches!(late, Err(StoreError::LeaseLost { .. })),
        "the first has lost it",
    )?;
    expect(
        second.load()?.home_dc == Some(DcId(1)),
        "nothing of it is there",
    )?;
    let found = second.peer(&PeerQuery::Id(PeerKey::User(9)))?;
    expect(found.is_none(), "nor is the rest")?;
    second.apply(&[Change::HomeDc(DcId(2))])?;
    Ok(())
}
