//! A state as a note of a store.
use super::key::StateKey;
use super::record::StateRecord;
use super::storage::Versioned;
use crate::now::Now;
use crate::store::{Change, Note};

/// A room keeps some thousand notes and forgets the oldest, so states have many rooms.
const ROOMS: u64 = 1024;

/// The room that a key's note is in.
pub(super) fn room(key: &StateKey) -> String {
    // FNV-1a: it has to be the same in each version of the program.
    let hash = note_key(key)
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("dispatch.states.{}", hash % ROOMS)
}

/// The note's key in its room.
pub(super) fn note_key(key: &StateKey) -> Vec<u8> {
    key.encode().into_bytes()
}

/// What keeps a record, or forgets it.
pub(super) fn change(key: &StateKey, version: u64, record: Option<&StateRecord>) -> Change {
    let (room, key) = (room(key), note_key(key));
    let Some(record) = record else {
        return Change::NoNote { room, key };
    };
    let bytes = [&version.to_le_bytes(), record.to_json().as_bytes()].concat();
    let expires = record.expires;
    Change::Note(Note {
        room,
        key,
        bytes,
        expires,
    })
}

/// The record that a note keeps. One that cannot be read is as if it were not there.
pub(super) fn read(note: &Note) -> Option<Versioned> {
    let (version, text) = note.bytes.split_first_chunk()?;
    Some(Versioned {
        version: u64::from_le_bytes(*version),
        record: StateRecord::from_json(std::str::from_utf8(text).ok()?)?,
    })
}

/// A version that was not there before, in whatever run of the program.
pub(super) fn next_version(last: u64, now: Now) -> u64 {
    let micros = u64::try_from(now.unix.as_micros()).unwrap_or(u64::MAX);
    micros.max(last.saturating_add(1))
}
