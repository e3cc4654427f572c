//! The request of its own by which a session that listens begins the updates of a connection.
use super::ids::MsgId;

/// How often it is sent again because the server wants to see the prefix, or the key bound, first.
const REFUSALS_MAX: u8 = 3;

/// The request, and what has become of it on this connection. It is sent once: whatever is answered
/// to it, the server has been asked for something.
///
/// See <https://core.telegram.org/api/updates#subscribing-to-updates>.
pub(super) struct Greeting {
    /// The serialised function; empty where there is none.
    body: Vec<u8>,
    /// The message that it is in, and whether the prefix stands before it.
    sent: Option<(MsgId, bool)>,
    /// The message that travelled by itself: the same, or the container around it.
    carrier: MsgId,
    refused: u8,
}

impl Greeting {
    pub(super) fn new(body: Vec<u8>) -> Self {
        Self {
            body,
            sent: None,
            carrier: MsgId::NONE,
            refused: 0,
        }
    }

    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether it has still to be sent, if somebody listens.
    pub(super) fn is_due(&self) -> bool {
        self.sent.is_none() && !self.body.is_empty()
    }

    /// It goes out.
    pub(super) fn send(&mut self, id: MsgId, prefixed: bool) {
        self.sent = Some((id, prefixed));
        self.carrier = id;
    }

    /// It travels in this container.
    pub(super) fn carried_by(&mut self, carrier: MsgId) {
        self.carrier = carrier;
    }

    /// There is another connection or session, or there were no updates for a while.
    pub(super) fn begin_anew(&mut self) {
        self.sent = None;
        self.refused = 0;
    }

    /// The server has not accepted this message.
    pub(super) fn rejected(&mut self, id: MsgId) {
        if self.is_in(id) {
            self.sent = None;
        }
    }

    /// The server knows nothing of this session before the message `first`.
    pub(super) fn forgotten_before(&mut self, first: MsgId) {
        if self.sent.is_some() && self.carrier < first {
            self.sent = None;
        }
    }

    /// Whether it belongs to the session that the server begins with the message `first`.
    pub(super) fn is_in_session_from(&self, first: MsgId) -> bool {
        self.sent.is_some() && self.carrier >= first
    }

    /// The server has answered that something has to come first.
    pub(super) fn refused(&mut self, id: MsgId) {
        if self.is_in(id) && self.refused < REFUSALS_MAX {
            self.refused += 1;
            self.sent = None;
        }
    }

    /// Whether the prefix stood before it in this message.
    pub(super) fn was_prefixed(&self, id: MsgId) -> bool {
        self.sent == Some((id, true))
    }

    fn is_in(&self, id: MsgId) -> bool {
        self.sent.is_some_and(|(sent, _)| sent == id)
    }
}
