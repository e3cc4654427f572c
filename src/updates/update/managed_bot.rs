//! Somebody has made a bot that this bot manages, or has changed it.
use super::payload::{by_user, payload};
use crate::tl::types;

payload! {
    /// Somebody has made a bot that this bot manages, or has changed it.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateManagedBot { user_id: 7, bot_id: 8, qts: 1 };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::ManagedBot(change) = update else { panic!("it is one") };
    /// assert_eq!((change.user_id(), change.bot_id()), (7, 8));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateManagedBot>.
    ManagedBotChange(types::UpdateManagedBot)
}

by_user!(ManagedBotChange, it => it.user_id);

impl ManagedBotChange {
    /// The id of the bot that is managed.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        self.raw.bot_id
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
