//! Which messages of a client have come in one session.
use std::collections::VecDeque;

use super::code::Code;

/// How many messages are remembered: many more than a client has under way at once.
const ENTRIES_MAX: usize = 4096;

/// A message of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) state: State,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It was no query.
    Handled,
    /// A query that is being worked on.
    Running,
    /// A query that has its answer; `failed` if that was an error.
    Done { failed: bool },
}

/// The last messages of a session, by their ids.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// Rising ids.
    entries: VecDeque<Entry>,
    /// The highest id that was forgotten.
    forgotten: Option<i64>,
}

impl History {
    /// A message that came.
    pub(crate) fn find(&self, msg_id: i64) -> Option<&Entry> {
        let at = self.place(msg_id).ok()?;
        self.entries.get(at)
    }

    /// Whether it is so old that it may have been here.
    pub(crate) fn may_have_forgotten(&self, msg_id: i64) -> bool {
        self.forgotten.is_some_and(|highest| msg_id <= highest)
    }

    /// The highest id that came.
    pub(crate) fn highest(&self) -> Option<i64> {
        let last = self.entries.back().map(|entry| entry.msg_id);
        last.or(self.forgotten)
    }

    /// Whether a number fits the order of ids: numbers rise with the ids, and an odd one comes
    /// once.
    ///
    /// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
    pub(crate) fn check_order(&self, msg_id: i64, seq_no: i32) -> Result<(), Code> {
        let (Ok(at) | Err(at)) = self.place(msg_id);
        let odd = seq_no & 1 == 1;
        if let Some(before) = at.checked_sub(1).and_then(|at| self.entries.get(at))
            && (before.seq_no > seq_no || odd && before.seq_no == seq_no)
        {
            return Err(Code::SeqTooLow);
        }
        if let Some(after) = self.entries.get(at)
            && (after.seq_no < seq_no || odd && after.seq_no == seq_no)
        {
            return Err(Code::SeqTooHigh);
        }
        Ok(())
    }

    /// Remembers a message that was not there.
    pub(crate) fn insert(&mut self, entry: Entry) {
        if let Err(at) = self.place(entry.msg_id) {
            self.entries.insert(at, entry);
        }
    }

    /// Forgets the oldest beyond what is kept.
    pub(crate) fn trim(&mut self) {
        while self.entries.len() > ENTRIES_MAX {
            self.forgotten = self.entries.pop_front().map(|entry| entry.msg_id);
        }
    }

    /// Takes a message out, as if it had not come.
    pub(crate) fn remove(&mut self, msg_id: i64) {
        if let Ok(at) = self.place(msg_id) {
            self.entries.remove(at);
        }
    }

    /// Says what became of a message.
    pub(crate) fn set_state(&mut self, msg_id: i64, state: State) {
        if let Ok(at) = self.place(msg_id)
            && let Some(entry) = self.entries.get_mut(at)
        {
            entry.state = state;
        }
    }

    /// Where a message is, or where it would be.
    fn place(&self, msg_id: i64) -> Result<usize, usize> {
        match self.entries.back() {
            // Nearly every message is the newest.
            Some(last) if last.msg_id < msg_id => Err(self.entries.len()),
            _ => self
                .entries
                .binary_search_by_key(&msg_id, |entry| entry.msg_id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(entries: &[(i64, i32)]) -> History {
        let mut history = History::default();
        for (msg_id, seq_no) in entries {
            assert_eq!(history.check_order(*msg_id, *seq_no), Ok(()));
            history.insert(Entry {
                msg_id: *msg_id,
                seq_no: *seq_no,
                state: State::Handled,
            });
        }
        history
    }

    #[test]
    fn numbers_rise_with_the_ids() {
        let history = history(&[(8, 1), (12, 2), (20, 3), (24, 4), (40, 7)]);
        for (msg_id, seq_no, verdict) in [
            (16, 2, Ok(())),
            (4, 1, Err(Code::SeqTooHigh)),
            (4, 0, Ok(())),
            (28, 3, Err(Code::SeqTooLow)),
            (28, 4, Ok(())),
            (28, 5, Ok(())),
            (28, 7, Err(Code::SeqTooHigh)),
            (28, 9, Err(Code::SeqTooHigh)),
            (44, 7, Err(Code::SeqTooLow)),
            (44, 5, Err(Code::SeqTooLow)),
            (44, 8, Ok(())),
            (44, 1001, Ok(())),
        ] {
            assert_eq!(
                history.check_order(msg_id, seq_no),
                verdict,
                "{msg_id} {seq_no}"
            );
        }
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut history = History::default();
        for id in 0..5000 {
            history.insert(Entry {
                msg_id: id * 4,
                seq_no: 0,
                state: State::Running,
            });
            history.trim();
        }
        assert!(history.may_have_forgotten(903 * 4));
        assert!(!history.may_have_forgotten(904 * 4));
        assert!(history.find(904 * 4).is_some());
        assert!(history.find(903 * 4).is_none());
        assert_eq!(history.highest(), Some(4999 * 4));
        history.set_state(4000 * 4, State::Done { failed: true });
        assert_eq!(
            history.find(4000 * 4).unwrap().state,
            State::Done { failed: true }
        );
        history.remove(4000 * 4);
        assert!(history.find(4000 * 4).is_none());
    }
}
