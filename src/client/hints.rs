//! What a running program remembers of peers, beside what the session keeps.
use super::generations::Generations;
use super::known::{BELIEVED, is_within};
use super::sighting::Sighting;
use crate::store::PeerKey;

/// What a running program remembers of peers, beside what the session keeps.
pub(super) struct Hints {
    sightings: Generations<PeerKey, Sighting>,
    /// By which hash the server did not know somebody when, and none other was found.
    refused: Generations<PeerKey, (i64, i64)>,
    /// When the newest dialogs were read to find somebody.
    dialogs_read: Option<i64>,
}

impl Hints {
    /// Of at most so many peers of each kind.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            sightings: Generations::new(limit),
            refused: Generations::new(limit),
            dialogs_read: None,
        }
    }

    /// Somebody was seen: the last time counts, as older messages are the first to be deleted.
    pub(super) fn saw(&mut self, id: PeerKey, sighting: Sighting) {
        self.sightings.insert(id, sighting);
    }

    /// Where somebody was seen.
    pub(super) fn sighting(&mut self, id: PeerKey) -> Option<Sighting> {
        self.sightings.get(&id).copied()
    }

    /// The message that somebody was seen in is gone.
    pub(super) fn lost_sight(&mut self, id: PeerKey, sighting: Sighting) {
        if self.sighting(id) == Some(sighting) {
            self.sightings.remove(&id);
        }
    }

    /// The server does not know somebody by this hash, and no other was found.
    pub(super) fn refuse(&mut self, id: PeerKey, hash: i64, now: i64) {
        self.refused.insert(id, (hash, now));
    }

    /// Whether it was so not long ago: then it is of no use to look for another hash again.
    pub(super) fn is_refused(&mut self, id: PeerKey, hash: i64, now: i64) -> bool {
        let refused = self.refused.get(&id);
        refused.is_some_and(|(of, at)| *of == hash && is_within(*at, now, BELIEVED))
    }

    /// The newest dialogs were read.
    pub(super) fn read_dialogs(&mut self, now: i64) {
        self.dialogs_read = Some(now);
    }

    /// Whether they were not long ago: they would hardly show anybody new.
    pub(super) fn has_read_dialogs(&self, now: i64) -> bool {
        let read = self.dialogs_read;
        read.is_some_and(|read| is_within(read, now, BELIEVED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: PeerKey = PeerKey::User(1);

    #[test]
    fn the_last_message_counts_until_it_is_gone() {
        let mut hints = Hints::new(4);
        let at = |message| Sighting {
            place: PeerKey::Chat(5),
            message,
        };
        hints.saw(ANN, at(1));
        hints.saw(ANN, at(2));
        hints.lost_sight(ANN, at(1));
        assert_eq!(hints.sighting(ANN), Some(at(2)), "that was another one");
        hints.lost_sight(ANN, at(2));
        assert_eq!(hints.sighting(ANN), None);
    }

    #[test]
    fn a_refusal_is_of_one_hash_and_an_hour_and_dialogs_are_read_once_in_it() {
        let mut hints = Hints::new(4);
        hints.refuse(ANN, 7, 1000);
        assert!(hints.is_refused(ANN, 7, 1000) && !hints.is_refused(ANN, 8, 1000));
        assert!(!hints.is_refused(ANN, 7, 1000 + BELIEVED));
        assert!(!hints.has_read_dialogs(0));
        hints.read_dialogs(1000);
        assert!(hints.has_read_dialogs(1000 + BELIEVED - 1));
        assert!(!hints.has_read_dialogs(1000 + BELIEVED));
        assert!(!hints.has_read_dialogs(999), "a clock was set back");
    }
}
