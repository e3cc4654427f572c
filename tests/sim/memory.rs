//! What a server knows of one session.
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A request that is being worked on, or was.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) tag: u64,
    /// It is carried out when it is done, not when it comes.
    pub(crate) late: bool,
    pub(crate) fails: bool,
    pub(crate) dropped: bool,
}

/// Something that the client has to acknowledge.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    pub(crate) body: Vec<u8>,
    pub(crate) what: String,
    pub(crate) seq_no: i32,
}

#[derive(Default)]
pub(crate) struct Memory {
    /// Messages that were received, with their numbers.
    pub(crate) received: BTreeMap<i64, i32>,
    /// The lowest id that the client knows to be received.
    pub(crate) first: i64,
    /// Of these nobody can tell any more whether they were received.
    pub(crate) vague: BTreeSet<i64>,
    pub(crate) working: BTreeMap<i64, Work>,
    pub(crate) unacked: BTreeMap<i64, Owed>,
    /// How many content-related messages the server has sent.
    pub(crate) content: i32,
    /// When what is not acknowledged is sent again.
    pub(crate) resend_at: Option<Duration>,
    /// The connection that was heard last.
    pub(crate) conn: Option<u32>,
}

impl Memory {
    /// What is wrong with the number of a message, if anything is.
    ///
    /// <https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message>
    pub(crate) fn wrong_number(&self, id: i64, seq_no: i32) -> Option<i32> {
        let clash = |other: i32| other == seq_no && seq_no & 1 == 1;
        let before = self.received.range(..id).next_back();
        if before.is_some_and(|(_, n)| *n > seq_no || clash(*n)) {
            return Some(32);
        }
        let after = self.received.range(id + 1..).next();
        if after.is_some_and(|(_, n)| *n < seq_no || clash(*n)) {
            return Some(33);
        }
        None
    }

    /// <https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages>
    pub(crate) fn state(&self, id: i64) -> u8 {
        if self.vague.contains(&id) {
            return 1;
        }
        if self.received.contains_key(&id) {
            return 4;
        }
        if id < self.first {
            return 1;
        }
        let highest = self.received.keys().next_back();
        if highest.is_some_and(|h| id < *h) {
            2
        } else {
            3
        }
    }

    pub(crate) fn next_seq(&mut self, content: bool) -> i32 {
        let seq_no = self.content * 2 + i32::from(content);
        self.content += i32::from(content);
        seq_no
    }
}
