//! Message ids and sequence numbers.
use std::fmt;
use std::time::Duration;

/// Names a message within a session: in its upper half the time when it was made.
///
/// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MsgId(pub(crate) i64);

impl MsgId {
    /// The smallest of all, which no message has.
    pub(super) const NONE: Self = Self(i64::MIN);

    /// The least id that a client may give to a message at this time since 1970.
    pub(super) fn at(time: Duration) -> Self {
        let seconds = time.as_secs().min(i32::MAX as u64) as i64;
        let fraction = (i64::from(time.subsec_nanos()) << 32) / 1_000_000_000;
        Self((seconds << 32 | fraction) & !3)
    }

    /// The time that the id tells, since 1970.
    pub(super) fn time(self) -> Duration {
        let id = self.0.max(0);
        let nanos = ((id & 0xffff_ffff) * 1_000_000_000) >> 32;
        Duration::new((id >> 32) as u64, nanos as u32)
    }

    /// Servers give odd ids, clients even ones.
    pub(super) fn is_from_server(self) -> bool {
        self.0 & 1 == 1
    }
}

impl fmt::Debug for MsgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Hands out message ids and sequence numbers, always both together: the server compares the order
/// of one with the order of the other.
pub(super) struct Sequence {
    last: MsgId,
    content: u32,
}

impl Sequence {
    pub(super) fn new() -> Self {
        Self {
            last: MsgId(0),
            content: 0,
        }
    }

    /// The last id given out.
    pub(super) fn last(&self) -> MsgId {
        self.last
    }

    /// The id and the number of the next message. Ids rise strictly and end with two zero bits; the
    /// number is twice the count of content-related messages before, plus one for such a message.
    ///
    /// See <https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno>.
    pub(super) fn next(&mut self, server_time: Duration, content_related: bool) -> (MsgId, i32) {
        let id = MsgId::at(server_time).max(MsgId(self.last.0.saturating_add(4) & !3));
        self.last = id;
        let seq_no = self.content.wrapping_mul(2);
        if content_related {
            self.content = self.content.wrapping_add(1);
            return (id, seq_no.wrapping_add(1) as i32);
        }
        (id, seq_no as i32)
    }
}

/// Whether a message with this number has to be acknowledged.
pub(super) fn is_content_related(seq_no: i32) -> bool {
    seq_no & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_the_time_and_carry_the_fraction() {
        let time = Duration::new(1_700_000_000, 500_000_000);
        let id = MsgId::at(time);
        assert_eq!(id.0, 1_700_000_000 << 32 | 0x8000_0000);
        assert_eq!(id.time(), time);
        assert_eq!(MsgId(-5).time(), Duration::ZERO);
        assert_eq!(MsgId::at(Duration::MAX).0 >> 32, i64::from(i32::MAX));
    }

    #[test]
    fn ids_rise_strictly_and_are_multiples_of_four() {
        let mut sequence = Sequence::new();
        let mut last = MsgId(0);
        for nanos in [5, 5, 5, 4, 0, 900_000_000, 1, 999_999_999] {
            let (id, _) = sequence.next(Duration::new(100, nanos), true);
            assert!(id > last && id.0 % 4 == 0, "{id:?} after {last:?}");
            last = id;
        }
    }

    #[test]
    fn numbers_count_what_must_be_acknowledged() {
        let mut sequence = Sequence::new();
        let seq_nos: Vec<i32> = [true, true, false, false, true, false]
            .map(|content| sequence.next(Duration::ZERO, content).1)
            .into();
        assert_eq!(seq_nos, [1, 3, 4, 4, 5, 6]);
    }
}
