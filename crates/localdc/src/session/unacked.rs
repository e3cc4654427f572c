//! The server's messages that a client has not acknowledged.
use std::collections::VecDeque;
use std::sync::Arc;

use crate::wire::Message;

/// How many messages are kept for a client that acknowledges nothing.
const MESSAGES_MAX: usize = 4096;

/// How many bytes of them. File parts have up to 1 MiB, and clients acknowledge some dozens at
/// once.
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// How many updates wait for a client that is away. After that one `updatesTooLong` stands for all:
/// the client then asks for the difference.
///
/// See <https://core.telegram.org/api/updates>.
const UPDATES_MAX: usize = 256;

/// A message and the connection it was sent over last; 0 before that.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) message: Arc<Message>,
    pub(super) line: u64,
}

/// Messages in the order of their ids. The oldest go when there are too many: then nobody can ask
/// for them again.
#[derive(Debug, Default)]
pub(super) struct Unacked {
    kept: VecDeque<Kept>,
    bytes: usize,
}

impl Unacked {
    pub(super) fn push(&mut self, message: Arc<Message>, line: u64) {
        self.bytes += message.len();
        self.kept.push_back(Kept { message, line });
        while self.kept.len() > MESSAGES_MAX || self.bytes > BYTES_MAX && self.kept.len() > 1 {
            if let Some(oldest) = self.kept.pop_front() {
                self.bytes -= oldest.message.len();
            }
        }
    }

    /// The client has a message; true if it was waited for.
    pub(super) fn ack(&mut self, msg_id: i64) -> Option<Arc<Message>> {
        let at = self.place(msg_id)?;
        let kept = self.kept.remove(at)?;
        self.bytes -= kept.message.len();
        Some(kept.message)
    }

    pub(super) fn find(&self, msg_id: i64) -> Option<&Arc<Message>> {
        let at = self.place(msg_id)?;
        self.kept.get(at).map(|kept| &kept.message)
    }

    /// The answer to a query, if the client has not acknowledged it.
    pub(super) fn answer_to(&self, query: i64) -> Option<&Arc<Message>> {
        self.kept
            .iter()
            .map(|kept| &kept.message)
            .find(|message| message.query() == Some(query))
    }

    /// What has not been sent over this connection, of updates or of all else; from now on it has.
    pub(super) fn take_for(&mut self, line: u64, updates: bool) -> Vec<(Arc<Message>, bool)> {
        let due = self
            .kept
            .iter_mut()
            .filter(|kept| kept.line != line && kept.message.is_update() == updates);
        due.map(|kept| {
            let again = kept.line != 0;
            kept.line = line;
            (Arc::clone(&kept.message), again)
        })
        .collect()
    }

    /// Whether so many updates wait for a client that no more should be kept.
    pub(super) fn too_many_updates(&self) -> bool {
        self.kept.len() >= UPDATES_MAX && self.updates() >= UPDATES_MAX
    }

    /// Drops all that is no answer.
    pub(super) fn drop_updates(&mut self) {
        self.kept.retain(|kept| kept.message.query().is_some());
        self.bytes = self.kept.iter().map(|kept| kept.message.len()).sum();
    }

    fn updates(&self) -> usize {
        let answers = |kept: &&Kept| kept.message.query().is_none();
        self.kept.iter().filter(answers).count()
    }

    fn place(&self, msg_id: i64) -> Option<usize> {
        // Clients acknowledge in order, mostly.
        match self.kept.front() {
            Some(first) if first.message.msg_id == msg_id => Some(0),
            _ => self
                .kept
                .binary_search_by_key(&msg_id, |kept| kept.message.msg_id)
                .ok(),
        }
    }
}
