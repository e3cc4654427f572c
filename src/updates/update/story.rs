//! A story was posted, changed or deleted.
use super::payload::{by_peer, payload};
use crate::tl::{enums, types};

payload! {
    /// A story was posted, changed or deleted.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateStory {
    ///     peer: types::PeerUser { user_id: 7 }.into(),
    ///     story: types::StoryItemDeleted { id: 5 }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Story(change) = update else { panic!("it is one") };
    /// assert_eq!((change.sender_id(), change.story_id()), (7, 5));
    /// assert!(change.is_deleted());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateStory>,
    /// and <https://core.telegram.org/api/stories>.
    StoryChange(types::UpdateStory)
}

by_peer!(StoryChange, it => it.peer.clone());

impl StoryChange {
    /// The story; what is skipped has to be asked for.
    #[must_use]
    pub fn story(&self) -> &enums::StoryItem {
        &self.raw.story
    }

    /// The id of the story.
    #[must_use]
    pub fn story_id(&self) -> i32 {
        match &self.raw.story {
            enums::StoryItem::Deleted(it) => it.id,
            enums::StoryItem::Skipped(it) => it.id,
            enums::StoryItem::Item(it) => it.id,
            _ => 0,
        }
    }

    /// Whether it was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        matches!(self.raw.story, enums::StoryItem::Deleted(_))
    }
}
