//! A user has another emoji beside the name.
use super::payload::{by_user, payload};
use crate::tl::{enums, types};

payload! {
    /// A user has another emoji beside the name.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateUserEmojiStatus {
    ///     user_id: 7,
    ///     emoji_status: types::EmojiStatus { document_id: 9, until: None }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::UserEmojiStatus(change) = update else { panic!("it is one") };
    /// assert_eq!((change.user_id(), change.document_id()), (7, Some(9)));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateUserEmojiStatus>,
    /// and <https://core.telegram.org/api/emoji-status>.
    EmojiStatusChange(types::UpdateUserEmojiStatus)
}

by_user!(EmojiStatusChange, it => it.user_id);

impl EmojiStatusChange {
    /// The emoji; `None` when there is none any more.
    #[must_use]
    pub fn status(&self) -> Option<&enums::EmojiStatus> {
        match &self.raw.emoji_status {
            enums::EmojiStatus::Empty => None,
            status => Some(status),
        }
    }

    /// The id of the custom emoji.
    #[must_use]
    pub fn document_id(&self) -> Option<i64> {
        match &self.raw.emoji_status {
            enums::EmojiStatus::Status(it) => Some(it.document_id),
            enums::EmojiStatus::Collectible(it) => Some(it.document_id),
            _ => None,
        }
    }

    /// Until when, in seconds since the Unix epoch, if it is for a while.
    #[must_use]
    pub fn until(&self) -> Option<i32> {
        match &self.raw.emoji_status {
            enums::EmojiStatus::Status(it) => it.until,
            enums::EmojiStatus::Collectible(it) => it.until,
            _ => None,
        }
    }
}
