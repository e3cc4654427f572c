//! Notes in memory, by room.
use std::collections::{BTreeMap, HashMap};

use super::change::Change;
use super::note::{NOTES_MAX, Note};

/// The notes of all rooms, in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct NoteBook {
    rooms: HashMap<String, Room>,
    /// Counts what was written, so that the oldest is known.
    clock: u64,
}

#[derive(Clone, Debug, Default)]
struct Room {
    notes: BTreeMap<Vec<u8>, (u64, Note)>,
    order: BTreeMap<u64, Vec<u8>>,
}

impl NoteBook {
    /// Carries out what a change says of notes.
    pub(super) fn apply(&mut self, change: &Change) {
        match change {
            Change::Note(note) => self.put(note),
            Change::NoNote { room, key } => {
                if let Some(room) = self.rooms.get_mut(room) {
                    room.remove(key);
                }
            }
            Change::Expire { now } => self.rooms.values_mut().for_each(|room| room.expire(*now)),
            change if change.forgets_account() => self.rooms.clear(),
            _ => {}
        }
    }

    fn put(&mut self, note: &Note) {
        self.clock += 1;
        let room = self.rooms.entry(note.room.clone()).or_default();
        room.remove(&note.key);
        room.order.insert(self.clock, note.key.clone());
        room.notes
            .insert(note.key.clone(), (self.clock, note.clone()));
        if room.notes.len() > NOTES_MAX
            && let Some((_, oldest)) = room.order.pop_first()
        {
            room.notes.remove(&oldest);
        }
    }

    pub(super) fn find(&self, room: &str, key: &[u8]) -> Option<&Note> {
        let (_, note) = self.rooms.get(room)?.notes.get(key)?;
        Some(note)
    }

    /// The notes of one room, the oldest first.
    pub(super) fn room(&self, room: &str) -> impl Iterator<Item = &Note> {
        self.rooms.get(room).into_iter().flat_map(Room::iter)
    }

    /// All notes, those of one room in the order in which they were written.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Note> {
        self.rooms.values().flat_map(Room::iter)
    }
}

impl Room {
    fn remove(&mut self, key: &[u8]) {
        if let Some((at, _)) = self.notes.remove(key) {
            self.order.remove(&at);
        }
    }

    fn expire(&mut self, now: i64) {
        let notes = self.notes.values();
        let expired = notes.filter(|(_, note)| note.has_expired(now));
        for at in expired.map(|(at, _)| *at).collect::<Vec<_>>() {
            if let Some(key) = self.order.remove(&at) {
                self.notes.remove(&key);
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Note> {
        let keys = self.order.values();
        keys.filter_map(|key| self.notes.get(key).map(|(_, note)| note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(room: &str, key: u32, byte: u8) -> Note {
        Note {
            room: room.to_owned(),
            key: key.to_le_bytes().to_vec(),
            bytes: vec![byte],
            expires: None,
        }
    }

    #[test]
    fn a_room_keeps_what_was_written_last() {
        let mut book = NoteBook::default();
        book.put(&note("other", 1, 1));
        for key in 0..NOTES_MAX as u32 {
            book.put(&note("room", key, 0));
        }
        book.put(&note("room", 0, 9)); // Written again, so it is not the oldest any more.
        book.put(&note("room", 100_000, 0));
        let kept: Vec<_> = book.room("room").collect();
        assert_eq!(kept.len(), NOTES_MAX);
        assert_eq!(book.find("room", &1u32.to_le_bytes()), None);
        let again = book.find("room", &0u32.to_le_bytes());
        assert_eq!(again.map(|note| note.bytes[0]), Some(9));
        assert_eq!(kept[0].key, 2u32.to_le_bytes());
        assert_eq!(book.room("other").count(), 1, "another room's are its own");
        book.apply(&Change::NoNote {
            room: "room".to_owned(),
            key: 0u32.to_le_bytes().to_vec(),
        });
        assert_eq!(book.find("room", &0u32.to_le_bytes()), None);
        book.apply(&Change::SignedOut);
        assert_eq!(book.iter().count(), 0);
    }
}
