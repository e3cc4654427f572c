//! The laws on the numbers of a client's messages.
use std::collections::HashMap;

use crate::fact::Sent;
use crate::referee::{Verdict, must};

/// What a session's numbers have been so far.
#[derive(Default)]
pub(crate) struct Numbering {
    highest: i64,
    content: i32,
    seen: HashMap<i64, i32>,
}

impl Numbering {
    /// Whether this message has been sent before.
    pub(crate) fn has(&self, id: i64) -> bool {
        self.seen.contains_key(&id)
    }

    /// <https://core.telegram.org/mtproto/description#message-identifier-msg-id> and
    /// <https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno>
    pub(crate) fn check(&mut self, sent: &Sent) -> Verdict {
        if let Some(before) = self.seen.get(&sent.id) {
            must(sent.inside, || {
                format!("{:x} is sent again by itself", sent.id)
            })?;
            return must(*before == sent.seq_no, || {
                format!("{:x} is sent again under another number", sent.id)
            });
        }
        must(sent.id > self.highest, || {
            format!("the id {:x} does not rise", sent.id)
        })?;
        self.highest = sent.id;
        let content = sent.said.is_content();
        let right = self.content * 2 + i32::from(content);
        must(sent.seq_no == right, || {
            format!("{:x} has the number {}, not {right}", sent.id, sent.seq_no)
        })?;
        self.content += i32::from(content);
        self.seen.insert(sent.id, sent.seq_no);
        Ok(())
    }
}
