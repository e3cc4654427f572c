//! The reactions to a message have changed, as users are told.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// The reactions to a message have changed, as users are told.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateMessageReactions { msg_id: 5, ..Default::default() };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MessageReactions(shown) = update else { panic!("it is one") };
    /// assert_eq!(shown.message_id(), 5);
    /// assert_eq!(shown.counts().count(), 0);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateMessageReactions>,
    /// and <https://core.telegram.org/api/reactions>.
    ReactionsShown(types::UpdateMessageReactions)
}

in_chat!(ReactionsShown, it => it.peer.clone());

impl ReactionsShown {
    /// The id of the message.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        self.raw.msg_id
    }

    /// The topic that it is in.
    #[must_use]
    pub fn topic_id(&self) -> Option<i32> {
        self.raw.top_msg_id
    }

    /// Of a channel's direct messages: with whom.
    #[must_use]
    pub fn saved_peer(&self) -> Option<&enums::Peer> {
        self.raw.saved_peer_id.as_ref()
    }

    /// All reactions that it has now.
    #[must_use]
    pub fn reactions(&self) -> &types::MessageReactions {
        let enums::MessageReactions::Reactions(reactions) = &self.raw.reactions;
        reactions
    }

    /// Each kind of reaction, and how many there are.
    pub fn counts(&self) -> impl Iterator<Item = (&enums::Reaction, i32)> {
        let counts = self.reactions().results.iter();
        counts.map(|enums::ReactionCount::Count(it)| (&it.reaction, it.count))
    }
}
