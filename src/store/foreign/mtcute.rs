//! The tables of mtcute.
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Row, Transaction, params};
use zeroize::Zeroizing;

use super::database::{self, Database};
use super::marked;
use crate::dc::DcId;
use crate::store::string::{Fields, address_bytes, read_address};
use crate::store::{
    Account, Change, PeerKey, PeerRecord, StoreError, StringFormat, StringSession, UpdateState,
};

/// Each of its parts has a version of its own; these are read, and written.
const VERSIONS: [(&str, i64); 4] = [
    ("auth_keys", 1),
    ("kv", 1),
    ("peers", 2),
    ("ref_messages", 1),
];

const MIGRATIONS: &str = "mtcute_migrations";
/// Where a login is that has not been moved: then nothing stands under `MAIN_DC`.
const DEFAULT_DC: u8 = 2;
const MAIN_DC: &str = "dc_main";
const USER: &str = "current_user";
const PTS: &str = "updates_pts";
const QTS: &str = "updates_qts";
const DATE: &str = "updates_date";
const SEQ: &str = "updates_seq";
const CHANNEL: &str = "updates_channel:";

/// What the record of the account begins with.
const USER_VERSION: u32 = 1;
const USER_BOT: u32 = 1;

/// Times of peers are in milliseconds there.
const MILLIS: i64 = 1000;

const TABLES: &str = "
    CREATE TABLE mtcute_migrations (repo text not null primary key, version integer not null);
    CREATE TABLE auth_keys (dc integer primary key, key blob not null);
    CREATE TABLE temp_auth_keys (
        dc integer not null, idx integer not null, key blob not null, expires integer not null,
        primary key (dc, idx));
    CREATE TABLE key_value (key text primary key, value blob not null);
    CREATE TABLE peers (
        id integer primary key, hash text not null, usernames json not null,
        updated integer not null, phone text, complete blob,
        isMin integer not null default false);
    CREATE INDEX idx_peers_usernames ON peers (usernames);
    CREATE INDEX idx_peers_phone ON peers (phone);
    CREATE TABLE message_refs (
        peer_id integer not null, chat_id integer not null, msg_id integer not null);
    CREATE INDEX idx_message_refs_peer ON message_refs (peer_id);
    CREATE INDEX idx_message_refs ON message_refs (chat_id, msg_id);";

/// Whether the tables are these.
pub(super) fn is_there(database: &Database) -> Result<bool, StoreError> {
    if !database.has_table(MIGRATIONS)? {
        return Ok(false);
    }
    let sql = "SELECT repo, version FROM mtcute_migrations";
    let found = database.all(sql, [], |row| {
        Ok(Some((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
    })?;
    for (repo, known) in VERSIONS {
        let version = found.iter().find(|(name, _)| name == repo);
        match version.map_or(0, |(_, version)| *version) {
            newer if newer > known => {
                return Err(StoreError::NewerFormat {
                    path: database.path.clone(),
                    found: newer.try_into().unwrap_or(u32::MAX),
                    known: known as u32,
                });
            }
            version if version == known || repo == "ref_messages" => {}
            _ => return Err(database.damaged("mtcute has to open it once, to renew its tables")),
        }
    }
    Ok(true)
}

/// What stands under a name: it may be secret.
fn kept(database: &Database, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let sql = "SELECT value FROM key_value WHERE key = ?1";
    let mut found = database.all(sql, [key], |row| match row.get_ref(0)? {
        ValueRef::Blob(bytes) => Ok(Some(Zeroizing::new(bytes.to_vec()))),
        _ => Ok(None),
    })?;
    Ok(found.pop())
}

pub(super) fn login(database: &Database) -> Result<StringSession, StoreError> {
    let nobody = || StoreError::NoLogin {
        path: database.path.clone(),
    };
    let strange = |_| database.damaged("the data centre of its login cannot be read");
    let main = kept(database, MAIN_DC)?;
    let main = main.map(|it| read_address(&it).map_err(strange));
    let main = main.transpose()?;
    let mut logins = database.all("SELECT dc, key FROM auth_keys", [], |row| {
        let key = row.get_ref(1)?.as_blob()?;
        let key = key.try_into().map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok(Some(StringSession::new(row.get(0)?, key)))
    })?;
    if main.is_some() || logins.len() > 1 {
        let home = main.map_or(DEFAULT_DC, |(dc, ..)| dc);
        logins.retain(|login| login.dc == DcId(home.into()));
    }
    let mut login = logins.pop().ok_or_else(nobody)?;
    if let Some((_, address, test)) = main {
        login.address = address.filter(|address| address.port() != 0);
        login.test = Some(test);
    }
    login.account = match kept(database, USER)? {
        Some(user) if !user.is_empty() => account(&user),
        _ => None,
    };
    Ok(login)
}

/// The account, if its record is one that is known: the client asks who it is otherwise.
fn account(user: &[u8]) -> Option<Account> {
    let mut fields = Fields::new(user, StringFormat::Mtcute);
    let version = fields.word().ok()?;
    let flags = fields.word().ok()?;
    let user_id = i64::from_le_bytes(fields.array().ok()?);
    (version == USER_VERSION && user_id > 0).then_some(Account {
        user_id,
        bot: flags & USER_BOT != 0,
    })
}

/// How far the updates are.
pub(super) fn state(database: &Database) -> Result<Vec<Change>, StoreError> {
    let common = |name| -> Result<Option<i32>, StoreError> {
        let bytes = kept(database, name)?;
        Ok(bytes.and_then(|bytes| number(&bytes)))
    };
    let common = (common(PTS)?, common(QTS)?, common(DATE)?, common(SEQ)?);
    let sql = "SELECT key, value FROM key_value WHERE key GLOB 'updates_channel:*'";
    let mut changes = database.all(sql, [], |row| {
        let id = row.get_ref(0)?.as_str()?.strip_prefix(CHANNEL);
        let id = id.and_then(|id| id.parse().ok());
        let pts = number(row.get_ref(1)?.as_blob()?).filter(|pts| *pts > 0);
        Ok(id
            .zip(pts)
            .map(|(id, pts)| Change::Channel { id, pts: Some(pts) }))
    })?;
    if let (Some(pts), Some(qts), Some(date), Some(seq)) = common {
        changes.push(Change::Updates(UpdateState {
            pts,
            qts,
            date,
            seq,
        }));
    }
    Ok(changes)
}

fn number(bytes: &[u8]) -> Option<i32> {
    bytes.try_into().ok().map(i32::from_le_bytes)
}

/// Everybody that was seen, those last whose rows are the newest: a name is theirs.
pub(super) fn peers(
    database: &Database,
    take: impl FnMut(PeerRecord) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = "SELECT id, hash, isMin, phone, updated, CASE WHEN json_valid(usernames)
            THEN (SELECT group_concat(value, ' ') FROM json_each(usernames)) END
        FROM peers ORDER BY updated";
    database.each(sql, [], peer, take)
}

fn peer(row: &Row<'_>) -> rusqlite::Result<Option<PeerRecord>> {
    let Some(id) = marked::read(row.get(0)?) else {
        return Ok(None);
    };
    let hash = row.get_ref(1)?.as_str()?;
    let names: Option<String> = row.get(5)?;
    let phone: Option<String> = row.get(3)?;
    let seen = row.get::<_, i64>(4)?.div_euclid(MILLIS);
    Ok(Some(PeerRecord {
        access_hash: read_hash(hash).filter(|hash| *hash != 0),
        min: row.get::<_, i64>(2)? != 0,
        usernames: names
            .iter()
            .flat_map(|it| it.split_whitespace())
            .map(Into::into)
            .collect(),
        phone: phone.filter(|phone| !phone.is_empty()),
        usernames_seen: seen,
        phone_seen: seen,
        ..PeerRecord::new(id)
    }))
}

/// A hash is written as its two halves: a JavaScript number has no room for it.
fn read_hash(text: &str) -> Option<i64> {
    let (low, high) = text.split_once('|')?;
    let (low, high): (i64, i64) = (low.parse().ok()?, high.parse().ok()?);
    Some(high << 32 | low & 0xffff_ffff)
}

fn hash_text(hash: i64) -> String {
    format!("{}|{}", hash as i32, (hash >> 32) as i32)
}

/// Makes a file with this login.
pub(super) fn create(path: &Path, login: &StringSession) -> Result<Database, StoreError> {
    let format = StringFormat::Mtcute;
    let incomplete = |error| database::incomplete(path, error);
    let dc = login.dc_for(format).map_err(incomplete)?;
    let address = login.address_for(format).map_err(incomplete)?;
    let test = login.test_for(format).map_err(incomplete)?;
    Database::create(path, |transaction| {
        transaction.execute_batch(TABLES)?;
        for (repo, version) in VERSIONS {
            let row = params![repo, version];
            transaction.execute("INSERT INTO mtcute_migrations VALUES (?1, ?2)", row)?;
        }
        let key = params![dc, login.key.expose()];
        transaction.execute("INSERT INTO auth_keys VALUES (?1, ?2)", key)?;
        keep(transaction, MAIN_DC, &address_bytes(dc, address, test))?;
        if let Some(account) = login.account {
            let flags = if account.bot { USER_BOT } else { 0 };
            let head = [USER_VERSION, flags].map(u32::to_le_bytes).concat();
            let user = [&head[..], &account.user_id.to_le_bytes()].concat();
            keep(transaction, USER, &user)?;
        }
        Ok(())
    })
}

fn keep(transaction: &Transaction<'_>, key: &str, value: &[u8]) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO key_value VALUES (?1, ?2)";
    let row = params![key, value];
    transaction.prepare_cached(sql)?.execute(row).map(drop)
}

/// Adds what the file has a place for.
pub(super) fn add(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Peer(peer) => add_peer(transaction, peer),
        Change::Updates(state) => {
            let all = [
                (PTS, state.pts),
                (QTS, state.qts),
                (DATE, state.date),
                (SEQ, state.seq),
            ];
            let mut all = all.into_iter();
            all.try_for_each(|(key, value)| keep(transaction, key, &value.to_le_bytes()))
        }
        Change::Channel { id, pts: Some(pts) } => {
            keep(transaction, &format!("{CHANNEL}{id}"), &pts.to_le_bytes())
        }
        _ => Ok(()),
    }
}

fn add_peer(transaction: &Transaction<'_>, peer: &PeerRecord) -> rusqlite::Result<()> {
    let hash = match (peer.id, peer.access_hash) {
        (PeerKey::Chat(_), _) => String::new(),
        (_, Some(hash)) if hash != 0 => hash_text(hash),
        _ => return Ok(()),
    };
    let Some(id) = marked::write(peer.id) else {
        return Ok(());
    };
    // A name has nothing that JSON writes in another way: https://core.telegram.org/api/username
    let is_name = |name: &&String| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let names = peer.usernames.iter().filter(is_name);
    let names: Vec<_> = names
        .map(|it| format!("\"{}\"", it.to_ascii_lowercase()))
        .collect();
    let updated = peer
        .usernames_seen
        .max(peer.phone_seen)
        .saturating_mul(MILLIS);
    // The whole of a peer is in the layer of whoever wrote it: mtcute asks for it when it needs it.
    let sql = "INSERT OR REPLACE INTO peers (id, hash, isMin, usernames, updated, phone)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let names = format!("[{}]", names.join(","));
    let row = params![id, hash, peer.min, names, updated, peer.phone];
    transaction.prepare_cached(sql)?.execute(row).map(drop)
}
