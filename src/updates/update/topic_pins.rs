//! Topics of a forum were pinned, are no longer, or stand in another order.
use super::payload::{in_chat, payload};
use super::places::chat_of;
use crate::tl::enums;

payload! {
    /// Topics of a forum were pinned, are no longer, or stand in another order.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePinnedForumTopic {
    ///     pinned: true,
    ///     topic_id: 3,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::TopicsPinned(pins) = update else { panic!("it is one") };
    /// assert_eq!((pins.topic_id(), pins.is_pinned()), (Some(3), Some(true)));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePinnedForumTopic>,
    /// and <https://core.telegram.org/constructor/updatePinnedForumTopics>.
    TopicPins(enums::Update)
}

in_chat!(TopicPins, it => chat_of(it).unwrap_or_default());

impl TopicPins {
    /// The topic, if it is about one.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        match &*self.raw {
            enums::Update::PinnedForumTopic(it) => Some(it.topic_id),
            _ => None,
        }
    }

    /// Whether that topic is pinned now.
    #[must_use]
    pub fn is_pinned(&self) -> Option<bool> {
        match &*self.raw {
            enums::Update::PinnedForumTopic(it) => Some(it.pinned),
            _ => None,
        }
    }

    /// The pinned topics in their order, if it is told: otherwise it has to be asked for.
    #[must_use]
    pub fn order(&self) -> Option<&[i32]> {
        match &*self.raw {
            enums::Update::PinnedForumTopics(it) => it.order.as_deref(),
            _ => None,
        }
    }
}
