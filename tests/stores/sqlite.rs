//! Sessions in an SQLite file, seen from outside.
use std::process::Command;

use ferogram_sync::store::{Change, PeerKey, PeerRecord};
use ferogram_sync::{DcId, SqliteStore, Store};
use localdc::{LocalDc, NewBot};

#[test]
fn several_clients_live_in_one_file() {
    let dc = LocalDc::start().expect("it listens");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bots.db");
    let tokens = ["1000014:first", "1000015:second"];
    let open = |at: usize| {
        let store = SqliteStore::open_named(&path, &at.to_string()).expect("it is free");
        let client = dc.client_builder().session(store).connect();
        client.expect("it starts")
    };
    let clients: Vec<_> = (0..2).map(open).collect();
    for (client, token) in clients.iter().zip(tokens) {
        let name = format!("bot{}_bot", &token[..7]);
        let visitor = dc.add_visitor(dc.add_bot(NewBot::new(token, name)));
        client.bot_sign_in(token).expect("the token is right");
        client.send_message(visitor, "hello").expect("it is sent");
    }
    let ids: Vec<_> = clients
        .iter()
        .map(|it| it.get_me().expect("signed in").id())
        .collect();
    drop(clients);
    let again: Vec<_> = (0..2).map(open).collect();
    let same: Vec<_> = again
        .iter()
        .map(|it| it.get_me().expect("signed in").id())
        .collect();
    assert_eq!(ids, same);
    assert_eq!(dc.keys(), 2);
}

/// The tables are open to whoever has a tool for them.
#[test]
fn the_tables_are_readable_by_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bots.db");
    let mut store = SqliteStore::open(&path).expect("it is free");
    let peer = PeerRecord {
        access_hash: Some(i64::MIN),
        usernames: vec!["Durov".to_owned()],
        ..PeerRecord::new(PeerKey::User(7))
    };
    let changes = [Change::HomeDc(DcId(4)), Change::Peer(peer)];
    store.apply(&changes).expect("it is kept");
    let sql = "SELECT s.home_dc, p.access_hash, n.written FROM ferogram_session s
        JOIN ferogram_peer p ON p.session = s.id JOIN ferogram_name n
        ON n.session = s.id AND n.kind = p.kind AND n.id = p.id
        WHERE s.name = 'default' AND n.name = 'durov'";
    let wanted = (4, i64::MIN, "Durov".to_owned());
    let other = rusqlite::Connection::open(&path).expect("it opens");
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: (i32, i64, String) = other.query_row(sql, [], read).expect("there is one");
    assert_eq!(found, wanted);
    // With SQLite's own program too, where it is installed.
    if let Ok(done) = Command::new("sqlite3").arg(&path).arg(sql).output() {
        let text = String::from_utf8_lossy(&done.stdout);
        assert_eq!(
            text.trim(),
            format!("{}|{}|{}", wanted.0, wanted.1, wanted.2)
        );
    }
}
