//! The tables, and how older ones become those of today.
use super::database::Database;
use super::statements::Statement;
use super::value::{Fields, Value};
use crate::store::StoreError;

/// The tables of this version.
const VERSION: i64 = 1;

/// The steps from each version to the next; nothing is the version before the first.
const STEPS: [&[&str]; VERSION as usize] = [FIRST];

/// One row of `ferogram_session` is a session, and every other row belongs to one. What is optional
/// is null.
const FIRST: &[&str] = &[
    "CREATE TABLE ferogram_session (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
        home_dc INTEGER, user_id INTEGER, bot INTEGER,
        pts INTEGER, qts INTEGER, date INTEGER, seq INTEGER)",
    "CREATE TABLE ferogram_dc (
        session INTEGER NOT NULL, place INTEGER NOT NULL, dc INTEGER NOT NULL,
        address TEXT NOT NULL, media_only INTEGER NOT NULL, cdn INTEGER NOT NULL,
        this_port_only INTEGER NOT NULL, static INTEGER NOT NULL, tcpo_only INTEGER NOT NULL,
        secret BLOB, PRIMARY KEY (session, place)) WITHOUT ROWID",
    "CREATE TABLE ferogram_key (
        session INTEGER NOT NULL, dc INTEGER NOT NULL, media INTEGER NOT NULL,
        temporary INTEGER NOT NULL, key BLOB NOT NULL, created INTEGER NOT NULL,
        expires_at INTEGER, time_offset INTEGER NOT NULL,
        PRIMARY KEY (session, dc, media, temporary)) WITHOUT ROWID",
    "CREATE TABLE ferogram_salt (
        session INTEGER NOT NULL, dc INTEGER NOT NULL, media INTEGER NOT NULL,
        temporary INTEGER NOT NULL, place INTEGER NOT NULL, valid_since INTEGER NOT NULL,
        valid_until INTEGER NOT NULL, salt INTEGER NOT NULL,
        PRIMARY KEY (session, dc, media, temporary, place)) WITHOUT ROWID",
    "CREATE TABLE ferogram_peer (
        session INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL,
        access_hash INTEGER, min INTEGER NOT NULL, usernames_seen INTEGER NOT NULL,
        phone TEXT, phone_seen INTEGER NOT NULL,
        PRIMARY KEY (session, kind, id)) WITHOUT ROWID",
    "CREATE UNIQUE INDEX ferogram_peer_phone ON ferogram_peer (session, phone)
        WHERE phone IS NOT NULL",
    "CREATE TABLE ferogram_name (
        session INTEGER NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL,
        place INTEGER NOT NULL, written TEXT NOT NULL,
        PRIMARY KEY (session, name)) WITHOUT ROWID",
    "CREATE INDEX ferogram_name_peer ON ferogram_name (session, kind, id, place)",
    "CREATE TABLE ferogram_channel (
        session INTEGER NOT NULL, id INTEGER NOT NULL, pts INTEGER NOT NULL,
        PRIMARY KEY (session, id)) WITHOUT ROWID",
    "CREATE TABLE ferogram_note (
        place INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, room TEXT NOT NULL,
        key BLOB NOT NULL, bytes BLOB NOT NULL, expires INTEGER)",
    "CREATE UNIQUE INDEX ferogram_note_key ON ferogram_note (session, room, key)",
    // A row of it is one session in use, where a lock on a file cannot say so.
    "CREATE TABLE ferogram_lease (
        session INTEGER PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL)",
    // Nothing can be put into it: a statement that tries undoes those before it.
    "CREATE TABLE ferogram_refusal (reason TEXT NOT NULL CHECK (reason IS NULL))",
];

/// Makes the tables what this version expects, and says which session has this name, adding it if
/// there is none.
///
/// # Errors
///
/// When the tables are those of a newer version: they are left as they are.
pub(super) fn prepare(database: &mut dyn Database, name: &str) -> Result<i64, StoreError> {
    let versions = "CREATE TABLE IF NOT EXISTS ferogram_version (version INTEGER NOT NULL)";
    database.run(&[Statement::new(versions, [])])?;
    let found = Statement::new("SELECT max(version) FROM ferogram_version", []);
    let found = database.rows(&found)?.pop().unwrap_or_default();
    let found = Fields::new(found).optional::<i64>()?.unwrap_or(0);
    let Some(steps) = usize::try_from(found).ok().and_then(|at| STEPS.get(at..)) else {
        return Err(StoreError::Other(
            format!(
                "the tables of the session are of version {found}, and this library knows those \
                 up to {VERSION}: update it"
            )
            .into(),
        ));
    };
    for (step, version) in steps.iter().zip(found + 1..) {
        let note = "INSERT INTO ferogram_version (version) VALUES (?)";
        let note = Statement::new(note, [Value::Integer(version)]);
        let step = step.iter().map(|sql| Statement::new(sql, []));
        database.run(&step.chain([note]).collect::<Vec<_>>())?;
    }
    let add = "INSERT INTO ferogram_session (name) VALUES (?) ON CONFLICT (name) DO NOTHING";
    database.run(&[Statement::new(add, [name.into()])])?;
    let which = Statement::new("SELECT id FROM ferogram_session WHERE name = ?", [name.into()]);
    Fields::new(database.rows(&which)?.pop().unwrap_or_default()).value()
}
