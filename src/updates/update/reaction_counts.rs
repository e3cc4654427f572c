//! How many reactions a message has, where it is not told whose they are, as bots are told that
//! are administrators.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// How many reactions a message has, where it is not told whose they are, as bots are told
    /// that are administrators.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotMessageReactions {
    ///     msg_id: 5,
    ///     reactions: vec![types::ReactionCount { count: 3, ..Default::default() }.into()],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ReactionCounts(counts) = update else { panic!("it is one") };
    /// assert_eq!(counts.counts().map(|(_, count)| count).sum::<i32>(), 3);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotMessageReactions>.
    ReactionCounts(types::UpdateBotMessageReactions)
}

in_chat!(ReactionCounts, it => it.peer.clone());

impl ReactionCounts {
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

    /// Each kind of reaction, and how many there are.
    pub fn counts(&self) -> impl Iterator<Item = (&enums::Reaction, i32)> {
        let counts = self.raw.reactions.iter();
        counts.map(|enums::ReactionCount::Count(it)| (&it.reaction, it.count))
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
