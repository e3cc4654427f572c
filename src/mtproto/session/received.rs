//! Which messages of the server have been seen.
use super::ids::MsgId;

/// How many ids are kept at least. A single container may bring a thousand; other clients keep
/// between 400 and 2000.
const KEPT: usize = 4096;

/// Let it grow to twice that before the oldest half goes, so that most insertions move nothing.
const KEPT_MAX: usize = 2 * KEPT;

/// The ids of the last messages received. A message that is among them, or older than all of them,
/// is not looked at again.
///
/// See <https://core.telegram.org/mtproto/security_guidelines#checking-msg-id>.
pub(super) struct Received {
    /// Sorted.
    ids: Vec<MsgId>,
    /// Whether older ones have been dropped: then what is older than all cannot be judged.
    forgetful: bool,
}

/// What is known about an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Novelty {
    New,
    Duplicate,
    /// Older than all that are kept.
    TooOld,
}

impl Received {
    pub(super) fn new() -> Self {
        Self {
            ids: Vec::new(),
            forgetful: false,
        }
    }

    /// Notes an id, and tells whether it is new.
    pub(super) fn insert(&mut self, id: MsgId) -> Novelty {
        let place = match self.place(id) {
            Ok(_) => return Novelty::Duplicate,
            Err(0) if self.forgetful => return Novelty::TooOld,
            Err(place) => place,
        };
        self.ids.insert(place, id);
        if self.ids.len() > KEPT_MAX {
            self.ids.drain(..self.ids.len() - KEPT);
            self.forgetful = true;
        }
        Novelty::New
    }

    /// What would be said about an id, without noting it.
    pub(super) fn novelty(&self, id: MsgId) -> Novelty {
        match self.place(id) {
            Ok(_) => Novelty::Duplicate,
            Err(0) if self.forgetful => Novelty::TooOld,
            Err(_) => Novelty::New,
        }
    }

    pub(super) fn latest(&self) -> Option<MsgId> {
        self.ids.last().copied()
    }

    fn place(&self, id: MsgId) -> Result<usize, usize> {
        match self.ids.last() {
            Some(last) if *last < id => Err(self.ids.len()),
            _ => self.ids.binary_search(&id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once_in_any_order() {
        let mut received = Received::new();
        for id in [5, 1, 9, 3] {
            assert_eq!(received.insert(MsgId(id)), Novelty::New);
        }
        for id in [1, 3, 5, 9] {
            assert_eq!(received.insert(MsgId(id)), Novelty::Duplicate);
        }
        assert_eq!(received.novelty(MsgId(0)), Novelty::New);
        assert_eq!(received.latest(), Some(MsgId(9)));
    }

    #[test]
    fn what_is_older_than_all_kept_is_refused_once_some_are_dropped() {
        let mut received = Received::new();
        for id in 0..=KEPT_MAX as i64 {
            assert_eq!(received.insert(MsgId(10 + id * 2)), Novelty::New);
        }
        assert_eq!(received.ids.len(), KEPT);
        let oldest = received.ids[0].0;
        assert_eq!(received.insert(MsgId(oldest - 1)), Novelty::TooOld);
        assert_eq!(received.insert(MsgId(10)), Novelty::TooOld);
        assert_eq!(received.insert(MsgId(oldest)), Novelty::Duplicate);
        assert_eq!(received.insert(MsgId(oldest + 1)), Novelty::New);
    }
}
