//! Scheduled messages were deleted, or sent because their time has come.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// Scheduled messages were deleted, or sent because their time has come.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDeleteScheduledMessages {
    ///     messages: vec![1, 2],
    ///     sent_messages: Some(vec![11, 12]),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ScheduledDeleted(deletion) = update else { panic!("it is one") };
    /// assert_eq!(deletion.message_ids(), [1, 2]);
    /// assert_eq!(deletion.sent_message_ids(), [11, 12]);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDeleteScheduledMessages>,
    /// and <https://core.telegram.org/api/scheduled-messages>.
    ScheduledDeletion(types::UpdateDeleteScheduledMessages)
}

in_chat!(ScheduledDeletion, it => it.peer.clone());

impl ScheduledDeletion {
    /// The ids that they had as scheduled messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        &self.raw.messages
    }

    /// If they were sent: the ids that they have as messages, in the order of
    /// [`message_ids`](Self::message_ids).
    #[must_use]
    pub fn sent_message_ids(&self) -> &[i32] {
        self.raw.sent_messages.as_deref().unwrap_or_default()
    }
}
