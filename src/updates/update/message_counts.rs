//! How often a post was seen or forwarded has changed.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::tl::enums;

payload! {
    /// How often a post was seen or forwarded has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateChannelMessageViews { channel_id: 7, id: 5, views: 9 };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MessageCounts(counts) = update else { panic!("it is one") };
    /// assert_eq!((counts.message_id(), counts.views()), (5, Some(9)));
    /// assert_eq!(counts.forwards(), None);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateChannelMessageViews>,
    /// and <https://core.telegram.org/constructor/updateChannelMessageForwards>.
    MessageCounts(enums::Update)
}

in_chat!(MessageCounts, it => chat_of(it).unwrap_or_default());

impl MessageCounts {
    /// The id of the post.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        match &*self.raw {
            enums::Update::ChannelMessageViews(it) => it.id,
            enums::Update::ChannelMessageForwards(it) => it.id,
            _ => 0,
        }
    }

    /// How often it was seen, if it is that.
    #[must_use]
    pub fn views(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ChannelMessageViews(it) => Some(it.views),
            _ => None,
        }
    }

    /// How often it was forwarded, if it is that.
    #[must_use]
    pub fn forwards(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::ChannelMessageForwards(it) => Some(it.forwards),
            _ => None,
        }
    }
}
