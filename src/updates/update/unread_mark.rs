//! A chat was marked as unread, or is no longer, on another device.
use super::payload::payload;
use crate::peers::{Chat, marked_id};
use crate::tl::{enums, types};

payload! {
    /// A chat was marked as unread, or is no longer, on another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateDialogUnreadMark {
    ///     unread: true,
    ///     peer: types::DialogPeer { peer: types::PeerUser { user_id: 7 }.into() }.into(),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::UnreadMark(mark) = update else { panic!("it is one") };
    /// assert!(mark.is_unread());
    /// assert_eq!(mark.chat_id(), Some(7));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateDialogUnreadMark>.
    UnreadMark(types::UpdateDialogUnreadMark)
}

impl UnreadMark {
    /// Whether it is marked now.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.raw.unread
    }

    /// The chat.
    #[must_use]
    pub fn dialog(&self) -> &enums::DialogPeer {
        &self.raw.peer
    }

    /// Of a channel's direct messages: with whom.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        self.raw.saved_peer_id.as_ref()
    }

    /// The id of the chat, as the Bot API writes it; `None` when it is a folder.
    #[must_use]
    pub fn chat_id(&self) -> Option<i64> {
        self.source.chat.as_ref().map(marked_id)
    }

    /// The chat, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(self.source.chat.as_ref()?)
    }
}
