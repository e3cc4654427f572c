//! A call of a group or channel has begun, has ended, or has changed.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::{enums, types};

payload! {
    /// A call of a group or channel has begun, has ended, or has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateGroupCall {
    ///     peer: Some(types::PeerChat { chat_id: 3 }.into()),
    ///     call: types::GroupCallDiscarded { id: 9, ..Default::default() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::GroupCall(change) = update else { panic!("it is one") };
    /// assert!(change.is_over() && !change.is_live_story());
    /// assert_eq!(change.chat_id(), Some(-3));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateGroupCall>.
    GroupCallChange(types::UpdateGroupCall)
}

impl GroupCallChange {
    /// What the call is now.
    #[must_use]
    pub fn call(&self) -> &enums::GroupCall {
        &self.raw.call
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.raw.call, enums::GroupCall::Discarded(_))
    }

    /// Whether it is a live story.
    #[must_use]
    pub fn is_live_story(&self) -> bool {
        self.raw.live_story
    }

    /// The id of the chat, as the Bot API writes it, if it is told.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.raw.peer.as_ref().map(marked_id)
    }

    /// The chat, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.raw.peer.as_ref()?)
    }
}
