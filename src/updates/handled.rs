//! Which updates of a difference were handled before its state could be saved.
use std::collections::{BTreeMap, HashSet};

use crate::crypto::sha256;
use crate::store::{Change, Note};
use crate::tl::enums::{EncryptedMessage, Message, Peer, Update};
use crate::tl::{Identifiable, Serialize, types};

/// The room of the notes.
pub(super) const ROOM: &str = "updates";

/// So many are remembered of each counter: more than a difference brings at once. Of more, those
/// that were handled first come twice after a crash.
const HANDLED_MAX: usize = 2048;

/// So many are known while they wait to be finished, or for a state.
const REMEMBERED_MAX: usize = 4 * HANDLED_MAX;

/// What updates of a difference were handled since the last state was saved.
///
/// The messages of a difference have no counter of their own, so no state says how far in the midst
/// of it a program was. What was finished is noted beside the state, until there is one that is
/// past it: a program that was killed is then not given it again.
#[derive(Debug, Default)]
pub(super) struct Handled {
    /// What was given, by its ticket: what it is, and how many have not finished it.
    given: BTreeMap<u64, (Kind, usize)>,
    /// What all have finished, by its ticket.
    finished: BTreeMap<u64, Kind>,
    /// What was noted by a program that ended.
    before: HashSet<Kind>,
    /// The counters whose notes are not as they are written.
    changed: Vec<Option<i64>>,
}

/// What an update of a difference is known by, and the channel that counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    channel: Option<i64>,
    key: u64,
}

impl Handled {
    /// Goes on from what was noted.
    pub(super) fn begin(&mut self, notes: &[Note]) {
        *self = Self::default();
        for note in notes {
            let channel = note.key[..].try_into().ok().map(i64::from_le_bytes);
            for key in note.bytes.chunks_exact(8) {
                let key = key.try_into().map_or(0, u64::from_le_bytes);
                self.before.insert(Kind { channel, key });
            }
        }
    }

    /// Whether this was handled before. It counts as finished with this ticket.
    pub(super) fn was(&mut self, kind: Kind, ticket: u64) -> bool {
        let was = self.before.remove(&kind);
        if was {
            self.finished.insert(ticket, kind);
        }
        was
    }

    /// It is given to so many.
    pub(super) fn give(&mut self, kind: Kind, ticket: u64, to: usize) {
        if to > 0 {
            self.given.insert(ticket, (kind, to));
        }
        // Somebody may never finish the first ones, and no state be saved.
        while self.given.len() > REMEMBERED_MAX {
            self.given.pop_first();
        }
        while self.finished.len() > REMEMBERED_MAX {
            self.finished.pop_first();
        }
    }

    /// One has finished it.
    pub(super) fn finish(&mut self, ticket: u64) {
        let Some((kind, left)) = self.given.get_mut(&ticket) else {
            return;
        };
        *left = left.saturating_sub(1);
        if *left == 0 {
            let kind = *kind;
            self.given.remove(&ticket);
            self.finished.insert(ticket, kind);
            self.change(kind.channel);
        }
    }

    /// A state is saved that comes after all up to this ticket.
    pub(super) fn pass(&mut self, channel: Option<i64>, ticket: u64) {
        let is_past = |of: &Kind, at: u64| of.channel == channel && at <= ticket;
        let before = self.finished.len() + self.before.len();
        self.given.retain(|at, (of, _)| !is_past(of, *at));
        self.finished.retain(|at, of| !is_past(of, *at));
        self.before.retain(|of| of.channel != channel);
        if self.finished.len() + self.before.len() < before {
            self.change(channel);
        }
    }

    /// What has to be written.
    pub(super) fn changes(&mut self) -> Vec<Change> {
        let changed = std::mem::take(&mut self.changed);
        changed
            .into_iter()
            .map(|channel| self.note(channel))
            .collect()
    }

    fn change(&mut self, channel: Option<i64>) {
        if !self.changed.contains(&channel) {
            self.changed.push(channel);
        }
    }

    fn note(&self, channel: Option<i64>) -> Change {
        let key = channel.map_or(Vec::new(), |id| id.to_le_bytes().to_vec());
        let before = self.before.iter();
        let newest_first = self.finished.values().rev().chain(before);
        let keys = newest_first.filter(|of| of.channel == channel);
        let keys = keys.take(HANDLED_MAX).flat_map(|of| of.key.to_le_bytes());
        let (room, bytes) = (ROOM.to_owned(), keys.collect::<Vec<u8>>());
        match bytes.is_empty() {
            true => Change::NoNote { room, key },
            false => Change::Note(Note {
                room,
                key,
                bytes,
                expires: None,
            }),
        }
    }
}

impl Kind {
    /// What an update of a difference is known by: a message by its number, whatever has become of
    /// it since; anything else by all that it says.
    pub(super) fn of(update: &Update) -> Self {
        let channel = match update {
            Update::NewChannelMessage(it) => channel_of(&it.message),
            Update::EditChannelMessage(it) => channel_of(&it.message),
            Update::DeleteChannelMessages(it) => Some(it.channel_id),
            Update::PinnedChannelMessages(it) => Some(it.channel_id),
            Update::ChannelWebPage(it) => Some(it.channel_id),
            _ => None,
        };
        let number = match update {
            Update::NewMessage(it) => number(&it.message),
            Update::NewChannelMessage(it) => number(&it.message),
            Update::NewEncryptedMessage(it) => match &it.message {
                EncryptedMessage::Message(it) => Some(it.random_id),
                EncryptedMessage::Service(it) => Some(it.random_id),
                _ => None,
            },
            _ => None,
        };
        let bytes = match (number, update) {
            (Some(number), Update::NewEncryptedMessage(_)) => {
                named(types::UpdateNewEncryptedMessage::CONSTRUCTOR_ID, number)
            }
            (Some(number), _) => named(types::UpdateNewMessage::CONSTRUCTOR_ID, number),
            (None, update) => update.to_bytes(),
        };
        let sum = sha256(&[&bytes]);
        let key = sum.first_chunk().map_or(0, |key| u64::from_le_bytes(*key));
        Self { channel, key }
    }
}

fn named(id: u32, number: i64) -> Vec<u8> {
    [&id.to_le_bytes()[..], &number.to_le_bytes()].concat()
}

fn channel_of(message: &Message) -> Option<i64> {
    let peer = match message {
        Message::Message(message) => &message.peer_id,
        Message::Service(message) => &message.peer_id,
        Message::Empty(message) => message.peer_id.as_ref()?,
        _ => return None,
    };
    match peer {
        Peer::Channel(channel) => Some(channel.channel_id),
        _ => None,
    }
}

fn number(message: &Message) -> Option<i64> {
    match message {
        Message::Message(message) => Some(message.id.into()),
        Message::Service(message) => Some(message.id.into()),
        Message::Empty(message) => Some(message.id.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: i32, channel: Option<i64>, text: &str) -> Update {
        let peer_id = match channel {
            Some(channel_id) => types::PeerChannel { channel_id }.into(),
            None => types::PeerUser { user_id: 7 }.into(),
        };
        let message = types::Message {
            id,
            peer_id,
            message: text.to_owned(),
            ..Default::default()
        }
        .into();
        match channel {
            Some(_) => types::UpdateNewChannelMessage {
                message,
                pts: 0,
                pts_count: 0,
            }
            .into(),
            None => types::UpdateNewMessage {
                message,
                pts: 0,
                pts_count: 0,
            }
            .into(),
        }
    }

    /// The notes after changes.
    fn written(notes: &mut Vec<Note>, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Note(note) => {
                    notes.retain(|it| it.key != note.key);
                    notes.push(note);
                }
                Change::NoNote { key, .. } => notes.retain(|it| it.key != key),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_was_handled_in_the_midst_of_a_difference_is_not_given_again() {
        let mut notes = Vec::new();
        let kind = |id, channel| Kind::of(&message(id, channel, "a"));
        let mut handled = Handled::default();
        for (ticket, id) in (1..).zip(10..14) {
            handled.give(kind(id, None), ticket, 2);
        }
        handled.give(kind(10, Some(5)), 5, 1);
        for ticket in [1, 1, 2, 3, 3, 5] {
            handled.finish(ticket);
        }
        written(&mut notes, handled.changes());
        assert!(handled.changes().is_empty());

        // A crash. One was edited meanwhile; it is the same all the same.
        let mut handled = Handled::default();
        handled.begin(&notes);
        assert!(handled.was(Kind::of(&message(10, None, "b")), 1));
        assert!(!handled.was(kind(11, None), 2), "one has not finished it");
        handled.give(kind(11, None), 2, 2);
        assert!(handled.was(kind(12, None), 3));
        assert!(!handled.was(kind(12, None), 4), "it comes once");
        assert!(handled.was(kind(10, Some(5)), 5));
        written(&mut notes, handled.changes());
        handled.begin(&notes);
        assert!(handled.was(kind(10, None), 1), "after another crash too");
    }

    #[test]
    fn what_a_state_is_past_is_noted_no_more() {
        let mut notes = Vec::new();
        let kind = |id| Kind::of(&message(id, None, ""));
        let mut handled = Handled::default();
        for ticket in 1..5 {
            handled.give(kind(ticket as i32), ticket, 1);
            handled.finish(ticket);
        }
        written(&mut notes, handled.changes());
        handled.pass(Some(5), 9);
        assert!(handled.changes().is_empty(), "that is another counter");
        handled.pass(None, 3);
        written(&mut notes, handled.changes());
        assert_eq!(notes[0].bytes.len(), 8);
        handled.pass(None, 4);
        written(&mut notes, handled.changes());
        assert!(notes.is_empty());
    }

    #[test]
    fn no_more_is_noted_than_there_is_room_for() {
        let mut handled = Handled::default();
        for ticket in 1..10_000 {
            handled.give(Kind::of(&message(ticket as i32, None, "")), ticket, 1);
            handled.finish(ticket);
        }
        for change in handled.changes() {
            change.check().unwrap();
        }
    }
}
