//! Sessions on a libSQL server.
use std::mem;
use std::net::TcpListener;
use std::time::Duration;

use ferogram_sync::store::{
    Change, DatabaseFault, KeyPlace, KeyRecord, Note, PeerKey, PeerQuery, PeerRecord,
};
use ferogram_sync::{DcId, LibSqlStore, Secret, Store, StoreError};
use localdc::{LocalDc, NewBot};

use super::dice::Dice;
use super::hrana::{Fault, Hrana, Manner};
use super::model::Model;

const TOKEN: &str = "sesame";

fn open(server: &Hrana) -> LibSqlStore {
    LibSqlStore::connect(&server.url(), TOKEN).expect("it opens")
}

fn home(dc: i32) -> Change {
    Change::HomeDc(DcId(dc))
}

fn peer(id: i64) -> Change {
    Change::Peer(PeerRecord {
        access_hash: Some(-id),
        usernames: vec![format!("Name{id}")],
        ..PeerRecord::new(PeerKey::User(id))
    })
}

fn note(key: u8) -> Change {
    Change::Note(Note {
        room: "room".to_owned(),
        key: vec![key],
        bytes: vec![0, 255, key],
        expires: None,
    })
}

fn key(byte: u8) -> Change {
    Change::Key(KeyRecord {
        place: KeyPlace::permanent(DcId(2)),
        key: Box::new(Secret::new([byte; 256])),
        created: 1,
        expires_at: None,
        time_offset: -3,
    })
}

/// The other's minute is over.
fn end_the_lease(server: &Hrana) {
    let past = "UPDATE ferogram_lease SET until = unixepoch() - 1";
    server.database().execute(past, []).expect("it is there");
}

fn fault(error: &StoreError) -> Option<DatabaseFault> {
    match error {
        StoreError::Database { fault, .. } => Some(*fault),
        _ => None,
    }
}

fn lost(result: Result<(), StoreError>) -> bool {
    matches!(result, Err(StoreError::LeaseLost { .. }))
}

#[test]
fn what_is_kept_is_there_from_anywhere_in_every_version() {
    for (versions, streamless) in [
        (&["v2", "v3"][..], false),
        (&["v3"], false),
        (&["v2"], false),
        (&["v2"], true),
    ] {
        let server = Hrana::with(Manner {
            versions,
            streamless,
            ..Manner::default()
        });
        let mut store = open(&server);
        let all = [key(7), home(4), peer(5), peer(6), note(1), note(2)];
        store.apply(&all).expect("it is kept");
        drop(store);
        let mut store = open(&server);
        let records = store.load().expect("it is there");
        assert_eq!(records.home_dc, Some(DcId(4)));
        assert_eq!(records.keys[0].key.expose(), &[7; 256]);
        assert_eq!(records.keys[0].time_offset, -3);
        let found = store.peer(&PeerQuery::Name("nAME6")).expect("it is read");
        assert_eq!(found.map(|it| it.id), Some(PeerKey::User(6)));
        let notes = store.notes("room").expect("they are read");
        assert_eq!(notes.iter().map(|it| it.key[0]).collect::<Vec<_>>(), [1, 2]);
        // Of a server whose streams stay, one was needed to find that out.
        assert!(server.streams() <= 2, "{} are open", server.streams());
    }
}

#[test]
fn one_client_at_a_time_and_each_session_for_itself() {
    let server = Hrana::start();
    let mut store = open(&server);
    let error = LibSqlStore::connect(&server.url(), TOKEN).expect_err("it is taken");
    let StoreError::Leased { ends_in, .. } = &error else {
        panic!("{error}");
    };
    assert!(*ends_in > Duration::ZERO && *ends_in <= Duration::from_secs(60));
    assert!(error.to_string().contains(&server.url()), "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("{} s", ends_in.as_secs()))
    );
    let mut other = LibSqlStore::connect_named(&server.url(), TOKEN, "other").expect("it is free");
    store.apply(&[home(1), peer(1)]).expect("it is kept");
    other.apply(&[home(2), Change::Clear]).expect("it is kept");
    let held = store.renew().expect("it holds").expect("for a while");
    assert!(
        held < Duration::from_secs(60),
        "the server counts whole seconds"
    );
    drop(store);
    let mut store = open(&server);
    assert_eq!(store.load().expect("it is there").home_dc, Some(DcId(1)));
}

#[test]
fn after_a_crash_another_takes_over_and_the_first_writes_nothing_more() {
    let server = Hrana::start();
    let mut first = open(&server);
    first.apply(&[home(1)]).expect("it is kept");
    end_the_lease(&server);
    let mut second = open(&server);
    assert!(lost(first.apply(&[home(9), peer(9)])));
    assert!(lost(first.renew().map(drop)));
    assert_eq!(second.load().expect("it is there").home_dc, Some(DcId(1)));
    let found = second.peer(&PeerQuery::Id(PeerKey::User(9)));
    assert_eq!(found.expect("it is read"), None, "all or nothing");
    let asked = server.requests();
    assert!(lost(first.apply(&[home(9)])));
    assert_eq!(server.requests(), asked, "it need not ask any more");
    drop(first); // It gives nothing back that is not its own.
    let error = LibSqlStore::connect(&server.url(), TOKEN).expect_err("it is taken");
    assert!(matches!(error, StoreError::Leased { .. }), "{error}");
    second.apply(&[home(2)]).expect("it holds");
}

#[test]
fn a_machine_that_slept_writes_nothing_though_nobody_else_came() {
    let server = Hrana::start();
    let mut store = open(&server);
    store.apply(&[home(1)]).expect("it is kept");
    end_the_lease(&server);
    assert!(lost(store.apply(&[home(9)])));
    assert!(lost(store.renew().map(drop)));
    assert_eq!(
        open(&server).load().expect("it is there").home_dc,
        Some(DcId(1))
    );
    // Nor where somebody has wiped the table of the leases.
    let mut store = LibSqlStore::connect_named(&server.url(), TOKEN, "b").expect("it is free");
    let wiped = server.database().execute("DELETE FROM ferogram_lease", []);
    wiped.expect("it is there");
    assert!(lost(store.apply(&[home(9)])));
}

/// How often a note was written, whatever it says: each takes the next place.
fn writes(server: &Hrana) -> i64 {
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'ferogram_note'";
    let row = server.database().query_row(sql, [], |row| row.get(0));
    row.expect("one was written")
}

#[test]
fn what_got_no_answer_is_sent_again_and_done_once() {
    let server = Hrana::start();
    let mut store = open(&server);
    for (at, fault) in (1..).zip([
        Fault::Before,
        Fault::After,
        Fault::Status(503, "busy"),
        Fault::Status(500, "{\"error\":\"odd\"}"),
    ]) {
        server.plan([fault]);
        store.apply(&[note(7)]).expect("the second time");
        assert_eq!(writes(&server), at, "once each");
    }
    // Nor does the first hurt when it comes after all.
    server.plan([Fault::Late]);
    store.apply(&[home(3)]).expect("the second time");
    store.apply(&[home(4)]).expect("it is kept");
    assert_eq!(server.do_the_late(), 1);
    assert_eq!(store.load().expect("it is there").home_dc, Some(DcId(4)));

    // When it is given up, it can be given again, done or not.
    for faults in [
        [Fault::Before, Fault::Before],
        [Fault::After, Fault::Before],
    ] {
        server.plan(faults);
        let error = store.apply(&[home(5)]).expect_err("nobody answers");
        assert_eq!(fault(&error), Some(DatabaseFault::Unreachable), "{error}");
        store.apply(&[home(5), home(6)]).expect("it is kept");
        assert_eq!(store.load().expect("it is there").home_dc, Some(DcId(6)));
    }
    // The taking of a session too, whichever of its answers is lost.
    drop(store);
    for at in 0..6 {
        let fine = (0..at).map(|_| Fault::None);
        server.plan(fine.chain([Fault::After]));
        let mut store = open(&server);
        assert_eq!(
            store.load().expect("it is there").home_dc,
            Some(DcId(6)),
            "{at}"
        );
    }
}

/// A server that stops before, while or after it does something, at random: nothing is done twice,
/// and nothing that was kept is lost.
#[test]
fn a_server_that_fails_at_random_loses_and_doubles_nothing() {
    let server = Hrana::start();
    let (mut dice, mut model) = (Dice(1), Model::default());
    let mut store = open(&server);
    for round in 0..24 {
        let changes = dice.changes();
        let fault = |dice: &mut Dice| match dice.below(5) {
            0 => Fault::Before,
            1 => Fault::After,
            2 => Fault::Late,
            3 => Fault::Status(503, "busy"),
            _ => Fault::None,
        };
        // Where the second attempt fails too, whoever wrote gives the same again, with more.
        let faults = [fault(&mut dice), fault(&mut dice)];
        if !changes.is_empty() {
            server.plan(faults);
        }
        let mut applied = store.apply(&changes);
        let more = dice.changes();
        let all = [&changes[..], &more].concat();
        server.forget_the_plan();
        if applied.is_err() {
            applied = store.apply(&all);
            model.apply(&all);
        } else {
            model.apply(&changes);
        }
        applied.unwrap_or_else(|error| panic!("round {round}: {error}"));
        model.assert_is(&mut store, &format!("round {round}"));
        server.do_the_late();
        model.assert_is(&mut store, &format!("round {round}, and what came late"));
        store.renew().expect("it is still ours");
    }
}

#[test]
fn what_is_wrong_is_told_with_what_to_do() {
    let server = Hrana::start();
    let url = server.url();
    let connect = |url: &str, token: &str| {
        let error = LibSqlStore::connect(url, token).expect_err("it cannot");
        assert!(
            !format!("{error} {error:?}").contains("open-says-me"),
            "{error}"
        );
        (fault(&error), error.to_string())
    };
    let (denied, text) = connect(&url, "open-says-me");
    assert_eq!(denied, Some(DatabaseFault::Denied), "{text}");
    assert!(
        text.contains("the token must be one for this database"),
        "{text}"
    );
    let (denied, text) = connect(&url, "");
    assert_eq!(denied, Some(DatabaseFault::Denied), "{text}");
    let (wrong, text) = connect(&format!("{url}/elsewhere"), TOKEN);
    assert_eq!(wrong, Some(DatabaseFault::NotFound), "{text}");
    assert!(text.contains("check the URL"), "{text}");
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let nobody = free.local_addr().expect("it listens");
    drop(free);
    let (nobody, text) = connect(&format!("http://{nobody}"), "open-says-me");
    assert_eq!(nobody, Some(DatabaseFault::Unreachable), "{text}");
    assert!(text.contains("check the network"), "{text}");

    let mut store = open(&server);
    for odd in [
        "",
        "{",
        "{}",
        "[]",
        r#"{"baton":null,"results":[]}"#,
        "<html>",
    ] {
        server.plan([Fault::Answer(odd)]);
        let error = store.load().expect_err("it is odd");
        assert!(
            error.to_string().contains("not what the protocol says"),
            "{error}"
        );
    }
    store.apply(&[home(1)]).expect("it is kept");
    server.limit(1);
    let much: Vec<_> = [home(2)].into_iter().chain((0..500).map(peer)).collect();
    let error = store.apply(&much).expect_err("there is no room");
    assert_eq!(fault(&error), Some(DatabaseFault::Full), "{error}");
    server.limit(1 << 30);
    assert_eq!(store.load().expect("it is there").home_dc, Some(DcId(1)));

    let other = server.database();
    other.execute_batch("BEGIN IMMEDIATE").expect("it begins");
    let error = store.apply(&much).expect_err("another is in the way");
    assert_eq!(fault(&error), Some(DatabaseFault::Busy), "{error}");
    other.execute_batch("ROLLBACK").expect("it ends");
    store.apply(&much).expect("it is kept");
    drop(store);

    let newer = "INSERT INTO ferogram_version VALUES (99)";
    other.execute(newer, []).expect("it is there");
    let error = LibSqlStore::connect(&url, TOKEN).expect_err("it is newer");
    assert!(
        matches!(error, StoreError::NewerFormat { found: 99, .. }),
        "{error}"
    );
}

#[test]
fn many_look_ups_take_one_round_trip() {
    let server = Hrana::start();
    let mut store = open(&server);
    let all: Vec<_> = (0..200).map(peer).collect();
    let asked = server.requests();
    store.apply(&all).expect("it is kept");
    assert_eq!(server.requests(), asked + 1);
    let names: Vec<_> = (0..200).map(|id| format!("name{id}")).collect();
    let queries: Vec<_> = names.iter().map(|name| PeerQuery::Name(name)).collect();
    let found = store.peers(&queries).expect("they are read");
    assert_eq!(server.requests(), asked + 2);
    assert_eq!(found.len(), 200);
    assert!(found.iter().all(Option::is_some));
    store.load().expect("it is there");
    assert_eq!(server.requests(), asked + 3);
}

#[test]
fn a_login_is_opened_from_another_machine() {
    let dc = LocalDc::start().expect("it listens");
    let bot = NewBot::new("1000013:libsql-test", "libsql_bot");
    let visitor = dc.add_visitor(dc.add_bot(bot));
    let server = Hrana::start();
    let client = dc.client_builder().session(open(&server));
    let client = client.connect().expect("it starts");
    client
        .bot_sign_in("1000013:libsql-test")
        .expect("the token is right");
    client
        .send_message(visitor, "from here")
        .expect("it is sent");
    let error = LibSqlStore::connect(&server.url(), TOKEN).expect_err("the client has it");
    assert!(matches!(error, StoreError::Leased { .. }), "{error}");
    drop(client); // What it had is given back.
    let client = dc.client_builder().session(open(&server));
    let client = client.connect().expect("it starts");
    assert!(client.get_me().expect("it is signed in").is_bot());
    assert_eq!(dc.keys(), 1, "with the same key");
    // A crash: nothing is given back.
    mem::forget(client);
}
