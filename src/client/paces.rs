//! How much of a file was under way at once, the last time, for each data centre.
use std::collections::HashMap;

use parking_lot::Mutex;

use crate::dc::DcId;
use crate::store::Note;

/// Under this name they are kept.
const ROOM: &str = "media.paces";

/// A note's layout; the first byte says so.
const FORMAT: u8 = 1;

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    Up,
    Down,
}

/// What is remembered, in bytes.
#[derive(Default)]
pub(crate) struct Paces(Mutex<HashMap<(DcId, Way), u32>>);

impl Paces {
    /// The room of the store that they are read from.
    pub(super) const ROOM: &str = ROOM;

    /// As the store has kept them. A note that is none of this version's is left out.
    pub(super) fn new(notes: &[Note]) -> Self {
        Self(Mutex::new(notes.iter().filter_map(read).collect()))
    }

    pub(super) fn get(&self, dc: DcId, way: Way) -> Option<u32> {
        self.0.lock().get(&(dc, way)).copied()
    }

    /// Remembers a window, and says what is to be kept of it, if it is worth it.
    pub(super) fn set(&self, dc: DcId, way: Way, window: u32) -> Option<Note> {
        let before = self.0.lock().insert((dc, way), window);
        let near = before.is_some_and(|before| before / 2 <= window && window / 2 <= before);
        (!near).then(|| Note {
            room: ROOM.to_owned(),
            key: key(dc, way),
            bytes: [&[FORMAT][..], &window.to_le_bytes()].concat(),
            expires: None,
        })
    }

    /// The account that they belong to is gone.
    pub(super) fn forget(&self) {
        self.0.lock().clear();
    }
}

fn key(dc: DcId, way: Way) -> Vec<u8> {
    let way = match way {
        Way::Up => 0,
        Way::Down => 1,
    };
    [&dc.0.to_le_bytes()[..], &[way]].concat()
}

fn read(note: &Note) -> Option<((DcId, Way), u32)> {
    let &[a, b, c, d, way] = &note.key[..] else {
        return None;
    };
    let way = match way {
        0 => Way::Up,
        1 => Way::Down,
        _ => return None,
    };
    let &[FORMAT, w, x, y, z] = &note.bytes[..] else {
        return None;
    };
    let dc = DcId(i32::from_le_bytes([a, b, c, d]));
    Some(((dc, way), u32::from_le_bytes([w, x, y, z])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_again_and_little_changes_are_not_noted() {
        let paces = Paces::default();
        let note = paces.set(DcId(4), Way::Down, 5 << 20).expect("it is new");
        assert_eq!(paces.set(DcId(4), Way::Down, 6 << 20), None);
        assert!(paces.set(DcId(4), Way::Down, 1 << 20).is_some());
        let mut wrong = note.clone();
        wrong.bytes.push(0);
        let read = Paces::new(&[note, wrong]);
        assert_eq!(read.get(DcId(4), Way::Down), Some(5 << 20));
        assert_eq!(read.get(DcId(4), Way::Up), None);
        read.forget();
        assert_eq!(read.get(DcId(4), Way::Down), None);
    }
}
