//! From changes to statements.
use super::value::Value;
use crate::store::{
    Change, DcAddress, KeyKind, KeyPlace, KeyRecord, NOTES_MAX, Note, PeerKey, PeerRecord,
    SaltRecord, UpdateState,
};

/// A statement and what stands in the place of its question marks.
pub(in crate::store) struct Statement {
    pub(in crate::store) sql: &'static str,
    pub(in crate::store) arguments: Vec<Value>,
}

impl Statement {
    pub(in crate::store) fn new<const N: usize>(sql: &'static str, arguments: [Value; N]) -> Self {
        let arguments = arguments.into();
        Self { sql, arguments }
    }
}

/// Adds what carries a change out. Doing it twice is as doing it once.
pub(super) fn add(change: &Change, session: i64, to: &mut Vec<Statement>) {
    let mut say = |sql, arguments: &[Value]| {
        let session = [Value::Integer(session)];
        let arguments = [&session, arguments].concat();
        to.push(Statement { sql, arguments });
    };
    match change {
        Change::HomeDc(dc) => say(
            "UPDATE ferogram_session SET home_dc = ?2 WHERE id = ?1",
            &[dc.0.into()],
        ),
        Change::Account(account) => say(
            "UPDATE ferogram_session SET user_id = ?2, bot = ?3 WHERE id = ?1",
            &[
                Value::optional(account.map(|it| it.user_id)),
                Value::optional(account.map(|it| it.bot)),
            ],
        ),
        Change::Dcs(dcs) => {
            for (place, dc) in (0_i64..).zip(dcs) {
                add_dc(place, dc, &mut say);
            }
            say(
                "DELETE FROM ferogram_dc WHERE session = ?1 AND place >= ?2",
                &[count(dcs.len())],
            );
        }
        Change::Key(key) => add_key(key, &mut say),
        Change::Salts { place, salts } => {
            say(FORGET_SALTS, &place_values(place));
            let own = salts.iter().filter(|salt| salt.place == *place);
            for (at, salt) in (0_i64..).zip(own) {
                add_salt(at, salt, &mut say);
            }
        }
        Change::Peer(peer) if peer.id.number().is_none() => {}
        Change::Peer(peer) => add_peer(peer, &mut say),
        Change::Updates(state) => add_state(state, &mut say),
        Change::Channel { id, pts: Some(pts) } => say(
            "INSERT INTO ferogram_channel (session, id, pts) VALUES (?1, ?2, ?3)
                ON CONFLICT (session, id) DO UPDATE SET pts = excluded.pts",
            &[(*id).into(), (*pts).into()],
        ),
        Change::Channel { id, pts: None } => say(
            "DELETE FROM ferogram_channel WHERE session = ?1 AND id = ?2",
            &[(*id).into()],
        ),
        Change::Note(note) => add_note(note, &mut say),
        Change::NoNote { room, key } => say(
            "DELETE FROM ferogram_note WHERE session = ?1 AND room = ?2 AND key = ?3",
            &[room.as_str().into(), Value::bytes(key)],
        ),
        Change::Expire { now } => say(
            "DELETE FROM ferogram_note WHERE session = ?1 AND expires <= ?2",
            &[(*now).into()],
        ),
        Change::SignedOut => sign_out(&mut say),
        Change::Clear => clear(&mut say),
    }
}

type Say<'a> = dyn FnMut(&'static str, &[Value]) + 'a;

const FORGET_SALTS: &str = "DELETE FROM ferogram_salt
    WHERE session = ?1 AND dc = ?2 AND media = ?3 AND temporary = ?4";

/// Kind and id, as the tables have them.
pub(super) fn peer_values(key: PeerKey) -> [Value; 2] {
    let (kind, id): (i64, i64) = match key {
        PeerKey::User(id) => (0, id),
        PeerKey::Chat(id) => (1, id),
        PeerKey::Channel(id) => (2, id),
    };
    [kind.into(), id.into()]
}

fn count(len: usize) -> Value {
    Value::Integer(i64::try_from(len).expect("lists fit into memory"))
}

fn place_values(place: &KeyPlace) -> [Value; 3] {
    let is_temporary = place.kind == KeyKind::Temporary;
    [place.dc.0.into(), place.media.into(), is_temporary.into()]
}

/// The server tells the addresses often, and mostly the same: those are not written again.
fn add_dc(place: i64, dc: &DcAddress, say: &mut Say<'_>) {
    say(
        "INSERT INTO ferogram_dc (session, place, dc, address, media_only, cdn, this_port_only,
            static, tcpo_only, secret) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (session, place) DO UPDATE SET dc = excluded.dc,
            address = excluded.address, media_only = excluded.media_only, cdn = excluded.cdn,
            this_port_only = excluded.this_port_only, static = excluded.static,
            tcpo_only = excluded.tcpo_only, secret = excluded.secret
            WHERE dc IS NOT excluded.dc OR address IS NOT excluded.address
            OR media_only IS NOT excluded.media_only OR cdn IS NOT excluded.cdn
            OR this_port_only IS NOT excluded.this_port_only OR static IS NOT excluded.static
            OR tcpo_only IS NOT excluded.tcpo_only OR secret IS NOT excluded.secret",
        &[
            place.into(),
            dc.dc.0.into(),
            Value::Text(dc.address.to_string()),
            dc.media_only.into(),
            dc.cdn.into(),
            dc.this_port_only.into(),
            dc.static_.into(),
            dc.tcpo_only.into(),
            dc.secret.as_deref().map_or(Value::Null, Value::bytes),
        ],
    );
}

/// The salts of another key that was there go with it.
fn add_key(record: &KeyRecord, say: &mut Say<'_>) {
    let place = place_values(&record.place);
    let key = Value::bytes(&record.key.expose()[..]);
    say(
        "DELETE FROM ferogram_salt WHERE session = ?1 AND dc = ?2 AND media = ?3
            AND temporary = ?4 AND EXISTS (SELECT 1 FROM ferogram_key AS kept
                WHERE kept.session = ?1 AND kept.dc = ?2 AND kept.media = ?3
                AND kept.temporary = ?4 AND kept.key <> ?5)",
        &[&place[..], std::slice::from_ref(&key)].concat(),
    );
    let rest = [
        key,
        record.created.into(),
        Value::optional(record.expires_at),
        record.time_offset.into(),
    ];
    say(
        "INSERT INTO ferogram_key (session, dc, media, temporary, key, created, expires_at,
            time_offset) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (session, dc, media, temporary) DO UPDATE SET key = excluded.key,
            created = excluded.created, expires_at = excluded.expires_at,
            time_offset = excluded.time_offset",
        &[&place[..], &rest].concat(),
    );
}

fn add_salt(at: i64, salt: &SaltRecord, say: &mut Say<'_>) {
    let rest = [
        at.into(),
        salt.valid_since.into(),
        salt.valid_until.into(),
        salt.salt.into(),
    ];
    say(
        "INSERT INTO ferogram_salt (session, dc, media, temporary, place, valid_since, valid_until,
            salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[&place_values(&salt.place)[..], &rest].concat(),
    );
}

/// Its names and its number are no other peer's any more.
fn add_peer(peer: &PeerRecord, say: &mut Say<'_>) {
    let who = peer_values(peer.id);
    if let Some(phone) = &peer.phone {
        let phone = [Value::from(phone.as_str())];
        say(
            "UPDATE ferogram_peer SET phone = NULL
                WHERE session = ?1 AND phone = ?4 AND NOT (kind = ?2 AND id = ?3)",
            &[&who[..], &phone].concat(),
        );
    }
    let rest = [
        Value::optional(peer.access_hash),
        peer.min.into(),
        peer.usernames_seen.into(),
        Value::optional(peer.phone.as_deref()),
        peer.phone_seen.into(),
    ];
    say(
        "INSERT INTO ferogram_peer (session, kind, id, access_hash, min, usernames_seen, phone,
            phone_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (session, kind, id) DO UPDATE SET access_hash = excluded.access_hash,
            min = excluded.min, usernames_seen = excluded.usernames_seen, phone = excluded.phone,
            phone_seen = excluded.phone_seen",
        &[&who[..], &rest].concat(),
    );
    for (place, name) in (0_i64..).zip(&peer.usernames) {
        add_name(&who, place, name, say);
    }
    let rest = [count(peer.usernames.len())];
    say(
        "DELETE FROM ferogram_name WHERE session = ?1 AND kind = ?2 AND id = ?3 AND place >= ?4",
        &[&who[..], &rest].concat(),
    );
}

fn add_name(who: &[Value], place: i64, name: &str, say: &mut Say<'_>) {
    let (small, written) = (Value::Text(name.to_ascii_lowercase()), name.into());
    say(
        "DELETE FROM ferogram_name
            WHERE session = ?1 AND name = ?4 AND NOT (kind = ?2 AND id = ?3)",
        &[who, std::slice::from_ref(&small)].concat(),
    );
    say(
        "INSERT INTO ferogram_name (session, kind, id, place, name, written)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (session, kind, id, place) DO UPDATE SET name = excluded.name,
            written = excluded.written WHERE written IS NOT excluded.written",
        &[who, &[place.into(), small, written]].concat(),
    );
}

fn add_state(state: &UpdateState, say: &mut Say<'_>) {
    say(
        "UPDATE ferogram_session SET pts = ?2, qts = ?3, date = ?4, seq = ?5 WHERE id = ?1",
        &[
            state.pts.into(),
            state.qts.into(),
            state.date.into(),
            state.seq.into(),
        ],
    );
}

/// The room loses the one that was written first when it has too many.
fn add_note(note: &Note, say: &mut Say<'_>) {
    let room = Value::from(note.room.as_str());
    say(
        "INSERT OR REPLACE INTO ferogram_note (session, room, key, bytes, expires)
            VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            room.clone(),
            Value::bytes(&note.key),
            Value::bytes(&note.bytes),
            Value::optional(note.expires),
        ],
    );
    say(
        "DELETE FROM ferogram_note WHERE place IN (SELECT place FROM ferogram_note
            WHERE session = ?1 AND room = ?2 ORDER BY place DESC LIMIT -1 OFFSET ?3)",
        &[room, count(NOTES_MAX)],
    );
}

fn forget_account(say: &mut Say<'_>) {
    say(
        "UPDATE ferogram_session SET user_id = NULL, bot = NULL, pts = NULL, qts = NULL,
            date = NULL, seq = NULL WHERE id = ?1",
        &[],
    );
    say("DELETE FROM ferogram_peer WHERE session = ?1", &[]);
    say("DELETE FROM ferogram_name WHERE session = ?1", &[]);
    say("DELETE FROM ferogram_channel WHERE session = ?1", &[]);
    say("DELETE FROM ferogram_note WHERE session = ?1", &[]);
}

/// Only the key at home stays: the login was carried to the others.
fn sign_out(say: &mut Say<'_>) {
    forget_account(say);
    say(
        "DELETE FROM ferogram_key WHERE session = ?1 AND NOT (media = 0 AND temporary = 0
            AND dc IS (SELECT home_dc FROM ferogram_session WHERE id = ?1))",
        &[],
    );
    say(
        "DELETE FROM ferogram_salt WHERE session = ?1 AND NOT (media = 0 AND temporary = 0
            AND dc IS (SELECT home_dc FROM ferogram_session WHERE id = ?1))",
        &[],
    );
}

fn clear(say: &mut Say<'_>) {
    forget_account(say);
    say(
        "UPDATE ferogram_session SET home_dc = NULL WHERE id = ?1",
        &[],
    );
    say("DELETE FROM ferogram_dc WHERE session = ?1", &[]);
    say("DELETE FROM ferogram_key WHERE session = ?1", &[]);
    say("DELETE FROM ferogram_salt WHERE session = ?1", &[]);
}
