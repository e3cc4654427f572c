//! A user has blocked the bot, or does so no longer.
use super::payload::{by_user, payload};
use crate::tl::types;

payload! {
    /// A user has blocked the bot, or does so no longer.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotStopped {
    ///     user_id: 7,
    ///     stopped: true,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BotStopped(it) = update else { panic!("it is one") };
    /// assert_eq!((it.user_id(), it.is_stopped()), (7, true));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotStopped>.
    BotStopped(types::UpdateBotStopped)
}

by_user!(BotStopped, it => it.user_id);

impl BotStopped {
    /// Whether it is blocked now.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.raw.stopped
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> i32 {
        self.raw.date
    }

    /// How far the counter of what bots are told is.
    #[must_use]
    pub fn qts(&self) -> i32 {
        self.raw.qts
    }
}
