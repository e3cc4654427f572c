//! Which updates were handled before a state that is past them could be saved.
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::crypto::sha256;
use crate::store::{Change, Note};
use crate::tl::Serialize;
use crate::tl::enums::{EncryptedMessage, Message, Peer, Update};

/// The room of the notes.
pub(super) const ROOM: &str = "updates";

/// So many are noted of each counter: more than a difference brings at once. Of more, those that
/// were handled last come twice after a crash.
const HANDLED_MAX: usize = 2048;

/// So many are known while they wait to be finished, or for a state. What is given beyond may come
/// twice after a crash.
const REMEMBERED_MAX: usize = 8192;

/// What was handled since the last state was saved.
///
/// A state is saved when nothing before it is unfinished. But workers finish in any order, and the
/// messages of a difference have no counter of their own, so that no state says how far in the
/// midst of it a program was. What was finished is noted beside the state, until there is one that
/// is past it: a program that was killed is then not given it again.
#[derive(Debug, Default)]
pub(super) struct Handled {
    /// By the channel; `None` for the account's counters.
    counters: HashMap<Option<i64>, Line>,
    /// How many have not finished it, by its ticket, and whose it is.
    unfinished: HashMap<u64, (Option<i64>, usize)>,
    remembered: usize,
}

/// What is known of one counter.
#[derive(Debug, Default)]
struct Line {
    /// What was given, by its ticket, and whether all have finished it.
    given: BTreeMap<u64, (u64, bool)>,
    /// What was noted by a program that ended.
    before: HashSet<u64>,
    /// The notes are not as they are written.
    has_changed: bool,
    /// Something is written.
    is_noted: bool,
}

/// What an update is known by, and the channel that counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
            let line = self.counters.entry(channel).or_default();
            line.is_noted = true;
            let keys = note.bytes.chunks_exact(8);
            let keys = keys.filter_map(|key| key.try_into().ok());
            line.before.extend(keys.map(u64::from_le_bytes));
        }
    }

    /// Whether this was handled before. It counts as finished with this ticket.
    pub(super) fn was(&mut self, kind: Kind, ticket: u64) -> bool {
        let line = self.counters.get_mut(&kind.channel);
        let Some(line) = line.filter(|line| line.before.contains(&kind.key)) else {
            return false;
        };
        line.before.remove(&kind.key);
        line.given.insert(ticket, (kind.key, true));
        self.remembered += 1;
        true
    }

    /// It is given to so many.
    pub(super) fn give(&mut self, kind: Kind, ticket: u64, to: usize) {
        if to > 0 && self.remembered < REMEMBERED_MAX {
            self.remembered += 1;
            let line = self.counters.entry(kind.channel).or_default();
            line.given.insert(ticket, (kind.key, false));
            self.unfinished.insert(ticket, (kind.channel, to));
        }
    }

    /// One has finished it.
    pub(super) fn finish(&mut self, ticket: u64) {
        let Some((channel, left)) = self.unfinished.get_mut(&ticket) else {
            return;
        };
        *left -= 1;
        if *left == 0
            && let Some(line) = self.counters.get_mut(channel)
            && let Some((_, is_finished)) = line.given.get_mut(&ticket)
        {
            *is_finished = true;
            line.has_changed = true;
            self.unfinished.remove(&ticket);
        }
    }

    /// A state is saved that comes after all up to this ticket.
    pub(super) fn pass(&mut self, channel: Option<i64>, ticket: u64) {
        let Some(line) = self.counters.get_mut(&channel) else {
            return;
        };
        let later = line.given.split_off(&(ticket + 1));
        let past = std::mem::replace(&mut line.given, later);
        line.before.clear();
        line.has_changed = true;
        self.remembered -= past.len();
        for ticket in past.keys() {
            self.unfinished.remove(ticket);
        }
    }

    /// What has to be written.
    pub(super) fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.counters.retain(|channel, line| {
            if std::mem::take(&mut line.has_changed) {
                changes.extend(line.note(*channel));
            }
            line.is_noted || !line.given.is_empty()
        });
        changes
    }
}

impl Line {
    fn note(&mut self, channel: Option<i64>) -> Option<Change> {
        let key = channel.map_or(Vec::new(), |id| id.to_le_bytes().to_vec());
        let finished = self.given.values().filter(|(_, is_finished)| *is_finished);
        let keys = finished.map(|(key, _)| key).chain(&self.before);
        let keys = keys.take(HANDLED_MAX).flat_map(|key| key.to_le_bytes());
        let (room, bytes) = (ROOM.to_owned(), keys.collect::<Vec<u8>>());
        let was_noted = std::mem::replace(&mut self.is_noted, !bytes.is_empty());
        match bytes.is_empty() {
            true => was_noted.then_some(Change::NoNote { room, key }),
            false => Some(Change::Note(Note {
                room,
                key,
                bytes,
                expires: None,
            })),
        }
    }
}

impl Kind {
    /// What an update is known by, whether it was pushed or is a part of a difference: a message by
    /// its number, whatever has become of it since; what else is counted by its counter, and the
    /// rest by all that it says.
    pub(super) fn of(update: &Update) -> Self {
        let message = |it| u64::from(number(it)) << 2;
        let counted = |pts: i32| u64::from(pts.unsigned_abs()) << 2 | 1;
        let secret = |id: i64| id.cast_unsigned() << 2 | 2;
        let (channel, key) = match update {
            Update::NewMessage(it) => (None, message(&it.message)),
            Update::NewChannelMessage(it) => (channel_of(&it.message), message(&it.message)),
            Update::EditMessage(it) => (None, counted(it.pts)),
            Update::DeleteMessages(it) => (None, counted(it.pts)),
            Update::EditChannelMessage(it) => (channel_of(&it.message), counted(it.pts)),
            Update::DeleteChannelMessages(it) => (Some(it.channel_id), counted(it.pts)),
            Update::PinnedChannelMessages(it) => (Some(it.channel_id), counted(it.pts)),
            Update::ChannelWebPage(it) => (Some(it.channel_id), counted(it.pts)),
            Update::NewEncryptedMessage(it) => match &it.message {
                EncryptedMessage::Message(it) => (None, secret(it.random_id)),
                EncryptedMessage::Service(it) => (None, secret(it.random_id)),
                _ => (None, 0),
            },
            _ => (None, 0),
        };
        let key = match key {
            0..4 => {
                let sum = sha256(&[&update.to_bytes()]);
                sum.first_chunk().map_or(0, |key| u64::from_le_bytes(*key)) | 3
            }
            key => key,
        };
        Self { channel, key }
    }
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

fn number(message: &Message) -> u32 {
    match message {
        Message::Message(message) => message.id.unsigned_abs(),
        Message::Service(message) => message.id.unsigned_abs(),
        Message::Empty(message) => message.id.unsigned_abs(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

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
