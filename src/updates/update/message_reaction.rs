//! Somebody reacts otherwise to a message than before, as bots are told that are
//! administrators.
use super::payload::{by_peer, in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// Somebody reacts otherwise to a message than before, as bots are told that are
    /// administrators.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotMessageReaction {
    ///     msg_id: 5,
    ///     actor: types::PeerChannel { channel_id: 7 }.into(),
    ///     new_reactions: vec![types::ReactionEmoji { emoticon: "\u{1f44d}".into() }.into()],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MessageReaction(change) = update else { panic!("it is one") };
    /// assert_eq!(change.sender_id(), -1_000_000_000_007, "an anonymous administrator");
    /// assert_eq!((change.old_reactions().len(), change.new_reactions().len()), (0, 1));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotMessageReaction>,
    /// and <https://core.telegram.org/api/reactions>.
    ReactionChange(types::UpdateBotMessageReaction)
}

in_chat!(ReactionChange, it => it.peer.clone());
by_peer!(ReactionChange, it => it.actor.clone());

impl ReactionChange {
    /// The id of the message.
    #[must_use]
    pub fn message_id(&self) -> i32 {
        self.raw.msg_id
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// What they had reacted with.
    #[must_use]
    pub fn old_reactions(&self) -> &[enums::Reaction] {
        &self.raw.old_reactions
    }

    /// What they react with now; empty when they took all back.
    #[must_use]
    pub fn new_reactions(&self) -> &[enums::Reaction] {
        &self.raw.new_reactions
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
