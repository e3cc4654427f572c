//! The button beside the field in which one writes to a bot has changed.
use super::payload::payload;
use crate::tl::{enums, types};

payload! {
    /// The button beside the field in which one writes to a bot has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::{enums, types}};
    ///
    /// let raw = types::UpdateBotMenuButton {
    ///     bot_id: 7,
    ///     button: enums::BotMenuButton::Commands,
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::MenuButton(change) = update else { panic!("it is one") };
    /// assert!(matches!(change.button(), enums::BotMenuButton::Commands));
    /// assert_eq!(change.bot_id(), 7);
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotMenuButton>.
    MenuButtonChange(types::UpdateBotMenuButton)
}

impl MenuButtonChange {
    /// The id of the bot.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        self.raw.bot_id
    }

    /// The button.
    #[must_use]
    pub fn button(&self) -> &enums::BotMenuButton {
        &self.raw.button
    }
}
