//! Messages of a business that the bot is connected to were deleted.
use super::payload::{in_chat, payload};
use crate::tl::types;

payload! {
    /// Messages of a business that the bot is connected to were deleted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotDeleteBusinessMessage {
    ///     connection_id: "c".into(),
    ///     messages: vec![5],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BusinessDeleted(deletion) = update else { panic!("it is one") };
    /// assert_eq!((deletion.connection_id(), deletion.message_ids()), ("c", &[5][..]));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotDeleteBusinessMessage>.
    BusinessDeletion(types::UpdateBotDeleteBusinessMessage)
}

in_chat!(BusinessDeletion, it => it.peer.clone());

impl BusinessDeletion {
    /// By which connection the bot is told.
    #[must_use]
    pub fn connection_id(&self) -> &str {
        &self.raw.connection_id
    }

    /// The ids of the messages.
    #[must_use]
    pub fn message_ids(&self) -> &[i32] {
        &self.raw.messages
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
