//! Messages that only their receiver sees were deleted.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// Messages that only their receiver sees were deleted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDeleteEphemeralMessages {
    ///     ids: vec![5],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::EphemeralDeleted(deletion) = update else { panic!("it is one") };
    /// assert_eq!(deletion.message_ids(), [5]);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDeleteEphemeralMessages>.
    EphemeralDeletion(types::UpdateDeleteEphemeralMessages)
}

in_chat!(EphemeralDeletion, it => it.peer.clone());

impl EphemeralDeletion {
    /// The ids of the messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        &self.raw.ids
    }
}
