//! The tables, and how older ones become those of today.
use super::database::{Database, rows};
use super::statements::Statement;
use super::value::{Fields, Value};
use crate::store::StoreError;

/// The tables of this version.
const VERSION: i64 = 1;

/// The steps from each version to the next; nothing is the version before the first.
const STEPS: [&[&str]; VERSION as usize] = [FIRST];

/// One row of `ferogram_session` is a session, and every other row belongs to one. What is optional
/// is null. Lists are in the order of their rows.
const FIRST: &[&str] = &[
    "CREATE TABLE ferogram_session (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
        home_dc INTEGER, user_id INTEGER, bot INTEGER,
        pts INTEGER, qts INTEGER, date INTEGER, seq INTEGER)",
    "CREATE TABLE ferogram_dc (
        session INTEGER NOT NULL, place INTEGER NOT NULL, dc INTEGER NOT NULL,
        address TEXT NOT NULL, media_only INTEGER NOT NULL, cdn INTEGER NOT NULL,
        this_port_only INTEGER NOT NULL, static INTEGER NOT NULL, tcpo_only INTEGER NOT NULL,
        secret BLOB, PRIMARY KEY (session, place))",
    "CREATE TABLE ferogram_key (
        session INTEGER NOT NULL, dc INTEGER NOT NULL, media INTEGER NOT NULL,
        temporary INTEGER NOT NULL, key BLOB NOT NULL, created INTEGER NOT NULL,
        expires_at INTEGER, time_offset INTEGER NOT NULL,
        PRIMARY KEY (session, dc, media, temporary))",
    "CREATE TABLE ferogram_salt (
        session INTEGER NOT NULL, dc INTEGER NOT NULL, media INTEGER NOT NULL,
        temporary INTEGER NOT NULL, place INTEGER NOT NULL, valid_since INTEGER NOT NULL,
        valid_until INTEGER NOT NULL, salt INTEGER NOT NULL,
        PRIMARY KEY (session, dc, media, temporary, place))",
    "CREATE TABLE ferogram_peer (
        session INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL,
        access_hash INTEGER, min INTEGER NOT NULL, usernames_seen INTEGER NOT NULL,
        phone TEXT, phone_seen INTEGER NOT NULL,
        PRIMARY KEY (session, kind, id))",
    // Most have no number that is shown, so most take no room here.
    "CREATE UNIQUE INDEX ferogram_peer_phone ON ferogram_peer (session, phone)
        WHERE phone IS NOT NULL",
    "CREATE TABLE ferogram_name (
        session INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL,
        place INTEGER NOT NULL, name TEXT NOT NULL, written TEXT NOT NULL,
        PRIMARY KEY (session, kind, id, place))",
    "CREATE INDEX ferogram_name_name ON ferogram_name (session, name)",
    "CREATE TABLE ferogram_channel (
        session INTEGER NOT NULL, id INTEGER NOT NULL, pts INTEGER NOT NULL,
        PRIMARY KEY (session, id))",
    "CREATE TABLE ferogram_note (
        place INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, room TEXT NOT NULL,
        key BLOB NOT NULL, bytes BLOB NOT NULL, expires INTEGER)",
    "CREATE UNIQUE INDEX ferogram_note_key ON ferogram_note (session, room, key)",
    // In each room by place, as every index is: so those that are too many are found by counting.
    "CREATE INDEX ferogram_note_room ON ferogram_note (session, room)",
    // A row of it is one session in use, where a lock on a file cannot say so.
    "CREATE TABLE ferogram_lease (
        session INTEGER PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL,
        turn INTEGER NOT NULL)",
];

/// Which version the tables have; 0 where there are none.
fn version(database: &mut impl Database) -> Result<i64, StoreError> {
    let there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'ferogram_version'";
    if rows(database, Statement::new(there, []))?.is_empty() {
        return Ok(0);
    }
    let newest = Statement::new("SELECT max(version) FROM ferogram_version", []);
    let newest = rows(database, newest)?.pop().unwrap_or_default();
    Ok(Fields::new(newest).optional()?.unwrap_or(0))
}

/// Makes the tables what this version expects, and says which session has this name, adding it if
/// there is none.
///
/// # Errors
///
/// [`StoreError::NewerFormat`] when the tables are those of a newer version: they are left as they
/// are.
pub(super) fn prepare(database: &mut impl Database, name: &str) -> Result<i64, StoreError> {
    let mut at = version(database)?;
    while at != VERSION {
        let step = usize::try_from(at).ok().and_then(|at| STEPS.get(at));
        let Some(step) = step else {
            return Err(StoreError::NewerFormat {
                path: database.place().into(),
                found: at.try_into().unwrap_or(u32::MAX),
                known: VERSION as u32,
            });
        };
        at = take_step(database, step, at)?;
    }
    let which = "SELECT id FROM ferogram_session WHERE name = ?1";
    let which = || Statement::new(which, [name.into()]);
    let mut found = rows(database, which())?;
    if found.is_empty() {
        let add = "INSERT INTO ferogram_session (name) VALUES (?1) ON CONFLICT (name) DO NOTHING";
        database.run(&[Statement::new(add, [name.into()])])?;
        found = rows(database, which())?;
    }
    Fields::new(found.pop().unwrap_or_default()).value()
}

/// Takes the step from a version to the next, unless somebody else does at the same time. The
/// version after it.
fn take_step(
    database: &mut impl Database,
    step: &[&'static str],
    from: i64,
) -> Result<i64, StoreError> {
    let versions = "CREATE TABLE IF NOT EXISTS ferogram_version (version INTEGER PRIMARY KEY)";
    // Of two that take the step, one finds the number taken, and all of its statements undone.
    let note = "INSERT INTO ferogram_version (version) VALUES (?1)";
    let note = Statement::new(note, [Value::Integer(from + 1)]);
    let step = step.iter().map(|sql| Statement::new(sql, []));
    let first = [Statement::new(versions, []), note];
    let taken = database.run(&first.into_iter().chain(step).collect::<Vec<_>>());
    match version(database)? {
        now if now > from => Ok(now),
        _ => taken.map(|()| from + 1),
    }
}
