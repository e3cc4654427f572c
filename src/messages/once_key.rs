//! A program's own key of a message, and what is noted under it.
use crate::error::OnceError;
use crate::store::{Change, Note};

/// Under this name the notes are kept.
pub(super) const ROOM: &str = "messages.once";

/// How long a note is kept, in seconds: ninety days.
const KEPT: i64 = 90 * 24 * 60 * 60;

/// How long a key may be, in bytes.
const KEY_MAX: usize = 256;

/// The layout of a note; its first byte says so.
const FORMAT: u8 = 1;

/// A program's own key of a message, by which the message is sent once.
///
/// Keys are an account's: the same key in another session of the account is another one.
///
/// ```
/// use ferogram_sync::OnceKey;
///
/// let order = OnceKey::new("order 1274").made_at(1_795_000_000);
/// assert_ne!(order, OnceKey::from("order 1275"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnceKey {
    key: Vec<u8>,
    made: Option<i64>,
}

impl OnceKey {
    /// A key of 1 to 256 bytes.
    pub fn new(key: impl Into<Vec<u8>>) -> Self {
        let key = key.into();
        Self { key, made: None }
    }

    /// When the program made it, in seconds since the Unix epoch. Keys are kept for ninety days,
    /// and at most some 4000 of them: with this, a key that may have been forgotten is refused;
    /// without, it counts as a new one.
    #[must_use]
    pub fn made_at(mut self, seconds: i64) -> Self {
        self.made = Some(seconds);
        self
    }

    pub(super) fn check(&self) -> Result<(), OnceError> {
        match self.key.len() {
            1..=KEY_MAX => Ok(()),
            len => Err(OnceError::Key(len)),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.key
    }

    /// Whether it can have been used and forgotten, if it is not kept. `oldest` is when the oldest
    /// note was written that a full room keeps.
    pub(super) fn may_be_forgotten(&self, oldest: Option<i64>, now: i64) -> bool {
        let Some(made) = self.made else {
            return false;
        };
        made <= now.saturating_sub(KEPT) || oldest.is_some_and(|oldest| made <= oldest)
    }
}

impl From<&str> for OnceKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl From<String> for OnceKey {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl From<&[u8]> for OnceKey {
    fn from(key: &[u8]) -> Self {
        Self::new(key)
    }
}

/// What is noted of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// By which the server sees that the message comes twice.
    pub(super) random_id: i64,
    /// The chat, as the Bot API writes it.
    pub(super) chat: i64,
    /// When it was tried first, in seconds since the Unix epoch.
    pub(super) since: i64,
    /// When this note was written last.
    pub(super) written: i64,
    /// A state of the chat's counter from before: what was sent is after it.
    pub(super) pts: i32,
    /// The message's id, once it is known; 0 before.
    pub(super) id: i32,
}

impl Kept {
    pub(super) fn note(&self, key: &OnceKey) -> Change {
        let mut bytes = vec![FORMAT];
        for long in [self.random_id, self.chat, self.since, self.written] {
            bytes.extend(long.to_le_bytes());
        }
        for int in [self.pts, self.id] {
            bytes.extend(int.to_le_bytes());
        }
        Change::Note(Note {
            room: ROOM.to_owned(),
            key: key.key.clone(),
            bytes,
            expires: Some(self.written.saturating_add(KEPT)),
        })
    }

    /// `None` for a note that is none of this version's.
    pub(super) fn read(note: &Note) -> Option<Self> {
        let (&FORMAT, mut rest) = note.bytes.split_first()? else {
            return None;
        };
        let mut long = || {
            let (bytes, after) = rest.split_first_chunk()?;
            rest = after;
            Some(i64::from_le_bytes(*bytes))
        };
        let (random_id, chat, since, written) = (long()?, long()?, long()?, long()?);
        let (pts, id) = rest.split_first_chunk()?;
        Some(Self {
            random_id,
            chat,
            since,
            written,
            pts: i32::from_le_bytes(*pts),
            id: i32::from_le_bytes(id.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_again_and_nothing_else_is() {
        let kept = Kept {
            random_id: -5,
            chat: -1_000_000_000_007,
            since: 1_795_000_000,
            written: 1_795_000_060,
            pts: 77,
            id: i32::MAX,
        };
        let Change::Note(mut note) = kept.note(&"key".into()) else {
            panic!("it is a note");
        };
        assert_eq!(Kept::read(&note), Some(kept));
        assert_eq!(note.expires, Some(1_795_000_060 + KEPT));
        note.bytes.push(0);
        assert_eq!(Kept::read(&note), None);
        for len in [0, 1, 20, 40] {
            note.bytes.truncate(len);
            assert_eq!(Kept::read(&note), None);
        }
        note.bytes = vec![9; 41];
        assert_eq!(Kept::read(&note), None);
    }

    #[test]
    fn a_key_that_may_have_been_forgotten_is_known_by_its_age() {
        let now = 1_795_000_000;
        let made = |seconds| OnceKey::new("x").made_at(seconds);
        assert!(made(now - KEPT).may_be_forgotten(None, now));
        assert!(!made(now - KEPT + 1).may_be_forgotten(None, now));
        assert!(made(now - 10).may_be_forgotten(Some(now - 10), now));
        assert!(!made(now - 9).may_be_forgotten(Some(now - 10), now));
        assert!(!OnceKey::new("x").may_be_forgotten(Some(now), now));
    }

    #[test]
    fn a_key_has_some_bytes_and_not_too_many() {
        assert_eq!(OnceKey::new("").check(), Err(OnceError::Key(0)));
        assert_eq!(OnceKey::new([7; 257]).check(), Err(OnceError::Key(257)));
        assert_eq!(OnceKey::new([7; 256]).check(), Ok(()));
    }
}
