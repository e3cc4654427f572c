//! One message of the server, ready to be sealed.
use super::ids::RPC_RESULT;

/// What stands before a message's own bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Nothing: the body is the whole object.
    Whole,
    /// The body is the answer to the query of this id (`rpc_result`).
    ///
    /// See <https://core.telegram.org/mtproto/service_messages#response-to-an-rpc-query>.
    Result(i64),
}

/// A message of the server. It keeps its id and number however often it is sent.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) lead: Lead,
    /// The constructor id of the method that it answers; 0 if it answers none.
    pub(crate) method: u32,
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// The length of the object as it is sent.
    pub(crate) fn len(&self) -> usize {
        match self.lead {
            Lead::Whole => self.body.len(),
            Lead::Result(_) => 12 + self.body.len(),
        }
    }

    /// Appends the object.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        if let Lead::Result(query) = self.lead {
            out.extend_from_slice(&RPC_RESULT.to_le_bytes());
            out.extend_from_slice(&query.to_le_bytes());
        }
        out.extend_from_slice(&self.body);
    }

    /// Whether the client did not ask for it in any way: its id says so.
    ///
    /// See <https://core.telegram.org/mtproto/description#message-identifier-msg-id>.
    pub(crate) fn is_update(&self) -> bool {
        self.msg_id & 3 == 3
    }

    /// The query that it answers, if it is an answer.
    pub(crate) fn query(&self) -> Option<i64> {
        match self.lead {
            Lead::Whole => None,
            Lead::Result(query) => Some(query),
        }
    }
}
