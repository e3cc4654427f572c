//! Who has read what one wrote.
use super::message::Message;
use crate::client::Client;
use crate::error::Result;
use crate::peers::PeerRef;
use crate::tl::enums::{OutboxReadDate, ReadParticipantDate};
use crate::tl::functions::messages::{GetMessageReadParticipants, GetOutboxReadDate};

/// Somebody who has read a message, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadBy {
    /// The user's id.
    pub user_id: i64,
    /// When, in seconds since the Unix epoch.
    pub date: i32,
}

impl Client {
    /// Who has read a message of one's own in a small group, and when: for some days, and in groups
    /// of up to a hundred members or so.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `CHAT_TOO_BIG`, `MESSAGE_TOO_OLD`, `MSG_ID_INVALID`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getMessageReadParticipants>.
    pub fn message_read_by(
        &self,
        peer: impl Into<PeerRef>,
        message_id: i32,
    ) -> Result<Vec<ReadBy>> {
        let deadline = self.begin_for::<GetMessageReadParticipants>()?;
        let readers = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_id);
            self.ask_until(&GetMessageReadParticipants { peer, msg_id }, deadline)
        })?;
        let readers = readers.into_iter();
        let readers = readers.map(|ReadParticipantDate::Date(it)| ReadBy {
            user_id: it.user_id,
            date: it.date,
        });
        Ok(readers.collect())
    }

    /// When the other side of a private chat has read a message of one's own, in seconds since the
    /// Unix epoch.
    ///
    /// # Errors
    ///
    /// As [`resolve_peer`](Self::resolve_peer) and [`invoke`](Self::invoke). Common answers:
    /// `MESSAGE_NOT_READ_YET`, `MESSAGE_TOO_OLD`, `USER_PRIVACY_RESTRICTED`.
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    ///
    /// See <https://core.telegram.org/method/messages.getOutboxReadDate>.
    pub fn message_read_date(&self, peer: impl Into<PeerRef>, message_id: i32) -> Result<i32> {
        let deadline = self.begin_for::<GetOutboxReadDate>()?;
        let answer = self.ask_about(&peer.into(), deadline, |peer| {
            let (peer, msg_id) = (peer.clone(), message_id);
            self.ask_until(&GetOutboxReadDate { peer, msg_id }, deadline)
        })?;
        let OutboxReadDate::Date(read) = answer;
        Ok(read.date)
    }
}

impl Message {
    /// Who has read it, in a small group. As [`Client::message_read_by`].
    ///
    /// # Errors
    ///
    /// As [`Client::message_read_by`].
    ///
    /// # Blocking
    ///
    /// Until the server has answered, at most for the client's timeout.
    pub fn read_by(&self) -> Result<Vec<ReadBy>> {
        self.client()?.message_read_by(self, self.sent_id()?)
    }
}
