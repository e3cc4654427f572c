//! The tables of Telethon.
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use rusqlite::{Row, Transaction, params};

use super::database::{self, Database};
use super::marked;
use crate::store::{
    Change, PeerKey, PeerRecord, StoreError, StringFormat, StringSession, UpdateState,
};

/// The tables that are written.
pub(super) const VERSION: i64 = 8;
/// Before this version the hashes of users and channels may be wrong.
const RIGHT_HASHES: i64 = 6;
/// From this version on a row says when it was written.
const DATED: i64 = 7;
/// From this version on there is a place for how far the updates are.
const STATES: i64 = 4;

/// The common updates stand under this number, those of a channel under its own.
const COMMON: i64 = 0;

const TABLES: &str = "
    CREATE TABLE version (version integer primary key);
    CREATE TABLE sessions (
        dc_id integer primary key, server_address text, port integer, auth_key blob,
        takeout_id integer, tmp_auth_key blob);
    CREATE TABLE entities (
        id integer primary key, hash integer not null, username text, phone integer, name text,
        date integer);
    CREATE TABLE sent_files (
        md5_digest blob, file_size integer, type integer, id integer, hash integer,
        primary key (md5_digest, file_size, type));
    CREATE TABLE update_state (
        id integer primary key, pts integer, qts integer, date integer, seq integer);";

/// Which version the tables have, if they are these.
pub(super) fn version(database: &Database) -> Result<Option<i64>, StoreError> {
    for table in ["version", "sessions", "entities"] {
        if !database.has_table(table)? {
            return Ok(None);
        }
    }
    let found = database.all("SELECT max(version) FROM version", [], |row| row.get(0))?;
    match found[..] {
        [version @ 1..=VERSION] => Ok(Some(version)),
        [newer] if newer > VERSION => Err(StoreError::NewerFormat {
            path: database.path.clone(),
            found: newer.try_into().unwrap_or(u32::MAX),
            known: VERSION as u32,
        }),
        _ => Err(database.damaged("it does not say which version it has")),
    }
}

pub(super) fn login(database: &Database) -> Result<StringSession, StoreError> {
    // There is one row; of more, it would be unknown which key is of use.
    let sql = "SELECT dc_id, server_address, port, auth_key FROM sessions
        WHERE length(auth_key) > 0 AND dc_id > 0";
    let mut found = database.all(sql, [], |row| {
        let dc: u8 = row.get(0)?;
        let key = row.get_ref(3)?.as_blob()?;
        let key = key.try_into().map_err(|_| rusqlite::Error::InvalidQuery)?;
        let mut login = StringSession::new(dc, key);
        let host: Option<String> = row.get(1)?;
        let ip: Option<IpAddr> = host.and_then(|host| host.parse().ok());
        let port: Option<u16> = row.get(2)?;
        let port = port.filter(|port| *port != 0);
        login.address = ip.zip(port).map(SocketAddr::from);
        Ok(Some(login))
    })?;
    match found.len() {
        0 | 1 => found.pop().ok_or_else(|| StoreError::NoLogin {
            path: database.path.clone(),
        }),
        _ => Err(database.damaged("it holds more than one key")),
    }
}

/// How far the updates are.
pub(super) fn state(database: &Database, version: i64) -> Result<Vec<Change>, StoreError> {
    if version < STATES {
        return Ok(Vec::new());
    }
    // A date has a fraction there.
    let sql = "SELECT id, pts, qts, cast(date AS integer), seq FROM update_state WHERE pts > 0";
    database.all(sql, [], |row| {
        let id: i64 = row.get(0)?;
        let pts = row.get(1)?;
        Ok(Some(match id {
            COMMON => Change::Updates(UpdateState {
                pts,
                qts: row.get(2)?,
                date: row.get(3)?,
                seq: row.get(4)?,
            }),
            id => Change::Channel { id, pts: Some(pts) },
        }))
    })
}

/// Everybody that was seen, those last whose rows are the newest: a name is theirs.
pub(super) fn peers(
    database: &Database,
    version: i64,
    take: impl FnMut(PeerRecord) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = match version {
        DATED.. => {
            "SELECT id, hash, username, cast(phone AS text), coalesce(date, 0) FROM entities
             ORDER BY date"
        }
        RIGHT_HASHES.. => "SELECT id, hash, username, cast(phone AS text), 0 FROM entities",
        _ => return Ok(()),
    };
    database.each(sql, [], peer, take)
}

fn peer(row: &Row<'_>) -> rusqlite::Result<Option<PeerRecord>> {
    // Under 0 it notes something of its own.
    let Some(id) = marked::read(row.get(0)?) else {
        return Ok(None);
    };
    let name: Option<String> = row.get(2)?;
    let seen = row.get(4)?;
    Ok(Some(PeerRecord {
        access_hash: Some(row.get(1)?).filter(|hash| *hash != 0),
        usernames: name.into_iter().filter(|name| !name.is_empty()).collect(),
        phone: row.get(3)?,
        usernames_seen: seen,
        phone_seen: seen,
        ..PeerRecord::new(id)
    }))
}

/// Makes a file with this login.
pub(super) fn create(path: &Path, login: &StringSession) -> Result<Database, StoreError> {
    let format = StringFormat::Telethon;
    let incomplete = |error| database::incomplete(path, error);
    let dc = login.dc_for(format).map_err(incomplete)?;
    let address = login.address_for(format).map_err(incomplete)?;
    Database::create(path, |transaction| {
        transaction.execute_batch(TABLES)?;
        transaction.execute("INSERT INTO version VALUES (?1)", [VERSION])?;
        let key = login.key.expose();
        let session = params![dc, address.ip().to_string(), address.port(), key];
        let sql = "INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, NULL, x'')";
        transaction.execute(sql, session).map(drop)
    })
}

/// Adds what the file has a place for.
pub(super) fn add(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Peer(peer) => add_peer(transaction, peer),
        Change::Updates(state) => add_state(transaction, COMMON, *state),
        Change::Channel { id, pts: Some(pts) } => {
            let pts = *pts;
            let state = UpdateState {
                pts,
                ..UpdateState::default()
            };
            add_state(transaction, *id, state)
        }
        _ => Ok(()),
    }
}

fn add_state(transaction: &Transaction<'_>, id: i64, state: UpdateState) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO update_state VALUES (?1, ?2, ?3, ?4, ?5)";
    let state = params![id, state.pts, state.qts, state.date, state.seq];
    transaction.prepare_cached(sql)?.execute(state).map(drop)
}

fn add_peer(transaction: &Transaction<'_>, peer: &PeerRecord) -> rusqlite::Result<()> {
    let hash = match (peer.id, peer.access_hash) {
        (PeerKey::Chat(_), _) => 0,
        (_, Some(hash)) if hash != 0 && !peer.min => hash,
        _ => return Ok(()),
    };
    let Some(id) = marked::write(peer.id) else {
        return Ok(());
    };
    let name = peer.usernames.first().map(|name| name.to_lowercase());
    let phone: Option<i64> = peer.phone.as_ref().and_then(|phone| phone.parse().ok());
    let seen = peer.usernames_seen.max(peer.phone_seen);
    let sql = "INSERT OR REPLACE INTO entities VALUES (?1, ?2, ?3, ?4, NULL, ?5)";
    let row = params![id, hash, name, phone, seen];
    transaction.prepare_cached(sql)?.execute(row).map(drop)
}
