//! From rows to records.
use zeroize::Zeroizing;

use super::database::Rows;
use super::value::{Fields, Value, strange};
use crate::dc::DcId;
use crate::secret::Secret;
use crate::store::{
    Account, DcAddress, KeyKind, KeyPlace, KeyRecord, Note, PeerKey, PeerRecord, Records,
    SaltRecord, StoreError, UpdateState,
};

pub(super) const SESSION: &str = "SELECT home_dc, user_id, bot, pts, qts, date, seq
    FROM ferogram_session WHERE id = ?1";
pub(super) const DCS: &str = "SELECT dc, address, media_only, cdn, this_port_only, static,
    tcpo_only, secret FROM ferogram_dc WHERE session = ?1 ORDER BY place";
pub(super) const KEYS: &str = "SELECT dc, media, temporary, key, created, expires_at, time_offset
    FROM ferogram_key WHERE session = ?1 ORDER BY rowid";
pub(super) const SALTS: &str = "SELECT dc, media, temporary, valid_since, valid_until, salt
    FROM ferogram_salt WHERE session = ?1 ORDER BY rowid";
pub(super) const CHANNELS: &str = "SELECT id, pts FROM ferogram_channel WHERE session = ?1";
/// A peer, once for each of its names.
pub(super) const PEER: &str = "SELECT p.kind, p.id, p.access_hash, p.min, p.usernames_seen,
    p.phone, p.phone_seen, n.written FROM ferogram_peer AS p LEFT JOIN ferogram_name AS n
    ON n.session = p.session AND n.kind = p.kind AND n.id = p.id
    WHERE p.session = ?1 AND p.kind = ?2 AND p.id = ?3 ORDER BY n.place";
pub(super) const PEER_BY_PHONE: &str = "SELECT p.kind, p.id, p.access_hash, p.min,
    p.usernames_seen, p.phone, p.phone_seen, n.written FROM ferogram_peer AS p
    LEFT JOIN ferogram_name AS n
    ON n.session = p.session AND n.kind = p.kind AND n.id = p.id
    WHERE p.session = ?1 AND p.phone = ?2 ORDER BY n.place";
pub(super) const PEER_BY_NAME: &str = "SELECT p.kind, p.id, p.access_hash, p.min,
    p.usernames_seen, p.phone, p.phone_seen, n.written FROM (SELECT kind, id FROM ferogram_name
        WHERE session = ?1 AND name = ?2 LIMIT 1) AS f
    JOIN ferogram_peer AS p ON p.session = ?1 AND p.kind = f.kind AND p.id = f.id
    JOIN ferogram_name AS n ON n.session = ?1 AND n.kind = p.kind AND n.id = p.id
    ORDER BY n.place";
pub(super) const NOTES: &str = "SELECT room, key, bytes, expires FROM ferogram_note
    WHERE session = ?1 AND room = ?2 ORDER BY place";
pub(super) const NOTE: &str = "SELECT room, key, bytes, expires FROM ferogram_note
    WHERE session = ?1 AND room = ?2 AND key = ?3";

pub(super) fn session(row: Vec<Value>) -> Result<Records, StoreError> {
    let mut row = Fields::new(row);
    let home_dc = row.optional()?.map(DcId);
    let (user_id, bot) = (row.optional()?, row.optional()?);
    let state = [
        row.optional()?,
        row.optional()?,
        row.optional()?,
        row.optional()?,
    ];
    Ok(Records {
        home_dc,
        account: user_id
            .zip(bot)
            .map(|(user_id, bot)| Account { user_id, bot }),
        updates: match state {
            [Some(pts), Some(qts), Some(date), Some(seq)] => Some(UpdateState {
                pts,
                qts,
                date,
                seq,
            }),
            _ => None,
        },
        ..Records::default()
    })
}

pub(super) fn dc(row: Vec<Value>) -> Result<DcAddress, StoreError> {
    let mut row = Fields::new(row);
    Ok(DcAddress {
        dc: DcId(row.value()?),
        address: row.value::<String>()?.parse().map_err(|_| strange())?,
        media_only: row.value()?,
        cdn: row.value()?,
        this_port_only: row.value()?,
        static_: row.value()?,
        tcpo_only: row.value()?,
        secret: row
            .optional::<Zeroizing<Vec<u8>>>()?
            .map(|secret| secret.to_vec()),
    })
}

fn place(row: &mut Fields) -> Result<KeyPlace, StoreError> {
    Ok(KeyPlace {
        dc: DcId(row.value()?),
        media: row.value()?,
        kind: match row.value()? {
            true => KeyKind::Temporary,
            false => KeyKind::Permanent,
        },
    })
}

pub(super) fn key(row: Vec<Value>) -> Result<KeyRecord, StoreError> {
    let mut row = Fields::new(row);
    Ok(KeyRecord {
        place: place(&mut row)?,
        key: {
            let bytes: Zeroizing<Vec<u8>> = row.value()?;
            let key: &[u8; 256] = bytes.as_slice().try_into().map_err(|_| strange())?;
            Box::new(Secret::new(*key))
        },
        created: row.value()?,
        expires_at: row.optional()?,
        time_offset: row.value()?,
    })
}

pub(super) fn salt(row: Vec<Value>) -> Result<SaltRecord, StoreError> {
    let mut row = Fields::new(row);
    Ok(SaltRecord {
        place: place(&mut row)?,
        valid_since: row.value()?,
        valid_until: row.value()?,
        salt: row.value()?,
    })
}

pub(super) fn channel(row: Vec<Value>) -> Result<(i64, i32), StoreError> {
    let mut row = Fields::new(row);
    Ok((row.value()?, row.value()?))
}

/// The peer that the rows are about, one for each of its names.
pub(super) fn peer(rows: Rows) -> Result<Option<PeerRecord>, StoreError> {
    let mut peer = None;
    for row in rows {
        let mut row = Fields::new(row);
        let next = peer_fields(&mut row)?;
        let name: Option<String> = row.optional()?;
        let peer = peer.get_or_insert(next);
        peer.usernames.extend(name);
    }
    Ok(peer)
}

fn peer_fields(row: &mut Fields) -> Result<PeerRecord, StoreError> {
    let (kind, id): (i64, i64) = (row.value()?, row.value()?);
    let id = match kind {
        0 => PeerKey::User(id),
        1 => PeerKey::Chat(id),
        2 => PeerKey::Channel(id),
        _ => return Err(strange()),
    };
    Ok(PeerRecord {
        access_hash: row.optional()?,
        min: row.value()?,
        usernames_seen: row.value()?,
        phone: row.optional()?,
        phone_seen: row.value()?,
        ..PeerRecord::new(id)
    })
}

pub(super) fn note(row: Vec<Value>) -> Result<Note, StoreError> {
    let mut row = Fields::new(row);
    Ok(Note {
        room: row.value()?,
        key: row.value::<Zeroizing<Vec<u8>>>()?.to_vec(),
        bytes: row.value::<Zeroizing<Vec<u8>>>()?.to_vec(),
        expires: row.optional()?,
    })
}
