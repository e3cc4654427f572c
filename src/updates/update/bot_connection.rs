//! A bot was connected to this account, as connected devices are told.
use super::payload::payload;
use crate::peers::User;
use crate::tl::types;

payload! {
    /// A bot was connected to this account, as connected devices are told.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateNewBotConnection {
    ///     bot_id: 7,
    ///     device: Some("Phone".into()),
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BotConnection(it) = update else { panic!("it is one") };
    /// assert_eq!((it.bot_id(), it.device(), it.is_confirmed()), (7, Some("Phone"), false));
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateNewBotConnection>.
    BotConnection(types::UpdateNewBotConnection)
}

impl BotConnection {
    /// The id of the bot.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        self.raw.bot_id
    }

    /// The bot, if it came with the update: without a call.
    #[must_use]
    pub fn bot(&self) -> Option<&User> {
        self.source.peers.user(self.raw.bot_id)
    }

    /// Whether it was confirmed.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.raw.confirmed
    }

    /// When, in seconds since the Unix epoch.
    #[must_use]
    pub fn date(&self) -> Option<i32> {
        self.raw.date
    }

    /// From which device.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.raw.device.as_deref()
    }

    /// From where, as far as its address tells.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.raw.location.as_deref()
    }
}
