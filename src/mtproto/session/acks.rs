//! What has been received and not yet acknowledged.
use std::time::{Duration, Instant};

use super::ids::MsgId;

/// How long an acknowledgement waits for a message that it can travel with.
///
/// The official page allows a minute; other clients take 10 to 30 seconds.
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
const DELAY: Duration = Duration::from_secs(10);

/// How many wait before they go by themselves. The page says 16; twice as many halve the packets of
/// a long series of updates.
const COUNT: usize = 32;

/// The most ids in one message.
///
/// See <https://core.telegram.org/mtproto/service_messages_about_messages>.
pub(super) const IDS_MAX: usize = 8192;

/// The most that wait at all: eight messages full. A server whose messages are not acknowledged
/// sends them again, so what is left out is not lost.
const WAITING_MAX: usize = 8 * IDS_MAX;

/// The ids that the server waits to see acknowledged.
pub(super) struct Acks {
    waiting: Vec<MsgId>,
    due: Option<Instant>,
}

impl Acks {
    pub(super) fn new() -> Self {
        Self {
            waiting: Vec::new(),
            due: None,
        }
    }

    pub(super) fn push(&mut self, now: Instant, id: MsgId) {
        if self.waiting.len() < WAITING_MAX && self.waiting.last() != Some(&id) {
            self.waiting.push(id);
            self.due.get_or_insert(now + DELAY);
        }
    }

    /// The server has not taken these; they are due again at once.
    pub(super) fn restore(&mut self, now: Instant, ids: &[MsgId]) {
        let room = WAITING_MAX.saturating_sub(self.waiting.len());
        self.waiting.extend(ids.iter().take(room));
        self.due = Some(now);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether they should go even if nothing else does.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.waiting.len() >= COUNT || self.due.is_some_and(|due| due <= now)
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// How long the next message with them is: constructor, vector, count, ids.
    pub(super) fn next_len(&self) -> usize {
        12 + 8 * self.waiting.len().min(IDS_MAX)
    }

    /// As many as fit into one message.
    pub(super) fn take(&mut self) -> Vec<MsgId> {
        if self.waiting.len() <= IDS_MAX {
            self.due = None;
            return std::mem::take(&mut self.waiting);
        }
        self.waiting.drain(..IDS_MAX).collect()
    }

    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn due_by_time_or_by_number() {
        let now = Instant::now();
        let mut acks = Acks::new();
        acks.push(now, MsgId(1));
        acks.push(now, MsgId(1));
        acks.push(now + DELAY / 2, MsgId(3));
        assert!(!acks.is_due(now + DELAY / 2));
        assert!(acks.is_due(now + DELAY));
        assert_eq!(acks.take(), [MsgId(1), MsgId(3)]);
        assert!(acks.is_empty() && acks.due().is_none());
        for i in 0..COUNT {
            assert!(!acks.is_due(now));
            acks.push(now, MsgId(i as i64));
        }
        assert!(acks.is_due(now));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    fn one_message_holds_so_many_and_all_is_bounded() {
        let now = Instant::now();
        let mut acks = Acks::new();
        for i in 0..WAITING_MAX as i64 + 5 {
            acks.push(now, MsgId(i));
        }
        acks.restore(now, &[MsgId(-1)]);
        let mut total = 0;
        while !acks.is_empty() {
            assert!(acks.is_due(now));
            let ids = acks.take();
            assert!(ids.len() <= IDS_MAX);
            total += ids.len();
        }
        assert_eq!(total, WAITING_MAX);
    }
}
