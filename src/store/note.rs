//! What the rooms of the library remember, each in a form of its own.
use std::fmt;

use super::error::StoreError;

/// How many notes one room keeps. The one that was written first goes when there are more.
pub const NOTES_MAX: usize = 4096;

/// How long room, key and bytes of one note may be together.
pub const NOTE_LEN_MAX: usize = 64 * 1024;

/// Something that a room of the library remembers beside the typed records: a login's token, what a
/// flood wait costs, which messages were handled.
///
/// It belongs to the account and goes with it. `Debug` does not show the bytes.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Note {
    /// Whose it is.
    pub room: String,
    /// What it is about.
    pub key: Vec<u8>,
    /// What is remembered.
    pub bytes: Vec<u8>,
    /// From when on it is of no use any more, in seconds since the Unix epoch.
    pub expires: Option<i64>,
}

impl Note {
    /// Whether it is of no use any more at a time, in seconds since the Unix epoch.
    #[must_use]
    pub fn has_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Whether it is small enough to be kept.
    ///
    /// # Errors
    ///
    /// [`StoreError::Other`] when room, key and bytes are longer than [`NOTE_LEN_MAX`] together.
    pub fn check(&self) -> Result<(), StoreError> {
        let len = self.room.len() + self.key.len() + self.bytes.len();
        if len <= NOTE_LEN_MAX {
            return Ok(());
        }
        let why = format!("a note of {len} bytes is too long: at most {NOTE_LEN_MAX} are kept");
        Err(StoreError::Other(why.into()))
    }
}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Note")
            .field("room", &self.room)
            .field("key", &self.key.len())
            .field("bytes", &self.bytes.len())
            .field("expires", &self.expires)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_refused_and_nothing_is_shown() {
        let mut long = Note {
            room: "room".to_owned(),
            key: vec![1],
            bytes: vec![77],
            expires: None,
        };
        assert!(long.check().is_ok() && !format!("{long:?}").contains("77"));
        long.bytes = vec![0; NOTE_LEN_MAX];
        assert!(long.check().is_err());
    }

    #[test]
    fn a_note_is_of_use_until_it_expires() {
        let mut note = Note {
            room: String::new(),
            key: Vec::new(),
            bytes: Vec::new(),
            expires: Some(10),
        };
        assert!(!note.has_expired(9) && note.has_expired(10) && note.has_expired(11));
        note.expires = None;
        assert!(!note.has_expired(i64::MAX));
    }
}
