//! Somebody has reacted to a story of this account, or this account to another's, on another
//! device.
use super::payload::payload;
use super::places::sender_of;
use crate::peers::{Chat, marked_id};
use crate::tl::enums;

payload! {
    /// Somebody has reacted to a story of this account, or this account to another's, on
    /// another device.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateNewStoryReaction {
    ///     story_id: 5,
    ///     peer: types::PeerUser { user_id: 7 }.into(),
    ///     reaction: types::ReactionEmoji { emoticon: "\u{1f44d}".into() }.into(),
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::StoryReaction(reaction) = update else { panic!("it is one") };
    /// assert_eq!((reaction.story_id(), reaction.chat_id(), reaction.is_own()), (5, 7, false));
    /// assert!(matches!(reaction.reaction(), enums::Reaction::Emoji(_)));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateNewStoryReaction>,
    /// and <https://core.telegram.org/constructor/updateSentStoryReaction>.
    StoryReaction(enums::Update)
}

impl StoryReaction {
    /// The id of the story.
    #[must_use]
    pub fn story_id(&self) -> i32 {
        match &*self.raw {
            enums::Update::NewStoryReaction(it) => it.story_id,
            enums::Update::SentStoryReaction(it) => it.story_id,
            _ => 0,
        }
    }

    /// What with.
    #[must_use]
    pub fn reaction(&self) -> &enums::Reaction {
        match &*self.raw {
            enums::Update::NewStoryReaction(it) => &it.reaction,
            enums::Update::SentStoryReaction(it) => &it.reaction,
            _ => &enums::Reaction::Empty,
        }
    }

    /// Whether this account has reacted.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(*self.raw, enums::Update::SentStoryReaction(_))
    }

    /// Who has reacted; if this account has, whose story it is.
    #[must_use]
    pub fn peer(&self) -> enums::Peer {
        sender_of(&self.raw).unwrap_or_default()
    }

    /// The id of that user, group or channel, as the Bot API writes it.
    #[must_use]
    pub fn chat_id(&self) -> i64 {
        marked_id(&self.peer())
    }

    /// That user, group or channel, if it came with the update: without a call.
    #[must_use]
    pub fn chat(&self) -> Option<&Chat> {
        self.source.peers.chat(&self.peer())
    }
}
