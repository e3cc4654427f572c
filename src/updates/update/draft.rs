//! What is written and not yet sent has changed, on another device.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What is written and not yet sent has changed, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDraftMessage {
    ///     top_msg_id: Some(3),
    ///     draft: types::DraftMessage { message: "Dear".into(), ..Default::default() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::DraftChanged(change) = update else { panic!("it is one") };
    /// assert_eq!(change.text(), "Dear");
    /// assert_eq!(change.topic_id(), Some(3));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDraftMessage>,
    /// and <https://core.telegram.org/api/drafts>.
    DraftChange(types::UpdateDraftMessage)
}

in_chat!(DraftChange, it => it.peer.clone());

impl DraftChange {
    /// The topic that it is for.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        self.raw.top_msg_id
    }

    /// Of a channel's direct messages: for whom.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        self.raw.saved_peer_id.as_ref()
    }

    /// The draft; `None` when there is none any more.
    #[must_use]
    pub fn draft(&self) -> Option<&types::DraftMessage> {
        match &self.raw.draft {
            enums::DraftMessage::Message(it) => Some(it),
            _ => None,
        }
    }

    /// Its text; empty when there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.draft().map_or("", |draft| &draft.message)
    }
}
