//! Media that had to be paid for are shown, or their preview has changed.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// Media that had to be paid for are shown, or their preview has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateMessageExtendedMedia { msg_id: 5, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::PaidMedia(change) = update else { panic!("it is one") };
    /// assert_eq!((change.message_id(), change.media().len()), (5, 0));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateMessageExtendedMedia>,
    /// and <https://core.telegram.org/api/paid-media>.
    PaidMediaChange(types::UpdateMessageExtendedMedia)
}

in_chat!(PaidMediaChange, it => it.peer.clone());

impl PaidMediaChange {
    /// The id of the message.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        self.raw.msg_id
    }

    /// The media, each shown or as a preview.
    #[must_use]
    pub fn media(&self) -> &[enums::MessageExtendedMedia] {
        &self.raw.extended_media
    }
}
