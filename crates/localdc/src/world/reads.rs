//! When who has read how far.
use std::collections::BTreeMap;

use super::peer::Peer;

/// Of each reader and conversation: up to which message it was read, and when, in Unix seconds.
#[derive(Debug, Default)]
pub(crate) struct Reads(BTreeMap<(i64, Peer), Vec<(i32, i64)>>);

impl Reads {
    /// Somebody has read a conversation up to a message.
    pub(crate) fn note(&mut self, reader: i64, peer: Peer, up_to: i32, date: i64) {
        let all = self.0.entry((reader, peer)).or_default();
        if all.last().is_none_or(|(last, _)| *last < up_to) {
            all.push((up_to, date));
        }
    }

    /// When somebody read a message.
    pub(crate) fn date(&self, reader: i64, peer: Peer, id: i32) -> Option<i64> {
        let all = self.0.get(&(reader, peer))?;
        let first = all.partition_point(|(up_to, _)| *up_to < id);
        all.get(first).map(|(_, date)| *date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_was_read_when_it_was_first_read_up_to_it() {
        let (peer, mut reads) = (Peer::Chat(1), Reads::default());
        reads.note(7, peer, 3, 100);
        reads.note(7, peer, 3, 150);
        reads.note(7, peer, 5, 200);
        let dates = [1, 3, 4, 5, 6].map(|id| reads.date(7, peer, id));
        assert_eq!(dates, [Some(100), Some(100), Some(200), Some(200), None]);
        assert_eq!(reads.date(8, peer, 1), None);
    }
}
